import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { readBody } from '../../../src/gateway/api/read-body.ts';
import { MESSAGE, openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra } from './people-in-process.ts';

const MASS = { from: MESSAGE.from, sender: '35833684', subject: 'Til alle', text: 'Kære alle' };
const CHECK = '{"channel":"ngdp","mailbox":"sikkerpost@nabo.example","numbers":';

describe('a body that is meant to hurt', () => {
  const open = new AsyncDisposableStack();
  let api: ApiInProcess;
  let entra: TestEntra;
  before(async () => {
    const database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
    api = await openApi(database, { settings: entra.settings });
    open.defer(() => api.app.close());
  });
  after(() => open.disposeAsync());

  /** The status of the answer, which is short. */
  const refused = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await api.post(path, body, { headers });
    assert.ok(answer.body.length < 30_000, `an answer of ${answer.body.length} signs`);
    return { status: answer.statusCode, problem: problemIn(answer) };
  };

  it('is refused by its size where nothing large is asked for, before it is read', async () => {
    const nina = await entra.headersOf(PEOPLE.nina);
    const body = `${CHECK}[${'"",'.repeat(12_000_000)}""]}`;
    for (const path of ['/api/v1/recipients/check', '/api/v1/recipients/check-batch', '/api/v1/admin/connection-tests']) {
      assert.equal((await refused(path, body, nina)).problem.code, 'body-too-large', path);
    }
    assert.equal((await refused('/api/submissions/s1/stop', body)).problem.code, 'body-too-large');
  });

  it('is refused by its size also where it does not say how long it is', async () => {
    const nina = await entra.headersOf(PEOPLE.nina);
    await api.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = api.app.server.address() as AddressInfo;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...nina, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
      const call = request({ port, host: '127.0.0.1', method: 'POST', path: '/api/v1/recipients/check', headers }, (answer) => {
        resolve(answer.statusCode);
        answer.destroy();
      });
      // The door hangs up on whoever goes on sending.
      call.on('error', (error) => setImmediate(reject, error));
      for (let n = 0; n < 20; n += 1) call.write('"",'.repeat(100_000));
    });
    assert.equal(status, 413);
  });

  it('is refused by what is in it where it may be large: values, names of fields, depth', async () => {
    const many = '"",'.repeat(12_000_000);
    for (const [path, body] of [
      ['/api/messages', `{"to":[${many}""]}`],
      ['/api/mass-sends', `{"recipients":[${many}""]}`],
      ['/api/messages', `{${Array.from({ length: 400_000 }, (_, n) => `"felt${n}":1`).join(',')}}`],
      ['/api/messages', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
      ['/api/messages', '{"a":'.repeat(100_000)],
      ['/api/messages', `"${'\\"'.repeat(10_000_000)}`],
    ] as const) {
      assert.equal((await refused(path, body)).status, 400, body.slice(0, 30));
    }
  });

  it('is told of with few faults, each of them short, whatever a caller writes', async () => {
    const numbers = JSON.stringify({ ...MASS, recipients: Array.from({ length: 900_000 }, () => '') });
    const wrong = await refused('/api/mass-sends', numbers);
    assert.deepEqual([wrong.status, wrong.problem.errors?.length], [400, 100]);
    const names = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`251248999${n % 10}-${'x'.repeat(500)}${n}`, 1]));
    const { problem } = await refused('/api/messages', JSON.stringify({ ...MESSAGE, ...names }));
    for (const { path, message } of problem.errors ?? []) assert.ok(path.length <= 200 && message.length <= 200);
    assert.doesNotMatch(JSON.stringify(problem), /251248999\d/);
    const wrongElements = await refused('/api/messages', JSON.stringify({ ...MESSAGE, to: Array.from({ length: 19_000 }, () => '') }));
    assert.deepEqual([wrongElements.status, wrongElements.problem.errors?.length], [400, 100]);
  });

  it('leaves the gateway alive, and room for others', async () => {
    assert.equal((await api.post('/api/messages', MESSAGE)).statusCode, 202);
  });
});

describe('what is counted before a body is read', () => {
  const countOf = (value: unknown): number =>
    typeof value !== 'object' || value === null ? 1 : 1 + Object.values(value).reduce<number>((sum, one) => sum + countOf(one), 0);
  const depthOf = (value: unknown): number =>
    typeof value !== 'object' || value === null ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf));

  it('is never less than there is, and never more than twice that', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const value: unknown = JSON.parse(text);
        const read = (valuesMax: number, depthMax: number) => readBody('/', Buffer.from(text), { valuesMax, depthMax }).json;
        const [count, depth] = [countOf(value), depthOf(value)];
        assert.deepEqual(read(2 * count, depth), { kind: 'value', value });
        if (depth > 0) assert.deepEqual(read(2 * count, depth - 1), { kind: 'too-deep' });
        assert.deepEqual(read(count - 1, depth), { kind: 'too-many-values' });
      }),
    );
  });
});
