import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { meAnswer } from '../../../src/domain/gateway-api.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openApi, openTestDatabase, problemIn, type ApiOptions } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra, type TestPerson } from './people-in-process.ts';

const EVERYTHING: TestPerson = { ...PEOPLE.nina, roles: ['Dpg.Send', 'Dpg.MassSend', 'Dpg.LookupCpr', 'Dpg.LookupCvr'] };
const NOW = new Date('2026-11-25T10:00:00Z');
const PERSON = { cpr: '2512489996', purpose: 'Sag' };
const CHECK = { channel: 'ngdp', mailbox: 'sikkerpost@nabo.example', numbers: ['2512489996'] };

describe('the calls about recipients', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let entra: TestEntra;
  before(async () => {
    database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
  });
  after(() => open.disposeAsync());

  const post = async (path: string, body: unknown, options: ApiOptions = {}) => {
    const api = await openApi(database, { now: () => new Date(), ...options, settings: entra.settings });
    try {
      return await api.post(`/api/v1/${path}`, body, { headers: await entra.headersOf(EVERYTHING) });
    } finally {
      await api.app.close();
    }
  };

  it('say in Danish when one may ask again, and in seconds for programs', async () => {
    const limitAt = (until: string) => {
      const limit = () => Promise.resolve({ kind: 'limit' as const, until: new Date(until) });
      return { lookups: { person: limit }, recipients: { check: limit, checkBatch: limit } };
    };
    const now = new Date();
    const soon = new Date(now.getTime() + 42_000);
    for (const [path, body] of [['lookups/person', PERSON], ['recipients/check', CHECK], ['recipients/check-batch', CHECK]] as const) {
      const answer = await post(path, body, { now: () => now, ...limitAt(soon.toISOString()) });
      assert.equal(problemIn(answer).code, 'too-many-requests');
      assert.equal(answer.headers['retry-after'], '42');
      assert.match(problemIn(answer).detail, /^Du har slået mange op på kort tid\. Prøv igen (den \d+\. \w+ )?kl\. \d\d\.\d\d\.$/);
    }
    const tomorrow = new Date(now.getTime() + 86_400_000);
    const answer = await post('lookups/person', PERSON, { now: () => now, ...limitAt(tomorrow.toISOString()) });
    assert.match(problemIn(answer).detail, /Prøv igen den \d+\. \w+ kl\. \d\d\.\d\d\.$/);
  });

  it('refuse what is no number before anybody is asked, without repeating it', async () => {
    for (const [path, body] of [
      ['lookups/person', { ...PERSON, cpr: '251248-9996' }], ['lookups/person', { ...PERSON, navn: 'x' }], ['lookups/person', { cpr: '2512489996' }],
      ['lookups/company', { cvr: '2512489996' }], ['lookups/company-search', { name: 'x' }], ['recipients/check', { ...CHECK, numbers: [] }],
      ['recipients/check', { ...CHECK, numbers: ['251248999'] }], ['recipients/check', { ...CHECK, channel: 'secure-mail' }],
      ['recipients/contact-points', { ...CHECK, numbers: undefined }],
    ] as const) {
      const answer = await post(path, body);
      assert.equal(answer.statusCode, 400, path);
      assert.doesNotMatch(answer.body, /251248-?9996/);
    }
  });

  it('tell plainly why a check is refused, and pass the register’s own words on', async () => {
    const check = (outcome: Awaited<ReturnType<NonNullable<NonNullable<ApiOptions['recipients']>['check']>>>) =>
      post('recipients/check', CHECK, { recipients: { check: () => Promise.resolve(outcome) } });
    assert.match(problemIn(await check({ kind: 'too-many', max: 100 })).detail, /højst være 100 numre/);
    const names = problemIn(await check({ kind: 'too-many-names', max: 60 }));
    assert.deepEqual([names.status, names.errors?.[0]?.path], [400, 'names']);
    assert.match(names.detail, /højst slås 60 navne op/);
    assert.equal((await check({ kind: 'not-allowed', refusal: { kind: 'mailbox-foreign', mailbox: 'anden@kommune.example' } })).statusCode, 403);
    assert.equal((await check({ kind: 'organisation-gone' })).statusCode, 404);
    const away = await post('lookups/company-search', { name: 'bergs' }, {
      lookups: { searchCompanies: () => Promise.resolve({ kind: 'unavailable', text: 'CVR svarer ikke. Prøv igen om lidt.' }) },
    });
    assert.deepEqual([away.statusCode, problemIn(away).detail], [503, 'CVR svarer ikke. Prøv igen om lidt.']);
    assert.equal((await post('recipients/contact-points', { channel: 'ngdp', mailbox: 'x', cvr: '87654321' })).statusCode, 503);
  });

  it('tell how many names fit in a check, and end when the caller goes', async () => {
    const signals: unknown[] = [];
    const person = (_caller: unknown, _question: unknown, signal: AbortSignal) => (signals.push(signal.aborted), Promise.resolve({ kind: 'answer' as const, answer: { kind: 'not-found' as const } }));
    await post('lookups/person', PERSON, { lookups: { person } });
    assert.deepEqual(signals, [false]);
    const api = await openApi(database, { settings: { ...entra.settings, LOOKUPS_PER_USER_PER_MINUTE: '40' } });
    const me = await api.get('/api/v1/me', { headers: await entra.headersOf(EVERYTHING) });
    assert.deepEqual([meAnswer.parse(me.json()).limits.checkNamesMax, meAnswer.parse(me.json()).limits.checkRecipientsMax], [40, 100]);
    await api.app.close();
  });

  it('send a list’s answer line by line', async () => {
    async function* lines() {
      yield { kind: 'recipients' as const, recipients: [], done: 1, total: 2 };
      yield { kind: 'end' as const, done: 2, total: 2, checkedAt: NOW.toISOString() };
    }
    const answer = await post('recipients/check-batch', CHECK, { recipients: { checkBatch: () => Promise.resolve({ kind: 'lines', lines: lines() }) } });
    assert.equal(answer.headers['content-type'], 'application/x-ndjson; charset=utf-8');
    assert.deepEqual(answer.body.split('\n').map((line) => (line === '' ? null : (JSON.parse(line) as { kind: string }).kind)), ['recipients', 'end', null]);
  });
});
