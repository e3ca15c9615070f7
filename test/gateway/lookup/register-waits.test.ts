import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openShelf } from '../../../src/gateway/lookup/adapter-shelf.ts';
import { openCallGate } from '../../../src/gateway/lookup/call-gate.ts';
import type { CompanyRegister } from '../../../src/gateway/lookup/register-adapters.ts';
import { openRegisterDoor } from '../../../src/gateway/lookup/register-door.ts';
import { RegisterFault } from '../../../src/gateway/lookup/register-fault.ts';
import { openRegisterPause } from '../../../src/gateway/lookup/register-pause.ts';
import { openDatafordeler, openRegisterWorld, organisationWith, type Answer, type Datafordeler, type RegisterWorld, type StandIn } from './register-stand-in.ts';

const HANNE = '2512489996';
const PUBLIC = 'CPRCustom_PublicSectorPerson';
const nobody: Answer = { body: { data: { [PUBLIC]: { nodes: [] } } } };
const WORDS = { register: 'CPR', host: 'CPR', address: 'CPR_URL', credentials: 'nøglen', version: null };

describe('a register that is down', () => {
  let world: RegisterWorld;
  let datafordeler: Datafordeler;
  let giveToken: StandIn['answer'];
  before(async () => {
    world = await openRegisterWorld();
    datafordeler = await openDatafordeler(world);
    giveToken = datafordeler.tokens.answer;
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    datafordeler.data.asked.length = 0;
    datafordeler.tokens.asked.length = 0;
    datafordeler.tokens.answer = giveToken;
    datafordeler.data.answer = () => nobody;
  });
  const registers = (settings: Readonly<Record<string, string>>) => world.registers({ ...datafordeler.settings, ...settings });

  it('is left alone for the pause, with the same answer at once, and then asked by one', async () => {
    for (const [down, calls] of [['hang', 1], [{ status: 503, body: '' }, 2], ['cut', 2]] as const) {
      datafordeler.data.asked.length = 0;
      datafordeler.data.answer = () => down;
      // Who is not to hang is answered within the time also where the machine is busy.
      const one = registers({ REGISTER_CALL_TIMEOUT_MS: '1500', REGISTER_RETRIES: '1', REGISTER_PAUSE_MS: '300' });
      const ask = () => one.person(datafordeler.bySecret(), HANNE);
      const first = await ask();
      const second = await ask();
      assert.deepEqual([second, first.kind], [first, 'unavailable']);
      assert.equal(datafordeler.data.asked.length, calls);
      datafordeler.data.answer = () => nobody;
      // Whoever asks after the pause has ended is answered, for the others wait for the one that asks the register.
      let kinds: readonly string[];
      do kinds = (await Promise.all(Array.from({ length: 20 }, ask))).map(({ kind }) => kind);
      while (kinds.at(-1) === 'unavailable');
      assert.match(kinds.join(' '), /^(unavailable )*(not-found ?)+$/);
    }
  });

  it('is no other organisation’s trouble, and no other fault is such trouble', async () => {
    const one = registers({ REGISTER_CALL_TIMEOUT_MS: '150', REGISTER_PAUSE_MS: '60000' });
    datafordeler.data.answer = () => 'hang';
    assert.equal((await one.person(datafordeler.bySecret(), HANNE)).kind, 'unavailable');
    datafordeler.data.answer = () => nobody;
    assert.equal((await one.person(datafordeler.bySecret('authority', '97281536'), HANNE)).kind, 'not-found');
    for (const answer of [{ status: 429, body: '' }, { status: 404, body: '' }, { body: 'x' }, { status: 403, body: '' }]) {
      const other = registers({ REGISTER_RETRIES: '0', REGISTER_PAUSE_MS: '60000' });
      datafordeler.data.answer = () => answer;
      assert.equal((await other.person(datafordeler.bySecret(), HANNE)).kind, 'unavailable');
      datafordeler.data.answer = () => nobody;
      assert.equal((await other.person(datafordeler.bySecret(), HANNE)).kind, 'not-found', JSON.stringify(answer));
    }
  });

  it('costs a list of 5,000 numbers one silence', async () => {
    const virk = await world.standIn('plain');
    virk.answer = () => 'hang';
    const passwordFile = await world.file('virk', 'kode');
    const organisation = organisationWith({ cvr: { adapter: 'virk', user: 'u', passwordFile } });
    const numbers = Array.from({ length: 5_000 }, (_, n) => String(10_000_000 + n));
    const one = world.registers({ VIRK_URL: virk.url, REGISTER_CALL_TIMEOUT_MS: '400', REGISTER_PAUSE_MS: '5000' });
    const chunks = Array.from({ length: 50 }, (_, n) => numbers.slice(n * 100, (n + 1) * 100));
    const work = async (): Promise<void> => {
      for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
        assert.ok((await one.companies(organisation, chunk)).every(({ kind }) => kind === 'unavailable'));
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    assert.ok(virk.asked.length <= 4, `${virk.asked.length}`);
  });

  it('is told of once by its token service as well', async () => {
    datafordeler.tokens.answer = () => 'hang';
    const one = registers({ REGISTER_CALL_TIMEOUT_MS: '150', REGISTER_PAUSE_MS: '60000' });
    await one.person(datafordeler.bySecret(), HANNE);
    await one.person(datafordeler.bySecret(), HANNE);
    assert.equal(datafordeler.tokens.asked.length, 1);
  });
});

describe('whoever waits for a register', () => {
  let world: RegisterWorld;
  let datafordeler: Datafordeler;
  let giveToken: StandIn['answer'];
  before(async () => {
    world = await openRegisterWorld();
    datafordeler = await openDatafordeler(world);
    giveToken = datafordeler.tokens.answer;
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    datafordeler.tokens.answer = giveToken;
    datafordeler.data.answer = () => nobody;
  });

  it('waits no longer than the deadline: for its turn, for tries, for the token, and for the answer', async () => {
    // What waits for anything but the deadline waits longer than this test may take.
    const settings = { ...datafordeler.settings, LOOKUP_DEADLINE_MS: '250', REGISTER_CONCURRENCY: '1', REGISTER_RETRIES: '9', REGISTER_CALL_TIMEOUT_MS: '600000' };
    const within = async (asking: number): Promise<void> => {
      const one = world.registers(settings);
      const answers = await Promise.all(Array.from({ length: asking }, () => one.person(datafordeler.bySecret(), HANNE)));
      assert.ok(answers.every((answer) => answer.kind === 'unavailable' && answer.reason === 'away'));
    };
    datafordeler.data.answer = () => 'hang';
    await within(3);
    datafordeler.data.answer = () => ({ status: 503, body: '', headers: { 'retry-after': '600' } });
    await within(1);
    datafordeler.tokens.answer = () => 'hang';
    await within(3);
  });

  it('may go, is then answered at once, and takes nobody else’s token or turn along', async () => {
    const one = world.registers({ ...datafordeler.settings, REGISTER_CONCURRENCY: '1', REGISTER_PAUSE_MS: '60000' });
    const gone = new AbortController();
    const given = Promise.withResolvers<Answer>();
    datafordeler.tokens.answer = () => {
      gone.abort();
      return given.promise;
    };
    const leaving = one.person(datafordeler.bySecret(), HANNE, gone.signal);
    const staying = one.person(datafordeler.bySecret(), HANNE);
    assert.equal((await leaving).kind, 'unavailable');
    given.resolve({ body: { access_token: 'et-token', expires_in: 300 } });
    assert.deepEqual(await staying, { kind: 'not-found' });
    assert.equal((await one.person(datafordeler.bySecret(), HANNE, AbortSignal.abort())).kind, 'unavailable');
    assert.deepEqual(await one.person(datafordeler.bySecret(), HANNE), { kind: 'not-found' }, 'the register was not at fault');
  });

  it('ends a list where it is', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, n) => `0101${String(n).padStart(6, '0')}`);
    const gone = new AbortController();
    let calls = 0;
    datafordeler.data.answer = () => {
      calls += 1;
      if (calls === 2) gone.abort();
      return calls >= 2 ? 'hang' : nobody;
    };
    const answers = await world.registers({ ...datafordeler.settings, REGISTER_CONCURRENCY: '1' }).persons(datafordeler.bySecret(), numbers, gone.signal);
    assert.deepEqual([answers.filter(({ kind }) => kind === 'not-found').length, answers.length], [100, 1_000]);
    assert.equal(calls, 2);
  });

  it('gives up its place in the queue', async () => {
    const gate = openCallGate({ concurrency: 1, waitMaxMs: 5_000, full: () => new Error('full') });
    const end = Promise.withResolvers<void>();
    const first = gate.pass(() => end.promise);
    const gone = new AbortController();
    const second = gate.pass(() => Promise.resolve('second'), gone.signal);
    const third = gate.pass(() => Promise.resolve('third'));
    gone.abort(new Error('gone'));
    await assert.rejects(second, /gone/);
    end.resolve();
    assert.deepEqual([await first, await third], [undefined, 'third']);
  });
});

describe('a pause', () => {
  it('goes on after a probe that nobody waited for, and ends with any answer', async () => {
    const pause = openRegisterPause(0, 10);
    const fail = (kind: 'timeout' | 'given-up') => pause.pass(() => Promise.reject(new RegisterFault(kind, WORDS)));
    await assert.rejects(fail('timeout'), /timeout/);
    const probe = Promise.withResolvers<void>();
    const probing = pause.pass(() => probe.promise);
    await assert.rejects(pause.pass(() => Promise.resolve()), /timeout/);
    await assert.rejects(pause.check(), /timeout/);
    probe.reject(new RegisterFault('given-up', WORDS));
    await assert.rejects(probing, /given-up/);
    assert.equal(await pause.pass(() => Promise.resolve(1)), 1);
    assert.deepEqual(await Promise.all([pause.pass(() => Promise.resolve(1)), pause.pass(() => Promise.resolve(2))]), [1, 2]);
  });
});

describe('what is closed', () => {
  it('opens no connection any more', async () => {
    await using world = await openRegisterWorld();
    const standIn = await world.standIn('plain');
    standIn.answer = () => ({ body: {} });
    const settings = { REGISTER_CA_FILE: null, REGISTER_CALL_TIMEOUT_MS: 1_000, REGISTER_CONCURRENCY: 1, REGISTER_RETRIES: 1 };
    const door = openRegisterDoor({ settings, words: WORDS, certificate: null, retryDelayMs: 1 });
    const request = { method: 'GET', url: standIn.url, headers: {}, body: null } as const;
    assert.equal((await door.call(request)).status, 200);
    await door.close();
    await assert.rejects(door.call(request), /CLOSED/);
    assert.equal(standIn.asked.length, 1);
  });

  it('is an adapter whose entry has changed, once what was under way has ended, and every one at the end', async () => {
    const opened: string[] = [];
    const closed: string[] = [];
    const firstClosed = Promise.withResolvers<void>();
    const shelf = openShelf<CompanyRegister>(({ lookup }) => {
      const version = lookup.cvr?.adapter === 'virk' ? lookup.cvr.user : '';
      opened.push(version);
      const close = () => {
        closed.push(version);
        firstClosed.resolve();
        return Promise.resolve();
      };
      return { version, close, numbersMax: 1, isInTheClear: false, find: () => Promise.resolve(new Map()), search: () => Promise.reject(new Error()), productionUnit: () => Promise.resolve(null) };
    });
    const entry = (user: string) => organisationWith({ cvr: { adapter: 'virk', user, passwordFile: 'x' } });
    const story = Promise.withResolvers<void>();
    const underWay = shelf.use(entry('før'), async ({ version }) => {
      await story.promise;
      return version;
    });
    assert.equal(await shelf.use(entry('efter'), ({ version }) => Promise.resolve(version)), 'efter');
    assert.deepEqual(closed, []);
    story.resolve();
    assert.equal(await underWay, 'før');
    await firstClosed.promise;
    assert.deepEqual(closed, ['før']);
    await shelf.close();
    await assert.rejects(shelf.use(entry('efter'), () => Promise.resolve()), /closed/);
    assert.deepEqual([opened, closed], [['før', 'efter'], ['før', 'efter']]);
  });
});
