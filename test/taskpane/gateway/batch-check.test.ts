import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayOver } from '../../../src/taskpane/gateway/open-gateway.ts';
import { json, scriptedGateway, streamed } from './scripted-gateway.ts';

const question = { channel: 'ngdp' as const, mailbox: 'jobcenter@kommune.example', numbers: ['2512489996', '1509819996'] };
const checked = (position: number, state: string): object => ({ position, shown: '251248-xxxx', reach: { state, from: null }, person: null, company: null, sameAs: null });
const some = (...recipients: readonly object[]): string => `${JSON.stringify({ kind: 'recipients', recipients, done: recipients.length, total: 2 })}\n`;
const end = `${JSON.stringify({ kind: 'end', done: 2, total: 2, checkedAt: '2026-11-25T12:00:00.000Z' })}\n`;

async function check(reply: Response | Error, signal = new AbortController().signal): Promise<{ readonly answer: string; readonly told: readonly string[] }> {
  const told: string[] = [];
  const answer = await gatewayOver(scriptedGateway([reply])).checkBatch({ question, signal }, (recipients) => {
    told.push(recipients.map(({ position, reach }) => `${position} ${reach.state}`).join(', '));
  });
  return { answer: answer.kind === 'refused' ? `refused: ${answer.text}` : answer.kind, told };
}

describe('the check of a whole list', () => {
  it('tells of some at a time, and answers when all are known', async () => {
    const parts = scriptedGateway([streamed([some(checked(1, 'not-registered')), some(checked(0, 'registered')), end])]);
    const told: number[] = [];
    const answer = await gatewayOver(parts).checkBatch({ question, signal: new AbortController().signal }, (recipients) => told.push(...recipients.map(({ position }) => position)));
    assert.deepEqual([answer, told], [{ kind: 'answer', value: null }, [1, 0]]);
    assert.deepEqual(parts.seen.map(({ url, method, body }) => ({ url, method, body })), [{ url: '/api/v1/recipients/check-batch', method: 'POST', body: question }]);
  });

  it('keeps what was told before the gateway gave up, with its words', async () => {
    const failed = `${JSON.stringify({ kind: 'failed', done: 1, total: 2, text: 'Tjekket gik i stå.' })}\n`;
    assert.deepEqual(await check(streamed([some(checked(0, 'registered')), failed])), { answer: 'refused: Tjekket gik i stå.', told: ['0 registered'] });
  });

  it('is away where the line breaks or ends before the end, and where nobody answers', async () => {
    assert.deepEqual(await check(streamed([some(checked(0, 'registered'))], 'breaks')), { answer: 'away', told: ['0 registered'] });
    assert.deepEqual(await check(streamed([some(checked(0, 'registered'))])), { answer: 'away', told: ['0 registered'] });
    assert.deepEqual(await check(new TypeError('Failed to fetch')), { answer: 'away', told: [] });
  });

  it('tells nothing more once it is broken off', async () => {
    const stop = new AbortController();
    stop.abort();
    assert.deepEqual((await check(streamed([some(checked(0, 'registered')), end]), stop.signal)).told, []);
  });

  it('is a fault where the answer is not what the contract says, and refused where the right is missing', async () => {
    assert.equal((await check(streamed(['{"kind":"recipients"}\n']))).answer, 'fault');
    assert.equal((await check(streamed(['<html>\n']))).answer, 'fault');
    assert.equal((await check(json({ error: { code: 'forbidden', text: 'Nej.' } }, 403))).answer, 'no-right');
  });
});
