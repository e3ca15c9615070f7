import assert from 'node:assert/strict';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { z } from 'zod';
import {
  openDatafordeler, openRegisterWorld, organisationWith, type Answer, type Asked, type Datafordeler, type RegisterWorld,
} from './register-stand-in.ts';

const HANNE = '2512489996';
const OTHER = '0104909995';
const TOKEN_PATH = '/realms/distribution/protocol/openid-connect/token';

/** A person as CPR's GraphQL writes one. */
const node = (changes: object = {}): object => ({
  id: 'b5a9f7a2-0000-4000-8000-000000000001', status: 'bopael_i_danmark', statusdato: null,
  personnumre: [{ personnummer: HANNE, status: 'aktuel', virkningfra: null, virkningtil: null }],
  navne: [{ adresseringsnavn: 'Hanne Test', fornavne: 'Hanne', mellemnavn: null, efternavn: 'Test', status: 'aktuel', virkningfra: null, virkningtil: null }],
  beskyttelser: [], ...changes,
});
const nodes = (root: string, ...all: readonly object[]): Answer => ({ body: { data: { [root]: { nodes: all } } } });
const PUBLIC = 'CPRCustom_PublicSectorPerson';
const PRIVATE = 'CPRCustom_PrivateSectorPerson';
const variablesOf = ({ body }: Asked): readonly string[] =>
  z.object({ variables: z.object({ cpr: z.array(z.string()) }) }).parse(JSON.parse(body)).variables.cpr;

describe('CPR at Datafordeleren’s GraphQL', () => {
  let world: RegisterWorld;
  let datafordeler: Datafordeler;
  let giveToken: (asked: Asked) => Answer | Promise<Answer>;
  before(async () => {
    world = await openRegisterWorld();
    datafordeler = await openDatafordeler(world);
    giveToken = datafordeler.tokens.answer;
  });
  after(() => world[Symbol.asyncDispose]());
  beforeEach(() => {
    for (const one of [datafordeler.tokens, datafordeler.certificateTokens, datafordeler.data]) one.asked.length = 0;
    datafordeler.tokens.answer = giveToken;
    datafordeler.data.answer = () => nodes(PUBLIC, node());
  });

  const registers = (settings: Readonly<Record<string, string>> = {}, options: { readonly now?: () => Date } = {}) =>
    world.registers({ ...datafordeler.settings, ...settings }, options);
  const named = async (answer: Answer, cpr = HANNE, access: 'authority' | 'public-sender' | 'company' = 'authority') => {
    datafordeler.data.answer = () => answer;
    const found = await registers().person(datafordeler.bySecret(access), cpr);
    assert.ok(found.kind === 'found', found.kind);
    return found;
  };

  it('is asked by POST at the sector and version of the settings, with the token and the number in the body', async () => {
    await registers({ CPR_GRAPHQL_VERSION: 'v1' }).person(datafordeler.bySecret('authority'), HANNE);
    datafordeler.data.answer = () => nodes(PRIVATE, node());
    for (const access of ['public-sender', 'company'] as const) await registers().person(datafordeler.bySecret(access), HANNE);
    const asked = datafordeler.data.asked;
    assert.deepEqual(asked.map(({ method, path }) => `${method} ${path}`), [
      'POST /CPR/custom/PublicSector/v1', 'POST /CPR/custom/PrivateSector/v2', 'POST /CPR/custom/PrivateSector/v2',
    ]);
    assert.ok(asked.every((one) => one.headers.authorization === 'Bearer et-token' && one.query.size === 0));
    assert.ok(asked.slice(1).every(({ body }) => body.includes(`${PRIVATE}(input: { personnummer: { personnummer: { in: $cpr } } })`)));
  });

  it('gives a token against id and secret, the secret without its line break', async () => {
    await registers().person(datafordeler.bySecret(), HANNE);
    const [asked] = datafordeler.tokens.asked;
    assert.equal(asked?.path, TOKEN_PATH);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(asked?.body)), { grant_type: 'client_credentials', client_id: 'klient-1', client_secret: 'en-hemmelighed' });
  });

  it('gives a token against id and certificate at an address of its own', async () => {
    const answer = await registers().person(datafordeler.byCertificate(), HANNE);
    assert.equal(answer.kind, 'found');
    assert.equal(datafordeler.tokens.asked.length, 0);
    const [asked] = datafordeler.certificateTokens.asked;
    assert.equal(asked?.certificateName, 'klient');
    assert.deepEqual(Object.fromEntries(new URLSearchParams(asked?.body)), { grant_type: 'client_credentials', client_id: 'klient-1' });
  });

  it('gives one token to twenty look-ups at once', async () => {
    datafordeler.tokens.answer = () => ({ body: { access_token: 'et-token', expires_in: 300 }, delayMs: 50 });
    const one = registers();
    const answers = await Promise.all(Array.from({ length: 20 }, () => one.person(datafordeler.bySecret(), HANNE)));
    assert.ok(answers.every(({ kind }) => kind === 'found'));
    assert.equal(datafordeler.tokens.asked.length, 1);
    assert.equal(datafordeler.data.asked.length, 20);
  });

  it('is asked with a new token a minute before the old one ends', async () => {
    let nowMs = Date.now();
    const one = registers({}, { now: () => new Date(nowMs) });
    const tokensAfter = async (ms: number): Promise<number> => {
      nowMs += ms;
      await one.person(datafordeler.bySecret(), HANNE);
      return datafordeler.tokens.asked.length;
    };
    assert.deepEqual([await tokensAfter(0), await tokensAfter(239_000), await tokensAfter(2_000)], [1, 1, 2]);
  });

  it('is asked once more with a new token when the token is refused, and then no more', async () => {
    let refusals = 1;
    datafordeler.data.answer = () => (refusals-- > 0 ? { status: 401, body: '' } : nodes(PUBLIC, node()));
    const one = registers();
    assert.equal((await one.person(datafordeler.bySecret(), HANNE)).kind, 'found');
    assert.deepEqual([datafordeler.tokens.asked.length, datafordeler.data.asked.length], [2, 2]);
    datafordeler.data.answer = () => ({ status: 401, body: '' });
    const answer = await one.person(datafordeler.bySecret(), HANNE);
    assert.ok(answer.kind === 'unavailable');
    assert.deepEqual([answer.reason, datafordeler.data.asked.length], ['no-access', 4]);
  });

  it('is asked with a changed secret and with a changed certificate without a restart', async () => {
    const secretFile = await world.file('changing', 'gammel');
    const { certificateFile, keyFile } = await world.certificate('foer');
    const bySecret = organisationWith({ access: 'authority', cpr: { adapter: 'datafordeler', client: { clientId: 'k', secretFile } } });
    const byCertificate = organisationWith({ access: 'authority', cpr: { adapter: 'datafordeler', client: { clientId: 'k', certificateFile, keyFile } } }, '97281536');
    let nowMs = Date.now();
    const one = registers({}, { now: () => new Date(nowMs) });
    const ask = async (): Promise<void> => {
      assert.equal((await one.person(bySecret, HANNE)).kind, 'found');
      assert.equal((await one.person(byCertificate, HANNE)).kind, 'found');
      nowMs += 3_600_000;
    };
    await ask();
    const { cert, key } = await world.authority.issue('efter');
    await Promise.all([writeFile(secretFile, 'ny-hemmelighed'), writeFile(certificateFile, cert), writeFile(keyFile, key)]);
    await Promise.all([certificateFile, keyFile].map((file) => utimes(file, new Date(), new Date(Date.now() + 5_000))));
    await ask();
    await rm(secretFile);
    await ask();
    assert.deepEqual(datafordeler.tokens.asked.map(({ body }) => new URLSearchParams(body).get('client_secret')), ['gammel', 'ny-hemmelighed', 'ny-hemmelighed']);
    assert.deepEqual(datafordeler.certificateTokens.asked.map(({ certificateName }) => certificateName), ['foer', 'efter', 'efter']);
  });

  it('is asked with the old certificate while the new one lies there without its key', async () => {
    const { certificateFile, keyFile } = await world.certificate('halv');
    const organisation = organisationWith({ access: 'authority', cpr: { adapter: 'datafordeler', client: { clientId: 'k', certificateFile, keyFile } } });
    let nowMs = Date.now();
    const one = registers({}, { now: () => new Date(nowMs) });
    const ask = async (): Promise<string | null | undefined> => {
      assert.equal((await one.person(organisation, HANNE)).kind, 'found');
      nowMs += 3_600_000;
      return datafordeler.certificateTokens.asked.at(-1)?.certificateName;
    };
    const { cert, key } = await world.authority.issue('hel');
    const names = [await ask()];
    await writeFile(certificateFile, cert);
    await utimes(certificateFile, new Date(), new Date(Date.now() + 5_000));
    names.push(await ask());
    await writeFile(keyFile, key);
    await utimes(keyFile, new Date(), new Date(Date.now() + 5_000));
    names.push(await ask());
    assert.deepEqual(names, ['halv', 'halv', 'hel']);
  });

  it('is asked about a hundred numbers a call, each once, and answers come in the order of the question', async () => {
    const numbers = Array.from({ length: 250 }, (_, n) => `0101${String(n).padStart(6, '0')}`);
    datafordeler.data.answer = (asked) => nodes(PUBLIC, ...variablesOf(asked).filter((cpr) => Number(cpr) % 2 === 0).toReversed()
      .map((cpr) => node({ personnumre: [{ personnummer: cpr, status: 'aktuel' }], navne: [{ adresseringsnavn: `Navn ${Number(cpr)}`, status: 'aktuel' }] })));
    const answers = await registers().persons(datafordeler.bySecret(), [...numbers, ...numbers.slice(0, 3)]);
    assert.deepEqual(datafordeler.data.asked.map((asked) => variablesOf(asked).length).toSorted(), [100, 100, 50]);
    assert.equal(answers.length, 253);
    for (const [n, answer] of answers.entries()) {
      const cpr = Number([...numbers, ...numbers][n]);
      assert.equal(answer.kind === 'found' ? answer.name : answer.kind, cpr % 2 === 0 ? `Navn ${cpr}` : 'not-found');
    }
  });

  it('has so many calls under way and no more', async () => {
    let [now, most] = [0, 0];
    datafordeler.data.answer = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 10));
      now -= 1;
      return nodes(PUBLIC, node());
    };
    const one = registers({ REGISTER_CONCURRENCY: '3' });
    await Promise.all(Array.from({ length: 12 }, () => one.person(datafordeler.bySecret(), HANNE)));
    assert.equal(most, 3);
  });

  it('gives the name that holds now among those that held before, whatever order and letters', async () => {
    const names = [
      { adresseringsnavn: 'Hanne Før', status: 'historisk', virkningfra: '1968-04-02T00:00:00.000000+01:00', virkningtil: '1999-01-01T00:00:00.000000+01:00' },
      { adresseringsnavn: null, fornavne: 'Hanne', mellemnavn: 'Mellem', efternavn: 'Nu', status: 'AKTUEL', virkningFra: '1999-01-01T00:00:00.000000+01:00' },
      { adresseringsnavn: 'Hanne Fortrudt', status: 'fortrudt' },
    ];
    assert.equal((await named(nodes(PUBLIC, node({ navne: names })))).name, 'Hanne Mellem Nu');
    assert.equal((await named(nodes(PRIVATE, node({ navne: undefined, navn: { adresseringsnavn: 'Hanne Ene' } })), HANNE, 'company')).name, 'Hanne Ene');
  });

  it('hides the name for a name protection that holds now, and for no other protection', async () => {
    const protectedBy = async (...protections: readonly object[]) => await named(nodes(PUBLIC, node({ beskyttelser: protections })));
    const hidden = await protectedBy({ beskyttelsestype: 'markedsfoering', status: 'aktuel' }, { beskyttelsestype: 'navne_og_adresse', status: 'aktuel' });
    assert.deepEqual([hidden.name, hidden.nameState, hidden.protected], [null, 'protected', true]);
    for (const type of ['markedsfoering', 'kreditadvarsel', 'lokal_vejviser']) {
      const shown = await protectedBy({ beskyttelsestype: type, status: 'aktuel' });
      assert.deepEqual([shown.name, shown.protected], ['Hanne Test', false], type);
    }
    const former = await protectedBy({ beskyttelsestype: 'navne_og_adresse', status: 'historisk', virkningtil: '2020-01-01T00:00:00.000000+01:00' });
    assert.deepEqual([former.name, former.protected], ['Hanne Test', false]);
    assert.equal((await protectedBy({ beskyttelsestype: 'navne_og_adresse' })).name, null, 'without a status it holds');
    for (const status of ['fortrudt', 'Rettet', ' annulleret ']) {
      assert.equal((await protectedBy({ beskyttelsestype: 'navne_og_adresse', status })).name, 'Hanne Test', status);
    }
    for (const status of ['', 'AKTUEL', 'gaeldende', 'teknisk_aendring', 'midlertidig', null]) {
      const told = await protectedBy({ beskyttelsestype: 'Navne_og_adresse', status }, { beskyttelsestype: 'navne_og_adresse', status: 'historisk' });
      assert.deepEqual([told.name, told.nameState, told.protected], [null, 'protected', true], `status ${status}`);
    }
    assert.equal((await named(nodes(PUBLIC, node({ beskyttelser: undefined })))).name, null, 'not told, so not shown');
    const withPrivate = await named(nodes(PRIVATE, node({ beskyttelser: [{ beskyttelsestype: 'navne_og_adresse', status: 'aktuel' }] })), HANNE, 'company');
    assert.deepEqual([withPrivate.name, withPrivate.nameState], [null, 'protected']);
  });

  it('tells those without protected names only that no name came', async () => {
    for (const access of ['public-sender', 'company'] as const) {
      const withheld = await named(nodes(PRIVATE, node({ navne: null, navn: null, beskyttelser: [] })), HANNE, access);
      assert.deepEqual([withheld.name, withheld.nameState, withheld.protected], [null, 'not-delivered', null]);
    }
  });

  it('tells the state, and the Danish date since when', async () => {
    const state = async (status: string, statusdato: string) => {
      const { state: is, since } = await named(nodes(PUBLIC, node({ status, statusdato })));
      return [is, since];
    };
    assert.deepEqual(await state('doed', '2025-03-01T00:00:00.000000+01:00'), ['dead', '2025-03-01']);
    assert.deepEqual(await state('udrejst', '2024-05-31T22:00:00.000000Z'), ['emigrated', '2024-06-01']);
    assert.deepEqual(await state('forsvundet', '2020-02-29'), ['disappeared', '2020-02-29']);
    assert.deepEqual(await state('nedlagt_person', ''), ['inactive', null]);
    assert.deepEqual(await state('annulleret', 'nu'), ['inactive', null]);
  });

  it('finds a person by a former number, and nobody by one that was given by mistake', async () => {
    const changed = node({ personnumre: [{ personnummer: HANNE, status: 'historisk' }, { personnummer: OTHER, status: 'aktuel' }] });
    assert.equal((await named(nodes(PUBLIC, changed))).currentCpr, OTHER);
    const owner = node({ navne: [{ adresseringsnavn: 'Ejer Nu', status: 'aktuel' }] });
    assert.equal((await named(nodes(PUBLIC, changed, owner))).name, 'Ejer Nu', 'who has it now goes before who had it');
    datafordeler.data.answer = () => nodes(PUBLIC, node({ personnumre: [{ personnummer: HANNE, status: 'fortrudt' }, { personnummer: OTHER, status: 'aktuel' }] }));
    assert.deepEqual(await registers().person(datafordeler.bySecret(), HANNE), { kind: 'not-found' });
  });

  it('tells no name and no new number for a former number that two have had', async () => {
    const former = (number: string, changes: object) => node({ personnumre: [{ personnummer: HANNE, status: 'historisk' }, { personnummer: number, status: 'aktuel' }], ...changes });
    const other = { navne: [{ adresseringsnavn: 'En Anden', status: 'aktuel' }] };
    const cases: readonly (readonly [readonly object[], string])[] = [
      [[former(OTHER, {}), former('0101901234', other)], 'alive'], [[former(OTHER, {}), former('0101901234', { ...other, status: 'doed' })], 'inactive'],
      [[former(OTHER, { status: 'doed' }), former('0101901234', { ...other, status: 'doed' })], 'dead'],
      [[former(OTHER, { status: 'nedlagt_person' }), former('0101901234', other)], 'inactive'],
    ];
    for (const [persons, state] of cases) {
      for (const order of [persons, persons.toReversed()]) {
        assert.deepEqual(await named(nodes(PUBLIC, ...order)), { kind: 'found', name: null, nameState: 'not-delivered', protected: null, state, since: null, currentCpr: null });
      }
    }
    assert.equal((await named(nodes(PUBLIC, former(OTHER, {}), former(OTHER, {})))).currentCpr, OTHER, 'the same person twice is one');
  });

  it('is asked for every page, and has nobody only when there are no more', async () => {
    const numbers = Array.from({ length: 5 }, (_, n) => `0101${String(n).padStart(6, '0')}`);
    const page = (after: unknown, cursor: (n: number) => unknown): Answer => {
      const n = after === undefined ? 0 : Number(after);
      const some = numbers.slice(n, n + 2).map((cpr) => node({ personnumre: [{ personnummer: cpr, status: 'aktuel' }] }));
      return { body: { data: { [PUBLIC]: { nodes: some, pageInfo: { hasNextPage: n + 2 < numbers.length, endCursor: cursor(n + 2) } } } } };
    };
    const afterOf = ({ body }: Asked) => z.object({ variables: z.object({ after: z.string().optional() }) }).parse(JSON.parse(body)).variables.after;
    datafordeler.data.answer = (asked) => page(afterOf(asked), String);
    assert.ok((await registers().persons(datafordeler.bySecret(), numbers)).every(({ kind }) => kind === 'found'));
    assert.equal(datafordeler.data.asked.length, 3);
    for (const cursor of [() => null, () => '2']) {
      datafordeler.data.answer = (asked) => page(afterOf(asked), cursor);
      assert.ok((await registers().persons(datafordeler.bySecret(), numbers)).every(({ kind }) => kind === 'unavailable'));
    }
    datafordeler.data.answer = (asked) => (afterOf(asked) === undefined ? page(undefined, String) : { body: { errors: [{ message: 'no', extensions: { code: 'HC0016' } }] } });
    assert.ok((await registers().persons(datafordeler.bySecret(), numbers)).every(({ kind }) => kind === 'unavailable'));
  });

  it('is asked for what the private schema has, found out once; an authority is never without protections', async () => {
    const refuse = (...fields: readonly string[]): Answer => ({ status: 400, body: { errors: fields.map((field) => ({
      message: `The field \`${field}\` does not exist on the type \`${PRIVATE}\`.`, extensions: { code: 'HC0018' },
    })) } });
    const schemaWithout = (...missing: readonly string[]) => {
      datafordeler.data.answer = ({ body }) => {
        const asked = missing.filter((field) => new RegExp(`\\b${field} \\{`).test(body));
        return asked.length > 0 ? refuse(...asked) : nodes(PRIVATE, node({ navne: undefined, navn: { adresseringsnavn: 'Hanne Ene' }, beskyttelser: undefined }));
      };
    };
    for (const missing of [['navne'], ['navne', 'beskyttelser'], ['beskyttelser']]) {
      schemaWithout(...missing);
      datafordeler.data.asked.length = 0;
      const one = registers();
      for (const calls of [2, 3, 4]) {
        const answer = await one.person(datafordeler.bySecret('company'), HANNE);
        assert.deepEqual([answer.kind === 'found' && answer.name, datafordeler.data.asked.length], ['Hanne Ene', calls], missing.join(' '));
      }
    }
    for (const [missing, access] of [[['navne', 'navn'], 'company'], [['status'], 'company'], [['beskyttelser'], 'authority']] as const) {
      schemaWithout(...missing);
      if (missing[0] === 'status') datafordeler.data.answer = () => refuse('status');
      const answer = await registers().person(datafordeler.bySecret(access), HANNE);
      assert.equal(answer.kind, 'unavailable', missing.join(' '));
    }
  });

  it('is not asked about what is no CPR number', async () => {
    const answers = await registers().persons(datafordeler.bySecret(), ['', '123', '25124899961', 'abcdefghij', '"]){x']);
    assert.ok(answers.every(({ kind }) => kind === 'not-found'));
    assert.equal(datafordeler.data.asked.length, 0);
  });
});
