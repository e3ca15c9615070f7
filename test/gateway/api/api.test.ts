import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MESSAGE, SECRET, basic, openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { writeMergeColumns } from '../../../src/domain/merge-columns.ts';
import type { Database } from '../../../src/gateway/store/database.ts';

const open = new AsyncDisposableStack();
let database: Database;
let api: ApiInProcess;
before(async () => {
  database = await openTestDatabase(open);
  api = await openApi(database);
});
after(() => open.disposeAsync());

const MASS = { from: MESSAGE.from, sender: '35833684', subject: 'Til alle', text: 'Kære alle' };

/** The mail that was stored for a submission. */
async function storedMail(id: string): Promise<string> {
  const { rows } = await database.query<{ data: Buffer }>({
    text: `select c.data from submission s join blob_chunk c on c.blob_id = s.raw_blob where s.id = $1 order by c.seq`,
    values: [Number(id.slice(1))],
  });
  return Buffer.concat(rows.map(({ data }) => data)).toString();
}

describe('logging on', () => {
  const ask = (authorization?: string) =>
    api.app.inject({ url: '/api/submissions', ...(authorization !== undefined && { headers: { authorization } }) });

  it('is refused alike without credentials, with a wrong secret and with an unknown id', async () => {
    const answers = await Promise.all([ask(), ask(basic('program', 'forkert')), ask(basic('ukendt', SECRET)), ask('Basic %'), ask('Bearer x.y')]);
    for (const answer of answers) {
      assert.equal(problemIn(answer).code, 'not-logged-on');
      assert.match(String(answer.headers['www-authenticate']), /^Basic realm/);
    }
    assert.equal(new Set(answers.map(({ body }) => body)).size, 1);
  });

  it('gives a token for id and secret, in the form or the header, that works until it ends', async () => {
    let now = new Date('2026-01-01T12:00:00Z');
    const clocked = await openApi(database, { now: () => now });
    const ends = { grant_type: 'client_credentials' };
    const token = async (form: Record<string, string>, authorization?: string) =>
      clocked.app.inject({
        method: 'POST', url: '/api/token', payload: new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization && { authorization }) },
      });
    const inForm = await token({ ...ends, client_id: 'program', client_secret: SECRET });
    const { access_token, token_type, expires_in } = inForm.json<{ access_token: string; token_type: string; expires_in: number }>();
    assert.equal(token_type, 'Bearer');
    assert.equal(inForm.headers['cache-control'], 'no-store');
    const with_ = (given: string) => clocked.get('/api/submissions', { headers: { authorization: `Bearer ${given}` } });
    assert.equal((await with_(access_token)).statusCode, 200);
    for (const changed of [`${access_token}x`, access_token.replace('.', 'x.'), access_token.slice(0, -2)]) {
      assert.equal((await with_(changed)).statusCode, 401);
    }
    now = new Date(now.getTime() + expires_in * 1000);
    assert.equal((await with_(access_token)).statusCode, 401);
    assert.equal((await token(ends, basic('program', SECRET))).statusCode, 200);
    const refused = await token({ ...ends, client_id: 'program', client_secret: 'forkert' });
    assert.equal(refused.json<{ error: string }>().error, 'invalid_client');
    assert.equal(refused.statusCode, 401);
    assert.equal((await token({ grant_type: 'password' })).json<{ error: string }>().error, 'unsupported_grant_type');
  });

  it('bears ten wrong secrets in a minute, and then refuses the right one too until the minute is over', async () => {
    let now = new Date('2026-01-01T12:00:10Z');
    const clocked = await openApi(database, { now: () => now });
    const wrong = { headers: { authorization: basic('program', 'forkert') } };
    for (let n = 0; n < 10; n += 1) assert.equal((await clocked.get('/api/submissions', wrong)).statusCode, 401);
    const blocked = await clocked.get('/api/submissions');
    assert.equal(problemIn(blocked).code, 'too-many-requests');
    assert.equal(blocked.headers['retry-after'], '50');
    assert.equal((await clocked.get('/api/submissions', { client: 'nabo' })).statusCode, 200);
    now = new Date('2026-01-01T12:01:00Z');
    assert.equal((await clocked.get('/api/submissions')).statusCode, 200);
  });

  it('lets a program make only so many calls in a minute', async () => {
    const slow = await openApi(database, { settings: { API_REQUESTS_PER_MINUTE: '2' }, now: () => new Date('2026-01-01T12:00:10Z') });
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await slow.get('/api/submissions')).statusCode);
    assert.deepEqual(statuses, [200, 200, 429]);
    assert.equal((await slow.get('/api/submissions', { client: 'nabo' })).statusCode, 200);
  });

  it('leaves neither secret nor token in the log', () => {
    assert.ok(api.logLines.length > 0);
    assert.ok(!api.logLines.join('').includes(SECRET));
  });
});

describe('a message', () => {
  it('is stored as the mail that it would be by SMTP, and answered with where its status is', async () => {
    const answer = await api.post('/api/messages', {
      ...MESSAGE, cc: ['kollega@kommune.example'], bcc: ['skjult@andre.example'], subject: 'Afgørelse\r\nBcc: ond@andre.example',
      html: '<p>Kære Nancy</p>', attachments: [{ filename: 'bilag æ.pdf', contentBase64: 'JVBERi0x' }], sendAt: '2030-01-02T03:04:05+01:00',
    });
    assert.equal(answer.statusCode, 202);
    const accepted = answer.json<{ id: string; href: string; recipientCount: number }>();
    assert.match(accepted.id, /^s\d+$/);
    assert.equal(accepted.href, `/api/submissions/${accepted.id}`);
    assert.equal(answer.headers.location, accepted.href);
    assert.equal(accepted.recipientCount, 3);
    const { rows } = await database.query({
      text: `select source, written_by, mail_from, recipients, peer_cvr, organisation_cvr, from_mailbox, state
             from submission where id = $1`,
      values: [Number(accepted.id.slice(1))],
    });
    assert.deepEqual(rows, [{
      source: 'api', written_by: 'program', mail_from: MESSAGE.from, peer_cvr: '35833684', organisation_cvr: '35833684',
      from_mailbox: MESSAGE.from, state: 'accepted', recipients: [...MESSAGE.to, 'kollega@kommune.example', 'skjult@andre.example'],
    }]);
    const raw = await storedMail(accepted.id);
    const header = raw.slice(0, raw.indexOf('\r\n\r\n'));
    assert.doesNotMatch(header, /^Bcc:/im);
    assert.doesNotMatch(header, /skjult/);
    assert.match(header, /^From: sikkerpost@kommune\.example\r$/m);
    assert.match(header, /^Cc: kollega@kommune\.example\r$/m);
    assert.match(header, /^X-Postbro-Send-At: 2030-01-02T03:04:05\+01:00\r$/m);
    assert.match(raw, /Content-Type: application\/pdf/);
  });

  it('of many pieces is stored whole', async () => {
    const bytes = Buffer.alloc(5_000_000, 'abcdefghij');
    const attachments = [{ filename: 'stor.txt', contentType: 'text/plain', contentBase64: bytes.toString('base64') }];
    const answer = await api.post('/api/messages', { ...MESSAGE, attachments });
    const raw = await storedMail(answer.json<{ id: string }>().id);
    const part = raw.split('filename=stor.txt\r\n\r\n')[1]?.split('\r\n--')[0] ?? '';
    assert.ok(Buffer.from(part, 'base64').equals(bytes));
  });

  it('that is not filled in rightly is answered with every fault and its place', async () => {
    const problem = problemIn(await api.post('/api/messages', {
      from: 'x', subject: 7, to: [], tekst: 'æ', attachments: [{ filename: 'a', contentBase64: 'ikke base64!' }], messageId: 'uden tegn',
    }));
    assert.equal(problem.status, 400);
    const paths = problem.errors?.map(({ path }) => path) ?? [];
    for (const path of ['from', 'subject', 'messageId', 'attachments.0.contentBase64']) assert.ok(paths.includes(path), path);
    assert.match(problem.errors?.map(({ message }) => message).join() ?? '', /tekst/);
    assert.equal(problemIn(await api.post('/api/messages', { from: MESSAGE.from, subject: 'x' })).errors?.[0]?.path, 'to');
    assert.equal(problemIn(await api.post('/api/messages', '{"from":')).code, 'request-invalid');
    assert.equal(problemIn(await api.post('/api/messages', '')).code, 'request-invalid');
    const latin1 = await api.app.inject({
      method: 'POST', url: '/api/messages', payload: Buffer.from('{"subject":"\xe6"}', 'latin1'),
      headers: { authorization: basic('program', SECRET), 'content-type': 'application/json' },
    });
    assert.match(problemIn(latin1).detail, /UTF-8/);
  });

  it('with wrong recipients is refused whole, each of them named by the catalogue, CPR numbers masked', async () => {
    const problem = problemIn(await api.post('/api/messages', {
      ...MESSAGE, to: [...MESSAGE.to, '251248999@35833684.ngdp.digital-post.dk', '2512489996@12345678.ngdp.digital-post.dk'],
    }));
    assert.equal(problem.status, 422);
    assert.deepEqual(problem.problems?.map(({ code }) => code), ['address-malformed', 'sender-unknown']);
    assert.match(problem.type, /^\/api\/fejlkatalog#address-malformed$/);
    assert.doesNotMatch(JSON.stringify(problem), /2512489996/);
    const names = problemIn(await api.post('/api/messages', { ...MESSAGE, to: ['Navn <a@andre.example>', 'a@b.example, c@d.example'] }));
    assert.deepEqual(names.errors?.map(({ path }) => path), ['to.0', 'to.1']);
  });

  it('goes only from mailboxes that the program has, and only where it has the right', async () => {
    const bound = { client: 'kun-jobcenter' };
    assert.equal(problemIn(await api.post('/api/messages', MESSAGE, bound)).code, 'right-missing');
    assert.equal((await api.post('/api/messages', { ...MESSAGE, from: 'JOBCENTER@kommune.example' }, bound)).statusCode, 202);
    assert.equal(problemIn(await api.post('/api/messages', MESSAGE, { client: 'kun-stop' })).status, 403);
    const foreign = problemIn(await api.post('/api/messages', MESSAGE, { client: 'nabo' }));
    assert.deepEqual([foreign.status, foreign.code], [403, 'envelope-foreign']);
    const mass = { ...MESSAGE, to: ['masseforsendelse-2@35833684.ngdp.digital-post.dk'] };
    assert.equal(problemIn(await api.post('/api/messages', mass, { client: 'ikke-masse' })).code, 'right-missing');
  });

  it('too large, in another form, or to too many is refused by name', async () => {
    const small = await openApi(database, { settings: { API_BODY_MAX_BYTES: '2000', API_RECIPIENTS_MAX: '2', API_ATTACHMENTS_MAX: '1' } });
    assert.equal(problemIn(await small.post('/api/messages', { ...MESSAGE, text: 'x'.repeat(2000) })).code, 'body-too-large');
    const many = { ...MESSAGE, to: ['a@andre.example', 'b@andre.example', 'c@andre.example'] };
    assert.equal(problemIn(await small.post('/api/messages', many)).code, 'too-many-recipients');
    const file = { filename: 'a.pdf', contentBase64: '' };
    assert.equal(problemIn(await small.post('/api/messages', { ...MESSAGE, attachments: [file, file] })).errors?.[0]?.path, 'attachments');
    const form = await small.app.inject({
      method: 'POST', url: '/api/messages', payload: 'a=b',
      headers: { authorization: basic('program', SECRET), 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(problemIn(form).code, 'media-type-unsupported');
  });
});

describe('a mass send', () => {
  it('is the mail of formats.md: its address counts the list, and the files have their names', async () => {
    const answer = await api.post('/api/mass-sends', {
      ...MASS, recipients: ['2512489996', '291182-9996', '87654321'], bodyPdfBase64: 'JVBERi0x',
      attachments: [{ filename: 'vejledning.pdf', contentBase64: 'JVBERi0y' }],
    });
    const { id, recipientCount } = answer.json<{ id: string; recipientCount: number }>();
    assert.equal(recipientCount, 3);
    const raw = await storedMail(id);
    assert.match(raw, /^To: masseforsendelse-3@35833684\.ngdp\.digital-post\.dk\r$/m);
    assert.match(raw, new RegExp(Buffer.from('2512489996\r\n2911829996\r\n87654321\r\n').toString('base64')));
    for (const name of ['masseforsendelse.txt', 'body.pdf', 'vejledning.pdf']) assert.ok(raw.includes(`filename=${name}`), name);
    const status = (await api.get(`/api/submissions/${id}`)).json<{ mass: boolean; counts: unknown; state: string }>();
    assert.deepEqual([status.mass, status.state, status.counts], [true, 'accepted', { delivered: 0, failed: 0, stopped: 0, pending: 3, all: 3 }]);
  });

  it('takes a list as it is, and a letter for each', async () => {
    const list = Buffer.from('\ufeff2512489996\r\n\r\n 291182-9996;\r\n', 'utf16le');
    const answer = await api.post('/api/mass-sends', {
      ...MASS, listBase64: list.toString('base64'),
      ownLetters: [{ recipient: '2512489996', contentBase64: 'JVBERi0x' }, { recipient: '291182-9996', contentBase64: 'JVBERi0y' }],
    });
    const raw = await storedMail(answer.json<{ id: string }>().id);
    assert.ok(raw.includes('masseforsendelse-2@') && raw.replaceAll('\r\n', '').includes(list.toString('base64')));
    assert.ok(raw.includes('filename=2512489996.pdf') && raw.includes('filename=2911829996.pdf'));
  });

  it('whose letters are to be filled in takes masseforsendelse.csv as it is', async () => {
    const columns = Buffer.from(writeMergeColumns(['Nummer', 'Navn'], [['2911829996', 'Kirsten'], ['2512489996', 'Nancy']]));
    const answer = await api.post('/api/mass-sends', { ...MASS, subject: 'Til {navn}', recipients: ['2512489996', '291182-9996'], columnsBase64: columns.toString('base64') });
    const raw = await storedMail(answer.json<{ id: string }>().id);
    assert.ok(raw.includes('filename=masseforsendelse.csv') && raw.replaceAll('\r\n', '').includes(columns.toString('base64')));
  });

  it('with columns that do not fit the list or the letter is refused at once, as its mail would be', async () => {
    const given = async (rows: readonly (readonly string[])[], more: object = {}) => {
      const columnsBase64 = Buffer.from(writeMergeColumns(['Nummer', 'Navn'], rows)).toString('base64');
      const answer = await api.post('/api/mass-sends', { ...MASS, text: 'Kære {Navn}', recipients: ['2512489996', '2911829996'], columnsBase64, ...more });
      assert.doesNotMatch(answer.body, /2512489996|2911829996/);
      return answer.statusCode === 202 ? [] : problemIn(answer).problems?.map(({ code }) => code);
    };
    const rows = [['2512489996', 'Nancy'], ['2911829996', 'Kirsten']];
    assert.deepEqual(await given(rows.slice(1)), ['merge-mismatch']);
    assert.deepEqual(await given([['2512489996', ''], ['2911829996', 'Kirsten']]), ['merge-values']);
    assert.deepEqual(await given(rows, { text: 'Kære {Fornavn}' }), ['merge-fields']);
    assert.deepEqual(await given(rows, { text: 'Kære alle' }), ['merge-fields']);
    assert.deepEqual(await given(rows, { html: '<p>Kære {Efternavn}</p>' }), ['merge-fields']);
    assert.deepEqual(await given([]), ['merge-file']);
    assert.deepEqual(await given(rows, { bodyPdfBase64: 'JVBERi0x' }), ['merge-and-letters']);
    assert.deepEqual(await given(rows, { ownLetters: [{ recipient: '87654321', contentBase64: 'JVBERi0x' }] }), ['merge-and-letters']);
    assert.deepEqual(await given(rows, { subject: 'Til {Navn}', html: '<p>Kære {<b>Navn</b>}</p>' }), []);
  });

  it('with a list that cannot be used is refused at once, by line, numbers masked', async () => {
    const codes = async (given: object) =>
      problemIn(await api.post('/api/mass-sends', { ...MASS, ...given })).problems?.map(({ code }) => code);
    assert.deepEqual(await codes({ recipients: ['2512489996', 'abcdefgh'] }), ['mass-list-lines']);
    assert.deepEqual(await codes({ recipients: ['2512489996', '251248-9996'] }), ['mass-list-duplicates']);
    assert.deepEqual(await codes({ listBase64: '' }), ['mass-list-empty']);
    assert.deepEqual(await codes({ listBase64: Buffer.from('12345678\nx\n').toString('base64') }), ['mass-list-lines']);
    assert.deepEqual(await codes({ recipients: ['2512489996'], sender: '12345678' }), ['sender-unknown']);
    for (const given of [{}, { recipients: ['12345678'], listBase64: 'MTIzNDU2Nzg=' }, { recipients: [] }, { recipients: ['12345678'], sender: 'x' }]) {
      assert.equal(problemIn(await api.post('/api/mass-sends', { ...MASS, ...given })).code, 'request-invalid');
    }
  });
});

describe('status', () => {
  it('is given only to the mail’s own organisation, and to programs of its mailbox', async () => {
    const { id } = (await api.post('/api/messages', MESSAGE)).json<{ id: string }>();
    const statusFor = async (client: string) => (await api.get(`/api/submissions/${id}`, { client })).statusCode;
    assert.equal(await statusFor('program'), 200);
    assert.equal(await statusFor('kun-stop'), 200);
    for (const client of ['nabo', 'kun-jobcenter']) {
      const unseen = problemIn(await api.get(`/api/submissions/${id}`, { client }));
      const missing = problemIn(await api.get('/api/submissions/s99999999', { client }));
      assert.deepEqual(unseen, missing);
    }
    for (const odd of ['1', 's0', 's-1', 's1x', 's9999999999999999', '%00', "s1'--"]) {
      assert.equal((await api.get(`/api/submissions/${odd}`)).statusCode, 404, odd);
    }
  });

  it('is paged, masked, and counts all recipients', async () => {
    const to = ['2512489996@35833684.ngdp.digital-post.dk', 'a@andre.example', '0101010001@35833684.ngdp.digital-post.dk'];
    const { id } = (await api.post('/api/messages', { ...MESSAGE, to, subject: 'Om 251248-9996' })).json<{ id: string }>();
    const submission = Number(id.slice(1));
    await database.query({
      text: `insert into delivery (submission_id, position, channel, address, named_in_header, organisation_cvr, status, bulk, due_at,
               error_code, error_message)
             select $1, n, case n when 2 then 'mail' else 'ngdp' end, ($2::text[])[n], true, '35833684',
               case n when 1 then 'completed' when 2 then 'waiting' else 'refused' end, false, now(),
               case n when 3 then 'recipient.deceased' end, case n when 3 then 'dead 0101010001' end
             from generate_series(1, 3) n`,
      values: [submission, to],
    });
    await database.query({ text: `update submission set state = 'expanded', open_deliveries = 1 where id = $1`, values: [submission] });
    interface Page { counts: object; recipients: { position: number; errorText: string | null }[]; next: number | null; done: boolean }
    const first = await api.get(`/api/submissions/${id}?limit=2`);
    const page = first.json<Page>();
    assert.deepEqual(page.counts, { delivered: 1, failed: 1, stopped: 0, pending: 1, all: 3 });
    assert.equal(page.done, false);
    assert.deepEqual([page.recipients.map(({ position }) => position), page.next], [[1, 2], 2]);
    const second = await api.get(`/api/submissions/${id}?limit=2&after=${page.next}`);
    assert.deepEqual([second.json<Page>().recipients.map(({ position }) => position), second.json<Page>().next], [[3], null]);
    assert.equal(second.json<Page>().recipients[0]?.errorText, 'Modtageren er død.');
    assert.doesNotMatch(first.body + second.body, /2512489996|251248-9996|0101010001/);
    assert.match(first.body, /"recipient":"251248-xxxx"/);
    assert.equal(problemIn(await api.get(`/api/submissions/${id}?limit=0`)).status, 400);
    assert.equal(problemIn(await api.get(`/api/submissions/${id}?side=2`)).status, 400);
  });

  it('tells why a mail was refused, by the catalogue', async () => {
    const { id } = (await api.post('/api/messages', MESSAGE)).json<{ id: string }>();
    const problems = [{ code: 'file-empty', parameters: { files: ['a.pdf'] } }];
    await database.query({
      text: `update submission set state = 'refused', problems = $2 where id = $1`,
      values: [Number(id.slice(1)), JSON.stringify(problems)],
    });
    const status = (await api.get(`/api/submissions/${id}`)).json<{ state: string; done: boolean; problems: { code: string; title: string }[] }>();
    assert.deepEqual([status.state, status.done, status.problems[0]?.code], ['refused', true, 'file-empty']);
    assert.match(status.problems[0]?.title ?? '', /»a\.pdf« er tom/);
  });

  it('comes as a list too, paged, by time and by mailbox', async () => {
    await api.post('/api/messages', { ...MESSAGE, from: 'jobcenter@kommune.example' });
    interface List { submissions: { id: string; from: string }[]; next: string | null }
    const seen: string[] = [];
    for (let after: string | null = 's0'; after !== null; ) {
      const page: List = (await api.get(`/api/submissions?limit=3&after=${after}`)).json<List>();
      seen.push(...page.submissions.map(({ id }) => id));
      after = page.next;
    }
    assert.equal(seen.length, await api.number("select count(*) from submission where organisation_cvr = '35833684'"));
    assert.equal(new Set(seen).size, seen.length);
    const ofOne = (await api.get('/api/submissions?mailbox=Jobcenter@kommune.example')).json<List>();
    assert.ok(ofOne.submissions.length > 0 && ofOne.submissions.every(({ from }) => from === 'jobcenter@kommune.example'));
    assert.deepEqual((await api.get('/api/submissions?since=2999-01-01T00:00:00Z')).json<List>().submissions, []);
    assert.deepEqual((await api.get('/api/submissions', { client: 'nabo' })).json<List>().submissions, []);
  });
});

describe('what is done with a mail afterwards', () => {
  it('is told as it went, or as a problem', async () => {
    const { id } = (await api.post('/api/messages', MESSAGE)).json<{ id: string }>();
    const problem = { code: 'mailbox-not-secure', parameters: { mailbox: 'x' } } as const;
    const counts = { left: 1, inTheAir: 0, stopped: 2 };
    const acts: unknown[] = [];
    const acting = await openApi(database, {
      actions: {
        stop: (act) => (acts.push(act), Promise.resolve({ kind: 'stopped', counts })),
        resend: () => Promise.resolve({ kind: 'not-allowed', problem }),
        approve: (approval) => (acts.push(approval), Promise.resolve({ kind: 'already-approved', by: 'anden@kommune.example' })),
      },
    });
    const path = `/api/submissions/${id}`;
    const stopped = await acting.post(`${path}/stop`, '', { key: 'stop' });
    assert.deepEqual([stopped.statusCode, stopped.json()], [200, { id, outcome: 'stopped', counts }]);
    assert.equal((await acting.post(`${path}/stop`, '', { key: 'stop' })).headers['idempotent-replay'], 'true');
    assert.equal(problemIn(await acting.post(`${path}/resend-failed`, {})).code, 'mailbox-not-secure');
    const forgotten = await openApi(database, { actions: { resend: () => Promise.resolve({ kind: 'content-gone', at: new Date() }) } });
    const gone = problemIn(await forgotten.post(`${path}/resend-failed`, {}));
    assert.deepEqual([gone.status, gone.code], [410, 'content-gone']);
    await forgotten.app.close();
    const yes = { approver: 'leder@kommune.example', contentSha256: 'a'.repeat(64) };
    assert.equal((await acting.post(`${path}/approve`, yes)).json<{ outcome: string }>().outcome, 'already-approved');
    assert.equal(problemIn(await acting.post(`${path}/reject`, yes)).code, 'state-conflict');
    assert.equal(problemIn(await acting.post(`${path}/approve`, yes, { client: 'kun-stop' })).code, 'right-missing');
    assert.equal(problemIn(await acting.post(`${path}/stop`, {}, { client: 'nabo' })).status, 404);
    const submissionId = Number(id.slice(1));
    assert.deepEqual(acts, [
      { submissionId, organisationCvr: '35833684', by: 'program' },
      ...['approve', 'reject'].map((decision) => ({
        submissionId, organisationCvr: '35833684', by: 'leder@kommune.example', client: 'program', person: null, decision, contentSha256: 'a'.repeat(64), reason: null,
      })),
    ]);
  });
});

describe('every answer', () => {
  it('is a problem where nothing is, and carries headers that keep browsers and caches away', async () => {
    for (const url of ['/api', '/api/', '/api/intet', '/api/messages/x', '/api/submissions/s1/intet']) {
      const answer = await api.app.inject({ url, headers: { origin: 'https://andre.example' } });
      assert.ok([401, 404].includes(problemIn(answer).status), url);
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
      assert.equal(answer.headers['access-control-allow-origin'], undefined);
    }
  });

  it('explains its problems: each type is a place on a page', async () => {
    const page = await api.app.inject({ url: '/api/fejlkatalog' });
    for (const code of ['address-malformed', 'mass-list-lines', 'key-reused', 'not-logged-on']) {
      assert.ok(page.body.includes(`id="${code}"`), code);
    }
  });

  it('leaves no address and no CPR number in the log', () => {
    const log = api.logLines.join('');
    assert.match(log, /"call":"post \/messages","status":202/);
    assert.doesNotMatch(log, /2512489996|@kommune\.example/);
  });
});
