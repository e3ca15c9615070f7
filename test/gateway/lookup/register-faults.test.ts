import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import type { OpenedRegisters, StandIn } from './register-stand-in.ts';
import { openDatafordeler, openRegisterWorld, organisationWith, type Answer, type Datafordeler, type RegisterWorld } from './register-stand-in.ts';

const HANNE = '2512489996';
const PUBLIC = 'CPRCustom_PublicSectorPerson';
const nobody: Answer = { body: { data: { [PUBLIC]: { nodes: [] } } } };
const errors = (code: string, message = 'The register says no.'): object =>
  ({ errors: [{ message, path: [PUBLIC], extensions: { code } }], data: { [PUBLIC]: null } });

describe('a register that gives no answer', () => {
  let world: RegisterWorld;
  let datafordeler: Datafordeler;
  let giveToken: StandIn['answer'];
  before(async () => {
    world = await openRegisterWorld();
    datafordeler = await openDatafordeler(world);
    giveToken = datafordeler.tokens.answer;
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    datafordeler.data.asked.length = 0;
    datafordeler.tokens.asked.length = 0;
    datafordeler.tokens.answer = giveToken;
    datafordeler.data.answer = () => nobody;
  });

  const registers = (settings: Readonly<Record<string, string>> = {}): OpenedRegisters => world.registers({ ...datafordeler.settings, ...settings });
  const reasonFor = async (answer: Answer, settings: Readonly<Record<string, string>> = {}): Promise<string> => {
    datafordeler.data.answer = () => answer;
    const told = await registers(settings).person(datafordeler.bySecret(), HANNE);
    if (told.kind !== 'unavailable') return told.kind;
    assert.match(told.text, /^[A-ZÆØÅ].*\.$/u);
    return told.reason;
  };
  const inTurn = (...answers: readonly Answer[]): void => {
    const left = [...answers];
    datafordeler.data.answer = () => left.shift() ?? nobody;
  };

  it('is asked again when it is busy, has a fault, or cuts the line, and then no more', async () => {
    for (const busy of [{ status: 429, body: '' }, { status: 503, body: 'nede' }, { status: 500, body: '{}' }, 'cut'] as const) {
      inTurn(busy, busy);
      datafordeler.data.asked.length = 0;
      assert.equal((await registers({ REGISTER_RETRIES: '2' }).person(datafordeler.bySecret(), HANNE)).kind, 'not-found');
      assert.equal(datafordeler.data.asked.length, 3);
    }
    datafordeler.data.asked.length = 0;
    assert.equal(await reasonFor({ status: 429, body: '', headers: { 'retry-after': '0' } }, { REGISTER_RETRIES: '1' }), 'limit');
    assert.equal(await reasonFor({ status: 503, body: '' }, { REGISTER_RETRIES: '1' }), 'away');
    assert.equal(datafordeler.data.asked.length, 4);
  });

  it('is waited for so long and asked once', async () => {
    assert.equal(await reasonFor('hang', { REGISTER_CALL_TIMEOUT_MS: '80' }), 'away');
    assert.equal(datafordeler.data.asked.length, 1);
  });

  it('tells by its codes why, with HTTP 200 and with 403 and 400', async () => {
    assert.equal(await reasonFor({ body: errors('DAF-AUTH-0001') }), 'no-access');
    assert.equal(await reasonFor({ status: 403, body: errors('DAF-AUTH-0005') }), 'no-access');
    assert.equal(await reasonFor({ status: 403, body: '<html>Forbidden</html>' }), 'no-access');
    assert.equal(await reasonFor({ body: errors('UNKNOWN-CODE', 'The current user is not authorized to access this resource.') }), 'no-access');
    for (const code of ['DAF-GQL-0008', 'DAF-GQL-0009', 'DAF-GQL-0010', 'DAF-GQL-0016', 'HC0046', 'HC0020', 'NOGET-ANDET']) {
      assert.equal(await reasonFor({ status: 400, body: errors(code) }), 'away', code);
    }
  });

  it('is said to be retired when it answers 404, and whoever watches is told which version', async () => {
    datafordeler.data.answer = () => ({ status: 404, body: '' });
    const one = registers({ CPR_GRAPHQL_VERSION: 'v1' });
    const answer = await one.person(datafordeler.bySecret(), HANNE);
    assert.ok(answer.kind === 'unavailable');
    assert.equal(answer.reason, 'retired');
    assert.deepEqual(one.retired.map(({ organisation, register, version }) => [organisation.name, register, version]), [['Kommune 35833684', 'cpr', 'v1']]);
  });

  it('is away when its answer cannot be read', async () => {
    const bad: readonly Answer[] = [
      { body: '{"data":{' }, { body: '' }, { body: 'null' }, { body: '[]' }, { body: {} }, { body: { data: null } }, { body: { data: {} } },
      { body: { data: { [PUBLIC]: null } } }, { body: { data: { [PUBLIC]: { nodes: null } } } }, { body: { data: { [PUBLIC]: { nodes: ['x'] } } } },
      { body: { data: { [PUBLIC]: { nodes: [{ personnumre: [{ personnummer: 5 }] }] } } } }, { body: '<html></html>', headers: { 'content-type': 'text/html' } },
      { status: 302, body: '', headers: { location: 'https://localhost/' } },
    ];
    for (const answer of bad) assert.equal(await reasonFor(answer), 'away', JSON.stringify(answer));
    assert.equal(await reasonFor({ body: ' '.repeat(9_000_000) }), 'away', 'too large');
  });

  it('costs the numbers of its call only when one answer among several is bad', async () => {
    const numbers = Array.from({ length: 300 }, (_, n) => `0101${String(n).padStart(6, '0')}`);
    let calls = 0;
    datafordeler.data.answer = () => (++calls === 1 ? { body: 'x' } : nobody);
    const answers = await registers({ REGISTER_CONCURRENCY: '1' }).persons(datafordeler.bySecret(), numbers);
    assert.deepEqual([answers.filter(({ kind }) => kind === 'unavailable').length, answers.filter(({ kind }) => kind === 'not-found').length], [100, 200]);
  });

  it('is not asked on by a batch when every question would fare the same', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, n) => `0101${String(n).padStart(6, '0')}`);
    datafordeler.data.answer = () => ({ body: errors('DAF-AUTH-0001') });
    const answers = await registers({ REGISTER_CONCURRENCY: '2' }).persons(datafordeler.bySecret(), numbers);
    assert.ok(answers.every((answer) => answer.kind === 'unavailable' && answer.reason === 'no-access'));
    assert.ok(datafordeler.data.asked.length <= 2);
  });

  it('is given up by a batch after three bad answers', async () => {
    const numbers = Array.from({ length: 1_000 }, (_, n) => `0101${String(n).padStart(6, '0')}`);
    datafordeler.data.answer = () => ({ body: errors('HC0008', 'Unexpected Execution Error') });
    const answers = await registers({ REGISTER_CONCURRENCY: '1' }).persons(datafordeler.bySecret(), numbers);
    assert.ok(answers.every(({ kind }) => kind === 'unavailable'));
    assert.equal(datafordeler.data.asked.length, 3);
  });

  it('is never sent numbers, secrets or keys over a line that others can read', async () => {
    const clear = { DATAFORDELER_GRAPHQL_URL: 'http://register.invalid', DATAFORDELER_REST_URL: 'http://register.invalid', SF1520_URL: 'http://register.invalid' };
    const uuid = '11111111-1111-4111-8111-111111111111';
    const certificate = await world.certificate('klar');
    const one = registers(clear);
    const ways = [
      datafordeler.bySecret(), organisationWith({ access: 'company', cpr: { adapter: 'datafordeler-rest', ...certificate } }),
      organisationWith({ access: 'authority', cpr: { adapter: 'sf1520', ...certificate, serviceAgreementUuid: uuid, userSystemUuid: uuid, userUuid: uuid } }),
    ];
    for (const way of ways) assert.match(await one.testRegister(way, 'cpr') ?? '', /begynder ikke med https/, way.lookup.cpr?.adapter);
    const company = organisationWith({ cvr: { adapter: 'datafordeler', apiKeyFile: await world.file('klar-noegle', 'n') } });
    assert.match(await one.testRegister(company, 'cvr') ?? '', /begynder ikke med https/);
    assert.match(await registers({ DATAFORDELER_TOKEN_URL: 'http://tokens.invalid/' }).testRegister(datafordeler.bySecret(), 'cpr') ?? '', /DATAFORDELER_TOKEN_URL begynder ikke med https/);
  });

  it('is no access where the organisation has none', async () => {
    const none = organisationWith({});
    const one = registers();
    for (const answer of [await one.person(none, HANNE), await one.company(none, '35833684'), await one.searchCompanies(none, 'Lego', 5)]) {
      assert.ok('kind' in answer && answer.kind === 'unavailable');
      assert.equal(answer.reason, 'no-access');
    }
    assert.equal(await one.productionUnit(none, '1019601052'), null);
    const noKind = organisationWith({ cpr: datafordeler.bySecret().lookup.cpr });
    assert.equal((await one.person(noKind, HANNE)).kind, 'unavailable');
  });

  it('is asked for a token once more after the token service failed', async () => {
    datafordeler.tokens.answer = () => ({ status: 401, body: { error: 'invalid_client' } });
    const one = registers();
    const answers = await Promise.all([1, 2, 3].map(() => one.person(datafordeler.bySecret(), HANNE)));
    assert.ok(answers.every((answer) => answer.kind === 'unavailable' && answer.reason === 'no-access'));
    assert.equal(datafordeler.tokens.asked.length, 1);
    datafordeler.tokens.answer = giveToken;
    assert.equal((await one.person(datafordeler.bySecret(), HANNE)).kind, 'not-found');
  });

  it('uses a changed entry of the organisation at once', async () => {
    const one = registers();
    const before = datafordeler.bySecret();
    assert.equal((await one.person(before, HANNE)).kind, 'not-found');
    datafordeler.data.answer = () => ({ body: { data: { CPRCustom_PrivateSectorPerson: { nodes: [] } } } });
    assert.equal((await one.person(datafordeler.bySecret('company'), HANNE)).kind, 'not-found');
    assert.deepEqual(datafordeler.data.asked.map(({ path }) => path), ['/CPR/custom/PublicSector/v2', '/CPR/custom/PrivateSector/v2']);
  });

  it('says nothing of numbers, names, keys and secrets in answers and log lines, whatever it wrote', async () => {
    const secrets = ['en-hemmelighed', 'noegle-1234', 'et-token', 'Karla Test Hemmelig'];
    const apiKeyFile = await world.file('property-key', 'noegle-1234');
    const organisation = { ...datafordeler.bySecret(), lookup: { ...datafordeler.bySecret().lookup, cvr: { adapter: 'datafordeler', apiKeyFile, apiKeyExpiresOn: null } } } as const;
    const one = registers({ REGISTER_RETRIES: '0' });
    const digits = fc.tuple(fc.nat(999_999), fc.nat(9_999)).map(([a, b]) => `${String(a).padStart(6, '0')}${String(b).padStart(4, '0')}`);
    await fc.assert(fc.asyncProperty(digits, fc.constantFrom(200, 302, 400, 401, 403, 404, 429, 500), fc.nat(4), async (cpr, status, shape) => {
      const said = `${cpr} ${secrets.join(' ')} https://localhost/?apiKey=noegle-1234&pnr=${cpr}`;
      const bodies = [said, `{"data": ${said}`, JSON.stringify(errors(said, said)), JSON.stringify(errors(`DAF-${cpr}`, said)), JSON.stringify({ data: { [said]: said } })];
      datafordeler.data.answer = () => ({ status, body: bodies[shape] ?? '' });
      const answers = [
        await one.person(organisation, cpr), await one.company(organisation, cpr.slice(0, 8)), await one.searchCompanies(organisation, said, 5),
        await one.productionUnit(organisation, cpr), await one.testRegister(organisation, 'cpr', cpr), await one.testRegister(organisation, 'cvr'),
      ];
      const told = `${JSON.stringify(answers)} ${one.lines.join(' ')}`;
      for (const secret of [cpr, `${cpr.slice(0, 6)}-${cpr.slice(6)}`, `${cpr.slice(0, 6)}-xxxx`, ...secrets, 'apiKey=']) assert.ok(!told.includes(secret), secret);
    }), { numRuns: 60 });
    assert.ok(one.lines.length > 60);
  });
});

describe('“Test forbindelsen”', () => {
  let world: RegisterWorld;
  let datafordeler: Datafordeler;
  before(async () => {
    world = await openRegisterWorld();
    datafordeler = await openDatafordeler(world);
    datafordeler.data.answer = () => nobody;
  });
  after(() => world[Symbol.asyncDispose]());
  const test = async (settings: Readonly<Record<string, string>> = {}, organisation = datafordeler.bySecret()): Promise<string | null> =>
    await world.registers({ ...datafordeler.settings, ...settings }).testRegister(organisation, 'cpr');
  const withAnswer = async (standIn: StandIn, answer: Answer, organisation = datafordeler.bySecret()): Promise<string> => {
    const before = standIn.answer;
    standIn.answer = () => answer;
    const text = await test({ REGISTER_CALL_TIMEOUT_MS: '300', REGISTER_RETRIES: '0' }, organisation);
    standIn.answer = before;
    return text ?? '';
  };

  it('says nothing when all is right, by secret and by certificate, and asks for a token each time', async () => {
    const one = world.registers(datafordeler.settings);
    const before = datafordeler.tokens.asked.length;
    assert.deepEqual([await one.testRegister(datafordeler.bySecret(), 'cpr'), await one.testRegister(datafordeler.bySecret(), 'cpr')], [null, null]);
    assert.equal(datafordeler.tokens.asked.length - before, 2);
    assert.equal(await one.testRegister(datafordeler.byCertificate(), 'cpr', HANNE), null);
  });

  it('says which part is wrong', async () => {
    const { tokens, certificateTokens, data } = datafordeler;
    assert.match(await withAnswer(tokens, { status: 401, body: { error: 'invalid_client' } }), /tokentjeneste kender ikke clientId og hemmeligheden.*HTTP 401/);
    assert.match(await withAnswer(tokens, { status: 404, body: '' }), /DATAFORDELER_TOKEN_URL/);
    assert.match(await withAnswer(tokens, { body: '<html></html>' }), /DATAFORDELER_TOKEN_URL/);
    assert.match(await withAnswer(tokens, 'hang'), /tokentjeneste svarer ikke i tide/);
    assert.match(await withAnswer(certificateTokens, { status: 400, body: 'No required SSL certificate was sent' }, datafordeler.byCertificate()), /afviser certifikatet/);
    assert.match(await withAnswer(certificateTokens, { status: 401, body: { error: 'invalid_client' } }, datafordeler.byCertificate()), /kender ikke clientId med det certifikat/);
    assert.match(await withAnswer(data, { status: 401, body: '' }), /tager ikke imod det token/);
    assert.match(await withAnswer(data, { body: errors('DAF-AUTH-0001') }), /ingen godkendt Dataadgang til CPR.*DAF-AUTH-0001/);
    assert.match(await withAnswer(data, { status: 403, body: errors('DAF-AUTH-0005') }), /IP-adresse står ikke på listen hos Datafordeleren.*DAF-AUTH-0005/);
    assert.match(await withAnswer(data, { status: 404, body: '' }), /CPR_GRAPHQL_VERSION/);
    assert.match(await withAnswer(data, { body: errors('HC0020') }), /tager ikke imod spørgsmålet.*CPR_GRAPHQL_VERSION/);
    assert.match(await withAnswer(data, { status: 503, body: '' }), /har en fejl.*HTTP 503/);
    assert.match(await withAnswer(data, 'hang'), /Datafordeleren svarer ikke i tide/);
    assert.match(await withAnswer(data, { body: 'x' }), /kan ikke læses/);
  });

  it('says when a file, a certificate, an authority, a host or an address is wrong', async () => {
    const client = (changes: object) => organisationWith({ access: 'authority', cpr: { adapter: 'datafordeler', client: { clientId: 'k', ...changes } } });
    const certificate = await world.certificate('god');
    const other = await world.certificate('anden');
    assert.match(await test({}, client({ secretFile: `${world.folder}/findes-ikke` })) ?? '', /secretFile kan ikke læses/);
    assert.match(await test({}, client({ secretFile: await world.file('tom', '\n') })) ?? '', /den er tom/);
    assert.match(await test({}, client({ ...certificate, certificateFile: `${world.folder}/findes-ikke` })) ?? '', /certificateFile eller keyFile/);
    assert.match(await test({}, client({ ...certificate, keyFile: other.keyFile })) ?? '', /hører ikke sammen/);
    assert.match(await test({}, client({ ...certificate, keyFile: await world.file('skidt', 'ikke PEM') })) ?? '', /certificateFile eller keyFile/);
    const strange = await import('../accept/client-certificates.ts').then(({ makeClientAuthority }) => makeClientAuthority('Fremmed CA'));
    const { cert, key } = await strange.issue('fremmed');
    const stranger = client({ certificateFile: await world.file('f.pem', cert), keyFile: await world.file('f.key', key) });
    assert.match(await test({ REGISTER_RETRIES: '0' }, stranger) ?? '', /certifikat/);
    assert.match(await test({ REGISTER_CA_FILE: await world.file('fremmed-ca.pem', strange.pem) }) ?? '', /REGISTER_CA_FILE/);
    assert.match(await test({ DATAFORDELER_GRAPHQL_URL: 'ikke en adresse' }) ?? '', /DATAFORDELER_GRAPHQL_URL/);
    assert.match(await test({ DATAFORDELER_GRAPHQL_URL: datafordeler.data.url.replace('localhost', '127.0.0.1') }) ?? '', /DATAFORDELER_GRAPHQL_URL/);
    assert.match(await test({}, organisationWith({})) ?? '', /lookup\.cpr/);
    assert.match(await test({}, organisationWith({ cpr: datafordeler.bySecret().lookup.cpr })) ?? '', /lookup\.access/);
  });

  it('says when nobody answers there, or no TLS is spoken', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, 'localhost', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    assert.match(await test({ DATAFORDELER_GRAPHQL_URL: `https://localhost:${port}`, REGISTER_RETRIES: '0' }) ?? '', /kan ikke nås/);
    const plain = await world.standIn('plain');
    assert.match(await test({ DATAFORDELER_GRAPHQL_URL: plain.url.replace('http:', 'https:') }) ?? '', /taler ikke TLS/);
  });
});
