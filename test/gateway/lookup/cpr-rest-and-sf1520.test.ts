import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openRegisterWorld, organisationWith, type Answer, type OpenedRegisters, type RegisterWorld, type StandIn } from './register-stand-in.ts';
import type { OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';

const HANNE = '2512489996';
const OTHER = '0104909995';

describe('CPR at Datafordeleren’s old REST', () => {
  let world: RegisterWorld;
  let data: StandIn;
  let mutual: StandIn;
  let byCertificate: (access: string) => OrganisationEntry;
  let byPassword: OrganisationEntry;
  before(async () => {
    world = await openRegisterWorld();
    [data, mutual] = [await world.standIn(), await world.standIn('mutual')];
    const certificate = await world.certificate('funktion');
    byCertificate = (access) => organisationWith({ access, cpr: { adapter: 'datafordeler-rest', ...certificate } });
    const passwordFile = await world.file('kode', 'hemmelig&kode\n');
    byPassword = organisationWith({ access: 'company', cpr: { adapter: 'datafordeler-rest', user: 'bruger', passwordFile } });
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    data.asked.length = 0;
    mutual.asked.length = 0;
  });

  const publicPerson = (changes: object = {}): object => ({
    Person: {
      id: 'x', status: 'bopael_i_danmark', Personnumre: [{ Personnummer: { personnummer: HANNE, status: 'aktuel' } }],
      Navne: [{ Navn: { adresseringsnavn: 'Hanne Før', status: 'historisk' } }, { Navn: { adresseringsnavn: 'Hanne Test', status: 'aktuel' } }],
      ...changes,
    },
  });
  const persons = (...all: readonly object[]): Answer => ({ body: { Personer: all } });

  it('is asked by an authority with its certificate, many numbers at once', async () => {
    mutual.answer = () => persons(publicPerson());
    const answers = await world.registers({ DATAFORDELER_REST_URL: mutual.url }).persons(byCertificate('authority'), [HANNE, OTHER]);
    assert.deepEqual(answers.map((answer) => (answer.kind === 'found' ? answer.name : answer.kind)), ['Hanne Test', 'not-found']);
    const [asked] = mutual.asked;
    assert.equal(asked?.path, '/CPR/CprPersonFullSimple/1/REST/PersonFullListSimple');
    assert.deepEqual([...(asked?.query ?? [])], [['pnr.personnummer.wi', `${HANNE}|${OTHER}`]]);
    assert.equal(asked?.certificateName, 'funktion');
  });

  it('is asked by a company with name and password, one number at a time', async () => {
    data.answer = ({ query }) => (query.get('pnr.personnummer.eq') === HANNE ? persons({ Person: { status: 'udrejst', Navn: { adresseringsnavn: 'Hanne Test', status: 'aktuel' } } }) : persons());
    const answers = await world.registers({ DATAFORDELER_REST_URL: `${data.url}/` }).persons(byPassword, [HANNE, OTHER]);
    assert.deepEqual(answers[0], { kind: 'found', name: 'Hanne Test', nameState: 'shown', protected: false, state: 'emigrated', since: null, currentCpr: null });
    assert.deepEqual(answers[1], { kind: 'not-found' });
    assert.equal(data.asked.length, 2);
    assert.equal(data.asked[0]?.path, '/CPR/CprPrivatePNR/2.0.0/rest/PrivatePersonCurrentPNR');
    assert.deepEqual([data.asked[0]?.query.get('username'), data.asked[0]?.query.get('password')], ['bruger', 'hemmelig&kode']);
  });

  it('hides protected names, and knows changed numbers and those who got no name', async () => {
    const registers = world.registers({ DATAFORDELER_REST_URL: mutual.url });
    mutual.answer = () => persons(publicPerson({ Beskyttelser: [{ Beskyttelse: { beskyttelsestype: 'navne_og_adresse' } }] }));
    const hidden = await registers.person(byCertificate('authority'), HANNE);
    assert.ok(hidden.kind === 'found');
    assert.deepEqual([hidden.name, hidden.nameState, hidden.protected], [null, 'protected', true]);
    const numbers = [{ Personnummer: { personnummer: HANNE, status: 'historisk' } }, { Personnummer: { personnummer: OTHER, status: 'aktuel' } }];
    mutual.answer = () => persons(publicPerson({ Personnumre: numbers, Beskyttelser: [{ Beskyttelse: { beskyttelsestype: 'markedsfoering' } }] }));
    const changed = await registers.person(byCertificate('authority'), HANNE);
    assert.ok(changed.kind === 'found');
    assert.deepEqual([changed.name, changed.currentCpr], ['Hanne Test', OTHER]);
    mutual.answer = () => persons({ Person: { status: 'bopael_i_danmark' } });
    const withheld = await registers.person(byCertificate('public-sender'), HANNE);
    assert.ok(withheld.kind === 'found');
    assert.deepEqual([withheld.name, withheld.nameState, withheld.protected], [null, 'not-delivered', null]);
  });

  it('has nobody with an empty list, also under 404, and is retired with any other 404', async () => {
    const registers = world.registers({ DATAFORDELER_REST_URL: mutual.url });
    const ask = async (answer: Answer) => {
      mutual.answer = () => answer;
      const told = await registers.person(byCertificate('authority'), HANNE);
      return told.kind === 'unavailable' ? told.reason : told.kind;
    };
    assert.equal(await ask(persons()), 'not-found');
    assert.equal(await ask({ status: 404, body: { Personer: [] } }), 'not-found');
    for (const body of ['', 'null', '{}', '{"message":"no such service"}', '{"Personer":"x"}']) assert.equal(await ask({ status: 404, body }), 'retired', body);
    assert.deepEqual(registers.retired.map(({ version }) => version), ['1', '1', '1', '1', '1']);
    assert.equal(await ask({ status: 403, body: '' }), 'no-access');
    assert.equal(await ask({ body: '{"Personer":{}}' }), 'away');
    assert.ok(registers.lines.every((line) => !line.includes(HANNE.slice(0, 6)) && !line.includes('http')));
  });
});

describe('CPR at Serviceplatformen’s SF1520', () => {
  let world: RegisterWorld;
  let platform: StandIn;
  let registers: OpenedRegisters;
  let organisation: OrganisationEntry;
  before(async () => {
    world = await openRegisterWorld();
    platform = await world.standIn('mutual');
    registers = world.registers({ SF1520_URL: `${platform.url}/service/CPR/PersonBaseDataExtended/5` });
    organisation = organisationWith({
      access: 'authority',
      cpr: {
        adapter: 'sf1520', ...(await world.certificate('kommune')), serviceAgreementUuid: '11111111-1111-4111-8111-1111111111AA',
        userSystemUuid: '22222222-2222-4222-8222-222222222222', userUuid: '33333333-3333-4333-8333-333333333333',
      },
    });
  });
  after(() => world[Symbol.asyncDispose]());

  const xml = { 'content-type': 'text/xml; charset=utf-8' };
  const envelope = (body: string): string => `<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`;
  const answerWith = (persondata: string): Answer => ({
    headers: xml,
    body: envelope(`<n:PersonLookupResponse xmlns:n="http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/5/" xmlns="http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/5/">
      <persondata>${persondata}</persondata><adresse/><relationer><barn><personnummer>0101010101</personnummer></barn></relationer></n:PersonLookupResponse>`),
  });
  const fault = (text: string, status = 500): Answer => ({ status, headers: xml, body: envelope(`<S:Fault><faultcode>S:Server</faultcode><faultstring>${text}</faultstring></S:Fault>`) });
  const ask = async (answer: Answer) => {
    platform.answer = () => answer;
    return await registers.person(organisation, HANNE);
  };
  const open = '<adressebeskyttelse><beskyttet>false</beskyttet></adressebeskyttelse>';
  const name = '<navn><personadresseringsnavn>Hanne &amp; Test</personadresseringsnavn><fornavn>Hanne</fornavn></navn>';
  const status = (code: number, date = '2025-03-01T00:00:00.000+01:00'): string => `<status><status>${code}</status><statusdato><dato>${date}</dato></statusdato></status>`;

  it('is asked in SOAP 1.1 with the certificate, the agreement in lower case, and one number', async () => {
    await ask(answerWith(`<personnummer>${HANNE}</personnummer>${name}${status(1)}`));
    const asked = platform.asked.at(-1);
    assert.deepEqual([asked?.method, asked?.path, asked?.certificateName], ['POST', '/service/CPR/PersonBaseDataExtended/5', 'kommune']);
    assert.equal(asked?.headers.soapaction, '"http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/5/PersonLookup"');
    assert.match(asked?.body ?? '', /<c:PNR [^>]*>2512489996<\/c:PNR>/);
    assert.match(asked?.body ?? '', /ServiceAgreementUUID>11111111-1111-4111-8111-1111111111aa</);
    assert.match(asked?.body ?? '', /ServiceUUID>4925d7a0-1b5b-11ec-bdc6-b312b83236d4</);
  });

  it('gives name, state by number, and since when', async () => {
    assert.deepEqual(await ask(answerWith(`<personnummer>${HANNE}</personnummer>${name}${status(90)}${open}`)), {
      kind: 'found', name: 'Hanne & Test', nameState: 'shown', protected: false, state: 'dead', since: '2025-03-01', currentCpr: null,
    });
    const states = [];
    for (const code of [1, 3, 5, 7, 20, 30, 50, 60, 70, 80]) {
      const answer = await ask(answerWith(`${name}${status(code)}`));
      states.push(answer.kind === 'found' ? answer.state : answer.kind);
    }
    assert.deepEqual(states, ['alive', 'alive', 'alive', 'alive', 'alive', 'inactive', 'inactive', 'inactive', 'disappeared', 'emigrated']);
  });

  it('hides the name for address protection, and for no other', async () => {
    const hidden = await ask(answerWith(`${name}${status(1)}<adressebeskyttelse><startdato>2020-01-01</startdato><beskyttet>true</beskyttet></adressebeskyttelse>`));
    assert.ok(hidden.kind === 'found');
    assert.deepEqual([hidden.name, hidden.nameState, hidden.protected], [null, 'protected', true]);
    const shown = await ask(answerWith(`${name}<adressebeskyttelse><beskyttet>false</beskyttet></adressebeskyttelse><markedsfoeringsbeskyttelse><beskyttet>true</beskyttet></markedsfoeringsbeskyttelse>`));
    assert.ok(shown.kind === 'found');
    assert.deepEqual([shown.name, shown.protected], ['Hanne & Test', false]);
  });

  it('gives no name when it does not say whether that is protected, whatever the access', async () => {
    platform.answer = () => answerWith(`${name}${status(1)}`);
    for (const access of ['authority', 'public-sender', 'company']) {
      const asked = { ...organisation, lookup: organisationWith({ ...organisation.lookup, access }).lookup };
      for (const protection of ['', '<adressebeskyttelse/>', '<adressebeskyttelse><beskyttet>måske</beskyttet></adressebeskyttelse>']) {
        platform.answer = () => answerWith(`${name}${status(1)}${protection}`);
        const told = await registers.person(asked, HANNE);
        assert.ok(told.kind === 'found');
        assert.deepEqual([told.name, told.nameState, told.protected, told.state], [null, 'not-delivered', null, 'alive'], `${access} ${protection}`);
      }
    }
  });

  it('leads to the number that holds now', async () => {
    const answer = await ask(answerWith(`<personnummer>${HANNE}</personnummer><gaeldendePersonnummer>${OTHER}</gaeldendePersonnummer>${name}${status(60)}`));
    assert.ok(answer.kind === 'found');
    assert.deepEqual([answer.currentCpr, answer.state], [OTHER, 'inactive']);
  });

  it('has nobody when the fault says so, and is no access or away with another fault', async () => {
    for (const text of ['PNR not found', 'Personnummer ikke fundet', 'PNR ukendt i CPR', 'CPR: person unknown', 'No data found']) {
      assert.deepEqual(await ask(fault(text)), { kind: 'not-found' }, text);
    }
    assert.deepEqual(await ask(fault('PNR not found', 200)), { kind: 'not-found' });
    const reason = async (answer: Answer) => {
      const told = await ask(answer);
      return told.kind === 'unavailable' ? told.reason : told.kind;
    };
    assert.equal(await reason(fault('Service agreement not found')), 'no-access');
    assert.equal(await reason(fault('Not authorized')), 'no-access');
    assert.equal(await reason(fault('Endpoint not found')), 'away');
    assert.equal(await reason(fault('Unknown error')), 'away');
    assert.equal(await reason({ status: 404, body: '' }), 'retired');
    assert.equal(await reason({ status: 503, body: 'nede' }), 'away');
    assert.equal(await reason({ headers: xml, body: `<!DOCTYPE x [<!ENTITY y "z">]>${envelope('<a>&y;</a>')}` }), 'away');
    assert.equal(await reason({ headers: xml, body: envelope('<noget/>') }), 'away');
    assert.ok(registers.lines.every((line) => !line.includes(HANNE.slice(0, 6))));
  });

  it('is tested with a number that is nobody’s', async () => {
    platform.answer = () => fault('PNR not found');
    assert.equal(await registers.testRegister(organisation, 'cpr'), null);
    platform.answer = () => fault('Service agreement is not valid');
    assert.match(await registers.testRegister(organisation, 'cpr') ?? '', /Serviceplatformen kender ikke serviceaftalen/);
    assert.match(await world.registers({}).testRegister(organisation, 'cpr') ?? '', /SF1520_URL/);
  });
});
