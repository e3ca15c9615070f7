import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import { openCertificates, type Certificates } from '../../../src/sandbox/certificates.ts';
import { writeRegisterCredentials } from '../../../src/sandbox/registers/register-credentials.ts';
import { openRegisters as openStandIns, type Registers as StandIns } from '../../../src/sandbox/registers/registers.ts';
import type { SandboxDatabase } from '../../../src/sandbox/sandbox-database.ts';
import { ORGANISATIONS } from '../../../src/sandbox/world.ts';
import { keptLog } from '../../sandbox/outside-world.ts';
import { openRegisterWorld, organisationWith, type OpenedRegisters, type RegisterWorld } from './register-stand-in.ts';

/** A database that keeps nothing: the stand-ins hold what they are told in memory as well. */
const forgetful = {
  query: () => Promise.resolve({ rows: [] }),
  connect: () => Promise.resolve({ query: () => Promise.resolve({ rows: [] }), release: () => undefined }),
} as unknown as SandboxDatabase;

const PROTECTED_NAME = 'Karla Test Hemmelig';

describe('the gateway at the sandbox’s registers', () => {
  let world: RegisterWorld;
  let standIns: StandIns;
  let certificates: Certificates;
  let settings: Readonly<Record<string, string>>;
  let authority: OrganisationEntry;
  let sender: OrganisationEntry;
  const log = keptLog();
  before(async () => {
    world = await openRegisterWorld();
    const cvrNumbers = ORGANISATIONS.map(({ cvr }) => cvr);
    certificates = await openCertificates(path.join(world.folder, 'certificates'), cvrNumbers);
    standIns = await openStandIns({ certificates, database: forgetful, log });
    const credentials = await writeRegisterCredentials(path.join(world.folder, 'credentials'), certificates);
    const [first = '', second = ''] = cvrNumbers;
    authority = organisationWith({ ...credentials.get(first) }, first);
    sender = organisationWith({ ...credentials.get(second) }, second);
    const { open, certificate, virk } = standIns.ports;
    const tokenPath = 'realms/distribution/protocol/openid-connect/token';
    settings = {
      REGISTER_CA_FILE: certificates.authorityFile, DATAFORDELER_GRAPHQL_URL: `https://localhost:${open}`, VIRK_URL: `http://localhost:${virk}/cvr-permanent`,
      DATAFORDELER_TOKEN_URL: `https://localhost:${open}/${tokenPath}`, DATAFORDELER_CERTIFICATE_TOKEN_URL: `https://localhost:${certificate}/${tokenPath}`,
      DATAFORDELER_REST_URL: `https://localhost:${certificate}`, SF1520_URL: `https://localhost:${certificate}/service/CPR/PersonBaseDataExtended/5`,
    };
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await standIns.close();
  });
  beforeEach(async () => {
    await standIns.settings.setSwitches({ addressAllowed: true, cprGranted: true, hitsTotal: 'number', pageSize: 1_000, privateNames: 'both' });
    for (const register of ['cpr', 'cvr', 'token']) await standIns.settings.setFault({ register, mode: 'none' });
  });

  const registers = (more: Readonly<Record<string, string>> = {}): OpenedRegisters => world.registers({ ...settings, ...more });
  const shown = async (one: OpenedRegisters, organisation: OrganisationEntry, cpr: string) => {
    const answer = await one.person(organisation, cpr);
    return answer.kind === 'found' ? [answer.name, answer.nameState, answer.state, answer.since, answer.currentCpr] : answer.kind;
  };

  it('sees as an authority what CPR has of each sort of person, whichever way it asks', async () => {
    const files = certificates.organisations.get(authority.cvrNumbers[0] ?? '');
    const uuid = randomUUID();
    const ways = [
      authority,
      organisationWith({ access: 'authority', cpr: { adapter: 'datafordeler-rest', ...files } }),
      organisationWith({ access: 'authority', cpr: { adapter: 'sf1520', ...files, serviceAgreementUuid: uuid, userSystemUuid: uuid, userUuid: uuid } }),
    ];
    for (const way of ways) {
      const one = registers();
      const adapter = way.lookup.cpr?.adapter;
      assert.deepEqual(await shown(one, way, '1111111118'), [null, 'protected', 'alive', null, null], adapter);
      const [, deadState, dead, since] = await shown(one, way, '0101851001');
      assert.deepEqual([deadState, dead, since], ['shown', 'dead', '2025-03-01'], adapter);
      const [rejst, , emigrated, emigratedOn] = await shown(one, way, '0108629996');
      assert.deepEqual([rejst, emigrated, emigratedOn], ['Ulla Test Rejst', 'emigrated', '2024-06-01'], adapter);
      const [ny, , , , current] = await shown(one, way, '0201919990');
      assert.deepEqual([ny, current], ['Ida Test Ny', '0201919995'], adapter);
      assert.deepEqual((await shown(one, way, '0104909989')).slice(0, 2), ['Palle Test Reklame', 'shown'], adapter);
      assert.equal(await shown(one, way, '3112999999'), 'not-found', adapter);
      assert.equal(await one.testRegister(way, 'cpr'), null, adapter);
    }
  });

  it('gets no protected name as a public sender', async () => {
    const one = registers();
    assert.deepEqual(await shown(one, sender, '1111111118'), [null, 'not-delivered', 'alive', null, null]);
    assert.deepEqual((await shown(one, sender, '0104909989')).slice(0, 2), ['Palle Test Reklame', 'shown']);
    assert.equal(await one.testRegister(sender, 'cpr'), null);
  });

  it('sees companies at Virk and at Datafordeleren', async () => {
    const one = registers();
    for (const organisation of [authority, sender]) {
      const stateOf = async (cvr: string) => {
        const answer = await one.company(organisation, cvr);
        return answer.kind === 'found' ? [answer.company.name, answer.company.state, answer.company.stateText, answer.company.ceasedOn] : answer.kind;
      };
      assert.deepEqual(await stateOf('56781234'), ['Ophørt Handel ApS', 'ceased', 'Ophørt', '2024-12-31']);
      assert.deepEqual(await stateOf('25052943'), ['Konkurs Test ApS', 'in-distress', 'Under konkurs', null]);
      assert.equal(await stateOf('99999999'), 'not-found');
      const berg = await one.company(organisation, '87654321');
      assert.ok(berg.kind === 'found');
      assert.deepEqual([berg.company.state, berg.company.phone, berg.company.email], ['active', '00112233', 'post@bergs-toemrer.example']);
      assert.deepEqual(await one.productionUnit(organisation, '1007256945'), { cvr: '87654321', name: berg.company.name });
      assert.equal(await one.testRegister(organisation, 'cvr'), null);
      const found = await one.searchCompanies(organisation, berg.company.name, 5);
      assert.ok('companies' in found);
      assert.deepEqual(found.companies.map(({ cvr }) => cvr), ['87654321']);
      assert.deepEqual(await one.searchCompanies(organisation, 'Ophørt Handel ApS', 5), { companies: [], more: false });
    }
    for (const organisation of [authority, sender]) {
      const answers = await one.companies(organisation, ['25052943', '99999999', '87654321', '35833684']);
      const names = answers.map((answer) => (answer.kind === 'found' ? answer.company.name : answer.kind));
      assert.deepEqual([names[0], names[1], names[3]], ['Konkurs Test ApS', 'not-found', 'Eksempel Kommune']);
    }
    await standIns.settings.setSwitches({ hitsTotal: 'object' });
    const found = await one.searchCompanies(authority, 'KOMM', 1);
    assert.ok('companies' in found);
    assert.deepEqual([found.companies.length, found.more], [1, true]);
  });

  it('looks a whole list up, in order', async () => {
    const numbers = Array.from({ length: 500 }, (_, n) => `010101${String(1_000 + n)}`);
    const answers = await registers().persons(sender, numbers);
    assert.ok(answers.every((answer) => answer.kind === 'found' && answer.nameState === 'shown'));
  });

  it('gets everybody, page by page', async () => {
    await standIns.settings.setSwitches({ pageSize: 2 });
    const numbers = ['2512489996', '0101851001', '0108629996', '0104909989', '0201919990', '3112999999'];
    for (const organisation of [authority, sender]) {
      const answers = await registers().persons(organisation, numbers);
      assert.deepEqual(answers.map(({ kind }) => kind), ['found', 'found', 'found', 'found', 'found', 'not-found']);
    }
    const companies = await registers().companies(sender, ['25052943', '87654321', '35833684', '56781234']);
    assert.ok(companies.every(({ kind }) => kind === 'found'));
  });

  it('gets names from a private service that knows one of them only, and asks the right way from then on', async () => {
    for (const privateNames of ['navn', 'navne']) {
      await standIns.settings.setSwitches({ privateNames });
      const one = registers();
      assert.deepEqual((await shown(one, sender, '0104909989')).slice(0, 2), ['Palle Test Reklame', 'shown'], privateNames);
      assert.deepEqual((await shown(one, sender, '1111111118')).slice(0, 2), [null, 'not-delivered']);
      const before = standIns.calls.countOf('cpr').calls;
      await shown(one, sender, '2512489996');
      assert.equal(standIns.calls.countOf('cpr').calls - before, 1);
    }
  });

  it('tells the administrator what the register will not have', async () => {
    const one = registers({ REGISTER_RETRIES: '0', REGISTER_CALL_TIMEOUT_MS: '400' });
    const { settings: switches } = standIns;
    await switches.setSwitches({ addressAllowed: false });
    assert.match(await one.testRegister(authority, 'cpr') ?? '', /IP-adresse/);
    await switches.setSwitches({ addressAllowed: true, cprGranted: false });
    assert.match(await one.testRegister(authority, 'cpr') ?? '', /Dataadgang/);
    await switches.setSwitches({ cprGranted: true });
    const faults: readonly (readonly [object, RegExp])[] = [
      [{ register: 'cpr', mode: 'retired' }, /CPR_GRAPHQL_VERSION/], [{ register: 'cpr', mode: 'timeout' }, /svarer ikke i tide/], [{ register: 'cpr', mode: 'invalid' }, /kan ikke læses/],
      [{ register: 'cpr', mode: 'reset' }, /afbryder forbindelsen/], [{ register: 'cpr', mode: 'status', status: 429 }, /har for travlt/], [{ register: 'token', mode: 'status', status: 503 }, /tokentjeneste har en fejl/],
    ];
    for (const [fault, text] of faults) {
      for (const register of ['cpr', 'token']) await switches.setFault({ register, mode: 'none' });
      await switches.setFault(fault);
      assert.match(await one.testRegister(authority, 'cpr') ?? '', text);
    }
    assert.equal((await one.person(authority, '1111111118')).kind, 'unavailable');
    const wrongSector = organisationWith({ ...sender.lookup, access: 'authority' }, sender.cvrNumbers[0]);
    for (const register of ['cpr', 'token']) await switches.setFault({ register, mode: 'none' });
    assert.match(await one.testRegister(wrongSector, 'cpr') ?? '', /Dataadgang/);
  });

  it('never says the protected name', async () => {
    const one = registers();
    const all = [await one.person(authority, '1111111118'), await one.person(sender, '1111111118'), await one.persons(authority, ['1111111118', '0104909989'])];
    assert.ok(!`${JSON.stringify(all)} ${one.lines.join(' ')} ${log.lines.join(' ')}`.includes(PROTECTED_NAME));
  });
});
