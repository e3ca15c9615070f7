import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Database, Statement } from '../../../src/gateway/store/database.ts';
import { countSubmissions, listSubmissions } from '../../../src/gateway/store/submission-lists.ts';
import { openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra, type TestPerson } from './people-in-process.ts';

interface List {
  readonly submissions: readonly {
    readonly id: string; readonly subject: string; readonly done: boolean; readonly to: readonly string[]; readonly toNames: readonly (string | null)[]; readonly settledAt: string | null; readonly sentAs: readonly string[];
    readonly counts: Readonly<Record<'delivered' | 'failed' | 'stopped' | 'pending' | 'all', number>>;
  }[];
  readonly next: string | null;
  readonly counts: Readonly<Record<'all' | 'failed' | 'open' | 'max', number>> | null;
}

interface Mail {
  readonly mailbox: string;
  readonly subject: string;
  readonly cvr?: string;
  readonly state?: string;
  readonly open?: number;
  readonly failed?: number;
  readonly all?: number;
  readonly by?: string | null;
}

describe('a person’s list of what is sent', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let entra: TestEntra;
  let api: ApiInProcess;

  const insert = async ({ mailbox, subject, cvr = '35833684', state = 'expanded', open: pending = 0, failed = 0, all = 3, by = 'mette@kommune.example' }: Mail) => {
    const { rows } = await database.query<{ id: number }>({
      text: `insert into submission (received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, from_mailbox,
               subject, open_deliveries, failed_deliveries, deliveries, written_by, letter)
             values (now(), now(), $1, $10, 0, 0, $2, $3, $1, $4, $5, $6, $7, $8, $9) returning id`,
      values: [mailbox, state, cvr, subject, pending, failed, all, by, JSON.stringify({ senders: { [cvr]: { cvr, label: 'Eksempel Kommune', contactPoint: null } } }),
        [`2512489996@${cvr}.ngdp.digital-post.dk`, `2911829996@${cvr}.ngdp.digital-post.dk`, `0107729995@${cvr}.ngdp.digital-post.dk`, 'x@example.org']],
    });
    return rows[0]?.id ?? 0;
  };

  before(async () => {
    database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
    api = await openApi(database, { settings: { ...entra.settings, API_COUNT_MAX: '40' } });
    open.defer(() => api.app.close());
    for (let n = 0; n < 45; n++) await insert({ mailbox: 'jobcenter@kommune.example', subject: `Færdig ${n}` });
    await insert({ mailbox: 'jobcenter@kommune.example', subject: 'På vej', open: 2, all: 5, failed: 1 });
    await insert({ mailbox: 'jobcenter@kommune.example', subject: 'Afvist', state: 'refused', all: 0, by: 'vikar@kommune.example' });
    await insert({ mailbox: 'jobcenter@kommune.example', subject: 'Ulæst', state: 'accepted', all: 0 });
    await insert({ mailbox: 'sikkerpost@kommune.example', subject: 'En kollegas', failed: 1 });
    await insert({ mailbox: 'jobcenter@kommune.example', subject: 'Naboens', cvr: '97281536' });
  });
  after(() => open.disposeAsync());

  const list = async (query: string, person: TestPerson = PEOPLE.mette): Promise<List> => {
    const answer = await api.get(`/api/submissions${query}`, { headers: await entra.headersOf(person) });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<List>();
  };
  const subjects = ({ submissions }: List) => submissions.map(({ subject }) => subject);

  it('is the newest first, 30 at a time, each once', async () => {
    const first = await list('?order=newest&limit=30');
    assert.deepEqual(subjects(first).slice(0, 4), ['Ulæst', 'Afvist', 'På vej', 'Færdig 44']);
    const second = await list(`?order=newest&limit=30&after=${first.next ?? ''}`);
    assert.equal(second.next, null);
    assert.deepEqual([...subjects(first), ...subjects(second)].slice(3), Array.from({ length: 45 }, (_, n) => `Færdig ${44 - n}`));
  });

  it('holds the mails of one’s own mailboxes and organisation alone', async () => {
    assert.deepEqual(subjects(await list('?order=newest', PEOPLE.soeren)), ['En kollegas']);
    assert.deepEqual(subjects(await list('?order=newest', PEOPLE.arne)), []);
    assert.deepEqual(subjects(await list('?mailbox=sikkerpost%40kommune.example')), []);
    const all = await list('?order=newest&limit=1000');
    for (const other of ['En kollegas', 'Naboens']) assert.ok(!subjects(all).includes(other));
    const colleagues = (await list('', PEOPLE.soeren)).submissions[0]?.id ?? '';
    for (const path of ['', '/proof']) {
      const answer = await api.get(`/api/submissions/${colleagues}${path}`, { headers: await entra.headersOf(PEOPLE.mette) });
      assert.equal(problemIn(answer).code, 'not-found');
    }
    const stopped = await api.post(`/api/submissions/${colleagues}/stop`, {}, { headers: await entra.headersOf(PEOPLE.mette) });
    assert.equal(problemIn(stopped).code, 'not-found');
  });

  it('is filtered, and says how many each filter shows, no further than a limit', async () => {
    assert.deepEqual(subjects(await list('?order=newest&filter=failed')), ['Afvist', 'På vej']);
    assert.deepEqual(subjects(await list('?order=newest&filter=open')), ['Ulæst', 'På vej']);
    assert.deepEqual((await list('?counts=true&limit=1')).counts, { all: 40, failed: 2, open: 2, max: 40 });
    assert.equal((await list('')).counts, null);
    assert.deepEqual(subjects(await list('?mine=true&filter=failed')), ['På vej']);
    assert.deepEqual((await list('?mine=true&counts=true&limit=1')).counts, { all: 40, failed: 1, open: 2, max: 40 });
  });

  it('of “mine” has what nobody knows the writer of, from mailboxes of one’s own alone, and nothing of a colleague’s or a program’s', async () => {
    const facts = { cvr: '12345678', mailbox: 'jobcenter@kommune.example' };
    const own = { cvrNumbers: ['12345678'], mailboxes: ['jobcenter@kommune.example'] };
    for (const [subject, by, mailbox] of [
      ['Ingen ved', null], ['Min', 'Mette@kommune.example'], ['En kollegas', 'soeren@kommune.example'], ['Et programs', 'fagsystem'],
      ['Ingen ved, en andens', null, 'sikkerpost@kommune.example'], ['Ingen ved, ulæst', null],
    ] as const) await insert({ ...facts, subject, by, ...(mailbox && { mailbox }), ...(subject.endsWith('ulæst') && { state: 'accepted', all: 0 }) });
    const choice = { since: null, mailbox: null, writtenBy: 'mette@kommune.example', orByUnknown: true };
    const page = { ...choice, filter: 'all', order: 'newest', after: null } as const;
    const first = await listSubmissions(database, own, { ...page, limit: 2 });
    const rest = await listSubmissions(database, own, { ...page, limit: 2, after: first.at(-1)?.id ?? null });
    assert.deepEqual([...first, ...rest].map(({ subject }) => subject), ['Ingen ved, ulæst', 'Min', 'Ingen ved']);
    assert.deepEqual(await countSubmissions(database, own, { ...choice, max: 40 }), { all: 3, failed: 0, open: 1 });
    assert.deepEqual((await listSubmissions(database, own, { ...page, orByUnknown: false, limit: 9 })).map(({ subject }) => subject), ['Min']);
  });

  it('says what became of each, to whom and as whom, numbers masked', async () => {
    const { submissions } = await list('?order=newest&limit=3');
    const [unread, , under] = submissions;
    assert.deepEqual(under?.counts, { delivered: 2, failed: 1, stopped: 0, pending: 2, all: 5 });
    assert.deepEqual(under?.to, ['251248-xxxx', '291182-xxxx', '010772-xxxx']);
    assert.deepEqual(under?.sentAs, ['Eksempel Kommune']);
    assert.deepEqual([under?.done, unread?.done], [false, false]);
    assert.deepEqual(unread?.counts, { delivered: 0, failed: 0, stopped: 0, pending: 4, all: 4 });
  });

  it('names those whom the mail itself names, in the list and recipient by recipient', async () => {
    const id = await insert({ mailbox: 'jobcenter@kommune.example', subject: 'Med navne', by: 'navne@kommune.example' });
    await database.query({
      text: `insert into delivery (submission_id, organisation_cvr, due_at, position, channel, address, named_in_header, bulk, status, recipient_name)
             select $1, '35833684', now(), n, 'ngdp', '2512489996@35833684.ngdp.digital-post.dk', true, false, 'completed', case when n <> 2 then 'Nr. ' || n end
             from generate_series(1, 4) n`,
      values: [id],
    });
    const [first] = (await list('?order=newest&limit=1')).submissions;
    assert.deepEqual([first?.subject, first?.toNames], ['Med navne', ['Nr. 1', null, 'Nr. 3']]);
    const answer = await api.get(`/api/submissions/s${id}`, { headers: await entra.headersOf(PEOPLE.mette) });
    const { recipients } = answer.json<{ readonly recipients: readonly { readonly name: string | null; readonly recipient: string }[] }>();
    assert.deepEqual(recipients.map(({ name }) => name), ['Nr. 1', null, 'Nr. 3', 'Nr. 4']);
    assert.ok(recipients.every(({ recipient }) => recipient === '251248-xxxx'));
    await database.query({ text: `update delivery set status = 'refused' where submission_id = $1 and position in (2, 4)`, values: [id] });
    const failed = await api.get(`/api/submissions/s${id}?outcome=failed&limit=1`, { headers: await entra.headersOf(PEOPLE.mette) });
    const page = failed.json<{ readonly recipients: readonly { readonly position: number }[]; readonly next: number | null }>();
    assert.deepEqual([page.recipients.map(({ position }) => position), page.next], [[2], 2]);
    await database.query({ text: 'delete from delivery where submission_id = $1', values: [id] });
    await database.query({ text: 'delete from submission where id = $1', values: [id] });
  });

  it('says when it ended for the only recipient, and of several nothing', async () => {
    const ids = [await insert({ mailbox: 'jobcenter@kommune.example', subject: 'En', all: 1 }), await insert({ mailbox: 'jobcenter@kommune.example', subject: 'To', all: 2 })];
    await database.query({
      text: `insert into delivery (submission_id, organisation_cvr, due_at, position, channel, address, named_in_header, bulk, status, settled_at)
             select id, '35833684', now(), 7, 'ngdp', '2512489996@35833684.ngdp.digital-post.dk', true, false, 'completed', '2026-11-25T09:33:00Z'
             from unnest($1::bigint[]) id`,
      values: [ids],
    });
    const { submissions } = await list('?order=newest&limit=2');
    assert.deepEqual(submissions.map(({ settledAt }) => settledAt), [null, '2026-11-25T09:33:00.000Z']);
    await database.query({ text: 'delete from delivery where submission_id = any($1)', values: [ids] });
    await database.query({ text: 'delete from submission where id = any($1)', values: [ids] });
  });

  it('reads little more than it shows or counts, whoever asks for what, however many mails of others there are', async () => {
    await database.query({
      text: `insert into submission (received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, from_mailbox, written_by)
             select now(), now(), 'x', '{x@example.org}', 0, 0, 'expanded', '35833684', 'stor@kommune.example', 'andre@kommune.example' from generate_series(1, 100000)`,
    });
    await database.query({ text: 'vacuum analyze submission' });
    const plans: string[] = [];
    const explained: Database = {
      ...database,
      async query<Row extends object>(statement: Statement) {
        const { rows } = await database.query<{ 'QUERY PLAN': string }>({ text: `explain (analyze, costs off, timing off) ${statement.text}`, ...(statement.values && { values: statement.values }) });
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
        return await database.query<Row>(statement);
      },
    };
    const all = { cvrNumbers: ['35833684', '12345678'], mailboxes: null };
    const choice = { since: null, mailbox: null, writtenBy: null, orByUnknown: false };
    const page = { ...choice, order: 'newest', after: null, limit: 30 } as const;
    for (const chosen of [{}, { writtenBy: 'Vikar@kommune.example' }, { writtenBy: 'ingen' }, { since: new Date(Date.now() - 1_000) }]) {
      for (const filter of ['failed', 'open', 'all'] as const) await listSubmissions(explained, all, { ...page, ...chosen, filter });
      await countSubmissions(explained, all, { ...choice, ...chosen, max: 40 });
    }
    const small = { ...all, mailboxes: ['jobcenter@kommune.example'] };
    const both = { ...all, mailboxes: ['jobcenter@kommune.example', 'stor@kommune.example'] };
    for (const [scope, chosen] of [[small, {}], [both, { writtenBy: 'ingen', orByUnknown: true }]] as const) {
      for (const filter of ['failed', 'open', 'all'] as const) await listSubmissions(explained, scope, { ...page, ...chosen, filter });
      await countSubmissions(explained, scope, { ...choice, ...chosen, max: 40 });
    }
    for (const plan of plans) {
      const thrownAway = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, count]) => Number(count));
      assert.ok(Math.max(0, ...thrownAway) < 200, plan);
    }
    assert.deepEqual((await listSubmissions(database, all, { ...page, filter: 'all', writtenBy: 'VIKAR@kommune.example' })).map(({ subject }) => subject), ['Afvist']);
  });

  it('since a time begins with the first of then, also where ids and times are not in the same order', async () => {
    const since = new Date('2031-01-01T00:00:00Z');
    const mails = await Promise.all([1, -1, 0, 2].map((n) => insert({ mailbox: 'jobcenter@kommune.example', subject: `Senere ${n}` })));
    for (const [n, id] of mails.entries()) {
      await database.query({ text: 'update submission set received_at = $2 where id = $1', values: [id, new Date(since.getTime() + ([1, -1, 0, 2][n] ?? 0) * 1_000)] });
    }
    const found = await list(`?since=${since.toISOString()}`);
    assert.deepEqual(subjects(found).sort(), ['Senere 0', 'Senere 1', 'Senere 2']);
    assert.deepEqual(subjects(await list('?since=2040-01-01T00:00:00Z&counts=true')), []);
  });
});
