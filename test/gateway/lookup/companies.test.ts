import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import type { OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import { openRegisterWorld, organisationWith, type Answer, type Asked, type OpenedRegisters, type RegisterWorld, type StandIn } from './register-stand-in.ts';

const questionSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });
const questionOf = ({ body }: Asked) => questionSchema.parse(JSON.parse(body));
const rootOf = (asked: Asked): string => /CVR_\w+/.exec(questionOf(asked).query)?.[0] ?? '';
const nodes = (root: string, ...all: readonly object[]): Answer => ({ body: { data: { [root]: { nodes: all } } } });

describe('CVR at Datafordeleren’s GraphQL', () => {
  let world: RegisterWorld;
  let data: StandIn;
  let registers: OpenedRegisters;
  let organisation: OrganisationEntry;
  before(async () => {
    world = await openRegisterWorld();
    data = await world.standIn();
    registers = world.registers({ DATAFORDELER_GRAPHQL_URL: data.url });
    organisation = organisationWith({ cvr: { adapter: 'datafordeler', apiKeyFile: await world.file('noegle', ' n/ø+gle\n') } });
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    data.asked.length = 0;
  });

  const answerWith = (answers: Readonly<Record<string, readonly object[]>>): void => {
    data.answer = (asked) => nodes(rootOf(asked), ...(answers[rootOf(asked)] ?? []));
  };

  it('is asked with the key in the address, a Long, a moment in six decimals, and one root a call', async () => {
    answerWith({ CVR_Virksomhed: [{ id: '40', CVRNummer: 1234567, status: 'aktiv' }], CVR_Navn: [{ vaerdi: 'Nul ApS' }] });
    const answer = await registers.company(organisation, '01234567');
    assert.ok(answer.kind === 'found');
    assert.deepEqual([answer.company.cvr, answer.company.name, answer.company.state, answer.company.address], ['01234567', 'Nul ApS', 'active', []]);
    assert.ok(data.asked.every(({ path, query }) => path === '/CVR/v2' && query.get('apiKey') === 'n/ø+gle'));
    const [first] = data.asked;
    assert.ok(first);
    const { variables } = questionOf(first);
    assert.equal(variables['cvr'], 1234567);
    assert.match(String(variables['at']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    assert.ok(data.asked.every((asked) => questionOf(asked).query.match(/CVR_[A-Z]?\w+\(/g)?.length === 1));
  });

  it('reads a Long that comes as text, and takes the name with sekvens 0 and the address of the place', async () => {
    answerWith({
      CVR_Virksomhed: [{ id: '40', CVRNummer: '35833684', status: 'Aktiv', virksomhedStartdato: '2000-01-01', virksomhedOphoersdato: null }],
      CVR_Navn: [{ vaerdi: 'Binavn', sekvens: 1 }, { vaerdi: 'Navnet', sekvens: 0 }],
      CVR_Adressering: [
        { AdresseringAnvendelse: 'postadresse', CVRAdresse_vejnavn: 'Postvej', CVRAdresse_postnummer: '1000' },
        { AdresseringAnvendelse: 'beliggenhedsadresse', CVRAdresse_vejnavn: 'Torvet', CVRAdresse_husnummerFra: '1', CVRAdresse_postnummer: '0999', CVRAdresse_postdistrikt: 'By' },
      ],
      CVR_Telefonnummer: [{ vaerdi: '00112233' }], CVR_e_mailadresse: [{ vaerdi: 'post@navnet.example' }],
    });
    const answer = await registers.company(organisation, '35833684');
    assert.deepEqual(answer, {
      kind: 'found',
      company: {
        cvr: '35833684', name: 'Navnet', state: 'active', stateText: null, ceasedOn: null,
        address: ['Torvet 1', '0999 By'], phone: '00112233', email: 'post@navnet.example',
      },
    });
  });

  it('does without telephone and e-mail where the version has them not, and asks for them no more', async () => {
    data.answer = (asked) => (/Telefon|mail/.test(rootOf(asked))
      ? { body: { errors: [{ message: 'The field does not exist on the type Query.', extensions: { code: 'HC0018' } }] } }
      : nodes(rootOf(asked), { id: '40', CVRNummer: 35833684, status: 'aktiv', vaerdi: 'Navnet' }));
    const own = world.registers({ DATAFORDELER_GRAPHQL_URL: data.url });
    for (const expected of [5, 8]) {
      const answer = await own.company(organisation, '35833684');
      assert.ok(answer.kind === 'found');
      assert.deepEqual([answer.company.name, answer.company.phone, data.asked.length], ['Navnet', null, expected]);
    }
  });

  it('tells of companies that have ceased, are in distress, or are nobody', async () => {
    const stateOf = async (company: object) => {
      answerWith({ CVR_Virksomhed: [{ id: '40', CVRNummer: 56781234, ...company }], CVR_Navn: [{ vaerdi: 'X' }] });
      const answer = await registers.company(organisation, '56781234');
      return answer.kind === 'found' ? [answer.company.state, answer.company.stateText, answer.company.ceasedOn] : answer.kind;
    };
    assert.deepEqual(await stateOf({ status: 'aktiv', virksomhedOphoersdato: '2024-12-31' }), ['ceased', 'Ophørt', '2024-12-31']);
    assert.deepEqual(await stateOf({ status: 'ophørt', virksomhedOphoersdato: null }), ['ceased', 'Ophørt', null]);
    assert.deepEqual(await stateOf({ status: 'underkonkurs', virksomhedOphoersdato: null }), ['in-distress', 'Under konkurs', null]);
    answerWith({});
    assert.deepEqual(await registers.company(organisation, '56781234'), { kind: 'not-found' });
    assert.deepEqual(await registers.company(organisation, '5678123'), { kind: 'not-found' });
  });

  it('finds active companies by their exact name, as many as were asked for', async () => {
    answerWith({
      CVR_Navn: [{ CVREnhedsId: '41', vaerdi: 'Fælles ApS' }, { CVREnhedsId: '42', vaerdi: 'Fælles ApS' }, { CVREnhedsId: '43', vaerdi: 'Fælles ApS' }],
      CVR_Virksomhed: [
        { id: '41', CVRNummer: 11111111, status: 'aktiv' }, { id: '42', CVRNummer: 22222222, status: 'aktiv', virksomhedOphoersdato: '2020-01-01' },
        { id: '43', CVRNummer: 33333333, status: 'aktiv' },
      ],
      CVR_Adressering: [{ CVREnhedsId: '43', AdresseringAnvendelse: 'beliggenhedsadresse', CVRAdresse_vejnavn: 'Trevej' }],
    });
    const found = await registers.searchCompanies(organisation, ' Fælles ApS ', 10);
    assert.ok('companies' in found);
    assert.deepEqual(found.companies.map(({ cvr, name, address }) => [cvr, name, address]), [['11111111', 'Fælles ApS', []], ['33333333', 'Fælles ApS', ['Trevej']]]);
    assert.equal(found.more, false);
    assert.equal(data.asked[0] && questionOf(data.asked[0]).variables['name'], 'Fælles ApS');
    assert.equal(data.asked.length, 4);
    answerWith({});
    assert.deepEqual(await registers.searchCompanies(organisation, 'fælles', 10), { companies: [], more: false });
  });

  it('shows the company’s own name when it was found by another of its names', async () => {
    data.answer = (asked) => {
      const byName = 'name' in questionOf(asked).variables;
      const names = [{ CVREnhedsId: '41', vaerdi: 'Binavn', sekvens: 2 }, { CVREnhedsId: '41', vaerdi: 'Hovednavn A/S', sekvens: 0 }];
      return rootOf(asked) === 'CVR_Navn'
        ? nodes('CVR_Navn', ...(byName ? names.slice(0, 1) : names))
        : nodes(rootOf(asked), ...(rootOf(asked) === 'CVR_Virksomhed' ? [{ id: '41', CVRNummer: 11111111, status: 'aktiv' }] : []));
    };
    const found = await registers.searchCompanies(organisation, 'Binavn', 10);
    assert.ok('companies' in found);
    assert.deepEqual([found.companies.map(({ name }) => name), found.more], [['Hovednavn A/S'], false]);
  });

  it('is unavailable for the company alone whose own name is not told', async () => {
    const answers: Readonly<Record<string, readonly object[]>> = {
      CVR_Virksomhed: [{ id: '41', CVRNummer: 11111111, status: 'aktiv' }, { id: '42', CVRNummer: 22222222, status: 'aktiv' }],
      CVR_Navn: [{ CVREnhedsId: '41', vaerdi: 'Binavn', sekvens: 1 }, { CVREnhedsId: '42', vaerdi: 'Eget ApS', sekvens: 0 }],
    };
    answerWith(answers);
    const [other, own] = await registers.companies(organisation, ['11111111', '22222222']);
    assert.deepEqual([other?.kind, own?.kind === 'found' && own.company.name], ['unavailable', 'Eget ApS']);
    answerWith({ ...answers, CVR_Navn: [{ CVREnhedsId: '41', vaerdi: 'A' }, { CVREnhedsId: '41', vaerdi: 'B' }] });
    assert.equal((await registers.company(organisation, '11111111')).kind, 'unavailable');
    const found = await registers.searchCompanies(organisation, 'A', 10);
    assert.deepEqual(found, { companies: [], more: true });
  });

  it('is asked page by page, and is unavailable where a page cannot be had', async () => {
    const pages = (endCursor: string | null): void => {
      data.answer = (asked) => {
        if (rootOf(asked) !== 'CVR_Navn') return nodes(rootOf(asked), ...(rootOf(asked) === 'CVR_Virksomhed' ? [{ id: '41', CVRNummer: 11111111, status: 'aktiv' }] : []));
        const isFirst = questionOf(asked).variables['after'] === undefined;
        const node = isFirst ? { CVREnhedsId: '41', vaerdi: 'Binavn', sekvens: 1 } : { CVREnhedsId: '41', vaerdi: 'Hovednavn A/S', sekvens: 0 };
        return { body: { data: { CVR_Navn: { nodes: [node], pageInfo: { hasNextPage: isFirst || endCursor === 'igen', endCursor } } } } };
      };
    };
    pages('næste');
    const answer = await registers.company(organisation, '11111111');
    assert.equal(answer.kind === 'found' && answer.company.name, 'Hovednavn A/S');
    for (const cursor of [null, 'igen']) {
      pages(cursor);
      assert.equal((await registers.company(organisation, '11111111')).kind, 'unavailable', String(cursor));
    }
  });

  it('looks many companies up in as few calls, and gives each what is its own', async () => {
    const numbers = Array.from({ length: 150 }, (_, n) => String(10_000_000 + n));
    const listSchema = z.array(z.union([z.string(), z.number()]));
    data.answer = (asked) => {
      const { cvr, id } = questionOf(asked).variables;
      const list = listSchema.parse(cvr ?? id).map(String);
      if (rootOf(asked) === 'CVR_Virksomhed') return nodes('CVR_Virksomhed', ...list.filter((one) => Number(one) % 3 > 0).map((one) => ({ id: `u${one}`, CVRNummer: Number(one), status: 'aktiv' })));
      return nodes(rootOf(asked), ...list.toReversed().map((one) => ({ CVREnhedsId: one, vaerdi: `${rootOf(asked)} ${one}`, sekvens: 0, CVRAdresse_vejnavn: `Vej ${one}` })));
    };
    const answers = await registers.companies(organisation, [...numbers, 'x']);
    assert.equal(data.asked.length, 10);
    assert.deepEqual(answers[150], { kind: 'not-found' });
    for (const [n, cvr] of numbers.entries()) {
      const answer = answers[n];
      const expected = Number(cvr) % 3 > 0 ? [`CVR_Navn u${cvr}`, `Vej u${cvr}`, `CVR_Telefonnummer u${cvr}`] : 'not-found';
      assert.deepEqual(answer?.kind === 'found' ? [answer.company.name, answer.company.address[0], answer.company.phone] : answer?.kind, expected);
    }
  });

  it('knows the company of a P number, and asks about nothing that begins otherwise', async () => {
    answerWith({ CVR_Produktionsenhed: [{ id: '50', pNummer: 1007256945, tilknyttetVirksomhedsCVRNummer: 87654321, status: 'aktiv' }], CVR_Navn: [{ vaerdi: 'Afdelingen', sekvens: 0 }] });
    assert.deepEqual(await registers.productionUnit(organisation, '1007256945'), { cvr: '87654321', name: 'Afdelingen' });
    const before = data.asked.length;
    assert.equal(await registers.productionUnit(organisation, '2512489996'), null);
    assert.equal(data.asked.length, before);
    answerWith({});
    assert.equal(await registers.productionUnit(organisation, '1019601052'), null);
    data.answer = () => ({ status: 503, body: '' });
    const away = await registers.productionUnit(organisation, '1019601052');
    assert.deepEqual(away && 'kind' in away && [away.kind, away.reason], ['unavailable', 'away']);
  });

  it('is tested with the key', async () => {
    answerWith({});
    assert.equal(await registers.testRegister(organisation, 'cvr'), null);
    data.answer = () => ({ status: 401, body: '' });
    assert.match(await registers.testRegister(organisation, 'cvr') ?? '', /kender ikke API-nøglen i apiKeyFile/);
    data.answer = () => ({ status: 404, body: '' });
    assert.match(await registers.testRegister(organisation, 'cvr') ?? '', /CVR_GRAPHQL_VERSION/);
    assert.equal((await registers.company(organisation, '35833684')).kind, 'unavailable');
    assert.deepEqual(registers.retired.map(({ register, version }) => [register, version]), [['cvr', 'v2']]);
  });
});

describe('CVR at Virk', () => {
  let world: RegisterWorld;
  let virk: StandIn;
  let registers: OpenedRegisters;
  let organisation: OrganisationEntry;
  before(async () => {
    world = await openRegisterWorld();
    virk = await world.standIn('plain');
    registers = world.registers({ VIRK_URL: `${virk.url}/cvr-permanent` });
    organisation = organisationWith({ cvr: { adapter: 'virk', user: 'CVR_bruger', passwordFile: await world.file('virk', 'kode:ø\n') } });
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    virk.asked.length = 0;
  });

  const company = (cvrNummer: number, navn: string, changes: { readonly status?: string; readonly until?: string | null; readonly extra?: object } = {}): object => ({
    Vrvirksomhed: {
      cvrNummer, livsforloeb: [{ periode: { gyldigFra: '2000-01-01', gyldigTil: changes.until ?? null } }],
      virksomhedMetadata: { nyesteNavn: { navn }, sammensatStatus: changes.status ?? 'NORMAL', nyesteBeliggenhedsadresse: null }, ...changes.extra,
    },
  });
  const hits = (total: unknown, ...sources: readonly object[]): Answer => ({ body: { hits: { total, hits: sources.map((_source) => ({ _id: '1', _source })) } } });
  const stateWith = async (source: object) => {
    virk.answer = () => hits(1, source);
    const answer = await registers.company(organisation, '56781234');
    return answer.kind === 'found' ? [answer.company.state, answer.company.stateText, answer.company.ceasedOn] : answer.kind;
  };

  it('is asked with Basic, for the fields that are read, by a whole number', async () => {
    virk.answer = () => hits({ value: 1 }, company(1234567, 'Nul ApS'));
    const answer = await registers.company(organisation, '01234567');
    assert.ok(answer.kind === 'found');
    assert.deepEqual([answer.company.cvr, answer.company.name], ['01234567', 'Nul ApS']);
    const [asked] = virk.asked;
    assert.equal(asked?.path, '/cvr-permanent/virksomhed/_search');
    assert.equal(asked?.headers.authorization, `Basic ${Buffer.from('CVR_bruger:kode:ø').toString('base64')}`);
    const question = z.object({ _source: z.array(z.string()), size: z.number() }).loose().parse(JSON.parse(asked?.body ?? ''));
    assert.ok(question._source.length > 3 && question._source.every((field) => field.startsWith('Vrvirksomhed.')));
    assert.match(asked?.body ?? '', /\{"term":\{"Vrvirksomhed.cvrNummer":1234567\}\}/);
  });

  it('looks many companies up in one call for each hundred', async () => {
    virk.answer = () => hits(2, company(20000000, 'Sidst'), company(10000000, 'Først'));
    const answers = await registers.companies(organisation, ['10000000', '15000000', '20000000']);
    assert.deepEqual(answers.map((answer) => (answer.kind === 'found' ? answer.company.name : answer.kind)), ['Først', 'not-found', 'Sidst']);
    assert.match(virk.asked[0]?.body ?? '', /"terms":\{"Vrvirksomhed.cvrNummer":\[10000000,15000000,20000000\]\}.*"size":3/);
    await registers.companies(organisation, Array.from({ length: 250 }, (_, n) => String(30_000_000 + n)));
    assert.equal(virk.asked.length, 4);
  });

  it('counts hits as a number and as an object, and has nobody without', async () => {
    for (const total of [0, { value: 0, relation: 'eq' }]) {
      virk.answer = () => hits(total);
      assert.deepEqual(await registers.company(organisation, '56781234'), { kind: 'not-found' });
    }
  });

  it('tells the state by the newest life and the status together', async () => {
    assert.deepEqual(await stateWith(company(56781234, 'X', { status: 'Aktiv' })), ['active', null, null]);
    assert.deepEqual(await stateWith(company(56781234, 'X', { status: 'UNDERKONKURS' })), ['in-distress', 'Under konkurs', null]);
    assert.deepEqual(await stateWith(company(56781234, 'X', { status: 'NORMAL', until: '2024-12-31' })), ['ceased', 'Ophørt', '2024-12-31']);
    const again = [{ periode: { gyldigFra: '2020-01-01', gyldigTil: null } }, { periode: { gyldigFra: '1999-01-01', gyldigTil: '2010-01-01' } }];
    assert.deepEqual(await stateWith(company(56781234, 'X', { extra: { livsforloeb: again } })), ['active', null, null]);
    assert.deepEqual(await stateWith(company(56781234, 'X', { extra: { livsforloeb: again.toReversed().map(({ periode }) => ({ periode: { ...periode, gyldigTil: '2021-01-01' } })) } })),
      ['ceased', 'Ophørt', '2021-01-01']);
  });

  it('tells how a company is reached, but not what is secret or past', async () => {
    const contacts = {
      telefonNummer: [{ kontaktoplysning: '11111111', hemmelig: false, periode: { gyldigTil: '2010-01-01' } }, { kontaktoplysning: '22222222', hemmelig: false, periode: { gyldigTil: null } }],
      elektroniskPost: [{ kontaktoplysning: 'hemmelig@x.example', hemmelig: true, periode: { gyldigTil: null } }],
    };
    virk.answer = () => hits(1, company(56781234, 'X', { extra: contacts }));
    const answer = await registers.company(organisation, '56781234');
    assert.ok(answer.kind === 'found');
    assert.deepEqual([answer.company.phone, answer.company.email], ['22222222', null]);
  });

  it('finds active companies by parts of their names, the best first', async () => {
    virk.answer = () => hits(
      4, company(1, 'Jens Eksempel Handel ApS'), company(2, 'Eksempel Handel og Vand A/S'), company(3, 'EKSEMPEL HANDEL'), company(4, 'Eksempel Handel Før', { until: '2020-01-01' }),
    );
    const found = await registers.searchCompanies(organisation, 'eksempel handel', 2);
    assert.ok('companies' in found);
    assert.deepEqual([found.companies.map(({ cvr }) => cvr), found.more], [['00000003', '00000002'], true]);
    const all = await registers.searchCompanies(organisation, 'eksempel handel', 10);
    assert.ok('companies' in all);
    assert.deepEqual([all.companies.length, all.more], [3, false]);
  });

  it('is asked for words only, whatever is written', async () => {
    virk.answer = () => hits(0);
    const queryOf = async (name: string): Promise<string | undefined> => {
      await registers.searchCompanies(organisation, name, 5);
      return /"query":"([^"]*)"/.exec(virk.asked.at(-1)?.body ?? '')?.[1];
    };
    assert.equal(await queryOf('  Lego SYSTEM a/s '), '(lego OR lego*) (system OR system*) a s');
    assert.equal(await queryOf('x) OR _exists_:* "navn": [a TO b] \\ && !y~2^3'), 'x (or OR or*) (exists OR exists*) (navn OR navn*) a (to OR to*) b y 2 3');
    assert.equal(await queryOf('A.P. Møller'), '(a.p OR a.p*) (møller OR møller*)');
    virk.asked.length = 0;
    assert.deepEqual(await registers.searchCompanies(organisation, '*** "" ', 5), { companies: [], more: false });
    assert.equal(virk.asked.length, 0);
  });

  it('knows the company of a P number', async () => {
    virk.answer = () => hits(1, { VrproduktionsEnhed: { pNummer: 1007256945, produktionsEnhedMetadata: { sammensatStatus: 'Aktiv', nyesteNavn: { navn: 'Afdelingen' }, nyesteCvrNummerRelation: 87654321 } } });
    assert.deepEqual(await registers.productionUnit(organisation, '1007256945'), { cvr: '87654321', name: 'Afdelingen' });
    assert.equal(virk.asked[0]?.path, '/cvr-permanent/produktionsenhed/_search');
    virk.answer = () => hits(0);
    assert.equal(await registers.productionUnit(organisation, '1007256945'), null);
  });

  it('never gets ten digits that could be a CPR number unless the whole way is said to be encrypted, and is', async () => {
    const ways: readonly (readonly [string, string, boolean])[] = [
      [virk.url, 'on', true], [virk.url, 'off', false], ['https://proxy.invalid', 'on', true], ['https://proxy.invalid', 'off', false],
      ['http://virk.invalid', 'on', false], ['http://virk.invalid', 'off', false],
    ];
    virk.answer = () => ({ status: 401, body: '' });
    for (const [url, VIRK_ENCRYPTED_ALL_THE_WAY, isAsked] of ways) {
      const one = world.registers({ VIRK_URL: `${url}/cvr-permanent`, VIRK_ENCRYPTED_ALL_THE_WAY, REGISTER_RETRIES: '0' });
      const date = await one.productionUnit(organisation, '1007256945');
      assert.equal(date === null ? null : 'kind' in date && date.kind, isAsked ? 'unavailable' : null);
      assert.equal(one.lines.length, isAsked ? 1 : 0, url);
      assert.notEqual(await one.productionUnit(organisation, '1019601052'), null, 'no date, so it is tried');
    }
    assert.equal(virk.asked.some(({ body }) => body.includes('1007256945')), true);
    virk.asked.length = 0;
    const shut = world.registers({ VIRK_URL: `${virk.url}/cvr-permanent`, VIRK_ENCRYPTED_ALL_THE_WAY: 'off' });
    await shut.productionUnit(organisation, '1007256945');
    assert.equal(virk.asked.length, 0);
  });

  it('is away when it has looked through a part only', async () => {
    const whole = { hits: { total: 0, hits: [] } };
    for (const part of [{ timed_out: true }, { timed_out: false, _shards: { total: 6, successful: 5, failed: 1 } }]) {
      virk.answer = () => ({ body: { ...part, ...whole } });
      assert.equal((await registers.company(organisation, '56781234')).kind, 'unavailable');
      const found = await registers.searchCompanies(organisation, 'lego', 5);
      assert.ok('kind' in found);
      const unit = await registers.productionUnit(organisation, '1019601052');
      assert.ok(unit && 'kind' in unit);
    }
    virk.answer = () => ({ body: { timed_out: false, _shards: { total: 6, successful: 6, failed: 0 }, ...whole } });
    assert.deepEqual(await registers.company(organisation, '56781234'), { kind: 'not-found' });
  });

  it('is tested with name and password', async () => {
    virk.answer = () => hits(0);
    assert.equal(await registers.testRegister(organisation, 'cvr'), null);
    virk.answer = () => ({ status: 401, body: '' });
    assert.match(await registers.testRegister(organisation, 'cvr') ?? '', /Virk kender ikke user og adgangskoden i passwordFile/);
    virk.answer = () => ({ body: { hits: {} } });
    assert.match(await registers.testRegister(organisation, 'cvr') ?? '', /kan ikke læses.*VIRK_URL/);
  });
});
