import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sentEvent, type SentEvent } from '../../../src/domain/gateway-api.ts';
import { openSentWatch } from '../../../src/gateway/api/sent-watch.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import type { OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import type { Database, Statement } from '../../../src/gateway/store/database.ts';
import { openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra, type TestPerson } from './people-in-process.ts';

const POLL_MS = 50;
const ALONE: readonly OrganisationEntry[] = [];

/** One line after the other of a stream of events that somebody reads. */
interface Listener {
  readonly events: SentEvent[];
  readonly ids: string[];
  readonly text: () => string;
  /** Waits until a told event fits, and returns it. */
  told(fits: (event: SentEvent) => boolean): Promise<SentEvent>;
  /** Resolves when the gateway has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

describe('the stream of what becomes of one’s mails', () => {
  const open = new AsyncDisposableStack();
  const asked: Statement[] = [];
  let database: Database;
  let entra: TestEntra;
  let api: ApiInProcess;
  let base: string;

  before(async () => {
    database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
    const watched: Database = {
      ...database,
      query(statement) {
        asked.push(statement);
        return database.query(statement);
      },
    };
    const settings = { ...entra.settings, SENT_EVENTS_POLL_MS: String(POLL_MS), SENT_EVENTS_STREAMS_PER_USER_MAX: '120' };
    api = await openApi(watched, { settings });
    base = await api.app.listen({ port: 0, host: '127.0.0.1' });
    open.defer(() => api.app.close());
  });
  after(() => open.disposeAsync());

  const listen = async (person: TestPerson, query = ''): Promise<Listener> => {
    const leaving = new AbortController();
    const answer = await fetch(`${base}/api/v1/sent/events${query}`, { headers: await entra.headersOf(person), signal: leaving.signal });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/);
    const events: SentEvent[] = [];
    const ids: string[] = [];
    let text = '';
    let news = Promise.withResolvers<void>();
    const read = async () => {
      let rest = '';
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        rest += chunk;
        for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
          const lines = rest.slice(0, end).split('\n');
          rest = rest.slice(end + 2);
          const data = lines.find((line) => line.startsWith('data: '));
          if (data === undefined) continue;
          events.push(sentEvent.parse(JSON.parse(data.slice(6))));
          ids.push(lines.find((line) => line.startsWith('id: '))?.slice(4) ?? '');
        }
        news.resolve();
        news = Promise.withResolvers<void>();
      }
    };
    const ended = read().catch(() => undefined);
    return {
      events, ids, ended, text: () => text,
      leave: () => leaving.abort(),
      async told(fits) {
        for (;;) {
          const found = events.findLast(fits);
          if (found) return found;
          await news.promise;
        }
      },
    };
  };

  const insertMail = async (mailbox: string, more: { cvr?: string; deliveries?: number; mass?: boolean } = {}): Promise<number> => {
    const { cvr = '35833684', deliveries = 1, mass = false } = more;
    const { rows } = await database.query<{ id: number }>({
      text: `insert into submission (received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, from_mailbox,
               subject, open_deliveries, deliveries, mass)
             values (now(), now(), $1, '{x@example.org}', 0, 0, 'expanded', $2, $1, 'Brev', $3, $3, $4) returning id`,
      values: [mailbox, cvr, deliveries, mass],
    });
    const id = rows[0]?.id ?? 0;
    if (deliveries <= 20) {
      await database.query({
        text: `insert into delivery (submission_id, position, channel, address, named_in_header, organisation_cvr, status, bulk, due_at)
               select $1, n, 'ngdp', 'x', true, $2, 'waiting', false, now() from generate_series(1, $3::int) n`,
        values: [id, cvr, deliveries],
      });
    }
    return id;
  };
  const settle = (id: number) =>
    database.transaction(async (connection) => {
      await connection.query({ text: `update delivery set status = 'completed' where submission_id = $1 and position = 1`, values: [id] });
      await connection.query({ text: 'update submission set open_deliveries = open_deliveries - 1 where id = $1', values: [id] });
    });

  it('tells first how the mails of one’s mailboxes stand, then each change, and nothing of anybody else’s', async () => {
    const own = await insertMail('jobcenter@kommune.example', { deliveries: 2 });
    const colleagues = await insertMail('sikkerpost@kommune.example');
    const neighbours = await insertMail('sikkerpost@nabo.example', { cvr: '97281536' });
    const mette = await listen(PEOPLE.mette);
    const first = await mette.told(({ id }) => id === `s${own}`);
    assert.deepEqual(first.counts, { delivered: 0, failed: 0, stopped: 0, pending: 2, all: 2 });
    assert.deepEqual(first.recipients, [{ position: 1, outcome: 'pending' }, { position: 2, outcome: 'pending' }]);
    await settle(colleagues);
    await settle(neighbours);
    await settle(own);
    const changed = await mette.told(({ id, counts }) => id === `s${own}` && counts.delivered === 1);
    assert.deepEqual(changed.recipients, [{ position: 1, outcome: 'delivered' }, { position: 2, outcome: 'pending' }]);
    const later = await insertMail('jobcenter@kommune.example');
    await mette.told(({ id }) => id === `s${later}`);
    assert.deepEqual([...new Set(mette.events.map(({ id }) => id))], [`s${own}`, `s${later}`]);
    assert.equal(new Set(mette.ids).size, mette.ids.length);
    assert.match(mette.ids[0] ?? '', new RegExp(`^s${own}\\.`));
    mette.leave();
  });

  it('tells of one mailbox alone, and of none that is not one’s own', async () => {
    const mail = await insertMail('sikkerpost@kommune.example');
    const soeren = await listen(PEOPLE.soeren, '?mailbox=Jobcenter%40kommune.example');
    const mette = await listen(PEOPLE.soeren, '?mailbox=sikkerpost%40kommune.example');
    await settle(mail);
    await mette.told(({ id, done }) => id === `s${mail}` && done);
    assert.deepEqual(soeren.events, []);
    soeren.leave();
    mette.leave();
  });

  it('tells of a transaction that was open while a later one was told of', async () => {
    const [slow, quick] = [await insertMail('jobcenter@kommune.example'), await insertMail('jobcenter@kommune.example')];
    const mette = await listen(PEOPLE.mette);
    await mette.told(({ id }) => id === `s${quick}`);
    await database.transaction(async (connection) => {
      await connection.query({ text: 'update submission set open_deliveries = 0 where id = $1', values: [slow] });
      await settle(quick);
      await mette.told(({ id, done }) => id === `s${quick}` && done);
      assert.ok(!mette.events.some(({ id, done }) => id === `s${slow}` && done));
    });
    await mette.told(({ id, done }) => id === `s${slow}` && done);
    mette.leave();
  });

  it('never looks at the rows of a mass send', async () => {
    const mass = await insertMail('jobcenter@kommune.example', { deliveries: 100_000, mass: true });
    asked.length = 0;
    const mette = await listen(PEOPLE.mette);
    await database.query({ text: 'update submission set open_deliveries = 60000, failed_deliveries = 3 where id = $1', values: [mass] });
    const event = await mette.told(({ id, counts }) => id === `s${mass}` && counts.failed === 3);
    assert.deepEqual(event.counts, { delivered: 39_997, failed: 3, stopped: 0, pending: 60_000, all: 100_000 });
    assert.equal(event.recipients, null);
    for (const { text, values } of asked) {
      if (text.includes('from delivery')) assert.ok(!(values?.[0] as readonly number[]).includes(mass), text);
    }
    mette.leave();
  });

  it('asks the database once at each tick for 200 who listen, tells each their own only, and rests when all have gone', async () => {
    const mails = [await insertMail('jobcenter@kommune.example'), await insertMail('sikkerpost@nabo.example', { cvr: '97281536' })];
    const people = Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? PEOPLE.mette : PEOPLE.nina));
    const listeners = await Promise.all(people.map((person) => listen(person)));
    await Promise.all(listeners.map((listener, n) => listener.told(({ id }) => id === `s${mails[n % 2] ?? 0}`)));
    asked.length = 0;
    const started = performance.now();
    for (const mail of mails) await settle(mail);
    await Promise.all(listeners.map((listener, n) => listener.told(({ id, done }) => id === `s${mails[n % 2] ?? 0}` && done)));
    const ticks = Math.ceil((performance.now() - started) / POLL_MS) + 2;
    const looks = asked.filter(({ name }) => name === 'sent-changes').length;
    assert.ok(looks >= 1 && looks <= ticks, `${looks} looks in ${ticks} ticks`);
    for (const [n, { events }] of listeners.entries()) assert.ok(!events.some(({ id }) => id === `s${mails[1 - (n % 2)] ?? 0}`));
    for (const { leave } of listeners) leave();
    await Promise.all(listeners.map(({ ended }) => ended));
    await quietFor(asked, 5 * POLL_MS);
  });

  it('says now and then that it is there, and ends after its time', async () => {
    const short = await openApi(database, { settings: { ...entra.settings, SENT_EVENTS_HEARTBEAT_MS: '30', SENT_EVENTS_LIFE_MS: '200' } });
    base = await short.app.listen({ port: 0, host: '127.0.0.1' });
    const mette = await listen(PEOPLE.mette);
    await mette.ended;
    assert.match(mette.text(), /\n: stadig her\n\n/);
    await short.app.close();
  });

  it('lets one person open only so many', async () => {
    const narrow = await openApi(database, { settings: { ...entra.settings, SENT_EVENTS_STREAMS_PER_USER_MAX: '1' } });
    base = await narrow.app.listen({ port: 0, host: '127.0.0.1' });
    const mette = await listen(PEOPLE.mette);
    await mette.told(() => true);
    const refused = await narrow.get('/api/v1/sent/events', { headers: await entra.headersOf(PEOPLE.mette) });
    assert.equal(problemIn(refused).code, 'too-many-requests');
    (await listen(PEOPLE.soeren)).leave();
    mette.leave();
    await narrow.app.close();
  });

  it('ends at once when the gateway stops', async () => {
    const stopping = await openApi(database, { settings: entra.settings });
    base = await stopping.app.listen({ port: 0, host: '127.0.0.1' });
    const mette = await listen(PEOPLE.mette);
    await mette.told(() => true);
    await stopping.app.close();
    await mette.ended;
  });

  it('ends all streams when the database cannot be asked, so that who comes again is told all anew', async () => {
    const failing: { now: boolean } = { now: false };
    const broken: Database = {
      ...database,
      query: (statement) => (failing.now && statement.name === 'sent-changes' ? Promise.reject(new Error('away')) : database.query(statement)),
    };
    const api2 = await openApi(broken, { settings: { ...entra.settings, SENT_EVENTS_POLL_MS: String(POLL_MS) } });
    base = await api2.app.listen({ port: 0, host: '127.0.0.1' });
    const mette = await listen(PEOPLE.mette);
    await mette.told(() => true);
    failing.now = true;
    await mette.ended;
    failing.now = false;
    const again = await listen(PEOPLE.mette);
    const mail = await insertMail('jobcenter@kommune.example');
    await again.told(({ id }) => id === `s${mail}`);
    again.leave();
    await api2.app.close();
  });

  it('ends all streams when the organisations are other ones, and tells nothing that came after', async () => {
    const rights: { now: readonly OrganisationEntry[] } = { now: [] };
    const changing = await openApi(database, { settings: { ...entra.settings, SENT_EVENTS_POLL_MS: String(POLL_MS) }, organisations: () => rights.now });
    base = await changing.app.listen({ port: 0, host: '127.0.0.1' });
    const [mette, nina] = await Promise.all([listen(PEOPLE.mette), listen(PEOPLE.nina)]);
    await Promise.all([mette.told(() => true), nina.told(() => true)]);
    rights.now = [];
    const mail = await insertMail('jobcenter@kommune.example');
    await Promise.all([mette.ended, nina.ended]);
    assert.ok(!mette.events.some(({ id }) => id === `s${mail}`));
    const again = await listen(PEOPLE.mette);
    await again.told(({ id }) => id === `s${mail}`);
    again.leave();
    await changing.app.close();
  });

  it('ends with the token that opened it', async () => {
    // The tokens here live an hour, and a minute for clocks that differ.
    const aheadMs = 3_660_000 - 2_000;
    const late = await openApi(database, { settings: entra.settings, now: () => new Date(Date.now() + aheadMs) });
    base = await late.app.listen({ port: 0, host: '127.0.0.1' });
    const mette = await listen(PEOPLE.mette);
    await mette.told(() => true);
    await mette.ended;
    await late.app.close();
  });

  it('tells nothing that waited when it ended', async () => {
    const settings = { ...settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-' }), SENT_EVENTS_POLL_MS: POLL_MS };
    const ticks: string[] = [];
    const counting: Database = { ...database, query: (statement) => { ticks.push(statement.name ?? ''); return database.query(statement); } };
    const log = makeLog('silent', () => undefined);
    const watch = openSentWatch({ database: counting, settings, log, organisations: () => ALONE, now: () => new Date() });
    const leaving = new AbortController();
    const caller = {
      kind: 'person', id: 'x', name: 'x', fullName: null, tenant: null, cvrNumbers: ['35833684'], mailDomains: [], originatorOrgs: [], expiresAt: null,
      may: new Set([]), mailboxes: ['jobcenter@kommune.example'],
    } as const;
    const stream = watch.follow({ caller, mailbox: null, since: null, signal: leaving.signal });
    await stream.next();
    await insertMail('jobcenter@kommune.example');
    ticks.length = 0;
    while (ticks.filter((name) => name === 'sent-changes').length < 3) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    leaving.abort();
    assert.deepEqual(await stream.next(), { done: true, value: undefined });
  });

  it('is for people only', async () => {
    assert.equal(problemIn(await api.get('/api/v1/sent/events')).code, 'right-missing');
  });
});

/** Resolves when nothing has been asked for a while; an endless watch keeps it from ever resolving, and the test's time ends. */
async function quietFor(asked: readonly Statement[], ms: number): Promise<void> {
  for (let count = -1; count !== asked.length; ) {
    count = asked.length;
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
