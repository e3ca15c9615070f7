import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { registrationOf } from '../../src/sandbox/world.ts';
import { ask, openOutsideWorld, removeFolder, temporaryFolder, type OutsideWorld } from './outside-world.ts';
import { firstError, nodesOf, RegisterTestClient, type GraphqlAnswer } from './register-client.ts';

const PUBLIC = '/CPR/custom/PublicSector/v2';
const PUBLIC_QUERY = 'query ($cpr: [String!]!) { CPRCustom_PublicSectorPerson(input: { personnummer: { personnummer: { in: $cpr } } }) { nodes { id navne { adresseringsnavn } beskyttelser { beskyttelsestype } } } }';

describe('the stand-in registers: Datafordeleren', () => {
  let folder: string;
  let world: OutsideWorld;
  let authority: RegisterTestClient;
  let sender: RegisterTestClient;

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder);
    authority = await RegisterTestClient.open(world, 0);
    sender = await RegisterTestClient.open(world, 1);
  });
  after(async () => {
    await authority[Symbol.asyncDispose]();
    await sender[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });

  const errorOf = async (query: string, path = PUBLIC): Promise<string | undefined> =>
    firstError((await authority.graphql(path, query, { variables: {} })).json<GraphqlAnswer>());

  it('gives a token for 300 seconds against id and secret, and refuses a wrong secret or client', async () => {
    const answer = await authority.askForToken('secret');
    const { expires_in, token_type, access_token } = answer.json<Record<string, unknown>>();
    assert.deepEqual([answer.status, expires_in, token_type], [200, 300, 'Bearer']);
    assert.ok(String(access_token).length > 20);
    for (const form of [{ client_secret: 'forkert' }, { client_id: 'ukendt' }]) {
      const refused = await authority.askForToken('secret', form);
      assert.equal(refused.status, 401);
      assert.equal(refused.json<{ error: string }>().error, 'invalid_client');
    }
    assert.equal((await authority.askForToken('secret', { grant_type: 'password' })).status, 400);
  });

  it('gives a token against the certificate, but only for its own client', async () => {
    assert.equal((await authority.askForToken('certificate')).status, 200);
    assert.equal((await authority.askForToken('certificate', { client_id: sender.client.clientId })).status, 401);
    const { certificate } = world.registers.ports;
    await assert.rejects(fetch(`https://localhost:${certificate}/`, { method: 'POST' }));
  });

  it('answers CPR with 401 without a token, with an unknown one and with one that has ended', async () => {
    assert.equal((await authority.open(PUBLIC, { method: 'POST', body: '{}' })).status, 401);
    assert.equal((await authority.graphql(PUBLIC, PUBLIC_QUERY, { token: 'ukendt' })).status, 401);
    await ask(world, 'POST', '/sandbox/registers/settings', { tokenSeconds: 1 });
    const token = await authority.token();
    await ask(world, 'POST', '/sandbox/registers/settings', { tokenSeconds: 300 });
    assert.equal((await authority.graphql(PUBLIC, PUBLIC_QUERY, { token, variables: { cpr: ['2512489996'] } })).status, 200);
    const deadline = Date.now() + 3_000;
    let status = 200;
    while (status === 200 && Date.now() < deadline) {
      status = (await authority.graphql(PUBLIC, PUBLIC_QUERY, { token, variables: { cpr: ['2512489996'] } })).status;
    }
    assert.equal(status, 401);
  });

  it('tells an authority who a person is, protected or dead, emigrated or with a new number', async () => {
    const numbers = ['2512489996', '1111111118', '0101851001', '0108629996', '0104909989', '0201919990'];
    const nodes = nodesOf(await authority.persons(numbers));
    const byNumber = new Map(nodes.flatMap((node) => (node['personnumre'] as { personnummer: string }[]).map((one) => [one.personnummer, node] as const)));
    const nameOf = (number: string) => (byNumber.get(number)?.['navne'] as { adresseringsnavn: string }[])[0]?.adresseringsnavn;
    const protectionsOf = (number: string) => (byNumber.get(number)?.['beskyttelser'] as { beskyttelsestype: string }[]).map((one) => one.beskyttelsestype);
    assert.equal(nodes.length, 6);
    assert.equal(nameOf('2512489996'), 'Nancy Ann Test Berggren');
    assert.deepEqual([nameOf('1111111118'), protectionsOf('1111111118')], ['Karla Test Hemmelig', ['navne_og_adresse']]);
    assert.deepEqual([byNumber.get('0101851001')?.['status'], String(byNumber.get('0101851001')?.['statusdato']).slice(0, 10)], ['doed', '2025-03-01']);
    assert.deepEqual([byNumber.get('0108629996')?.['status'], String(byNumber.get('0108629996')?.['statusdato']).slice(0, 10)], ['udrejst', '2024-06-01']);
    assert.deepEqual(protectionsOf('0104909989'), ['kreditadvarsel', 'markedsfoering']);
    assert.deepEqual(byNumber.get('0201919990')?.['personnumre'], [
      { personnummer: '0201919990', status: 'historisk' }, { personnummer: '0201919995', status: 'aktuel' },
    ]);
    assert.equal(nameOf('0201919990'), 'Ida Test Ny');
  });

  it('answers with no elements for a number that nobody has, and with an invented name for those of DDMM01xxxx', async () => {
    assert.deepEqual(nodesOf(await authority.persons(['1007256945'])), []);
    const [first] = nodesOf(await authority.persons(['0101012222']));
    const [again] = nodesOf(await authority.persons(['0101012222']));
    assert.deepEqual(first, again);
    assert.match(String((first?.['navne'] as { adresseringsnavn: string }[])[0]?.adresseringsnavn), /^\S+ Test \S+$/);
  });

  it('gives private access the names of those who are not protected, and says nothing of the others', async () => {
    const nodes = nodesOf(await sender.persons(['2512489996', '1111111118', '0104909989']));
    const text = JSON.stringify(nodes);
    assert.equal(nodes.length, 3);
    assert.ok(text.includes('Nancy Ann Test Berggren') && text.includes('Palle Test Reklame'));
    assert.ok(!text.includes('Karla') && !text.includes('Beskyttet navn') && !text.includes('navne_og_adresse'));
    assert.ok(nodes.some((node) => node['navne'] === null));
  });

  it('gives nobody the service that is not his: DAF-AUTH-0001', async () => {
    assert.equal(firstError(await sender.persons(['2512489996'], 'PublicSector')), 'DAF-AUTH-0001');
    assert.equal(firstError(await authority.persons(['2512489996'], 'PrivateSector')), 'DAF-AUTH-0001');
    const modern = await sender.graphql(PUBLIC, PUBLIC_QUERY, { variables: { cpr: ['2512489996'] }, accept: 'application/graphql-response+json' });
    assert.equal(modern.status, 403);
    assert.deepEqual(modern.json<GraphqlAnswer>().data, { CPRCustom_PublicSectorPerson: null });
  });

  it('knows callers by their addresses when told to: DAF-AUTH-0005', async () => {
    await ask(world, 'POST', '/sandbox/registers/settings', { addressAllowed: false });
    assert.equal(firstError(await authority.persons(['2512489996'])), 'DAF-AUTH-0005');
    await ask(world, 'POST', '/sandbox/registers/settings', { addressAllowed: true });
    assert.equal(firstError(await authority.persons(['2512489996'])), undefined);
  });

  it('refuses aliases, several roots, introspection, long lists, missing filters and missing beskyttelser', async () => {
    const root = 'CPRCustom_PublicSectorPerson(input: { personnummer: { personnummer: { eq: "2512489996" } } })';
    assert.equal(await errorOf(`{ a: ${root} { nodes { id beskyttelser { status } } } }`), 'DAF-GQL-0008');
    assert.equal(await errorOf(`{ ${root} { nodes { key: id beskyttelser { status } } } }`), 'DAF-GQL-0008');
    assert.equal(await errorOf(`{ ${root} { nodes { id beskyttelser { status } } } ...F } fragment F on Query { ${root} { nodes { id } } }`), 'DAF-GQL-0010');
    assert.equal(await errorOf('{ __schema { types { name } } }'), 'HC0046');
    assert.equal(await errorOf('{ CPRCustom_PublicSectorPerson { nodes { id beskyttelser { status } } } }'), 'DAF-GQL-0009');
    assert.equal(firstError(await authority.persons(Array.from({ length: 101 }, () => '2512489996'))), 'DAF-GQL-0016');
    assert.equal(nodesOf(await authority.persons(Array.from({ length: 100 }, () => '2512489996'))).length, 1);
    const bare = (await authority.graphql(PUBLIC, `{ ${root} { nodes { id } } }`)).json<GraphqlAnswer>();
    assert.equal(bare.errors?.[0]?.message, 'Required fields are missing in query selection: beskyttelser');
    assert.deepEqual(bare.errors?.[0]?.path, ['CPRCustom_PublicSectorPerson']);
    assert.deepEqual(bare.data, { CPRCustom_PublicSectorPerson: null });
  });

  it('answers errors under 200 as application/json, and a query that cannot be run under 400 as graphql-response+json', async () => {
    const query = '{ __schema { types { name } } }';
    assert.equal((await authority.graphql(PUBLIC, query)).status, 200);
    assert.equal((await authority.graphql(PUBLIC, query, { accept: 'application/graphql-response+json' })).status, 400);
    assert.equal((await authority.graphql(PUBLIC, '{ ukendt }', { accept: 'application/graphql-response+json' })).status, 400);
  });

  it('answers 404 without a body for a version that there is not, and has v1 and v2 of CPR', async () => {
    for (const path of ['/CPR/custom/PublicSector/v3', '/CPR/v1']) {
      const answer = await authority.graphql(path, PUBLIC_QUERY);
      assert.deepEqual([answer.status, answer.text], [404, '']);
    }
    assert.equal((await authority.open(`/CVR/v1?apiKey=${authority.client.apiKey}`, { method: 'POST', body: '{}' })).status, 404);
    assert.equal((await authority.graphql('/CPR/custom/PublicSector/v1', PUBLIC_QUERY, { variables: { cpr: ['2512489996'] } })).status, 200);
    assert.match((await authority.open('/CVR/v2/schema')).text, /CVR_Virksomhed/);
  });

  it('opens CVR with an API key in the address alone', async () => {
    const call = (path: string, authorization: string) => authority.open(path, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify({ query: '{ CVR_Navn(where: { vaerdi: { eq: "x" } }) { nodes { vaerdi } } }' }),
    });
    assert.equal((await call('/CVR/v2', `apikey ${authority.client.apiKey}`)).status, 401);
    assert.equal((await call('/CVR/v2?apiKey=forkert', '')).status, 401);
    assert.equal((await call(`/CVR/v2?apiKey=${authority.client.apiKey}`, '')).status, 200);
  });

  it('finds a company, its name and its address, and its number is a number', async () => {
    const at = '2026-10-09T12:00:00.000000Z';
    const byNumber = 'query ($cvr: Long!, $at: DafDateTime!) { CVR_Virksomhed(first: 1, virkningstid: $at, where: { CVRNummer: { eq: $cvr } }) { nodes { id CVRNummer status virksomhedOphoersdato } } }';
    const [company] = nodesOf(await sender.cvr(byNumber, { cvr: 12345678, at }));
    assert.deepEqual([company?.['CVRNummer'], company?.['status'], company?.['virksomhedOphoersdato']], [12345678, 'aktiv', null]);
    assert.ok((await sender.cvr(byNumber, { cvr: '12345678', at })).errors);
    const byUnit = (entity: string, fields: string) => `query ($id: String!, $at: DafDateTime!) { ${entity}(virkningstid: $at, where: { CVREnhedsId: { eq: $id } }) { nodes { ${fields} } } }`;
    const variables = { id: company?.['id'], at };
    assert.deepEqual(nodesOf(await sender.cvr(byUnit('CVR_Navn', 'vaerdi sekvens'), variables)), [{ vaerdi: 'Smedjen A/S', sekvens: 0 }]);
    const [address] = nodesOf(await sender.cvr(byUnit('CVR_Adressering', 'AdresseringAnvendelse CVRAdresse_postdistrikt'), variables));
    assert.deepEqual(address, { AdresseringAnvendelse: 'beliggenhedsadresse', CVRAdresse_postdistrikt: 'Øvelse' });
    const states = await Promise.all(['56781234', '25052943', '35833684', '99999999'].map(async (cvr) => nodesOf(await sender.cvr(byNumber, { cvr: Number(cvr), at }))[0]));
    assert.deepEqual(states.map((one) => one?.['status']), ['ophørt', 'underkonkurs', 'aktiv', undefined]);
    assert.equal(states[0]?.['virksomhedOphoersdato'], '2024-12-31');
  });

  it('finds companies by their very names only, and the company behind a P number', async () => {
    const byName = (name: string) => sender.cvr('query ($name: String!) { CVR_Navn(where: { vaerdi: { eq: $name } }) { nodes { CVREnhedsId } } }', { name });
    assert.equal(nodesOf(await byName('Smedjen A/S')).length, 1);
    assert.deepEqual(nodesOf(await byName('smedjen a/s')), []);
    const [unit] = nodesOf(await sender.cvr('{ CVR_Produktionsenhed(where: { pNummer: { eq: 1007256945 } }) { nodes { tilknyttetVirksomhedsCVRNummer } pageInfo { hasNextPage } } }'));
    assert.equal(unit?.['tilknyttetVirksomhedsCVRNummer'], 87654321);
  });

  it('says which filters a company needs, in the recorded words', async () => {
    const answer = await sender.cvr('{ CVR_Navn(first: 1) { nodes { vaerdi } } }');
    assert.equal(answer.errors?.[0]?.message, 'When retrieving data for this entity, a filter on at least one of the following fields must be specified: CVREnhedsId, datafordelerRowId, vaerdi');
    assert.equal(firstError(answer), 'DAF-GQL-0009');
    assert.deepEqual(answer.data, { CVR_Navn: null });
  });

  it('answers the recorded calls of the real CVR as the real one does', async (t) => {
    const file = new URL('../../../shared/data/registers/cvr-graphql-v2-recorded.json', import.meta.url);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return t.skip('../shared/data/registers is not there');
    const { interactions } = JSON.parse(text) as { interactions: { request: { query: string; variables: object }; response: GraphqlAnswer }[] };
    for (const { request, response } of interactions) {
      const answer = await sender.cvr(request.query, request.variables);
      assert.deepEqual(Object.keys(answer.data ?? {}), Object.keys(response.data ?? {}));
      assert.equal(firstError(answer), firstError(response));
    }
  });

  it('leaves it to NgDP whom it reaches: of the new numbers the old one is not registered', () => {
    const numbers = ['0201919990', '0201919995', '0108629996', '0104909989', '25052943', '0101015599', '0101015598'];
    assert.deepEqual(numbers.map(registrationOf), [
      'not-registered', 'registered', 'registered', 'registered', 'registered', 'not-registered', 'registered',
    ]);
  });

  it('logs nothing of whom it was asked about', () => {
    assert.ok(!/\d{10}|Hemmelig/.test(world.log.lines.join('\n')));
  });
});
