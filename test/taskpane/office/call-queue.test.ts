import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openCallQueue, TIME_LIMITS_MS } from '../../../src/taskpane/office/call-queue.ts';
import type { Done } from '../../../src/taskpane/office/office-js.ts';
import { OutlookFailure } from '../../../src/taskpane/office/outlook.ts';
import { settle } from './adapter-over.ts';

const READ = TIME_LIMITS_MS.read;

describe('the way to Office.js', () => {
  it('lets three calls through at a time, in the order in which they came', async () => {
    const queue = openCallQueue('succeeded');
    const waiting: Done<number>[] = [];
    const answers = [1, 2, 3, 4, 5].map(async () => await queue.call<number>('get', READ, (done) => void waiting.push(done)));
    await settle();
    assert.equal(waiting.length, 3);
    waiting[1]?.({ status: 'succeeded', value: 2 });
    await settle();
    assert.equal(waiting.length, 4);
    waiting.forEach((done, n) => done({ status: 'succeeded', value: n + 1 }));
    await settle();
    waiting[4]?.({ status: 'succeeded', value: 5 });
    assert.deepEqual(await Promise.all(answers), [1, 2, 3, 4, 5]);
  });

  it('gives up a call that never calls back, lets the next through, and passes a late answer over', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const queue = openCallQueue('succeeded');
    const late: Done<string>[] = [];
    const dead = Promise.allSettled([1, 2, 3].map(async () => await queue.call<string>('to.getAsync', READ, (done) => void late.push(done))));
    const next = queue.call<string>('cc.getAsync', READ, (done) => done({ status: 'succeeded', value: 'there' }));
    await settle();
    t.mock.timers.tick(READ);
    assert.equal(await next, 'there');
    const failures = (await dead).map((one) => (one.status === 'rejected' && one.reason instanceof OutlookFailure ? one.reason.message : ''));
    assert.deepEqual(failures, ['to.getAsync: timeout', 'to.getAsync: timeout', 'to.getAsync: timeout']);
    late.forEach((done) => done({ status: 'succeeded', value: 'late' }));
  });

  it('makes a failure of everything else: of a failed result, and of what Office.js throws; without its words, in which an address may stand', async () => {
    const queue = openCallQueue('succeeded');
    const failed = queue.call<string>('x', READ, (done) => done({ status: 'failed', value: '', error: { name: 'ItemNotFound', code: 9009 } }));
    await assert.rejects(failed, { name: 'OutlookFailure', code: 'ItemNotFound', message: 'x: ItemNotFound' });
    const unnamed = queue.call<string>('x', READ, (done) => done({ status: 'failed', value: '', error: { code: 9009 } }));
    await assert.rejects(unnamed, { code: '9009' });
    const thrown = queue.call<string>('x', READ, () => {
      throw Object.assign(new Error('2512489996@35833684.ngdp.digital-post.dk'), { name: 'Sys.ArgumentOutOfRangeException' });
    });
    await assert.rejects(thrown, { message: 'x: Sys.ArgumentOutOfRangeException' });
  });

  it('does what changes the fields one thing at a time, also after one that failed, and beside what changes the files', async () => {
    const queue = openCallQueue('succeeded');
    const told: string[] = [];
    const act = (name: string, fails = false) => async () => {
      told.push(`${name} begins`);
      await settle();
      told.push(`${name} ends`);
      if (fails) throw new Error(name);
    };
    await Promise.allSettled([queue.inLine('fields', act('a', true)), queue.inLine('fields', act('b')), queue.inLine('files', act('file'))]);
    assert.deepEqual(told.filter((line) => !line.startsWith('file')), ['a begins', 'a ends', 'b begins', 'b ends']);
    assert.equal(told.indexOf('file begins') < told.indexOf('a ends'), true);
  });
});
