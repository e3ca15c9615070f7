import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { mailboxesNotSetUp } from '../../src/domain/mailbox-group.ts';
import { openDatabase, type Database } from '../../src/gateway/store/database.ts';
import { foundMailboxes, mailboxSearchOf } from '../../src/gateway/store/found-mailboxes.ts';
import { organisationsFileSchema } from '../../src/gateway/settings/organisations-file.ts';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { GatewayInWorld } from './gateway-in-world.ts';

const CVR = '35833684';
const JOBCENTER = 'jobcenter@kommune.example';
const METTE = 'mette@kommune.example';
const ALL = ['sikkerpost@kommune.example', JOBCENTER, 'borgerservice@kommune.example', 'hr@kommune.example', 'ny-postkasse@kommune.example'];
const POLL_MS = 500;
const PATIENCE_MS = 20_000;

describe('secure mailboxes in an Exchange group', () => {
  let world: GatewayInWorld;
  let database: Database;
  before(async () => {
    world = await GatewayInWorld.start({ env: { MAILBOX_GROUP_POLL_MS: String(POLL_MS) } });
    database = openDatabase(world.databaseUrl, { connectionsMax: 2, timeoutMs: 10_000, urgentTimeoutMs: 10_000 }, () => undefined);
    await untilInForce(ALL);
  });
  after(async () => {
    await database.close();
    await world[Symbol.asyncDispose]();
  });

  const search = async () => await mailboxSearchOf(database, CVR);
  const mailboxesOfMette = async (): Promise<readonly string[]> => {
    const answer = await fetch(`http://127.0.0.1:${world.gateway?.httpPort}/api/v1/me`, { headers: await world.logOnAs(METTE) });
    return ((await answer.json()) as { readonly mailboxes: readonly { readonly address: string }[] }).mailboxes.map(({ address }) => address);
  };
  const byMail = async (from: string): Promise<string> => {
    const transport = createTransport({ host: '127.0.0.1', port: world.smtpPort, ignoreTLS: true });
    const mail = { from, to: ngdp(citizen(0)), subject: 'Fra gruppen', text: 'Kære borger' };
    return await transport.sendMail(mail).then(({ response }) => response, (error: unknown) => (error as { readonly response?: string }).response ?? String(error)).finally(() => transport.close());
  };
  const byApi = async (from: string): Promise<{ readonly status: number; readonly code: unknown }> => {
    const answer = await fetch(`http://127.0.0.1:${world.gateway?.httpPort}/api/messages`, {
      method: 'POST', headers: { authorization: `Basic ${Buffer.from('fagsystem:kun-til-oevelse').toString('base64')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from, to: [ngdp(citizen(0))], subject: 'Fra gruppen', text: 'Kære borger' }),
    });
    return { status: answer.status, code: ((await answer.json()) as { readonly code?: unknown }).code };
  };
  /** The list is in the database, and a further look has put it in force. */
  async function untilInForce(members: readonly string[]): Promise<void> {
    await until(async () => {
      const found = (await foundMailboxes(database)).get(CVR) ?? [];
      return JSON.stringify(found.map(({ address }) => address)) === JSON.stringify([...members].sort());
    }, PATIENCE_MS, 'the group is read');
    await until(async () => JSON.stringify(await mailboxesOfMette()) === JSON.stringify([JOBCENTER, 'borgerservice@kommune.example', 'sikkerpost@kommune.example'].filter((one) => members.includes(one))), PATIENCE_MS, 'the group is in force');
  }

  it('have their rights while they are members', async () => {
    assert.match(await byMail(JOBCENTER), /^250/);
    assert.equal((await byApi(JOBCENTER)).status, 202);
  });

  it('that the file does not have are not set up, and have none', async () => {
    const { organisations } = organisationsFileSchema.parse(JSON.parse(await readFile(path.join(world.folder, 'organisations.json'), 'utf8')));
    const notSetUp = mailboxesNotSetUp(organisations[0] ?? assert.fail(), await foundMailboxes(database));
    assert.deepEqual(notSetUp.map(({ address }) => address), ['ny-postkasse@kommune.example']);
    assert.match(await byMail('ny-postkasse@kommune.example'), /^557 .*ikke en sikker postkasse/);
  });

  it('can no longer send when they are taken out, by mail and by API for the same reason', async () => {
    const others = ALL.filter((one) => one !== JOBCENTER);
    world.entra.groups.setMembers({ members: others });
    await untilInForce(others);
    assert.match(await byMail(JOBCENTER), /^557 .*ikke en sikker postkasse/);
    assert.deepEqual(await byApi(JOBCENTER), { status: 403, code: 'mailbox-not-secure' });
  });

  it('are as the last whole list has them through an outage, half an answer, an empty group and a restart', async () => {
    const others = ALL.filter((one) => one !== JOBCENTER);
    for (const fault of [{ mode: 'status', status: 503 }, { mode: 'status', status: 404 }, { mode: 'partial-page' }] as const) {
      const before = (await search())?.triedAt.getTime() ?? 0;
      world.entra.groups.setMembers({ members: ALL });
      world.entra.groups.setFault(fault);
      await until(async () => ((await search())?.triedAt.getTime() ?? 0) > before && (await search())?.error !== null, PATIENCE_MS, 'a look has failed');
      await untilInForce(others);
    }
    world.entra.groups.setFault({ mode: 'none' });
    world.entra.groups.setMembers({ members: [] });
    await until(async () => /ingen postkasser/.test((await search())?.error ?? ''), PATIENCE_MS, 'the empty group is seen');
    await untilInForce(others);
    await world.stopGateway();
    await world.startGateway();
    assert.deepEqual(await mailboxesOfMette(), ['borgerservice@kommune.example', 'sikkerpost@kommune.example'], 'from the first call on');
  });

  it('are told of to the watch mailbox, once, when the group cannot be read again and again', async () => {
    await until(async () => ((await search())?.failures ?? 0) > 3, PATIENCE_MS, 'it has failed more than three times');
    assert.equal(await world.number(`select count(*) from alarm where key = 'mailbox-group ${CVR}'`), 1);
    assert.equal(await world.number(`select count(*) from notice where kind = 'watch' and detail->>'subject' like '%gruppen med sikre postkasser%'`), 1);
  });

  it('have their rights again when the group names them again', async () => {
    world.entra.groups.setMembers({ members: ALL });
    await untilInForce(ALL);
    assert.match(await byMail(JOBCENTER), /^250/);
    assert.equal((await search())?.failures, 0);
    assert.match(world.logLines.join(''), /mailbox-group-recovered/);
  });

  it('stand in no log', () => {
    assert.doesNotMatch(world.logLines.filter((line) => line.includes('mailbox-group')).join(''), /@kommune/);
  });
});
