import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MeAnswer, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import { lastingStorage } from '../../../src/taskpane/memory/lasting-storage.ts';
import { rememberedIn } from '../../../src/taskpane/memory/open-remembered.ts';
import { rememberedWhile } from '../../../src/taskpane/memory/remembered-while.ts';
import type { RememberedCheck } from '../../../src/taskpane/memory/remembered.ts';
import { memoryStorage, type RecordStorage } from '../../../src/taskpane/memory/storage.ts';

const NOON = new Date('2026-11-25T12:00:00Z');
const HOUR_MS = 3_600_000;
const scope = { channel: 'ngdp', mailbox: 'jobcenter@kommune.example' } as const;
const CPR = '2512489996';

function memoryAt(storage: RecordStorage, owner = 'mette@kommune.example') {
  let now = NOON;
  const remembered = rememberedIn({ storage, owner, now: () => now });
  return { remembered, pass: (hours: number) => void (now = new Date(now.getTime() + hours * HOUR_MS)) };
}

function checkOf(more: Partial<RecipientCheck> = {}): RememberedCheck {
  return {
    check: { position: 0, shown: '251248-xxxx', reach: { state: 'registered', from: null }, person: null, company: null, sameAs: null, ...more },
    checkedAt: NOON.toISOString(),
  };
}

const found = { kind: 'found', name: 'Nancy Ann Test Berggren', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null } as const;

function me(expiresAt: Date): MeAnswer {
  return {
    apiVersion: 1, gatewayVersion: '0.1.0', user: { id: 'u', name: 'Mette Madsen', address: 'mette@kommune.example' },
    organisation: { name: 'Kommunen', cvrNumbers: ['35833684'], mailDomains: [], helpContact: '', home: 'kommunen', helpUrl: null },
    guard: { on: false, stopsWholeMail: false }, may: ['send'], cprAccess: 'authority', cvrAccess: true, mailboxes: [],
    limits: { attachmentsMax: 10, memoBytesMax: 1, checkRecipientsMax: 100, checkBatchMax: 1, bodyBytesMax: 1, checkNamesMax: 1, typedOverRecipients: 100 }, news: null,
    fetchedAt: NOON.toISOString(), expiresAt: expiresAt.toISOString(),
  };
}

describe('what the pane remembers', () => {
  it('is there when the pane is opened again, within a day', async () => {
    const storage = memoryStorage();
    const { remembered } = memoryAt(storage);
    await remembered.keepCheck(scope, CPR, checkOf({ person: found }));
    await remembered.keepMe(me(new Date(NOON.getTime() + 30 * HOUR_MS)));
    await remembered.keepChoice('sender jobcenter@kommune.example', '35833684');
    const again = memoryAt(storage);
    again.pass(23.9);
    assert.deepEqual(await again.remembered.check(scope, CPR), checkOf({ person: found }));
    assert.equal((await again.remembered.me())?.user.name, 'Mette Madsen');
    again.pass(0.2);
    assert.equal(await again.remembered.check(scope, CPR), null);
    assert.equal(await again.remembered.me(), null);
    assert.equal(await again.remembered.choice('sender jobcenter@kommune.example'), '35833684');
  });

  it('of who I am holds no longer than the gateway said, and of a check no longer than a day from the answer', async () => {
    const { remembered, pass } = memoryAt(memoryStorage());
    await remembered.keepMe(me(new Date(NOON.getTime() + HOUR_MS)));
    await remembered.keepCheck(scope, CPR, { ...checkOf(), checkedAt: new Date(NOON.getTime() - 20 * HOUR_MS).toISOString() });
    pass(1);
    assert.equal(await remembered.me(), null);
    assert.notEqual(await remembered.check(scope, CPR), null);
    pass(3);
    assert.equal(await remembered.check(scope, CPR), null);
  });

  it('of a check is for that channel and mailbox alone', async () => {
    const { remembered } = memoryAt(memoryStorage());
    await remembered.keepCheck(scope, CPR, checkOf());
    assert.equal(await remembered.check({ ...scope, channel: 'mitdk' }, CPR), null);
    assert.equal(await remembered.check({ ...scope, mailbox: 'hr@kommune.example' }, CPR), null);
    assert.notEqual(await remembered.check({ ...scope, mailbox: 'Jobcenter@kommune.example' }, CPR), null);
  });

  it('is forgotten where the gateway says otherwise: who I am and every check, and nothing of my own', async () => {
    const { remembered } = memoryAt(memoryStorage());
    await remembered.keepMe(me(new Date(NOON.getTime() + 30 * HOUR_MS)));
    await remembered.keepCheck(scope, CPR, checkOf());
    await remembered.keepEarlier({ number: CPR, name: 'Nancy Berggren', lastAt: NOON.toISOString() });
    await remembered.keepChoice('channel', 'mitdk');
    await remembered.forgetAnswers();
    assert.deepEqual([await remembered.me(), await remembered.check(scope, CPR)], [null, null]);
    assert.equal((await remembered.earlier('', 10)).length, 1);
    assert.equal(await remembered.choice('channel'), 'mitdk');
  });

  it('of one person is not told to another in the same browser', async () => {
    const storage = memoryStorage();
    const mette = memoryAt(storage).remembered;
    const ole = memoryAt(storage, 'ole@kommune.example').remembered;
    await mette.keepEarlier({ number: CPR, name: 'Nancy Berggren', lastAt: NOON.toISOString() });
    await mette.keepCheck(scope, CPR, checkOf());
    await ole.keepMe(me(new Date(NOON.getTime() + HOUR_MS)));
    await ole.forgetAnswers();
    assert.deepEqual([await ole.earlier('', 10), await ole.check(scope, CPR), await mette.me()], [[], null, null]);
    assert.notEqual(await mette.check(scope, CPR), null);
  });
});

describe('those who were written to', () => {
  it('are found by any of their names, and by as much of the number as is shown, newest first', async () => {
    const { remembered } = memoryAt(memoryStorage());
    const at = (hour: number): string => new Date(NOON.getTime() + hour * HOUR_MS).toISOString();
    const nancy = { number: CPR, name: 'Nancy Ann Test Berggren', lastAt: at(1) };
    const aage = { number: '0101010000', name: 'Åge Bertelsen', lastAt: at(2) };
    const agency = { number: '35833684', name: 'Digitaliseringsstyrelsen', lastAt: at(3) };
    for (const one of [nancy, agency, aage]) await remembered.keepEarlier(one);
    const found = async (typed: string) => (await remembered.earlier(typed, 10)).map(({ name }) => name);
    assert.deepEqual(await found(''), [agency.name, aage.name, nancy.name]);
    assert.deepEqual(await found('ber'), [aage.name, nancy.name]);
    assert.deepEqual(await found(' åge b'), [aage.name]);
    assert.deepEqual(await found('2512'), [nancy.name]);
    assert.deepEqual(await found('251248-'), [nancy.name]);
    assert.deepEqual(await found('2512489'), []);
    assert.deepEqual(await found('3583'), [agency.name]);
    assert.deepEqual(await found('erggren'), []);
    assert.equal((await remembered.earlier('', 2)).length, 2);
  });

  it('stand once, by the last time, and are forgotten after 90 days', async () => {
    const storage = memoryStorage();
    const { remembered } = memoryAt(storage);
    await remembered.keepEarlier({ number: CPR, name: 'Nancy', lastAt: NOON.toISOString() });
    await remembered.keepEarlier({ number: CPR, name: 'Nancy Berggren', lastAt: NOON.toISOString() });
    const again = memoryAt(storage);
    assert.deepEqual((await again.remembered.earlier('', 10)).map(({ name }) => name), ['Nancy Berggren']);
    const later = memoryAt(storage);
    later.pass(90 * 24);
    assert.deepEqual(await later.remembered.earlier('', 10), []);
  });

  it('are none without a name, and go when a check finds the name protected; such a name is not kept', async () => {
    const storage = memoryStorage();
    const { remembered } = memoryAt(storage);
    await remembered.keepEarlier({ number: '0101010000', name: '', lastAt: NOON.toISOString() });
    await remembered.keepEarlier({ number: CPR, name: 'Nancy Berggren', lastAt: NOON.toISOString() });
    await remembered.keepCheck(scope, CPR, checkOf({ person: { ...found, protected: true } }));
    assert.deepEqual(await remembered.earlier('', 10), []);
    assert.deepEqual(await memoryAt(storage).remembered.earlier('', 10), []);
    const kept = await remembered.check(scope, CPR);
    assert.equal(kept?.check.person?.kind === 'found' && kept.check.person.name, null);
  });
});

describe('the browser’s storage', () => {
  it('holds no number and no name that can be read (property)', async () => {
    const name = fc.array(fc.constantFrom('Nancy', 'Berggren', 'Åge', 'Sørensen', 'von', 'Test'), { minLength: 2, maxLength: 4 }).map((parts) => parts.join(' '));
    const number = fc.integer({ min: 1_000_000_000, max: 3_112_999_999 }).map(String);
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(number, name), { minLength: 1, maxLength: 5 }), async (people) => {
      const storage = memoryStorage();
      const { remembered } = memoryAt(storage);
      for (const [cpr, shown] of people) {
        await remembered.keepCheck(scope, cpr, checkOf({ person: { ...found, name: shown, currentCpr: cpr } }));
        await remembered.keepEarlier({ number: cpr, name: shown, lastAt: NOON.toISOString() });
        await remembered.keepChoice('case', `sag om ${shown}`);
      }
      await remembered.keepMe(me(new Date(NOON.getTime() + HOUR_MS)));
      const readable = readEverything(await storage.entries());
      // Shorter words may stand in sealed bytes by chance.
      const words = people.flatMap(([, shown]) => shown.split(' ')).filter(({ length }) => length >= 5);
      const told = [...people.flat(), ...people.map(([cpr]) => `${cpr.slice(0, 6)}-${cpr.slice(6)}`), ...words, 'Mette', 'mette@', 'kommune', '251248-xxxx'];
      assert.deepEqual(told.filter((text) => readable.includes(text) || readable.includes(hexOf(text))), []);
    }), { numRuns: 25 });
  });

  it('holds keys that nobody can take out', async () => {
    const storage = memoryStorage();
    await memoryAt(storage).remembered.keepChoice('a', 'b');
    const keys = Object.values((await storage.get('keys')) ?? {});
    assert.equal(keys.length, 2);
    for (const key of keys) {
      assert.equal(key instanceof CryptoKey && key.extractable, false);
      if (key instanceof CryptoKey) await assert.rejects(crypto.subtle.exportKey('raw', key));
    }
  });

  it('may be given to a pane whose records it is: another record in its place does not open, and goes', async () => {
    const storage = memoryStorage();
    const { remembered } = memoryAt(storage);
    await remembered.keepCheck(scope, CPR, checkOf());
    await remembered.keepCheck(scope, '0101010000', checkOf({ shown: '010101-xxxx' }));
    const [[first], [, second]] = (await storage.entries()).filter(([name]) => name !== 'keys') as [[string, unknown], [string, unknown]];
    await storage.put(first, second);
    assert.equal(await remembered.check(scope, CPR), null);
    assert.equal(await storage.get(first), undefined);
  });

  it('is swept when the pane opens: what is over, what is broken, and what was sealed under keys that are gone', async () => {
    const storage = memoryStorage();
    const { remembered } = memoryAt(storage);
    await remembered.keepCheck(scope, CPR, checkOf());
    await remembered.keepChoice('channel', 'mitdk');
    await remembered.keepEarlier({ number: CPR, name: 'Nancy', lastAt: NOON.toISOString() });
    await storage.put('of an older add-in', { version: 1 });
    const later = memoryAt(storage);
    later.pass(48);
    assert.equal(await later.remembered.me(), null);
    assert.equal((await storage.entries()).length, 3);
    await storage.put('keys', { naming: 'broken' });
    const reset = memoryAt(storage).remembered;
    assert.deepEqual([await reset.choice('channel'), await reset.earlier('', 5)], [null, []]);
    await reset.keepChoice('channel', 'ngdp');
    assert.equal(await memoryAt(storage).remembered.choice('channel'), 'ngdp');
  });

  it('may be begun by two panes at once: both read what either wrote', async () => {
    const storage = memoryStorage();
    const [one, other] = [memoryAt(storage).remembered, memoryAt(storage).remembered];
    await Promise.all([one.keepChoice('a', '1'), other.keepChoice('b', '2')]);
    assert.deepEqual([await other.choice('a'), await one.choice('b')], ['1', '2']);
  });

  it('may fail from the beginning or in the middle, or never answer: then it holds until the pane shuts, and nothing throws', async (t) => {
    const failing = async (): Promise<never> => await Promise.reject(new DOMException('', 'SecurityError'));
    const never = async (): Promise<never> => await new Promise(() => undefined);
    const broken = { ...memoryStorage(), put: failing };
    const silent: RecordStorage = { get: never, put: never, putFirst: never, delete: never, entries: never };
    for (const storage of [{ get: failing, put: failing, putFirst: failing, delete: failing, entries: failing }, broken]) {
      const { remembered } = memoryAt(lastingStorage(storage));
      await remembered.keepCheck(scope, CPR, checkOf());
      assert.notEqual(await remembered.check(scope, CPR), null);
    }
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { remembered } = memoryAt(lastingStorage(silent));
    const kept = remembered.keepCheck(scope, CPR, checkOf());
    await new Promise((resume) => setImmediate(resume));
    t.mock.timers.tick(3_000);
    await kept;
    assert.notEqual(await remembered.check(scope, CPR), null);
  });

  it('that fails without anything to hold it up is as if nothing were known', async () => {
    const failing = async (): Promise<never> => await Promise.reject(new Error('no'));
    const { remembered } = memoryAt({ get: failing, put: failing, putFirst: failing, delete: failing, entries: failing });
    await remembered.keepMe(me(NOON));
    await remembered.keepChoice('a', 'b');
    await remembered.forgetAnswers();
    assert.deepEqual([await remembered.me(), await remembered.check(scope, CPR), await remembered.earlier('', 5), await remembered.choice('a')], [null, null, [], null]);
  });
});

/** Whatever can be read out of the storage: texts, and bytes as text and as hex. */
function readEverything(value: unknown): string {
  if (value instanceof CryptoKey) return '';
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const bytes = value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return [bytes.toString('utf8'), bytes.toString('utf16le'), bytes.toString('hex')].join('\n');
  }
  if (typeof value === 'object' && value !== null) return Object.entries(value).flat().map(readEverything).join('\n');
  return String(value);
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}

describe('the memory of one person’s Outlook', () => {
  const later = new Date(NOON.getTime() + 20 * HOUR_MS);
  const mette = me(later);
  const vera = { ...mette, user: { ...mette.user, id: 'v', name: 'Vera' } };
  const nancy = { number: CPR, name: found.name, lastAt: NOON.toISOString() };

  it('forgets whom somebody wrote to when another has logged on, also when a week lies between', async () => {
    const storage = memoryStorage();
    const first = memoryAt(storage);
    await first.remembered.keepMe(mette);
    await first.remembered.keepEarlier(nancy);
    await first.remembered.keepMe(mette);
    assert.equal((await first.remembered.earlier('Nancy', 6)).length, 1);
    const second = memoryAt(storage);
    second.pass(7 * 24);
    await second.remembered.keepMe(vera);
    assert.deepEqual(await second.remembered.earlier('Nancy', 6), []);
    assert.deepEqual(await memoryAt(storage).remembered.earlier('Nancy', 6), []);
  });

  it('tells and keeps nothing for somebody of before', async () => {
    const { remembered } = memoryAt(memoryStorage());
    let own = true;
    const theirs = rememberedWhile(remembered, () => own);
    await theirs.keepCheck(scope, CPR, checkOf());
    await theirs.keepEarlier(nancy);
    assert.deepEqual([(await theirs.earlier('Nancy', 6)).length, await theirs.check(scope, CPR)], [1, checkOf()]);
    const late = theirs.check(scope, CPR);
    own = false;
    assert.equal(await late, null);
    assert.deepEqual([await theirs.earlier('Nancy', 6), await theirs.check(scope, CPR), await theirs.me()], [[], null, null]);
    await theirs.keepCheck({ ...scope, channel: 'mitdk' }, CPR, checkOf());
    await theirs.keepEarlier({ ...nancy, number: '0107729995', name: 'Bo' });
    assert.equal(await remembered.check({ ...scope, channel: 'mitdk' }, CPR), null);
    assert.deepEqual(await remembered.earlier('Bo', 6), []);
  });
});
