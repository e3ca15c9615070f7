import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Database } from '../../../src/gateway/store/database.ts';
import { deleteSubscriber, insertSubscriber, tellSubscribers, untoldNotes } from '../../../src/gateway/store/news.ts';
import { openTestDatabase } from '../api/api-in-process.ts';

const now = new Date('2026-11-26T12:00:00Z');
const owners = [{ domain: 'kommune.example', organisationCvr: '35833684' }, { domain: 'nabo.example', organisationCvr: '97281536' }];

describe('who gets news by mail', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());
  beforeEach(async () => {
    for (const table of ['news_subscriber', 'news_told', 'notice']) await database.query({ text: `delete from ${table}` });
  });

  const signUp = async (address: string) => await insertSubscriber(database, { address, consentText: 'da-1', now });
  const rows = async (text: string) => (await database.query<Record<string, unknown>>({ text })).rows;
  const mailed = async () => (await rows(`select recipient, organisation_cvr as cvr, detail->'notes' as notes from notice where kind = 'news' order by id`))
    .map(({ recipient, cvr, notes }) => [recipient, cvr, notes]);
  const idOf = async (address: string) => Number((await rows(`select id from news_subscriber where address = '${address}'`))[0]?.['id']);

  it('is kept with the address, when, and which words were consented to, and nothing else', async () => {
    await signUp('anna@kommune.example');
    const columns = (await rows(`select column_name as name from information_schema.columns where table_schema = 'postbro' and table_name = 'news_subscriber' order by 1`)).map(({ name }) => name);
    assert.deepEqual(columns, ['address', 'consent_text', 'consented_at', 'id']);
    assert.deepEqual(await rows('select address, consented_at, consent_text from news_subscriber'), [{ address: 'anna@kommune.example', consented_at: now, consent_text: 'da-1' }]);
  });

  it('is signed up once, however often one tries', async () => {
    await Promise.all(Array.from({ length: 5 }, async () => await signUp('anna@kommune.example')));
    await insertSubscriber(database, { address: 'anna@kommune.example', consentText: 'en-2', now: new Date(now.getTime() + 1) });
    assert.deepEqual(await rows('select consent_text from news_subscriber'), [{ consent_text: 'da-1' }]);
  });

  it('is told of each note once, in one mail, also when several processes see it at the same moment', async () => {
    await signUp('anna@kommune.example');
    await signUp('nina@nabo.example');
    await signUp('gone@elsewhere.example');
    assert.deepEqual(await untoldNotes(database, ['c', 'a']), ['c', 'a']);
    const counts = await Promise.all(Array.from({ length: 4 }, async () => await tellSubscribers(database, { notes: ['c', 'a'], owners, now })));
    assert.equal(counts.reduce((sum, count) => sum + count, 0), 2);
    assert.deepEqual((await mailed()).sort(), [['anna@kommune.example', '35833684', ['c', 'a']], ['nina@nabo.example', '97281536', ['c', 'a']]]);
    assert.deepEqual(await untoldNotes(database, ['d', 'c', 'a']), ['d']);
    await tellSubscribers(database, { notes: ['d', 'c', 'a'], owners, now });
    assert.deepEqual((await mailed()).slice(2).map(([, , notes]) => notes), [['d'], ['d']]);
  });

  it('is told all the same, and once, when the gateway is killed midway: the mails and that they are told of are one commit', async () => {
    await signUp('anna@kommune.example');
    const killed: Database = {
      ...database,
      transaction: async (work) => await database.transaction(async (connection) => {
        await work(connection);
        throw new Error('killed before the commit');
      }),
    };
    await assert.rejects(tellSubscribers(killed, { notes: ['a'], owners, now }));
    assert.deepEqual([await mailed(), await untoldNotes(database, ['a'])], [[], ['a']]);
    await tellSubscribers(database, { notes: ['a'], owners, now });
    await tellSubscribers(database, { notes: ['a'], owners, now });
    assert.equal((await mailed()).length, 1);
  });

  it('is forgotten when leaving: the address, and every mail to it, sent or queued; nobody else is', async () => {
    await signUp('anna@kommune.example');
    await signUp('nina@nabo.example');
    await tellSubscribers(database, { notes: ['a'], owners, now });
    await tellSubscribers(database, { notes: ['b'], owners, now });
    await database.query({ text: `update notice set state = 'sent' where detail->'notes' = '["a"]'` });
    const id = await idOf('anna@kommune.example');
    await deleteSubscriber(database, id);
    await deleteSubscriber(database, id);
    assert.deepEqual(await rows('select address from news_subscriber'), [{ address: 'nina@nabo.example' }]);
    assert.deepEqual(await rows(`select distinct recipient from notice`), [{ recipient: 'nina@nabo.example' }]);
    // Whoever signs up again has a number that no old link knows.
    await signUp('anna@kommune.example');
    assert.notEqual(await idOf('anna@kommune.example'), id);
  });

  it('gets no mail when leaving while one is being queued', async () => {
    await signUp('anna@kommune.example');
    const id = await idOf('anna@kommune.example');
    await Promise.all([tellSubscribers(database, { notes: ['a'], owners, now }), deleteSubscriber(database, id)]);
    assert.deepEqual(await mailed(), []);
  });
});
