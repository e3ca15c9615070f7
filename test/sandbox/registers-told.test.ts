import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { writeOrganisationsFile } from '../../src/sandbox/organisations-file.ts';
import { registrationOf } from '../../src/sandbox/world.ts';
import { ask, openOutsideWorld, removeFolder, temporaryFolder, type Answer, type OutsideWorld } from './outside-world.ts';
import { nodesOf, RegisterTestClient, type GraphqlAnswer } from './register-client.ts';

type Node = Readonly<Record<string, unknown>>;

/** An organisation's way to the registers, as far as it is looked at here. */
interface Lookup {
  readonly access: string;
  readonly cpr: { readonly client: { readonly secretFile?: string; readonly certificateFile?: string; readonly keyFile?: string } };
  readonly cvr: { readonly adapter: string; readonly passwordFile?: string; readonly apiKeyFile?: string };
}

const COMPANY = '{ CVR_Virksomhed(where: { CVRNummer: { eq: 12345678 } }) { nodes { id status virksomhedOphoersdato } } }';

describe('what the registers are told to answer', () => {
  let folder: string;
  let world: OutsideWorld;
  let authority: RegisterTestClient;

  before(async () => {
    folder = await temporaryFolder();
    await openWorld();
  });
  after(async () => {
    await closeWorld();
    await removeFolder(folder);
  });

  const openWorld = async (): Promise<void> => {
    world = await openOutsideWorld(folder);
    authority = await RegisterTestClient.open(world, 0);
  };
  const closeWorld = async (): Promise<void> => {
    await authority[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  const put = (register: 'cpr' | 'cvr', number: unknown, answer: unknown): Promise<Answer> => ask(world, 'PUT', `/sandbox/registers/${register}`, { number, answer });
  const person = async (number: string): Promise<Node | undefined> => nodesOf(await authority.persons([number]))[0];
  const nameIn = (node: Node | undefined): string | undefined => (node?.['navne'] as { adresseringsnavn: string }[])[0]?.adresseringsnavn;
  const company = async (): Promise<Node | undefined> => nodesOf(await authority.cvr(COMPANY))[0];

  it('takes null and "unknown" for a number that nobody has', async () => {
    for (const answer of [null, 'unknown', 'not-found', { kind: 'not-found' }]) {
      assert.equal((await put('cpr', '2512489996', answer)).status, 200);
      assert.equal(await person('2512489996'), undefined);
    }
    await put('cvr', '12345678', null);
    assert.equal(await company(), undefined);
  });

  it('takes a simple object, and what it leaves out stays as the world has it', async () => {
    await put('cpr', '2512489996', { status: 'dead', since: '2025-05-01' });
    const dead = await person('2512489996');
    assert.deepEqual([dead?.['status'], String(dead?.['statusdato']).slice(0, 10), nameIn(dead)], ['doed', '2025-05-01', 'Nancy Ann Test Berggren']);
    await put('cpr', '251248-9996', { name: 'Ny Test Navn', protected: true });
    const hidden = await person('2512489996');
    assert.deepEqual([hidden?.['status'], nameIn(hidden)], ['bopael_i_danmark', 'Ny Test Navn']);
    assert.equal((hidden?.['beskyttelser'] as { beskyttelsestype: string }[])[0]?.beskyttelsestype, 'navne_og_adresse');
    for (const [word, status] of [['emigrated', 'udrejst'], ['disappeared', 'forsvundet'], ['inactive', 'nedlagt_person'], ['annulleret', 'annulleret']]) {
      await put('cpr', '2512489996', { status: word });
      assert.equal((await person('2512489996'))?.['status'], status);
    }
  });

  it('takes a new number, under which the same person is found', async () => {
    await put('cpr', '2512489996', { currentNumber: '2512489997' });
    const numbers = (await person('2512489996'))?.['personnumre'];
    assert.deepEqual(numbers, [{ personnummer: '2512489996', status: 'historisk' }, { personnummer: '2512489997', status: 'aktuel' }]);
    assert.deepEqual((await person('2512489997'))?.['personnumre'], numbers);
  });

  it('takes a person the world has never heard of', async () => {
    await put('cpr', '0211223989', { name: 'Aage Test Ukendt', protections: ['markedsfoering'] });
    assert.equal(nameIn(await person('0211223989')), 'Aage Test Ukendt');
  });

  it('takes the answers that CPR gives, as they are written down', async (t) => {
    const text = await readFile(new URL('../../../shared/data/registers/cpr-graphql-public.constructed-responses.json', import.meta.url), 'utf8').catch(() => null);
    if (text === null) return t.skip('../shared/data/registers is not there');
    const responses = JSON.parse(text) as Readonly<Record<string, GraphqlAnswer>>;
    for (const [name, number] of [['found', '2512489996'], ['protected', '2911829996'], ['dead', '2509479989'], ['changed_number', '0201919990']] as const) {
      const response = responses[name];
      assert.ok(response);
      const [wanted] = nodesOf(response);
      assert.equal((await put('cpr', number, name === 'dead' ? wanted : response)).status, 200);
      const got = await person(number);
      for (const field of ['id', 'status', 'statusdato']) assert.equal(got?.[field], wanted?.[field]);
      assert.equal(nameIn(got), nameIn(wanted));
    }
    await put('cpr', '2512489996', responses['not_found']);
    assert.equal(await person('2512489996'), undefined);
    await put('cpr', '2512489996', responses['not_authorized']);
    assert.equal((await authority.persons(['2512489996'])).errors?.[0]?.extensions['code'], 'DAF-AUTH-0001');
  });

  it('takes a company in simple words and in those of CVR', async () => {
    await put('cvr', '12345678', { status: 'ceased', ceasedOn: '2025-06-30', name: 'Lukket Smedje A/S' });
    assert.deepEqual([(await company())?.['status'], (await company())?.['virksomhedOphoersdato']], ['ophørt', '2025-06-30']);
    for (const [word, status] of [['active', 'aktiv'], ['Under konkurs', 'underkonkurs'], ['UNDERTVANGSOPLØSNING', 'undertvangsopløsning']]) {
      await put('cvr', 12345678, { status: word });
      assert.deepEqual([(await company())?.['status'], (await company())?.['virksomhedOphoersdato']], [status, null]);
    }
    await put('cvr', '12345678', { data: { CVR_Virksomhed: { nodes: [{ id: '4009', CVRNummer: 12345678, status: 'aktiv', virksomhedOphoersdato: '2025-01-31' }] } } });
    assert.deepEqual(await company(), { id: '4009', status: 'aktiv', virksomhedOphoersdato: '2025-01-31' });
    await put('cvr', '12345678', { Vrvirksomhed: { cvrNummer: 12345678, livsforloeb: [{ periode: { gyldigFra: '2001-01-01', gyldigTil: '2024-02-29' } }], virksomhedMetadata: { sammensatStatus: 'OPLØST' } } });
    assert.equal((await company())?.['virksomhedOphoersdato'], '2024-02-29');
  });

  it('refuses what it cannot read with a Danish sentence that repeats no number', async () => {
    const wrong: readonly (readonly ['cpr' | 'cvr', unknown, unknown])[] = [
      ['cpr', '12', null], ['cpr', '2512489996', undefined], ['cpr', '2512489996', 7], ['cpr', '2512489996', { status: 'sover' }],
      ['cpr', '2512489996', { '2512489996': 'x' }], ['cpr', '2512489996', { since: 'i går' }], ['cpr', '2512489996', { protected: 'ja' }],
      ['cvr', '2512489996', null], ['cvr', '12345678', { status: '?' }], ['cpr', '2512489996', { currentNumber: '1' }],
    ];
    for (const [register, number, answer] of wrong) {
      const refused = await put(register, number, answer);
      assert.equal(refused.status, 400, JSON.stringify(answer));
      const { message } = refused.json<{ message: string }>();
      assert.match(message, /skal|mangler|kendes/);
      assert.ok(!/\d{10}/.test(message));
    }
    assert.equal((await ask(world, 'POST', '/sandbox/registers/faults', { register: 'bog', mode: 'none' })).status, 400);
    assert.equal((await ask(world, 'POST', '/sandbox/registers/faults', { register: 'cpr', mode: 'forkert' })).status, 400);
    for (const wrongSetting of [{ addressAllowed: 'ja' }, { pageSize: 0 }, { pageSize: 1_001 }, { privateNames: 'navnet' }, { hitsTotal: 'begge' }]) {
      assert.equal((await ask(world, 'POST', '/sandbox/registers/settings', wrongSetting)).status, 400, JSON.stringify(wrongSetting));
    }
  });

  it('answers page by page, and has one of two words for a name, when told to', async () => {
    const persons = (more: string) => `{ CPRCustom_PublicSectorPerson(${more} input: { personnummer: { personnummer: { in: ["0104909989", "0201919990", "1111111118"] } } }) { nodes { id beskyttelser { status } } pageInfo { hasNextPage endCursor } } }`;
    type Page = { readonly nodes: readonly object[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string } };
    const page = async (more = ''): Promise<Page> =>
      (await authority.graphql('/CPR/custom/PublicSector/v2', persons(more))).json<{ data: { CPRCustom_PublicSectorPerson: Page } }>().data.CPRCustom_PublicSectorPerson;
    await ask(world, 'POST', '/sandbox/registers/settings', { pageSize: 2, privateNames: 'navn' });
    const first = await page();
    const last = await page(`first: 3 after: "${first.pageInfo.endCursor}"`);
    assert.deepEqual([first.nodes.length, first.pageInfo.hasNextPage, last.nodes.length, last.pageInfo.hasNextPage], [2, true, 1, false]);
    const schema = async (sector: string) => (await authority.open(`/CPR/custom/${sector}/v2/schema`)).text;
    assert.ok(!/ navne:/.test(await schema('PrivateSector')) && / navn:/.test(await schema('PrivateSector')) && / navne:/.test(await schema('PublicSector')));
    await ask(world, 'POST', '/sandbox/registers/settings', { pageSize: 1_000, privateNames: 'both' });
  });

  it('keeps what it was told over a restart, until it is put back', async () => {
    await put('cpr', '2911829996', { status: 'dead' });
    await put('cvr', '12345678', { status: 'UNDERKONKURS' });
    await ask(world, 'POST', '/sandbox/registers/faults', { register: 'token', mode: 'status', status: 503, count: 2 });
    await closeWorld();
    await openWorld();
    assert.deepEqual([(await authority.askForToken('secret')).status, (await authority.askForToken('secret')).status], [503, 503]);
    assert.equal((await person('2911829996'))?.['status'], 'doed');
    assert.equal((await company())?.['status'], 'underkonkurs');
    assert.equal((await ask(world, 'DELETE', '/sandbox/registers/cpr', { number: '2911829996' })).status, 200);
    assert.equal((await person('2911829996'))?.['status'], 'bopael_i_danmark');
    assert.equal((await ask(world, 'DELETE', '/sandbox/registers/cvr')).status, 200);
    assert.equal((await company())?.['status'], 'aktiv');
    assert.equal(nameIn(await person('0211223989')), 'Aage Test Ukendt');
  });

  it('does not touch whom Digital Post reaches', async () => {
    await put('cpr', '0107729995', { status: 'dead' });
    assert.equal(registrationOf('0107729995'), 'registered');
  });

  it('counts its calls and how many numbers they were about, and tells no number', async () => {
    const before = (await ask(world, 'GET', '/sandbox/registers/cpr/calls')).json<{ calls: number; asked: number }>();
    await authority.persons(['2512489996', '2911829996']);
    const after = (await ask(world, 'GET', '/sandbox/registers/cpr/calls')).json<{ calls: number; asked: number; byWay: object }>();
    assert.deepEqual([after.calls - before.calls, after.asked - before.asked], [1, 2]);
    assert.ok(!/\d{8}/.test(JSON.stringify(after)));
  });

  it('fails as it is told to, so many times', async () => {
    const strike = (fields: object) => ask(world, 'POST', '/sandbox/registers/faults', { register: 'cvr', count: 1, ...fields });
    const call = () => authority.graphql(`/CVR/v2?apiKey=${authority.client.apiKey}`, COMPANY);
    await strike({ mode: 'status', status: 429 });
    assert.deepEqual([(await call()).status, (await call()).status], [429, 200]);
    await strike({ mode: 'retired' });
    assert.deepEqual([(await call()).text, (await call()).status], ['', 200]);
    await strike({ mode: 'invalid' });
    assert.equal((await call()).text, '{"data":{"nodes":[');
    await strike({ mode: 'reset' });
    await assert.rejects(call());
    assert.equal((await call()).status, 200);
    await strike({ mode: 'status', count: undefined });
    assert.deepEqual([(await call()).status, (await authority.virk('virksomhed/_search', {})).status], [503, 503]);
    await strike({ mode: 'none' });
    assert.equal((await call()).status, 200);
  });

  it('can be made to fail from the page of faults', async () => {
    const url = `http://127.0.0.1:${world.front.port}/sandbox/faults/`;
    const choose = (register: string, mode: string) => fetch(`${url}registers/${register}`, { method: 'POST', body: new URLSearchParams({ mode }) });
    assert.equal((await choose('cpr', 'retired')).status, 200);
    const page = await (await fetch(url)).text();
    assert.match(page, /<h2>Registrene<\/h2>.*<option value="retired" selected>Er lukket/s);
    assert.deepEqual([(await choose('bog', 'none')).status, (await choose('cpr', 'forkert')).status], [400, 400]);
    await choose('cpr', 'none');
    assert.doesNotMatch(await (await fetch(url)).text(), /value="retired" selected/);
  });

  it('gives the gateway what it logs on with in files of the owner alone', async () => {
    const file = path.join(folder, 'organisations.json');
    await writeOrganisationsFile(file, world.certificates);
    const { organisations } = JSON.parse(await readFile(file, 'utf8')) as { organisations: [{ lookup: Lookup }, { lookup: Lookup }] };
    const [{ lookup: first }, { lookup: second }] = organisations;
    assert.deepEqual([first.access, second.access, first.cvr.adapter, second.cvr.adapter], ['authority', 'public-sender', 'virk', 'datafordeler']);
    assert.ok(first.cpr.client.certificateFile && first.cpr.client.keyFile);
    for (const secret of [first.cvr.passwordFile, second.cpr.client.secretFile, second.cvr.apiKeyFile]) {
      assert.equal((await stat(secret ?? '')).mode & 0o777, 0o600);
    }
    assert.equal((await readFile(second.cpr.client.secretFile ?? '', 'utf8')).trim(), world.registers.clients[1]?.secret);
  });
});
