import assert from 'node:assert/strict';
import type { FastifyRequest } from 'fastify';
import { after, before, describe, it } from 'node:test';
import { GUIDES } from '../../../src/gateway/admin/guide-texts.ts';
import { GUIDE_IDS } from '../../../src/gateway/api/admin-schemas.ts';
import { apiRoutes } from '../../../src/gateway/api/api-routes.ts';
import { openBodyRoom } from '../../../src/gateway/api/body-room.ts';
import type { DocumentActions } from '../../../src/gateway/api/document-actions.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { MESSAGE, openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra } from './people-in-process.ts';

const SECRET_TEXT = 'Kære Nancy, du får ret';
const counts = { left: 0, inTheAir: 0, stopped: 3 };
const documents: DocumentActions = {
  render: () => Promise.resolve({ kind: 'answer', answer: { pdf: SECRET_TEXT, sha256: '', pages: 1, warnings: [] } }),
  check: () => Promise.resolve({ kind: 'answer', answer: { problems: [], files: [] } }),
  read: () => Promise.resolve({ kind: 'answer', answer: { files: [{ name: 'a.txt', pages: [SECRET_TEXT] }] } }),
  convert: () => Promise.resolve({ kind: 'answer', answer: { files: [], failed: [] } }),
  split: () => Promise.resolve({ kind: 'answer', answer: { letters: [{ position: 1, firstPage: 1, pages: 1 }], faults: [], tagged: true, files: [] } }),
};

describe('what is kept of a call', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let entra: TestEntra;
  let api: ApiInProcess;
  let stop: () => Promise<{ readonly kind: 'stopped'; readonly counts: typeof counts }>;
  let id: string;
  before(async () => {
    database = await openTestDatabase(open);
    entra = await openTestEntra();
    open.defer(() => entra.close());
    api = await openApi(database, { settings: entra.settings, documents, actions: { stop: () => stop() } });
    open.defer(() => api.app.close());
    id = (await api.post('/api/messages', MESSAGE, { key: 'brev' })).json<{ id: string }>().id;
  });
  after(() => open.disposeAsync());

  const rowsOf = async (action: string) =>
    (await database.query<{ outcome: string; reference: string | null }>({
      text: 'select outcome, reference from audit where action = $1 order by id', values: [action],
    })).rows;

  it('its answer, under its key, for calls that send or change a mail; never what was found out or made of a letter', async () => {
    const nina = await entra.headersOf({ ...PEOPLE.nina, roles: [...PEOPLE.nina.roles, 'Dpg.LookupCpr', 'Dpg.LookupCvr'] });
    const mailbox = 'sikkerpost@nabo.example';
    const file = { name: 'a.txt', content: '' };
    for (const [path, body] of [
      ['render', { subject: 'x', text: SECRET_TEXT }], ['attachments/check', { channels: ['ngdp'], files: [file] }],
      ['attachments/read', { files: [file] }],
      ['attachments/convert', { operation: 'to-pdf', files: [file] }], ['letters/split', { file, numbers: ['2512489996'] }], ['lookups/person', { cpr: '2512489996', purpose: 'Sag' }],
      ['lookups/company', { cvr: '87654321' }], ['recipients/check', { channel: 'ngdp', mailbox, numbers: ['2512489996'] }],
      ['audit/search', { purpose: 'Sag' }], ['guides/cpr', { step: 'x', done: true }],
    ] as const) {
      const answer = await api.post(`/api/v1/${path}`, body, { headers: { ...nina, 'idempotency-key': `nøgle ${path}`.replace('ø', 'o') } });
      assert.ok(answer.statusCode < 300 || path.startsWith('guides'), `${path} ${answer.statusCode} ${answer.body}`);
    }
    const { rows } = await database.query<{ key: string }>({ text: 'select key from api_answer' });
    assert.deepEqual(rows.map(({ key }) => key), ['brev']);
    const { rows: dumped } = await database.query<{ text: string }>({ text: 'select t::text as text from api_answer t' });
    assert.doesNotMatch(JSON.stringify(dumped), new RegExp(SECRET_TEXT));
  });

  it('nothing but the answers of six routes, and the document says so of the same', () => {
    const remembering = apiRoutes.filter(({ remembers }) => remembers === true).map(({ path }) => path);
    assert.deepEqual(remembering, ['/messages', '/mass-sends', ...['stop', 'resend-failed', 'approve', 'reject'].map((act) => `/submissions/{id}/${act}`)]);
  });

  it('one row for what was done once, though it is answered again', async () => {
    stop = () => Promise.resolve({ kind: 'stopped', counts });
    for (let n = 0; n < 3; n += 1) assert.equal((await api.post(`/api/submissions/${id}/stop`, '', { key: 'stop' })).statusCode, 200);
    assert.deepEqual(await rowsOf('stop'), [{ outcome: 'done', reference: id }]);
  });

  it('that it failed, where its answer could not be made', async () => {
    stop = () => Promise.reject(new Error('a bug'));
    assert.equal(problemIn(await api.post(`/api/submissions/${id}/stop`, '')).status, 500);
    assert.deepEqual((await rowsOf('stop')).at(-1), { outcome: 'failed', reference: id });
  });

  it('no id but one of ours: somebody may write a number there', async () => {
    assert.equal((await api.post('/api/submissions/2512489996/stop', '')).statusCode, 404);
    assert.equal((await api.post('/api/submissions/s0251248/stop', '')).statusCode, 404);
    assert.deepEqual((await rowsOf('stop')).slice(-2).map(({ reference }) => reference), [null, null]);
    const nina = await entra.headersOf(PEOPLE.nina);
    for (const guide of ['2512489996', 'nancy-berggren', ...GUIDE_IDS]) await api.post(`/api/v1/guides/${guide}`, { step: 'x', done: true }, { headers: nina });
    assert.deepEqual((await rowsOf('guide-step')).slice(-5).map(({ reference }) => reference), [null, null, ...GUIDE_IDS]);
    assert.deepEqual(Object.keys(GUIDES), GUIDE_IDS);
  });

  it('no room for the body of a caller who is gone', () => {
    const room = openBodyRoom({ API_BODIES_AT_ONCE_BYTES: 10, PUBLIC_URL: '' });
    const call = { headers: { 'content-length': '8' }, routeOptions: { bodyLimit: 10 } } as unknown as FastifyRequest;
    const [gone, first, second] = [new AbortController(), new AbortController(), new AbortController()];
    gone.abort();
    assert.equal(room.enter(call, gone.signal), null);
    assert.equal(room.enter(call, first.signal), null);
    assert.equal(room.enter(call, second.signal)?.status, 503);
    first.abort();
    assert.equal(room.enter(call, second.signal), null);
  });
});
