import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PersonAnswer } from '../../../src/domain/gateway-api.ts';
import * as lookUps from '../../../src/gateway/addin/look-up-names.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { forgetRegisterAnswers } from '../../../src/gateway/store/register-answers.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { askingParts, newCaller, somebody } from '../asking-parts.ts';

const CPR = '2512489996';
const purpose = 'Sag 2026-17';
const HOUR_MS = 3_600_000;

type Parts = Parameters<typeof lookUps.lookUpPerson>[0];
type Caller = Parameters<typeof lookUps.lookUpPerson>[1];
const staying = new AbortController().signal;
const lookUpPerson = (parts: Parts, caller: Caller, question: { readonly cpr: string; readonly purpose: string }, signal = staying) =>
  lookUps.lookUpPerson(parts, caller, question, signal);
const lookUpCompany = (parts: Parts, caller: Caller, question: { readonly cvr: string }) => lookUps.lookUpCompany(parts, caller, question, staying);
const searchCompanies = (parts: Parts, caller: Caller, question: { readonly name: string }) => lookUps.searchCompanies(parts, caller, question, staying);

describe('looking names up', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());

  const rowsOf = async (actor: string) =>
    (await database.query<{ action: string; outcome: string; purpose: string | null }>({
      text: 'select action, outcome, purpose from audit where actor = $1 order by id', values: [actor],
    })).rows;
  const alarmsAbout = async (name: string) =>
    (await database.query<{ recipient: string; text: string }>({
      text: `select recipient, detail->>'text' as text from notice where detail->>'text' like '%' || $1 || '%'`, values: [name],
    })).rows;
  const told = (answer: PersonAnswer) => ({ kind: 'answer', answer });

  it('writes one row for each look-up: who, what, why and how it went', async () => {
    const caller = newCaller();
    const parts = askingParts(database);
    assert.deepEqual(await lookUpPerson(parts, caller, { cpr: CPR, purpose }), told(somebody));
    await lookUpCompany(parts, caller, { cvr: '87654321' });
    await searchCompanies(parts, caller, { name: 'bergs' });
    assert.deepEqual(await rowsOf(caller.id), [
      { action: 'lookup-person', outcome: 'found', purpose }, { action: 'lookup-company', outcome: 'not-found', purpose: null },
      { action: 'search-company', outcome: 'not-found', purpose: null },
    ]);
  });

  it('keeps what was searched for, up to a length, and no CPR number in it', async () => {
    const caller = newCaller();
    await searchCompanies(askingParts(database), caller, { name: `251248-9996 ${'Jensens Smedje '.repeat(20)}` });
    const { rows: [row] } = await database.query<{ reference: string }>({ text: 'select reference from audit where actor = $1', values: [caller.id] });
    assert.match(row?.reference ?? '', /Jensens Smedje/);
    assert.doesNotMatch(row?.reference ?? '', /9996/);
    assert.equal(row?.reference.length, 100);
  });

  it('ends with the caller, and what nobody had answered by then is kept as that and counts for no limit', async () => {
    const gone = new AbortController();
    const told: unknown[] = [];
    const away: PersonAnswer = { kind: 'unavailable', reason: 'away', text: 'Registret svarer ikke.' };
    const parts = askingParts(database, {
      settings: { LOOKUPS_PER_USER_PER_MINUTE: '1' },
      registers: {
        persons(_organisation, numbers, signal) {
          gone.abort();
          told.push(signal?.aborted);
          return Promise.resolve(numbers.map(() => away));
        },
      },
    });
    const caller = newCaller();
    await lookUpPerson(parts, caller, { cpr: CPR, purpose }, gone.signal);
    assert.deepEqual(told, [true]);
    await lookUpPerson(parts, caller, { cpr: CPR, purpose });
    assert.deepEqual((await rowsOf(caller.id)).map(({ outcome }) => outcome), ['cancelled', 'unavailable']);
  });

  it('remembers an answer for its time, for the organisation and access that got it, and never that there was none', async () => {
    let at = Date.now();
    const away: PersonAnswer = { kind: 'unavailable', reason: 'away', text: 'Registret svarer ikke.' };
    let answer: PersonAnswer = away;
    const asked: string[] = [];
    const persons = (_: unknown, numbers: readonly string[]) => {
      asked.push(...numbers);
      return Promise.resolve(numbers.map(() => answer));
    };
    const parts = askingParts(database, { now: () => new Date(at), registers: { persons } });
    const ask = async (other = parts) => await lookUpPerson(other, newCaller(), { cpr: '0107729995', purpose });
    assert.deepEqual(await ask(), told(away));
    answer = somebody;
    assert.deepEqual([await ask(), await ask()], [told(somebody), told(somebody)]);
    assert.equal(asked.length, 2);
    // The same keys and table, another access.
    const asCompany = { ...askingParts(database, { now: () => new Date(at), lookup: { access: 'company' }, registers: { persons } }), keys: parts.keys };
    await ask(asCompany);
    assert.equal(asked.length, 3);
    at += 25 * HOUR_MS;
    await ask();
    assert.equal(asked.length, 4);
    answer = { kind: 'not-found' };
    at += 25 * HOUR_MS;
    await ask();
    at += 2 * HOUR_MS;
    await ask();
    assert.equal(asked.length, 6);
    const kept = async () => (await database.query<{ count: number }>({ text: 'select count(*) as count from register_answer' })).rows[0]?.count;
    assert.ok((await kept() ?? 0) > 0);
    await forgetRegisterAnswers(database, new Date(at + 1_000 * HOUR_MS));
    assert.equal(await kept(), 0);
  });

  it('remembers no name that is not to be shown, whatever an adapter gives', async () => {
    for (const hidden of [{ nameState: 'protected', protected: true }, { nameState: 'not-delivered', protected: null }, { nameState: 'shown', protected: true }] as const) {
      const leaky: PersonAnswer = { ...somebody, ...hidden, name: 'Karla Test Hemmelig' } as PersonAnswer;
      const parts = askingParts(database, { registers: { persons: (_, numbers) => Promise.resolve(numbers.map(() => leaky)) } });
      const outcome = await lookUpPerson(parts, newCaller(), { cpr: '1111111118', purpose });
      assert.doesNotMatch(JSON.stringify(outcome), /Hemmelig/);
      const { rows } = await database.query<{ sealed: Buffer }>({ text: 'select sealed from register_answer' });
      for (const { sealed } of rows) assert.doesNotMatch(parts.keys.unseal('register-answer', sealed) ?? '', /Hemmelig/);
    }
  });

  it('asks whether ten digits are a P number when CPR does not know them, or when they are no date', async () => {
    const asked: string[] = [];
    const parts = askingParts(database, {
      registers: {
        persons: (_, numbers) => Promise.resolve(numbers.map((number): PersonAnswer => (number === '1234567890' ? somebody : { kind: 'not-found' }))),
        productionUnit(_, number) {
          asked.push(number);
          return Promise.resolve(number === '1007256945' || number === '1019601052' ? { cvr: '87654321', name: null } : null);
        },
      },
    });
    const ask = (cpr: string) => lookUpPerson(parts, newCaller(), { cpr, purpose });
    const unit = told({ kind: 'p-number', cvr: '87654321', name: null });
    assert.deepEqual([await ask('1007256945'), await ask('1019601052')], [unit, unit]);
    assert.deepEqual(await ask('1234567890'), told(somebody));
    assert.deepEqual(await ask('2512489999'), told({ kind: 'not-found' }));
    assert.deepEqual(asked, ['1007256945', '1019601052', '1234567890', '2512489999']);
    // A replacement number is unknown to CPR, which is not asked.
    assert.deepEqual(await ask('6712489996'), told({ kind: 'not-found' }));
  });

  it('holds a user to so many in a minute and in a day, says when, and lets others go on', async () => {
    let at = Date.now();
    const parts = askingParts(database, { now: () => new Date(at), settings: { LOOKUPS_PER_USER_PER_MINUTE: '3', LOOKUPS_PER_USER_PER_DAY: '5' } });
    const caller = newCaller();
    const ask = async (who = caller) => await lookUpPerson(parts, who, { cpr: CPR, purpose });
    const begin = at;
    for (let n = 0; n < 3; n++) {
      assert.equal((await ask()).kind, 'answer');
      at += 1_000;
    }
    assert.deepEqual(await ask(), { kind: 'limit', until: new Date(begin + 60_000) });
    assert.equal((await lookUpCompany(parts, caller, { cvr: '87654321' })).kind, 'limit');
    assert.equal((await ask(newCaller())).kind, 'answer');
    at = begin + 60_001;
    assert.equal((await ask()).kind, 'answer');
    at = begin + 120_000;
    assert.equal((await ask()).kind, 'answer');
    at = begin + 240_000;
    assert.deepEqual(await ask(), { kind: 'limit', until: new Date(begin + 24 * HOUR_MS) });
    assert.equal((await rowsOf(caller.id)).filter(({ outcome }) => outcome === 'limit').length, 3);
    at = begin + 24 * HOUR_MS + 1;
    assert.equal((await ask()).kind, 'answer');
  });

  it('lets nobody past the limit by asking for many at the same time', async () => {
    const parts = askingParts(database, { settings: { LOOKUPS_PER_USER_PER_MINUTE: '10' } });
    const caller = newCaller();
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => lookUpPerson(parts, caller, { cpr: CPR, purpose })));
    assert.equal(outcomes.filter(({ kind }) => kind === 'answer').length, 10);
    assert.equal((await rowsOf(caller.id)).length, 40);
  });

  it('tells the watch mailbox once of a user who asks for numbers that there are not, and names no number', async () => {
    const parts = askingParts(database, { registers: { persons: (_, numbers) => Promise.resolve(numbers.map(() => ({ kind: 'not-found' }))) } });
    const caller = newCaller();
    for (let n = 0; n < 8; n++) {
      const before = await alarmsAbout(caller.name);
      assert.equal(before.length, n < 5 ? 0 : 1);
      await lookUpPerson(parts, caller, { cpr: `251248111${n}`, purpose });
    }
    const [alarm] = await alarmsAbout(caller.name);
    assert.equal(alarm?.recipient, 'vagt@kommune.example');
    assert.match(alarm.text, /slået 5 numre op, som ikke findes/);
    assert.doesNotMatch(alarm.text, /251248/);
  });

  it('counts a number once for that, however often it is asked about', async () => {
    const parts = askingParts(database, { registers: { persons: (_, numbers) => Promise.resolve(numbers.map((number): PersonAnswer => (number === CPR ? somebody : { kind: 'not-found' }))) } });
    const caller = newCaller();
    for (let n = 0; n < 8; n++) {
      await lookUpPerson(parts, caller, { cpr: '0202709999', purpose });
      await lookUpPerson(parts, caller, { cpr: CPR, purpose });
    }
    assert.deepEqual(await alarmsAbout(caller.name), []);
  });

  it('is refused for an organisation that is no longer on the gateway', async () => {
    const parts = { ...askingParts(database), organisations: () => [] };
    assert.deepEqual(await lookUpPerson(parts, newCaller(), { cpr: CPR, purpose }), { kind: 'organisation-gone' });
  });
});
