import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditAnswer } from '../../../src/domain/gateway-api.ts';
import { insertAudit, type AuditAct } from '../../../src/gateway/store/audit.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { testKeys } from '../test-keys.ts';
import { openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra, type TestPerson } from './people-in-process.ts';

const NANCY = '2512489996';
const PURPOSE = 'Tilsyn';

describe('the audit', () => {
  const open = new AsyncDisposableStack();
  const keys = testKeys();
  let database: Database;
  let entra: TestEntra;
  let api: ApiInProcess;

  before(async () => {
    database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
    api = await openApi(database, { keys, settings: { ...entra.settings, AUDIT_PAGE_MAX: '7' } });
    open.defer(() => api.app.close());
    const actor = { kind: 'person', id: 'x', name: 'mette@kommune.example', tenant: PEOPLE.mette.tenant, organisationCvr: '35833684' } as const;
    const act = (more: Partial<AuditAct>): AuditAct => ({
      action: 'lookup-cpr', outcome: 'found', subject: NANCY, purpose: 'Sag 1', mailbox: null, reference: null, ...more,
    });
    const at = new Date('2026-07-01T10:00:00Z');
    await insertAudit(database, keys, { actor, at, acts: Array.from({ length: 20 }, (_, n) => act({ purpose: `Sag ${n}` })) });
    await insertAudit(database, keys, { actor, at: new Date('2026-08-01T10:00:00Z'), acts: [act({ subject: '87654321', action: 'lookup-cvr', purpose: '=HYPERLINK("x");"y"' })] });
    const neighbour = { ...actor, organisationCvr: '97281536', name: 'nina@nabo.example', tenant: PEOPLE.nina.tenant };
    await insertAudit(database, keys, { actor: neighbour, at, acts: [act({ purpose: 'Naboens sag' })] });
  });
  after(() => open.disposeAsync());

  const ask = async (path: string, body: object, person: TestPerson = PEOPLE.arne) =>
    await api.post(`/api/v1/audit/${path}`, body, { headers: await entra.headersOf(person) });
  const search = async (body: object) => {
    const answer = await ask('search', body);
    assert.equal(answer.statusCode, 200, answer.body);
    return auditAnswer.parse(answer.json());
  };

  it('is searched by number, actor, action and time, newest first, and never tells of another organisation', async () => {
    const cvr = await search({ number: '87654321', purpose: PURPOSE, action: 'lookup-cvr' });
    assert.deepEqual(cvr.entries.map(({ subject, action, actor }) => [subject, action, actor]), [['87654321', 'lookup-cvr', 'mette@kommune.example']]);
    const byTime = await search({ from: '2026-07-02T00:00:00Z', to: '2026-09-01T00:00:00+02:00', purpose: PURPOSE });
    assert.equal(byTime.entries.length, 1);
    const byActor = await search({ actor: 'METTE@kommune.example', purpose: PURPOSE, limit: 1_000 });
    assert.equal(byActor.entries.length, 7, 'no page is longer than the setting');
    const all = await search({ purpose: PURPOSE });
    assert.ok(!JSON.stringify(all).includes('Naboens'));
    assert.deepEqual(all.entries.map(({ id }) => id), all.entries.map(({ id }) => id).sort((a, b) => b - a));
  });

  it('is read page after page until there is no more, each row once, numbers masked', async () => {
    const purposes: (string | null)[] = [];
    for (let after: number | null = null; ; ) {
      const page = await search({ number: NANCY, action: 'lookup-cpr', purpose: PURPOSE, limit: 6, ...(after !== null && { after }) });
      purposes.push(...page.entries.map(({ purpose }) => purpose));
      assert.ok(page.entries.every(({ subject }) => subject === '251248-xxxx'));
      if (page.next === null) break;
      after = page.next;
    }
    assert.deepEqual(purposes, Array.from({ length: 20 }, (_, n) => `Sag ${19 - n}`));
  });

  it('keeps who looked, for whom and why, before it answers', async () => {
    await search({ number: NANCY, action: 'audit-search', purpose: 'Klage 7' });
    const { entries: [own] } = await search({ number: NANCY, action: 'audit-search', purpose: 'Igen' });
    assert.deepEqual([own?.actor, own?.subject, own?.purpose], ['admin@kommune.example', '251248-xxxx', 'Igen']);
    const broken = await openApi({ ...database, query: (statement) => (statement.name === 'insert-audit' ? Promise.reject(new Error('full')) : database.query(statement)) }, { keys, settings: entra.settings });
    const answer = await broken.post('/api/v1/audit/search', { purpose: PURPOSE }, { headers: await entra.headersOf(PEOPLE.arne) });
    assert.equal(problemIn(answer).code, 'internal-error');
    await broken.app.close();
  });

  it('is for those who have the right, and wants a reason', async () => {
    for (const path of ['search', 'export']) {
      const body = { purpose: PURPOSE, ...(path === 'export' && { format: 'csv', for: 'internal' }) };
      assert.equal(problemIn(await ask(path, body, PEOPLE.mette)).code, 'right-missing');
      assert.equal(problemIn(await api.post(`/api/v1/audit/${path}`, body)).code, 'right-missing');
      assert.equal(problemIn(await ask(path, { ...body, purpose: ' ' })).code, 'request-invalid');
      assert.equal(problemIn(await ask(path, { ...body, number: '123' })).code, 'request-invalid');
    }
    assert.equal((await ask('search', { purpose: PURPOSE }, PEOPLE.nina)).statusCode, 200);
  });

  it('is exported whole as CSV that a spreadsheet reads and does not run', async () => {
    const answer = await ask('export', { purpose: PURPOSE, to: '2026-09-01T00:00:00Z', format: 'csv', for: 'internal' });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.match(String(answer.headers['content-type']), /^text\/csv; charset=utf-8/);
    assert.match(String(answer.headers['content-disposition']), /^attachment; filename="log-internal-\d{4}-\d\d-\d\d\.csv"$/);
    const [head, first, ...others] = answer.body.split('\r\n');
    assert.equal(head, '\ufefftidspunkt;hvem;art;postkasse;handling;nummer;formål;udfald;reference');
    assert.equal(first, `2026-08-01 12:00:00;mette@kommune.example;person;;lookup-cvr;87654321;"'=HYPERLINK(""x"");""y""";found;`);
    assert.equal(others.filter((line) => line !== '').length, 20);
    assert.ok(!answer.body.includes(NANCY));
  });

  it('is exported for the citizen it is about with dates, purposes and the organisation, and without the employees', async () => {
    // Looks at the log about the same citizen are no look-ups.
    await search({ number: NANCY, purpose: 'Indsigt' });
    const question = { number: NANCY, purpose: 'Indsigt', for: 'citizen' };
    const csv = await ask('export', { ...question, format: 'csv' });
    assert.deepEqual(csv.body.split('\r\n').slice(0, 2), ['\ufefftidspunkt;formål;organisation', '2026-07-01 12:00:00;Sag 19;Eksempel Kommune']);
    const json = await ask('export', { ...question, format: 'json' });
    const rows = json.json<readonly object[]>();
    assert.deepEqual(rows.length, 20);
    assert.deepEqual(rows[0], { tidspunkt: '2026-07-01 12:00:00', formål: 'Sag 19', organisation: 'Eksempel Kommune' });
    for (const { body } of [csv, json]) assert.doesNotMatch(body, /mette|person|x{4}/);
    assert.deepEqual(problemIn(await ask('export', { purpose: PURPOSE, for: 'citizen', format: 'csv' })).errors?.map(({ path }) => path), ['number']);
  });

  it('says so where nothing is found', async () => {
    const nothing = { number: '0101011001', action: 'lookup-cpr', purpose: PURPOSE, for: 'citizen' };
    assert.deepEqual((await ask('export', { ...nothing, format: 'json' })).json(), []);
    assert.equal((await ask('export', { ...nothing, format: 'csv' })).body, '\ufeffingen rækker\r\n');
  });

  it('leaves no number in the log', () => {
    assert.ok(!api.logLines.join('').includes(NANCY));
  });
});
