import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { CheckLine, CheckQuestion, PersonAnswer, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import type { ApiCaller } from '../../../src/gateway/api/api-caller.ts';
import { checkBatch, checkRecipients } from '../../../src/gateway/addin/check-recipients.ts';
import { searchAudit, type AuditSearch } from '../../../src/gateway/store/audit.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { citizen } from '../../journeys/citizens.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { askingParts, MAILBOX, newCaller, somebody, type AskingParts } from '../asking-parts.ts';

const citizens = (count: number, from = 0) => Array.from({ length: count }, (_, n) => citizen(from + n));
const notFound = (_: unknown, numbers: readonly string[]): Promise<readonly PersonAnswer[]> => Promise.resolve(numbers.map(() => ({ kind: 'not-found' })));

const EVERYTHING: AuditSearch = {
  organisationCvrs: ['35833684'], subject: null, actorName: null, action: null, from: null, to: null, before: null, limit: 100,
};

interface Asked extends Partial<CheckQuestion> {
  readonly caller?: ApiCaller;
  readonly signal?: AbortSignal;
}

const callOf = (numbers: readonly string[], { caller = newCaller(), signal = new AbortController().signal, ...more }: Asked) => ({
  caller, signal, question: { channel: 'ngdp' as const, mailbox: MAILBOX, numbers: [...numbers], ...more },
});

async function check(parts: AskingParts, numbers: readonly string[], more: Asked = {}): Promise<readonly RecipientCheck[]> {
  const outcome = await checkRecipients(parts, callOf(numbers, more));
  assert.equal(outcome.kind, 'checked');
  return outcome.kind === 'checked' ? outcome.recipients : [];
}

async function linesOf(parts: AskingParts, numbers: readonly string[], more: Asked = {}): Promise<readonly CheckLine[]> {
  const outcome = await checkBatch(parts, callOf(numbers, more));
  assert.equal(outcome.kind, 'lines', JSON.stringify(outcome));
  const lines: CheckLine[] = [];
  for await (const line of outcome.kind === 'lines' ? outcome.lines : []) lines.push(line);
  return lines;
}

describe('checking recipients', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());

  const rowsOf = async (actor: string) =>
    (await database.query<{ outcome: string; count: number }>({
      text: `select outcome, count(*) as count from audit where actor = $1 group by outcome order by outcome`, values: [actor],
    })).rows;

  it('answers for every place, asks for each number once, and points back where one stands again', async () => {
    const pool = [...citizens(6), '87654321', '12345678'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 60 }), async (numbers) => {
        const parts = askingParts(database);
        const caller = newCaller();
        const recipients = await check(parts, numbers, { caller, names: true, purpose: 'Sag' });
        assert.deepEqual(recipients.map(({ position }) => position), numbers.map((_, n) => n));
        for (const { position, sameAs, person, company } of recipients) {
          const first = numbers.indexOf(numbers[position] ?? '');
          assert.equal(sameAs, first === position ? null : first);
          assert.equal(person === null, numbers[position]?.length === 8);
          assert.equal(company === null, numbers[position]?.length === 10);
        }
        assert.deepEqual(parts.asked.toSorted(), [...new Set(numbers)].toSorted());
        assert.deepEqual(parts.registryCalls.flatMap(({ query }) => Object.values(query ?? {}).flat()).toSorted(), [...new Set(numbers)].toSorted());
        assert.equal((await rowsOf(caller.id)).reduce((sum, { count }) => sum + count, 0), new Set(numbers).size);
      }),
      { numRuns: 25 },
    );
  });

  it('remembers who can be reached for longer than who cannot, and what is not known not at all', async () => {
    let at = Date.now();
    let mode: 'away' | 'some' = 'away';
    const parts = askingParts(database, {
      now: () => new Date(at),
      registry({ query }) {
        if (mode === 'away') throw new Error('gone');
        const contacts = (query?.['cprNumber'] ?? []).filter((number) => number === citizen(0));
        return { totalPages: 1, contacts: contacts.map((number) => ({ cprNumber: number, mailboxSubscription: { publicRegistrationStatus: 'REGISTERED' } })) };
      },
    });
    const ask = async () => (await check(parts, citizens(2))).map(({ reach }) => reach.state);
    assert.deepEqual(await ask(), ['not-known', 'not-known']);
    mode = 'some';
    for (const hours of [0, 0.5, 2]) {
      at += hours * 3_600_000;
      assert.deepEqual(await ask(), ['registered', 'not-registered']);
    }
    assert.deepEqual(parts.registryCalls.map(({ query }) => query?.['cprNumber']), [citizens(2), citizens(2), [citizen(1)]]);
  });

  it('names citizens of a list only where the organisation allows it and there is a purpose; companies always', async () => {
    const numbers = [citizen(0), '87654321'];
    const named = async (namesInBatches: boolean, more: Asked) => {
      const lines = await linesOf(askingParts(database, { lookup: { namesInBatches } }), numbers, { names: true, ...more });
      const recipients = lines.flatMap((line) => (line.kind === 'recipients' ? line.recipients : []));
      return [recipients.some(({ person }) => person !== null), recipients.some(({ company }) => company !== null)];
    };
    assert.deepEqual(await named(true, { purpose: 'Sag' }), [true, true]);
    assert.deepEqual(await named(false, { purpose: 'Sag' }), [false, true]);
    assert.deepEqual(await named(true, {}), [false, true]);
    assert.deepEqual(await named(true, { purpose: 'Sag', names: false }), [false, false]);
    assert.deepEqual(await named(true, { purpose: 'Sag', caller: newCaller(['mass-send']) }), [false, false]);
    assert.deepEqual(await named(true, { purpose: 'Sag', caller: newCaller(['mass-send', 'lookup-cpr']) }), [true, false]);
  });

  it('tells nothing of a hundred before they stand in the audit', async () => {
    const parts = askingParts(database);
    const caller = newCaller();
    const outcome = await checkBatch(parts, callOf(citizens(350), { caller }));
    assert.equal(outcome.kind, 'lines');
    for await (const line of outcome.kind === 'lines' ? outcome.lines : []) {
      const rows = (await rowsOf(caller.id)).reduce((sum, { count }) => sum + count, 0);
      assert.ok(rows >= line.done, `${rows} rows when ${line.done} were told`);
    }
    assert.deepEqual(await rowsOf(caller.id), [{ outcome: 'registered', count: 350 }]);
  });

  it('ends when the caller goes away: no further call goes out, and its place is free again', async () => {
    const gone = new AbortController();
    const parts = askingParts(database, { settings: { CHECK_CONCURRENCY: '2', CHECKS_PER_USER_PER_DAY: '1000' } });
    const caller = newCaller();
    const outcome = await checkBatch(parts, callOf(citizens(1_000), { caller, signal: gone.signal }));
    assert.equal(outcome.kind, 'lines');
    const lines: CheckLine[] = [];
    for await (const line of outcome.kind === 'lines' ? outcome.lines : []) {
      lines.push(line);
      gone.abort();
    }
    assert.equal(lines.length, 1);
    const calls = parts.registryCalls.length;
    assert.ok(calls <= 3, `${calls} calls`);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(parts.registryCalls.length, calls);
    assert.equal((await check(parts, [citizen(1)], { caller })).length, 1);
  });

  it('frees its place also when the caller was gone before anything was read', async () => {
    const parts = askingParts(database, { settings: { CHECKS_PER_USER_PER_DAY: '100' } });
    const caller = newCaller();
    const gone = new AbortController();
    assert.equal((await checkBatch(parts, callOf(citizens(100), { caller, signal: gone.signal }))).kind, 'lines');
    assert.equal((await checkRecipients(parts, callOf([citizen(0)], { caller }))).kind, 'limit');
    gone.abort();
    assert.equal((await checkRecipients(parts, callOf([citizen(0)], { caller }))).kind, 'checked');
  });

  it('frees its place where the caller was gone while it was asked whether there was room', async () => {
    const parts = askingParts(database, { settings: { CHECKS_PER_USER_PER_DAY: '100' } });
    const caller = newCaller();
    const gone = new AbortController();
    const outcome = checkBatch(parts, callOf(citizens(100), { caller, signal: gone.signal }));
    gone.abort();
    assert.equal((await outcome).kind, 'lines');
    assert.equal((await checkRecipients(parts, callOf([citizen(0)], { caller }))).kind, 'checked');
    assert.deepEqual(await rowsOf(caller.id), [{ outcome: 'registered', count: 1 }]);
  });

  it('keeps what a register had not answered when the caller went as that, and counts it for no limit', async () => {
    const gone = new AbortController();
    const parts = askingParts(database, {
      settings: { CHECK_CONCURRENCY: '1', CHECKS_PER_USER_PER_DAY: '100' },
      registry() {
        gone.abort();
        throw new Error('gone');
      },
    });
    const caller = newCaller();
    await check(parts, citizens(100), { caller, signal: gone.signal });
    assert.deepEqual(await rowsOf(caller.id), [{ outcome: 'cancelled', count: 100 }]);
    assert.equal((await checkRecipients(parts, callOf(citizens(100), { caller }))).kind, 'checked');
  });

  it('looks up no more names than one may have, and says how many', async () => {
    const parts = askingParts(database, { settings: { LOOKUPS_PER_USER_PER_MINUTE: '60', BATCH_NAMES_PER_USER_PER_DAY: '150' }, lookup: { namesInBatches: true } });
    const caller = newCaller();
    const named = { caller, names: true, purpose: 'Sag' };
    assert.deepEqual(await checkRecipients(parts, callOf(citizens(61), named)), { kind: 'too-many-names', max: 60 });
    const companies = Array.from({ length: 61 }, (_, n) => String(10_000_000 + n));
    assert.deepEqual(await checkRecipients(parts, callOf(companies, named)), { kind: 'too-many-names', max: 60 });
    assert.equal((await check(parts, citizens(61), { caller })).length, 61);
    assert.equal((await check(parts, [...citizens(30), ...companies.slice(0, 30)], named)).length, 60);
    assert.deepEqual(await checkBatch(parts, callOf(citizens(151), named)), { kind: 'too-many-names', max: 150 });
    assert.equal((await linesOf(parts, citizens(100), named)).at(-1)?.kind, 'end');
    assert.equal((await checkBatch(parts, callOf(citizens(51), named))).kind, 'limit');
  });

  it('calls the names of a list by a name of its own in the audit, where a search for the citizen finds them', async () => {
    const parts = askingParts(database, { lookup: { namesInBatches: true } });
    const caller = newCaller();
    await linesOf(parts, [citizen(7), '87654321'], { caller, names: true, purpose: 'Sag 7' });
    await check(parts, ['87654321'], { caller, names: true });
    const rows = await searchAudit(database, parts.keys, { ...EVERYTHING, actorName: caller.name });
    assert.deepEqual(rows.map(({ action }) => action).toSorted(), ['lookup-company', 'lookup-company-batch', 'lookup-person-batch']);
    const [row] = await searchAudit(database, parts.keys, { ...EVERYTHING, actorName: caller.name, subject: citizen(7) });
    assert.deepEqual([row?.action, row?.outcome, row?.purpose], ['lookup-person-batch', 'found', 'Sag 7']);
  });

  it('tells the watch mailbox of lists in which many numbers are none, and not of a long one with a few', async () => {
    const unknown = new Set(citizens(25, 500));
    const parts = askingParts(database, {
      lookup: { namesInBatches: true },
      registers: { persons: (_, numbers) => Promise.resolve(numbers.map((number): PersonAnswer => (unknown.has(number) ? { kind: 'not-found' } : somebody))) },
    });
    const alarmsOf = async (name: string) =>
      (await database.query({ text: `select 1 from notice where detail->>'text' like '%' || $1 || '%'`, values: [name] })).rows.length;
    const [honest, guesser] = [newCaller(), newCaller()];
    await linesOf(parts, [...citizens(600, 1_000), ...unknown], { caller: honest, names: true, purpose: 'Sag' });
    assert.equal(await alarmsOf(honest.name), 0);
    for (const [from, alarms] of [[500, 0], [515, 1], [500, 1]] as const) {
      await linesOf(parts, citizens(15, from), { caller: guesser, names: true, purpose: 'Sag' });
      assert.equal(await alarmsOf(guesser.name), alarms, String(from));
    }
  });

  it('holds a user to so many in a day, and a check to its size', async () => {
    let at = Date.now();
    const parts = askingParts(database, { now: () => new Date(at), settings: { CHECKS_PER_USER_PER_DAY: '250', CHECK_BATCH_MAX: '200' } });
    const caller = newCaller();
    assert.deepEqual(await checkRecipients(parts, callOf(citizens(101), { caller })), { kind: 'too-many', max: 100 });
    assert.deepEqual(await checkBatch(parts, callOf(citizens(201), { caller })), { kind: 'too-many', max: 200 });
    assert.equal((await linesOf(parts, citizens(200), { caller })).at(-1)?.kind, 'end');
    assert.equal((await checkRecipients(parts, callOf(citizens(51), { caller }))).kind, 'limit');
    assert.equal((await check(parts, citizens(50), { caller })).length, 50);
    assert.equal((await checkRecipients(parts, callOf(citizens(1), { caller }))).kind, 'limit');
    at += 24 * 3_600_000 + 1;
    assert.equal((await check(parts, citizens(1), { caller })).length, 1);
  });

  it('says so in its last line when it cannot go on', async () => {
    const parts = askingParts(database, { lookup: { namesInBatches: true }, registers: { persons: () => Promise.reject(new Error('a bug')) } });
    const lines = await linesOf(parts, citizens(3), { names: true, purpose: 'Sag' });
    assert.deepEqual(lines.map(({ kind }) => kind), ['failed']);
    assert.match(parts.logLines.join('\n'), /check-failed/);
  });

  it('watches for guessing there too', async () => {
    const parts = askingParts(database, { registers: { persons: notFound } });
    const caller = newCaller();
    await check(parts, citizens(20), { caller, names: true, purpose: 'Sag' });
    const { rows } = await database.query({ text: `select 1 from notice where detail->>'text' like '%' || $1 || '%'`, values: [caller.name] });
    assert.equal(rows.length, 1);
  });

  it('is refused from a mailbox that is not the caller’s, and that is kept', async () => {
    const caller = newCaller();
    const parts = askingParts(database);
    for (const more of [{ mailbox: 'anden@kommune.example' }, { channel: 'eboks' as const }, { caller: { ...caller, mailboxes: [] } }]) {
      const outcome = await checkRecipients(parts, callOf([citizen(0)], { caller, ...more }));
      assert.equal(outcome.kind, 'not-allowed');
    }
    assert.deepEqual(await rowsOf(caller.id), [{ outcome: 'refused', count: 3 }]);
    assert.equal(parts.registryCalls.length, 0);
  });
});
