import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { gatewayOver } from '../../../src/taskpane/gateway/open-gateway.ts';
import { json, loggedOn, scriptedGateway } from './scripted-gateway.ts';

const person = { kind: 'not-found' };
const question = { cpr: '2512489996', purpose: 'sag 12' };
const list = { submissions: [], next: null, counts: null };

describe('a call of the gateway', () => {
  it('shows the token, asks in the body, and reads the answer by the contract', async () => {
    const parts = scriptedGateway([json({ ...person, more: 'than is known' })]);
    assert.deepEqual(await gatewayOver(parts).person(question), { kind: 'answer', value: person });
    const [call] = parts.seen;
    assert.deepEqual([call?.method, call?.url, call?.body], ['POST', '/api/v1/lookups/person', question]);
    assert.equal(call?.headers.get('authorization'), 'Bearer first');
  });

  it('tries another token once where the first is not taken, and then says that a log-on is needed', async () => {
    const taken = scriptedGateway([json({}, 401), json(person)]);
    assert.equal((await gatewayOver(taken).person(question)).kind, 'answer');
    assert.equal(taken.seen[1]?.headers.get('authorization'), 'Bearer renewed');
    const refused = scriptedGateway([json({}, 401), json({}, 401), json(person)]);
    assert.deepEqual(await gatewayOver(refused).person(question), { kind: 'log-on-needed' });
    assert.equal(refused.seen.length, 2);
  });

  it('asks nothing where nobody is logged on', async () => {
    const parts = scriptedGateway([json(person)], loggedOn({ first: { kind: 'log-on-needed' } }));
    assert.deepEqual(await gatewayOver(parts).person(question), { kind: 'log-on-needed' });
    assert.equal(parts.seen.length, 0);
  });

  it('says why there is no answer', async () => {
    const problem = { code: 'state-conflict', title: 'Kan ikke', detail: 'Det er for sent: alt er sendt.' };
    const cases: readonly (readonly [Response | Error, unknown])[] = [
      [json(problem, 403), { kind: 'no-right', text: problem.detail }],
      [json(problem, 409), { kind: 'refused', code: 'state-conflict', text: problem.detail }],
      [json({ title: 'Findes ikke' }, 404), { kind: 'refused', code: '404', text: 'Findes ikke' }],
      [new Response('<html>', { status: 400 }), { kind: 'refused', code: '400', text: '' }],
      [json(problem, 429, { 'retry-after': '90' }), { kind: 'too-many', retryAt: new Date('2026-11-25T12:01:30Z') }],
      [json(problem, 429, { 'retry-after': 'Wed, 25 Nov 2026 13:00:00 GMT' }), { kind: 'too-many', retryAt: new Date('2026-11-25T13:00:00Z') }],
      [json(problem, 429), { kind: 'too-many', retryAt: new Date('2026-11-25T12:00:30Z') }],
      [json(problem, 503), { kind: 'away' }],
      [new Response('<html>', { status: 503 }), { kind: 'away' }],
      [json({ code: 'temporarily-unavailable', title: 'Prøv igen om lidt', detail: 'CPR svarer ikke.' }, 503), { kind: 'unavailable', text: 'CPR svarer ikke.' }],
      [json(problem, 500), { kind: 'fault' }],
      [new TypeError('Failed to fetch'), { kind: 'away' }],
      [json({ kind: 'found', name: 7 }), { kind: 'fault' }],
      [new Response('no json', { status: 200 }), { kind: 'fault' }],
    ];
    for (const [reply, expected] of cases) assert.deepEqual(await gatewayOver(scriptedGateway([reply])).person(question), expected);
  });

  it('is over in time, also where the answer stops in the middle', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const never = async (signal: AbortSignal): Promise<Response> => await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
    const half = async (signal: AbortSignal): Promise<Response> => new Response(new ReadableStream({
      start: (controller) => signal.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError'))),
    }));
    for (const reply of [never, half]) {
      const answer = gatewayOver(scriptedGateway([reply])).me();
      await new Promise((resume) => setImmediate(resume));
      t.mock.timers.tick(15_000);
      assert.deepEqual(await answer, { kind: 'away' });
    }
  });

  it('has one key for one press, also when it is sent again, and another for the next press', async () => {
    const stopped = { id: 's1', outcome: 'stopped', counts: { left: 0, inTheAir: 0, stopped: 3 } };
    const parts = scriptedGateway([json({}, 401), json(stopped), json(stopped)]);
    const gateway = gatewayOver(parts);
    assert.deepEqual(await gateway.stop('s1'), { kind: 'answer', value: stopped });
    await gateway.stop('s1');
    const keys = parts.seen.map(({ headers }) => headers.get('idempotency-key'));
    assert.match(keys[0] ?? '', /^[0-9a-f]{32}$/);
    assert.equal(keys[1], keys[0]);
    assert.notEqual(keys[2], keys[0]);
  });

  it('is not made where a CPR number would stand in its address', async () => {
    const parts = scriptedGateway([json(list), json(list)]);
    const gateway = gatewayOver(parts);
    assert.deepEqual(await gateway.sentFrom('251248-9996@kommune.example', new Date(0)), { kind: 'fault' });
    assert.deepEqual(await gateway.submission('2512489996'), { kind: 'fault' });
    assert.equal(parts.seen.length, 0);
    assert.equal((await gateway.sentFrom('jobcenter@kommune.example', new Date('2026-11-25T12:00:00.123Z'))).kind, 'answer');
  });

  it('asks for my messages by pages, and gives the proof as it is', async () => {
    const parts = scriptedGateway([json(list), json(list), new Response('zip'), json({})]);
    const gateway = gatewayOver(parts);
    await gateway.sent({ filter: 'failed', whose: 'mine' }, null);
    await gateway.sent({ filter: 'all', whose: 'mailboxes' }, 's7');
    const proof = await gateway.proof('s7');
    assert.equal(proof.kind === 'answer' && (await proof.value.text()), 'zip');
    await gateway.submission('s7', 100);
    assert.deepEqual(parts.seen.map(({ url }) => url), [
      '/api/submissions?order=newest&filter=failed&mine=true&counts=true&limit=30', '/api/submissions?order=newest&filter=all&mine=false&counts=true&limit=30&after=s7',
      '/api/submissions/s7/proof', '/api/submissions/s7?limit=100&after=100',
    ]);
  });

  it('knows each question by its place', async () => {
    const parts = scriptedGateway([]);
    const gateway = gatewayOver(parts);
    const check = { channel: 'ngdp', mailbox: 'a@b.dk', numbers: ['35833684'] } as const;
    await gateway.check({ ...check, numbers: [...check.numbers] });
    await gateway.contactPoints({ channel: 'ngdp', mailbox: 'a@b.dk', cvr: '35833684' });
    await gateway.company({ cvr: '35833684' });
    await gateway.companies({ name: 'Digitaliseringsstyrelsen', max: 10 });
    await gateway.checkFiles({ channels: ['ngdp'], files: [] });
    await gateway.readFiles({ files: [{ name: 'a.txt', content: '' }] });
    await gateway.guardCheck({ mailbox: 'a@b.dk', addresses: ['c@d.dk'] });
    await gateway.guardApprove({ mailbox: 'a@b.dk', draft: 'd'.repeat(16), addresses: ['c@d.dk'] });
    assert.deepEqual(await gateway.guardWithdraw('x'), { kind: 'away' });
    await gateway.resendFailed('s1');
    assert.deepEqual(parts.seen.map(({ method, url }) => `${method} ${url}`), [
      'POST /api/v1/recipients/check', 'POST /api/v1/recipients/contact-points', 'POST /api/v1/lookups/company', 'POST /api/v1/lookups/company-search',
      'POST /api/v1/attachments/check', 'POST /api/v1/attachments/read', 'POST /api/v1/guard/check', 'POST /api/v1/guard/approvals',
      'POST /api/v1/guard/approvals/withdraw', 'POST /api/submissions/s1/resend-failed',
    ]);
  });

  it('never throws, whatever comes (property)', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 200, max: 599 }), fc.string(), fc.dictionary(fc.constantFrom('retry-after', 'content-type'), fc.stringMatching(/^[\x21-\x7e]{0,20}$/)), async (status, body, headers) => {
      const withoutBody = [204, 205, 304].includes(status);
      const response = (): Response => new Response(withoutBody ? null : body, { status, headers });
      const answer = await gatewayOver(scriptedGateway([response(), response()])).me();
      assert.notEqual(answer.kind, 'answer');
    }));
  });
});

describe('logging on', () => {
  it('is an answer when it is done, and says what it came to where it is not', async () => {
    assert.deepEqual(await gatewayOver(scriptedGateway([])).logOn(), { kind: 'answer', value: null });
    assert.deepEqual(await gatewayOver(scriptedGateway([], loggedOn({ first: { kind: 'away' } }))).logOn(), { kind: 'away' });
  });
});
