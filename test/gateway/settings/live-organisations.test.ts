import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { openLiveOrganisations, type LiveOrganisations } from '../../../src/gateway/settings/live-organisations.ts';
import { organisationsFileSchema, type OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import { citizen, ngdp } from '../../journeys/citizens.ts';
import { until } from '../../sandbox/eventually.ts';
import { HoldWorld, SIKKERPOST } from '../hold-world.ts';
import { openTestCertificates } from '../test-certificates.ts';

const KOMMUNE = {
  name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], mainMailbox: SIKKERPOST,
  watchMailbox: SIKKERPOST, helpContact: 'it@kommune.example',
  secureMailboxes: [{ address: SIKKERPOST, channels: ['ngdp'], senders: ['35833684'] }],
};
const NABO = { ...KOMMUNE, name: 'Nabo Kommune', cvrNumbers: ['97281536'], mailDomains: ['nabo.example'], secureMailboxes: [] };

describe('the organisations of a running gateway', () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'postbro-organisations-'));
    file = path.join(folder, 'organisations.json');
  });
  after(() => rm(folder, { recursive: true }));

  const write = (...organisations: readonly unknown[]) => writeFile(file, JSON.stringify({ organisations }));
  const open = async (...organisations: readonly unknown[]): Promise<LiveOrganisations> => {
    await write(...organisations);
    const settings = settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: file });
    return openLiveOrganisations(settings, organisationsFileSchema.parse({ organisations }).organisations);
  };

  it('are those of the file as soon as it has changed, in the directory and in everything made from them', async () => {
    const live = await open(KOMMUNE);
    const { directory } = live;
    const names = live.following((entries) => entries.map(({ name }) => name));
    assert.equal(live.look().kind, 'same');
    await write(KOMMUNE, NABO);
    assert.equal(live.look().kind, 'changed');
    assert.equal(directory.organisationOfDomain('nabo.example')?.name, 'Nabo Kommune');
    assert.deepEqual(names(), ['Eksempel Kommune', 'Nabo Kommune']);
    await write(NABO);
    assert.equal(live.look().kind, 'changed');
    assert.equal(directory.organisationOfCvr('35833684'), null);
    assert.deepEqual(directory.organisations.map(({ name }) => name), ['Nabo Kommune']);
    assert.equal(live.look().kind, 'same');
  });

  it('stay when the file is wrong, which is told once, when it is still so at the next look', async () => {
    const live = await open(KOMMUNE);
    live.look();
    await writeFile(file, '{"organisations": [');
    assert.equal(live.look().kind, 'same', 'it may be half-written');
    const look = live.look();
    assert.deepEqual(look, { kind: 'faulty', faults: ['ORGANISATIONS_FILE: filen er ikke JSON.'] });
    assert.equal(live.look().kind, 'same');
    assert.equal(live.organisations()[0]?.name, 'Eksempel Kommune');
    await write({ ...KOMMUNE, name: 'Nyt navn' });
    assert.equal(live.look().kind, 'changed');
    assert.equal(live.organisations()[0]?.name, 'Nyt navn');
    await rm(file);
    live.look();
    assert.equal(live.look().kind, 'faulty');
  });

  it('stay when two of the new ones claim the same CVR number or mail domain', async () => {
    const live = await open(KOMMUNE);
    live.look();
    for (const taken of [{ cvrNumbers: ['97281536', '35833684'] }, { mailDomains: ['nabo.example', 'KOMMUNE.example'] }]) {
      await write(KOMMUNE, { ...NABO, ...taken });
      live.look();
      const look = live.look();
      assert.ok(look.kind === 'faulty' && /står ved flere organisationer: Eksempel Kommune, Nabo Kommune/.test(look.faults[0] ?? ''), JSON.stringify(look));
      assert.equal(live.directory.organisationOfCvr('35833684')?.name, 'Eksempel Kommune');
      assert.equal(live.directory.organisationOfDomain('kommune.example')?.name, 'Eksempel Kommune');
    }
  });

  it('are not changed to some whose certificate cannot be read, or is another key’s, before it can be used', async () => {
    const live = await open(KOMMUNE);
    const made = await openTestCertificates(folder);
    const [pair, other] = [await made.issue('kommer'), await made.issue('andens')];
    const files = { certificateFile: path.join(folder, 'ny.pem'), keyFile: pair.keyFile };
    await write({ ...KOMMUNE, ngdp: { systemId: 's', apiKey: 'hemmelig-nøgle', ...files } });
    live.look();
    const look = live.look();
    assert.ok(look.kind === 'faulty' && look.faults[0]?.includes('ny.pem'), JSON.stringify(look));
    assert.ok(!JSON.stringify(look).includes('hemmelig-nøgle'));
    await copyFile(other.certificateFile, files.certificateFile);
    assert.equal(live.look().kind, 'same', 'told already');
    assert.equal(live.organisations()[0]?.ngdp, null);
    await copyFile(pair.certificateFile, files.certificateFile);
    assert.equal(live.look().kind, 'changed');
    assert.equal(live.organisations()[0]?.ngdp?.systemId, 's');
  });

  it('are shaped by what was found outside the file, also after the file has changed', async () => {
    const live = await open(KOMMUNE);
    live.reshape((entries) => entries.map((entry) => ({ ...entry, secureMailboxes: [] })));
    assert.deepEqual(live.directory.organisationOfCvr('35833684')?.secureMailboxes, []);
    const same = live.organisations();
    live.reshape((entries) => entries.map((entry) => ({ ...entry, secureMailboxes: [] })));
    assert.equal(live.organisations(), same, 'nothing hangs on an object that says the same');
    await write(KOMMUNE, NABO);
    live.look();
    assert.deepEqual(live.directory.organisationOfCvr('35833684')?.secureMailboxes, []);
  });
});

const JOBCENTER_POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';

describe('a gateway whose file of organisations changes while it runs', () => {
  let world: HoldWorld;
  let file: string;
  let organisations: readonly OrganisationEntry[];
  before(async () => {
    world = await HoldWorld.start({ FILES_POLL_MS: '100' });
    file = path.join(world.inner.folder, 'organisations.json');
    ({ organisations } = JSON.parse(await readFile(file, 'utf8')) as { organisations: readonly OrganisationEntry[] });
  });
  after(() => world[Symbol.asyncDispose]());

  const changeTo = async (change: (organisation: OrganisationEntry) => unknown, only = organisations): Promise<void> => {
    const before = changes();
    await writeFile(file, JSON.stringify({ organisations: only.map(change) }));
    await until(async () => Promise.resolve(changes() > before), 10_000, 'the file taken into use');
  };
  const changes = () => world.inner.logLines.filter((line) => line.includes('"organisations-changed"')).length;
  const same = (organisation: OrganisationEntry) => organisation;

  it('refuses a send by a contact point that is gone, naming it, and nothing reaches NgDP', async () => {
    const to = `${citizen(1)}@${JOBCENTER_POINT}.ngdp.digital-post.dk`;
    const from = 'jobcenter@kommune.example';
    const mail = await world.hand([to], { subject: 'Mens den fandtes', from });
    await world.untilStatus(mail, 'completed', 1);
    await changeTo((organisation) => ({ ...organisation, contactPoints: organisation.contactPoints.filter(({ id }) => id !== JOBCENTER_POINT) }));
    await assert.rejects(world.hand([to], { subject: 'Efter den er væk', from }), (error: Error) => {
      assert.match(error.message, /550|553|557/);
      assert.ok(error.message.includes(JOBCENTER_POINT), error.message);
      return true;
    });
    assert.equal(await world.arrived({ subject: 'Efter den er væk' }), 0);
    await changeTo(same);
  });

  it('refuses a send from a mailbox whose right is withdrawn', async () => {
    await changeTo((organisation) => ({
      ...organisation, secureMailboxes: organisation.secureMailboxes.map((mailbox) => ({ ...mailbox, channels: [] })),
    }));
    await assert.rejects(world.hand([ngdp(citizen(2))], { subject: 'Uden ret' }), /sikkerpost@kommune\.example/);
    assert.equal(await world.arrived({ subject: 'Uden ret' }), 0);
    await changeTo(same);
    await world.untilStatus(await world.hand([ngdp(citizen(2))], { subject: 'Med ret' }), 'completed', 1);
  });

  it('hands over for an organisation that is new, and fetches its receipts', async () => {
    await changeTo(same, organisations.slice(0, 1));
    const from = 'sikkerpost@nabo.example';
    const to = `${citizen(3)}@97281536.ngdp.digital-post.dk`;
    await assert.rejects(world.hand([to], { subject: 'Endnu ikke kunde', from }));
    await changeTo(same);
    await world.untilStatus(await world.hand([to], { subject: 'Ny kunde', from }), 'completed', 1);
  });

  it('goes on with the old when the file is wrong, and the watch mailbox is told once what is wrong', async () => {
    const faulty = organisations.map((organisation) => ({ ...organisation, cvrNumbers: [] }));
    await writeFile(file, JSON.stringify({ organisations: faulty }));
    const watch = organisations[0]?.watchMailbox ?? '';
    const alarms = async () => (await world.inner.exchange.mailboxes.list(watch)).filter(({ subject }) => subject.includes('filen med organisationer'));
    await until(async () => (await alarms()).length > 0, 20_000, 'a mail to the watch mailbox');
    await world.untilStatus(await world.hand([ngdp(citizen(4))], { subject: 'Med den gamle fil' }), 'completed', 1);
    assert.equal((await alarms()).length, 1);
    const line = world.inner.logLines.find((one) => one.includes('"organisations-faulty"')) ?? '';
    assert.match(line, /organisations\.0\.cvrNumbers/);
    const apiKey = organisations[0]?.ngdp?.apiKey ?? '-';
    assert.ok(!world.inner.logLines.some((one) => one.includes(apiKey)));
    await changeTo((organisation) => ({ ...organisation, helpContact: 'ny-hjaelp@kommune.example' }));
  });
});
