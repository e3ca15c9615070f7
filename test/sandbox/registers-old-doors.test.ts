import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { SF1520_PATH } from '../../src/sandbox/registers/sf1520-routes.ts';
import { ask, openOutsideWorld, removeFolder, temporaryFolder, type Answer, type OutsideWorld } from './outside-world.ts';
import { RegisterTestClient } from './register-client.ts';

const PUBLIC_LIST = '/CPR/CprPersonFullSimple/1/REST/PersonFullListSimple';
const PRIVATE_PERSON = '/CPR/CprPrivatePNR/2.0.0/rest/PrivatePersonCurrentPNR';
const NAMESPACE = 'http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/5/';
const CONTEXT = ['ServiceAgreementUUID', 'UserSystemUUID', 'UserUUID'];

interface Rest {
  readonly Personer: readonly { readonly Person: Readonly<Record<string, unknown>> }[];
}

interface Hits {
  readonly hits: {
    readonly total: unknown;
    readonly hits: readonly { readonly _source?: { readonly Vrvirksomhed?: { readonly virksomhedMetadata?: { readonly nyesteNavn?: { readonly navn: string } } } } }[];
  };
}

describe('the stand-in registers: the old REST, Serviceplatformen and Virk', () => {
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

  it('lists persons to an authority by the old REST, one or several, and nobody under 200', async () => {
    const one = (await authority.certified(`${PUBLIC_LIST}?pnr.personnummer.eq=2512489996`)).json<Rest>();
    assert.deepEqual((one.Personer[0]?.Person['Navne'] as { Navn: { adresseringsnavn: string } }[])[0]?.Navn.adresseringsnavn, 'Nancy Ann Test Berggren');
    const several = (await authority.certified(`${PUBLIC_LIST}?pnr.personnummer.wi=2512489996|1111111118|1007256945`)).json<Rest>();
    assert.equal(several.Personer.length, 2);
    const nobody = await authority.certified(`${PUBLIC_LIST}?pnr.personnummer.eq=1007256945`);
    assert.deepEqual([nobody.status, nobody.text], [200, '{"Personer":[]}']);
    assert.equal((await authority.certified(`${PUBLIC_LIST}?pnr.personnummer.eq=2512489996&pnr.personnummer.eq=2911829996`)).status, 400);
    assert.equal((await sender.certified(`${PUBLIC_LIST}?pnr.personnummer.eq=2512489996`)).status, 403);
  });

  it('gives private access objects by the old REST, by certificate or password, and of the protected neither name nor address', async () => {
    const person = (await sender.certified(`${PRIVATE_PERSON}?pnr.personnummer.eq=2512489996`)).json<Rest>().Personer[0]?.Person;
    assert.equal((person?.['Navn'] as { adresseringsnavn: string }).adresseringsnavn, 'Nancy Ann Test Berggren');
    const { clientId, secret } = sender.client;
    const open = (password: string) => sender.open(`${PRIVATE_PERSON}?pnr.personnummer.eq=1111111118&username=${clientId}&password=${password}`);
    const hidden = (await open(secret)).json<Rest>();
    assert.deepEqual(hidden, { Personer: [{ Person: { status: 'bopael_i_danmark' } }] });
    assert.equal((await open('forkert')).status, 401);
  });

  const soap = (number: string, options: { readonly context?: string; readonly by?: RegisterTestClient } = {}): Promise<Answer> => {
    const uuid = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001';
    const context = options.context ?? CONTEXT.map((name) => `<c:${name}>${uuid}</c:${name}>`).join('') + '<c:ServiceUUID>4925d7a0-1b5b-11ec-bdc6-b312b83236d4</c:ServiceUUID>';
    return (options.by ?? authority).certified(SF1520_PATH, {
      method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${NAMESPACE}PersonLookup"` },
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><p:PersonLookupRequest xmlns:p="${NAMESPACE}"
        xmlns:c="http://serviceplatformen.dk/xml/schemas/InvocationContext/1/"><c:InvocationContext>${context}</c:InvocationContext>
        <n:PNR xmlns:n="http://serviceplatformen.dk/xml/schemas/cpr/PNR/1/">${number}</n:PNR></p:PersonLookupRequest></s:Body></s:Envelope>`,
    });
  };

  it('answers a SOAP lookup with the name, the status in CPR’s number and whether the address is protected', async () => {
    const alive = await soap('2512489996');
    assert.equal(alive.status, 200);
    assert.match(alive.text, /<personadresseringsnavn>Nancy Ann Test Berggren<.*<status><status>1</s);
    assert.match((await soap('1111111118')).text, /<adressebeskyttelse><beskyttet>true</);
    assert.match((await soap('0101851001')).text, /<status>90<.*<dato>2025-03-01</);
    assert.match((await soap('0201919990')).text, /<gaeldendePersonnummer>0201919995<.*<status>60</);
  });

  it('answers a SOAP lookup of nobody, without a context, or from a stranger to the service with a fault', async () => {
    for (const [answer, text] of [
      [await soap('1007256945'), 'PNR not found'], [await soap('2512489996', { context: '' }), 'Invalid InvocationContext'],
      [await soap('2512489996', { by: sender }), 'Not authorized'],
    ] as const) {
      assert.equal(answer.status, 500);
      assert.ok(answer.text.includes('<faultcode>') && answer.text.includes(`<faultstring>${text}`), answer.text);
    }
    assert.match((await authority.certified(SF1520_PATH, { method: 'POST', body: '<x/>' })).text, /Fault/);
  });

  const search = async (query: unknown, more: object = {}): Promise<readonly string[]> => {
    const answer = await authority.virk('virksomhed/_search', { query, ...more });
    assert.equal(answer.status, 200, answer.text);
    return answer.json<Hits>().hits.hits.map(({ _source }) => _source?.Vrvirksomhed?.virksomhedMetadata?.nyesteNavn?.navn ?? '');
  };

  it('opens Virk to user and password alone', async () => {
    assert.equal((await authority.virk('virksomhed/_search', {}, {})).status, 401);
    assert.equal((await authority.virk('virksomhed/_search', {}, { authorization: 'Basic eDp5' })).status, 401);
    assert.equal((await authority.virk('deltager/_search', {})).status, 404);
  });

  it('finds a company by its number, and answers with the fields that were asked for', async () => {
    const query = { bool: { filter: [{ term: { 'Vrvirksomhed.cvrNummer': 25052943 } }] } };
    const answer = await authority.virk('virksomhed/_search', { query, size: 1, _source: ['Vrvirksomhed.cvrNummer', 'Vrvirksomhed.virksomhedMetadata.sammensatStatus'] });
    assert.deepEqual(answer.json<Hits>().hits.hits[0]?._source, { Vrvirksomhed: { cvrNummer: 25052943, virksomhedMetadata: { sammensatStatus: 'UNDERKONKURS' } } });
    assert.equal(answer.json<Hits>().hits.total, 1);
    const without = await authority.virk('virksomhed/_search', { query, _source: false });
    assert.equal(without.json<Hits>().hits.hits[0]?._source, undefined);
    const excluded = await authority.virk('virksomhed/_search', { query, _source: { includes: ['Vrvirksomhed.virksomhedMetadata.*'], excludes: ['*.nyesteBeliggenhedsadresse', '*.nyesteNavn'] } });
    assert.deepEqual(Object.keys(excluded.json<Hits>().hits.hits[0]?._source?.Vrvirksomhed?.virksomhedMetadata ?? {}), ['nyesteVirksomhedsform', 'sammensatStatus', 'stiftelsesDato']);
  });

  it('searches names by words, beginnings and phrases, whatever their letters’ case', async () => {
    const name = 'Vrvirksomhed.virksomhedMetadata.nyesteNavn.navn';
    assert.deepEqual(await search({ match: { [name]: 'SMEDJEN' } }), ['Smedjen A/S']);
    assert.deepEqual(await search({ query_string: { default_field: name, default_operator: 'AND', query: 'tøm* aps' } }), ['Bergs Tømrer ApS']);
    assert.deepEqual(await search({ query_string: { fields: [name], query: '"ophørt handel" OR smedj*' } }), ['Ophørt Handel ApS', 'Smedjen A/S']);
    assert.deepEqual(await search({ query_string: { query: `${name}:smedjen -aps` } }), ['Smedjen A/S']);
    assert.deepEqual(await search({ match_phrase: { 'Vrvirksomhed.navne.navn': 'gammelsmedjen a' } }), ['Smedjen A/S']);
    assert.deepEqual(await search({ prefix: { [name]: 'konk' } }), ['Konkurs Test ApS']);
  });

  it('keeps the status as analysed text: match finds it, term only its words in small letters', async () => {
    const status = 'Vrvirksomhed.virksomhedMetadata.sammensatStatus';
    assert.deepEqual(await search({ match: { [status]: 'ophørt' } }), ['Ophørt Handel ApS']);
    assert.deepEqual(await search({ term: { [status]: 'UNDERKONKURS' } }), []);
    assert.deepEqual(await search({ term: { [status]: { value: 'underkonkurs' } } }), ['Konkurs Test ApS']);
    const active = await search({ bool: { must: [{ terms: { [status]: ['normal', 'aktiv'] } }], must_not: [{ term: { 'Vrvirksomhed.cvrNummer': 12345678 } }] } });
    assert.ok(active.includes('Bergs Tømrer ApS') && active.includes('Eksempel Kommune') && !active.includes('Smedjen A/S') && !active.includes('Konkurs Test ApS'));
    assert.deepEqual(await search({ bool: { filter: [{ exists: { field: 'Vrvirksomhed.penheder.pNummer' } }] } }), ['Bergs Tømrer ApS']);
    assert.deepEqual(await search({ range: { 'Vrvirksomhed.livsforloeb.periode.gyldigTil': { gte: '2024-12-31' } } }), ['Ophørt Handel ApS']);
  });

  it('finds the company behind a P number', async () => {
    const answer = await authority.virk('produktionsenhed/_search', { query: { term: { 'VrproduktionsEnhed.pNummer': 1007256945 } } });
    const [hit] = answer.json<{ hits: { hits: { _source: { VrproduktionsEnhed: { produktionsEnhedMetadata: object } } }[] } }>().hits.hits;
    assert.equal((hit?._source.VrproduktionsEnhed.produktionsEnhedMetadata as { nyesteCvrNummerRelation: number }).nyesteCvrNummerRelation, 87654321);
  });

  it('gives a window of at most 3,000 hits, and refuses what it cannot read', async () => {
    assert.equal((await search({ match_all: {} }, { from: 0, size: 3_000 })).length > 5, true);
    assert.equal((await search({ match_all: {} }, { from: 1, size: 2 })).length, 2);
    for (const question of [{ from: 2_999, size: 2 }, { query: { ukendt: {} } }, { query: { query_string: { query: '"åben' } } }, { size: 'mange' }]) {
      const answer = await authority.virk('virksomhed/_search', question);
      assert.equal(answer.status, 400);
      assert.ok(answer.json<{ error: { reason: string } }>().error.reason);
    }
  });

  it('counts hits as a number or as an object, as it is told to', async () => {
    await ask(world, 'POST', '/sandbox/registers/settings', { hitsTotal: 'object' });
    const answer = await authority.virk('virksomhed/_search', { query: { term: { 'Vrvirksomhed.cvrNummer': 87654321 } } });
    assert.deepEqual(answer.json<Hits>().hits.total, { value: 1, relation: 'eq' });
    await ask(world, 'POST', '/sandbox/registers/settings', { hitsTotal: 'number' });
  });

  it('answers with a company of the real register as it is, once told to', async (t) => {
    const text = await readFile(new URL('../../../shared/data/registers/cvr-es-company-trimmed.json', import.meta.url), 'utf8').catch(() => null);
    if (text === null) return t.skip('../shared/data/registers is not there');
    const recorded = JSON.parse(text) as { hits: { hits: { _source: object }[] } };
    assert.equal((await ask(world, 'PUT', '/sandbox/registers/cvr', { number: '25052943', answer: recorded })).status, 200);
    const answer = await authority.virk('virksomhed/_search', { query: { bool: { filter: [{ term: { 'Vrvirksomhed.cvrNummer': 25052943 } }] } } });
    assert.deepEqual(answer.json<Hits>().hits.hits[0]?._source, recorded.hits.hits[0]?._source);
  });

  it('logs nothing of whom it was asked about', () => {
    assert.ok(!/\d{10}|Hemmelig/.test(world.log.lines.join('\n')));
  });
});
