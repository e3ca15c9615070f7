import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sheetOfText } from '../../../src/domain/recipient-sheet-text.ts';
import { chooseNumberColumn } from '../../../src/domain/recipient-sheet-column.ts';
import { readRecipientRows } from '../../../src/domain/recipient-sheet-rows.ts';
import { searchAudit } from '../../../src/gateway/store/audit.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { testKeys } from '../test-keys.ts';
import { openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra, type TestPerson } from './people-in-process.ts';

const METTE: TestPerson = { ...PEOPLE.mette, roles: ['Dpg.Send', 'Dpg.MassSend'] };

describe('the list of those who did not get a mail', () => {
  const open = new AsyncDisposableStack();
  const keys = testKeys();
  let database: Database;
  let entra: TestEntra;
  let api: ApiInProcess;
  let id = 0;

  before(async () => {
    database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
    api = await openApi(database, { keys, settings: { ...entra.settings, API_PAGE_MAX: '2' } });
    open.defer(() => api.app.close());
    const { rows } = await database.query<{ id: number }>({
      text: `insert into submission (received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, from_mailbox, subject, open_deliveries, failed_deliveries, deliveries)
             values (now(), now(), 'jobcenter@kommune.example', '{masseforsendelse-6@35833684.ngdp.digital-post.dk}', 0, 0, 'expanded', '35833684', 'jobcenter@kommune.example', 'Takster', 0, 5, 6) returning id`,
      values: [],
    });
    id = rows[0]?.id ?? 0;
    await database.query({
      text: `insert into delivery (submission_id, organisation_cvr, due_at, position, channel, address, named_in_header, bulk, status, settled_at, error_code, error_message)
             select $1, '35833684', now(), n, 'ngdp', number || '@35833684.ngdp.digital-post.dk', false, true, status, '2026-11-25T13:03:22Z', code, message
             from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality told (number, status, code, message, n)`,
      values: [
        id, ['2512489996', '0102011235', '87654321', '1509819996', '2911829996', '3103979995'],
        ['completed', 'refused', 'refused', 'expired', 'parked', 'refused'],
        [null, 'recipient.not.registered', 'odd', null, null, 'odd'], [null, null, '=HYPERLINK("x")', null, null, 'Nummer 2512489996; er forkert'],
      ],
    });
  });
  after(() => open.disposeAsync());

  const get = async (person: TestPerson, on = api) => await on.get(`/api/submissions/s${id}/failures`, { headers: await entra.headersOf(person) });
  const kept = async () => (await searchAudit(database, keys, {
    organisationCvrs: ['35833684', '97281536'], subject: null, actorName: null, action: 'failures', from: null, to: null, before: null, limit: 100,
  })).toReversed();

  it('has each with its whole number, its line and why, for Excel; and the pane reads it as a list again', async () => {
    const answer = await get(METTE);
    assert.equal(answer.statusCode, 200, answer.body);
    assert.match(answer.headers['content-disposition'] ?? '', /fejlliste-s\d+\.csv/);
    const [head, ...lines] = answer.body.split('\r\n');
    assert.equal(head, '\ufeffLinje;Modtager;Kanal;Årsag;Fejlkode;Tidspunkt');
    assert.equal(lines[0], '2;010201-1235;Digital Post;Modtageren er ikke tilmeldt Digital Post.;recipient.not.registered;2026-11-25 14:03:22');
    assert.deepEqual(lines.map((line) => line.split(';')[1]).slice(0, 5), ['010201-1235', '87654321', '150981-9996', '291182-9996', '310397-9995']);
    assert.ok(!answer.body.includes(';=') && !answer.body.includes('251248-9996') && !answer.body.includes('2512489996'), 'no formula, and no number of somebody else');
    const sheet = sheetOfText(answer.body);
    const column = chooseNumberColumn(sheet);
    assert.ok(column.kind === 'sure');
    const { rows } = readRecipientRows({ sheet, column: column.column, zeroPut: new Set(), inMail: [] });
    assert.deepEqual(rows.map(({ read }) => read.kind === 'number' && read.id.number), ['0102011235', '87654321', '1509819996', '2911829996', '3103979995']);
  });

  it('is kept for each number in it before it is told, and is told of no further than it is kept', async () => {
    assert.deepEqual((await kept()).map(({ subject, actorName, mailbox, reference }) => [subject, actorName, mailbox, reference]), [
      '0102011235', '87654321', '1509819996', '2911829996', '3103979995',
    ].map((subject) => [subject, METTE.address, 'jobcenter@kommune.example', `s${String(id)}`]));
    const full = { ...database, query: ((statement) => (statement.name === 'insert-audit' ? Promise.reject(new Error('full')) : database.query(statement))) as Database['query'] };
    const broken = await openApi(full, { keys, settings: entra.settings });
    open.defer(() => broken.app.close());
    const answer = await get(METTE, broken).catch(() => null);
    assert.ok(!(answer?.body ?? '').includes('010201-1235'));
  });

  it('is for those who may send to a list from the mailbox, and for nobody else', async () => {
    const before = (await kept()).length;
    assert.equal(problemIn(await get(PEOPLE.mette)).code, 'right-missing');
    assert.equal(problemIn(await get(PEOPLE.nina)).code, 'not-found');
    assert.equal(problemIn(await get({ ...PEOPLE.soeren, roles: ['Dpg.Send', 'Dpg.MassSend', 'Dpg.Approve'] })).code, 'not-found');
    const told = (await kept()).filter(({ outcome }) => outcome === 'done');
    assert.equal(told.length, before);
  });
});
