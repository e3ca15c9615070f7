import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { forgetAnswers } from '../../../src/gateway/store/api-answers.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { MESSAGE, openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';

const open = new AsyncDisposableStack();
let database: Database;
let api: ApiInProcess;
before(async () => {
  database = await openTestDatabase(open);
  api = await openApi(database);
});
after(() => open.disposeAsync());

/** What becomes of a transaction: well, lost with its process before the commit, or committed and the answer lost. */
type Fate = 'well' | 'killed' | 'answer-lost';

/** The same database, through a process that dies as told. */
function fated(real: Database, fates: Fate[]): Database {
  const killed = () => new Error('killed');
  return {
    ...real,
    transaction(work) {
      const fate = fates.shift() ?? 'well';
      if (fate === 'well') return real.transaction(work);
      if (fate === 'answer-lost') return real.transaction(work).then(() => Promise.reject(killed()));
      return real.transaction(async (connection) => {
        await work(connection);
        throw killed();
      });
    },
  };
}

describe('a repeated call', () => {
  it('with the same key and body gets the first answer again, byte for byte, and sends nothing', async () => {
    const message = { ...MESSAGE, messageId: '<igen@kommune.example>' };
    const first = await api.post('/api/messages', message, { key: 'igen' });
    const second = await api.post('/api/messages', message, { key: 'igen' });
    assert.equal(first.statusCode, 202);
    assert.equal(second.statusCode, 202);
    assert.equal(second.body, first.body);
    assert.equal(second.headers.location, first.headers.location);
    assert.equal(first.headers['idempotent-replay'], undefined);
    assert.equal(second.headers['idempotent-replay'], 'true');
    assert.equal(await api.number(`select count(*) from submission where message_id = '${message.messageId}'`), 1);
  });

  it('with the same key and another body is refused, also where only the path differs', async () => {
    await api.post('/api/messages', MESSAGE, { key: 'andet' });
    const other = problemIn(await api.post('/api/messages', { ...MESSAGE, text: 'Noget andet' }, { key: 'andet' }));
    assert.deepEqual([other.status, other.code], [409, 'key-reused']);
    assert.equal(problemIn(await api.post('/api/mass-sends', MESSAGE, { key: 'andet' })).code, 'key-reused');
  });

  it('of another program with the same key is another call', async () => {
    const one = await api.post('/api/messages', MESSAGE, { key: 'faelles' });
    const other = await api.post('/api/messages', MESSAGE, { key: 'faelles', client: 'ikke-masse' });
    assert.notEqual(one.json<{ id: string }>().id, other.json<{ id: string }>().id);
  });

  it('that was refused did nothing, and may be mended under the same key', async () => {
    assert.equal(problemIn(await api.post('/api/messages', { ...MESSAGE, subject: '' }, { key: 'rettet' })).status, 400);
    const foreign = { ...MESSAGE, from: 'sikkerpost@nabo.example' };
    assert.equal(problemIn(await api.post('/api/messages', foreign, { key: 'rettet' })).status, 403);
    assert.equal((await api.post('/api/messages', MESSAGE, { key: 'rettet' })).statusCode, 202);
  });

  it('needs a key of 1 to 255 signs', async () => {
    for (const key of ['', 'x'.repeat(256)]) {
      assert.equal(problemIn(await api.post('/api/messages', MESSAGE, { key })).errors?.[0]?.path, 'Idempotency-Key');
    }
    assert.equal((await api.post('/api/messages', MESSAGE, { key: 'x'.repeat(255) })).statusCode, 202);
  });

  it('in parallel, at two processes, killed before or after the commit: one mail, and one answer', async () => {
    let run = 0;
    const fate = fc.constantFrom<Fate>('well', 'killed', 'answer-lost');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 4 }), fc.integer({ min: 1, max: 2 }), fc.constantFrom(10, 1_200_000),
        async (fates, parallel, textLength) => {
          const name = `tilfaelde-${(run += 1)}`;
          const message = { ...MESSAGE, messageId: `<${name}@kommune.example>`, text: 'a'.repeat(textLength) };
          const processes = [await openApi(fated(database, fates)), await openApi(fated(database, fates))];
          const answers = [];
          for (let round = 0; round <= 4; round += 1) {
            const calls = processes.flatMap(({ post }) =>
              Array.from({ length: parallel }, () => post('/api/messages', message, { key: name })));
            answers.push(...(await Promise.all(calls)));
          }
          const accepted = answers.filter(({ statusCode }) => statusCode === 202);
          assert.ok(accepted.length > 0);
          assert.equal(new Set(accepted.map(({ body }) => body)).size, 1);
          for (const answer of answers.filter(({ statusCode }) => statusCode !== 202)) {
            assert.ok(['key-in-use', 'internal-error'].includes(problemIn(answer).code), answer.body);
          }
          assert.equal(await api.number(`select count(*) from submission where message_id = '${message.messageId}'`), 1);
        }),
      { numRuns: 12 },
    );
    assert.equal(await api.number('select count(*) from upload'), 0, 'nothing is left of the calls that failed');
  });
});

describe('the memory', () => {
  it('lasts at least 30 days, and ends', async () => {
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    await api.post('/api/messages', MESSAGE, { key: 'gammel' });
    const { API_ANSWER_MEMORY_MS } = (await import('../../../src/gateway/config.ts')).settingsSchema.parse({
      DATABASE_URL: '-', ORGANISATIONS_FILE: '-',
    });
    const count = () => api.number("select count(*) from api_answer where key = 'gammel'");
    await forgetAnswers(database, new Date(days(30).getTime() - API_ANSWER_MEMORY_MS));
    assert.equal(await count(), 1);
    await forgetAnswers(database, new Date(days(36).getTime() - API_ANSWER_MEMORY_MS));
    assert.equal(await count(), 0);
  });
});
