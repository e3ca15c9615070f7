import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AdminCertificate, AdminMailboxes, ConnectionTestResult, Guide } from '../../../src/gateway/api/admin-schemas.ts';
import { eventually } from '../../sandbox/eventually.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';

const ADMIN = 'admin@kommune.example';
const NINA = 'nina@nabo.example';

describe('administrators', () => {
  let world: GatewayInWorld;
  let list: string;

  before(async () => {
    // Named before it is there: the list of public senders may come later.
    world = await GatewayInWorld.start({ organisations: (all) => all });
    list = path.join(world.folder, 'afsendere.csv');
    await world.stopGateway();
    await writeFile(list, '\ufeffNavn;CVR\r\nEn anden;12345678\r\nNabo Kommune;DK 97 28 15 36\r\n');
    await world.startGateway({ env: { PUBLIC_SENDERS_FILE: list } });
  });
  after(() => world[Symbol.asyncDispose]());

  const call = async (who: string, at: string, body: unknown = null) => {
    const answer = await fetch(`http://127.0.0.1:${world.gateway?.httpPort}/api/v1/${at}`, {
      headers: { ...(await world.logOnAs(who)), ...(body !== null && { 'content-type': 'application/json' }) },
      ...(body !== null && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, json: (await answer.json()) as unknown };
  };
  const get = async <T>(who: string, at: string, body: unknown = null): Promise<T> => {
    const { status, json } = await call(who, at, body);
    assert.equal(status, 200, JSON.stringify(json));
    return json as T;
  };
  const tests = async (who: string) => (await get<{ tests: readonly ConnectionTestResult[] }>(who, 'admin/connection-tests', {})).tests;
  const step = (guide: Guide, id: string) => guide.steps.find((one) => one.id === id);

  it('have the right alone', async () => {
    for (const at of ['admin/mailboxes', 'admin/certificates', 'guides/cpr']) assert.equal((await call('mette@kommune.example', at)).status, 403);
    assert.equal((await call('mette@kommune.example', 'admin/connection-tests', {})).status, 403);
  });

  it('see their mailboxes, those of the group that are not set up, and what is missing', async () => {
    world.entra.groups.setMembers({ members: ['jobcenter@kommune.example', 'ny@kommune.example'] });
    // The gateway looks into the group by itself, every now and then.
    const answer = await eventually(async () => {
      const seen = await get<AdminMailboxes>(ADMIN, 'admin/mailboxes');
      return ['ikke i gruppen', 'ikke sat op'].every((word) => seen.mailboxes.some(({ state }) => state === word)) ? seen : null;
    }, 60_000, 'the group as it is now');
    const stateOf = (address: string) => answer.mailboxes.find((mailbox) => mailbox.address === address);
    assert.equal(stateOf('jobcenter@kommune.example')?.state, 'sat op');
    assert.deepEqual(stateOf('jobcenter@kommune.example')?.senders.map(({ label }) => label), ['Eksempel Kommune', 'Jobcenter']);
    assert.equal(stateOf('ny@kommune.example')?.state, 'ikke sat op');
    assert.match(stateOf('ny@kommune.example')?.missing.join() ?? '', /secureMailboxes/);
    assert.equal(stateOf('borgerservice@kommune.example')?.state, 'ikke i gruppen');
    assert.ok((stateOf('jobcenter@kommune.example')?.people ?? 0) > 0);
    assert.ok(answer.group?.succeededAt);
    const neighbours = await get<AdminMailboxes>(NINA, 'admin/mailboxes');
    assert.deepEqual(neighbours.mailboxes.map(({ address }) => address), ['sikkerpost@nabo.example']);
  });

  it('see when their own certificates end, and the gateway’s without its files', async () => {
    const { certificates } = await get<{ certificates: readonly AdminCertificate[] }>(NINA, 'admin/certificates');
    const own = certificates.filter((one) => one.own);
    assert.ok(own.some(({ uses, state }) => uses.includes('Digital Post') && state === 'gyldig'));
    assert.ok(certificates.some((one) => !one.own && one.file === null));
    assert.ok(!JSON.stringify(certificates).includes('35833684.pem'));
  });

  it('test the connections of their own organisation alone, and are told first what an access does not give', async () => {
    const results = await tests(NINA);
    assert.deepEqual(results.filter(({ state }) => state !== 'ok'), []);
    const cpr = results.find(({ id }) => id === 'cpr');
    assert.match(cpr?.note ?? '', /offentlig afsender.*aldrig navnet/);
    assert.ok(results.every(({ name }) => !name.includes('Eksempel Kommune')));
    assert.deepEqual(results.map(({ id }) => id), ['ngdp', 'mitdk', 'eboks', 'contacts', 'cpr', 'cvr', 'entra', 'exchange']);
  });

  it('follow a guide whose steps are those of their access, tick themselves where they can, and are kept', async () => {
    const guide = await get<Guide>(NINA, 'guides/cpr');
    assert.match(guide.intro, /aldrig navn og adresse på personer med navne- og adressebeskyttelse/);
    assert.deepEqual(guide.steps.map(({ id }) => id), [
      'access', 'listed', 'portal-user', 'it-system', 'ip-address', 'data-access-private', 'cpr-ticket', 'virk-application', 'approved', 'set-up',
      'test', 'first-look-up', 'tell-staff',
    ]);
    const seen = guide.steps.filter(({ self }) => self).map(({ id, done }) => [id, done]);
    assert.deepEqual(seen, [['access', true], ['listed', true], ['set-up', true], ['test', true]]);
    assert.match(step(guide, 'listed')?.hint ?? '', /97281536 står på listen/);
    const ticked = await get<Guide>(NINA, 'guides/cpr', { step: 'portal-user', done: true });
    assert.deepEqual([step(ticked, 'portal-user')?.done, step(ticked, 'portal-user')?.doneBy], [true, NINA]);
    assert.equal(step(await get<Guide>(NINA, 'guides/cpr'), 'portal-user')?.done, true);
    assert.equal(step(await get<Guide>(NINA, 'guides/cpr', { step: 'portal-user', done: false }), 'portal-user')?.done, false);
    for (const wrong of [{ step: 'test', done: true }, { step: 'nix', done: true }]) assert.equal((await call(NINA, 'guides/cpr', wrong)).status, 404);
    assert.equal((await call(NINA, 'guides/toString')).status, 404);
    const others = await get<Guide>(ADMIN, 'guides/cpr');
    assert.ok(others.steps.some(({ id }) => id === 'data-access-authority'));
    assert.ok(!others.steps.some(({ id }) => id === 'listed'));
    assert.equal(step(others, 'test')?.done, false);
    for (const id of ['cvr', 'log-on']) assert.ok((await get<Guide>(ADMIN, `guides/${id}`)).steps.length > 4);
  });
});
