import { z } from 'zod';
import type { Company, CompanySearchAnswer } from '../../domain/gateway-api.ts';
import type { LookupSettings } from '../settings/lookup-settings.ts';
import { addressLines } from './company-address.ts';
import { companyStateOf } from './company-state.ts';
import { cvrNumberOf } from './cvr-number-of.ts';
import { danishDateIn, danishDateOf } from './danish-date.ts';
import { openGraphqlDoor, type GraphqlDoor } from './graphql-door.ts';
import { graphqlNodes } from './graphql-nodes.ts';
import { isInTheClear, safeAddressOf } from './register-address.ts';
import type { CompanyRegister } from './register-adapters.ts';
import { openRegisterDoor, type DoorSettings } from './register-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';
import { openSecretFile, readSecret } from './secret-files.ts';

export type CvrGraphqlSettings = DoorSettings & Pick<LookupSettings, 'DATAFORDELER_GRAPHQL_URL' | 'CVR_GRAPHQL_VERSION' | 'REGISTER_PAUSE_MS'>;

const WORDS: DoorWords = {
  register: 'CVR', host: 'Datafordeleren', address: 'DATAFORDELER_GRAPHQL_URL',
  credentials: 'API-nøglen i apiKeyFile (en ny nøgle virker først efter et kvarter)', version: 'CVR_GRAPHQL_VERSION',
};

/** DAF-GQL-0016: a list may hold this many. */
const NUMBERS_MAX = 100;

/**
 * CVR at Datafordeleren's GraphQL (registers-identity.md 2.1), with an API key, which goes in the address because the
 * service takes it nowhere else. One root a call: companies take three, however many they are, and two more for telephone
 * and e-mail, which not all published schemas have; a version without them is asked once, and the answer does without.
 * Names are found by the exact name only, upper and lower case as registered.
 */
export function openCvrGraphql({ settings, apiKeyFile, now, retryDelayMs }: {
  readonly settings: CvrGraphqlSettings;
  readonly apiKeyFile: string;
  readonly now: () => Date;
  readonly retryDelayMs?: number | undefined;
}): CompanyRegister {
  const version = settings.CVR_GRAPHQL_VERSION;
  const apiKey = openSecretFile(apiKeyFile);
  const door = openRegisterDoor({ settings, words: WORDS, certificate: null, retryDelayMs, pauseMs: settings.REGISTER_PAUSE_MS });
  const address = `${settings.DATAFORDELER_GRAPHQL_URL.replace(/\/+$/, '')}/CVR/${encodeURIComponent(version)}`;
  const graphql = openGraphqlDoor({
    door, tokens: null,
    url: () => {
      const url = safeAddressOf(address, WORDS);
      url.searchParams.set('apiKey', readSecret(apiKey, WORDS));
      return url;
    },
  });
  const contacts = openContacts(graphql);
  return {
    version,
    numbersMax: NUMBERS_MAX,
    isInTheClear: isInTheClear(address),
    async find(cvrNumbers, signal) {
      const when = { at: momentOf(now()), signal };
      const units = await nodesOf(graphql, companyRoot('CVRNummer', cvrNumbers.map(Number)), when);
      if (units.length === 0) return new Map();
      const ids = units.map(({ id }) => id);
      const [names, addresses, phones, emails] = await Promise.all([
        nodesOf(graphql, nameRoot('CVREnhedsId', ids), when), nodesOf(graphql, addressRoot(ids), when),
        contacts.of('CVR_Telefonnummer', ids, when), contacts.of('CVR_e_mailadresse', ids, when),
      ]);
      return new Map(units.map((unit) => [numberOf(unit), companyOf(unit, { at: when.at, names, addresses, phones, emails })]));
    },
    search: (name, max, signal) => searchOf(graphql, { name, max }, { at: momentOf(now()), signal }),
    async productionUnit(pNumber, signal) {
      const when = { at: momentOf(now()), signal };
      const [unit] = await nodesOf(graphql, placeRoot(Number(pNumber)), when);
      const cvr = unit && cvrNumberOf(unit.tilknyttetVirksomhedsCVRNummer);
      if (!cvr) return null;
      return { cvr, name: nameOf(await nodesOf(graphql, nameRoot('CVREnhedsId', [unit.id]), when), unit.id) };
    },
    close: () => door.close(),
  };
}

/** Active companies of this very name, which may be a secondary one of theirs: who they are is told by their own names. */
async function searchOf(graphql: GraphqlDoor, { name, max }: { readonly name: string; readonly max: number }, when: When): Promise<CompanySearchAnswer> {
  const named = await nodesOf(graphql, nameRoot('vaerdi', [name]), when);
  const all = [...new Set(named.flatMap(({ CVREnhedsId: id }) => (id ? [id] : [])))];
  const ids = all.slice(0, NUMBERS_MAX);
  const units = ids.length === 0 ? [] : await nodesOf(graphql, companyRoot('id', ids), when);
  const active = units.filter((unit) => stateOf(unit, when.at).state === 'active');
  const shown = active.slice(0, max);
  const shownIds = shown.map(({ id }) => id);
  const [names, addresses] = shown.length === 0 ? [[], []] : await Promise.all([
    nodesOf(graphql, nameRoot('CVREnhedsId', shownIds), when), nodesOf(graphql, addressRoot(shownIds), when),
  ]);
  const companies = shown.flatMap((unit) => {
    const company = companyOf(unit, { at: when.at, names, addresses, phones: [], emails: [] });
    return company instanceof RegisterFault ? [] : [company];
  });
  return { companies, more: active.length > companies.length || all.length > ids.length };
}

/** What the fields that are asked by are called in the question. */
const VARIABLES = { CVRNummer: 'cvr', id: 'id', CVREnhedsId: 'id', vaerdi: 'name', pNummer: 'pNumber' } as const;

/** One root field: what it is called, what is asked of it, and by what. */
interface Root<Node> {
  readonly name: string;
  readonly first: number;
  readonly field: keyof typeof VARIABLES;
  readonly values: readonly (string | number)[];
  readonly fields: string;
  readonly schema: z.ZodType<Node>;
}

/** The moment at which it is to hold, and how long is waited. */
interface When {
  readonly at: string;
  readonly signal?: AbortSignal | undefined;
}

/** The nodes of one root, in the words of the recorded calls; CVR takes no registreringstid (cvr-graphql-v2-recorded.json). */
async function nodesOf<Node>(
  graphql: GraphqlDoor, { name, first, field, values, fields, schema }: Root<Node>, { at, signal }: When,
): Promise<readonly Node[]> {
  const [only] = values;
  const type = typeof only === 'number' ? 'Long' : 'String';
  const [declared, operation] = values.length === 1 ? [`${type}!`, 'eq'] : [`[${type}!]!`, 'in'];
  const variable = VARIABLES[field];
  return await graphqlNodes(graphql, {
    root: name, node: schema, fields, declared: `$${variable}: ${declared}, $at: DafDateTime!`,
    asked: `first: ${first}, virkningstid: $at, where: { ${field}: { ${operation}: $${variable} } }`,
    variables: { [variable]: values.length === 1 ? only : values, at },
  }, { words: WORDS, signal });
}

const text = z.string().nullish();
/** A Long comes as a number; as text where it would not fit into one. */
const long = z.union([z.number(), z.string()]).nullish();

const unitSchema = z.object({
  id: z.string(), CVRNummer: long, status: text, virksomhedStartdato: text, virksomhedOphoersdato: text,
});
type Unit = z.infer<typeof unitSchema>;
const companyRoot = (field: 'CVRNummer' | 'id', values: Root<Unit>['values']): Root<Unit> => ({
  name: 'CVR_Virksomhed', first: values.length, field, values, schema: unitSchema,
  fields: 'id CVRNummer status virksomhedStartdato virksomhedOphoersdato',
});

const nameSchema = z.object({ CVREnhedsId: text, vaerdi: text, sekvens: long });
type Name = z.infer<typeof nameSchema>;
/** Names of one company: the name and its secondary names; or companies of one name. */
const NAMES_MAX = 1_000;
const nameRoot = (field: 'CVREnhedsId' | 'vaerdi', values: readonly string[]): Root<Name> => ({
  name: 'CVR_Navn', first: Math.min(NAMES_MAX, 100 * values.length), field, values, schema: nameSchema, fields: 'CVREnhedsId vaerdi sekvens',
});

const ADDRESS_FIELDS = [
  'CVREnhedsId', 'AdresseringAnvendelse', 'coNavn', 'CVRAdresse_vejnavn', 'CVRAdresse_husnummerFra', 'CVRAdresse_etagebetegnelse',
  'CVRAdresse_doerbetegnelse', 'CVRAdresse_supplerendeBynavn', 'CVRAdresse_postboks', 'CVRAdresse_postnummer',
  'CVRAdresse_postdistrikt', 'CVRAdresse_adresseFritekst',
] as const;
type Address = Partial<Record<(typeof ADDRESS_FIELDS)[number], string | null | undefined>>;
const addressSchema: z.ZodType<Address> = z.object(Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, text])));
const addressRoot = (ids: readonly string[]): Root<Address> => ({
  name: 'CVR_Adressering', first: 5 * ids.length, field: 'CVREnhedsId', values: ids, schema: addressSchema, fields: ADDRESS_FIELDS.join(' '),
});

const placeSchema = z.object({ id: z.string(), tilknyttetVirksomhedsCVRNummer: long });
const placeRoot = (pNumber: number): Root<z.infer<typeof placeSchema>> => ({
  name: 'CVR_Produktionsenhed', first: 1, field: 'pNummer', values: [pNumber], schema: placeSchema,
  fields: 'id pNummer tilknyttetVirksomhedsCVRNummer status',
});

interface Contact {
  readonly CVREnhedsId?: string | null | undefined;
  readonly vaerdi?: string | null | undefined;
}
const contactSchema: z.ZodType<Contact> = z.object({ CVREnhedsId: text, vaerdi: text });
const contactRoot = (name: string, ids: readonly string[]): Root<Contact> => ({
  name, first: 5 * ids.length, field: 'CVREnhedsId', values: ids, schema: contactSchema, fields: 'CVREnhedsId vaerdi',
});

/** What is good to have and no reason to fail. */
function openContacts(graphql: GraphqlDoor): { of(root: string, ids: readonly string[], when: When): Promise<readonly Contact[]> } {
  const missing = new Set<string>();
  return {
    async of(name, ids, when) {
      if (missing.has(name)) return [];
      try {
        return await nodesOf(graphql, contactRoot(name, ids), when);
      } catch (error) {
        if (error instanceof RegisterFault && error.kind === 'query-refused') missing.add(name);
        return [];
      }
    },
  };
}

interface CompanyParts {
  readonly at: string;
  readonly names: readonly Name[];
  readonly addresses: readonly Address[];
  readonly phones: readonly Contact[];
  readonly emails: readonly Contact[];
}

function numberOf({ CVRNummer }: Unit): string {
  const cvr = cvrNumberOf(CVRNummer);
  if (cvr === null) throw new RegisterFault('unreadable', WORDS);
  return cvr;
}

/** A fault when it has no name that is surely its own: whoever sends must not be shown another one. */
function companyOf(unit: Unit, { at, names, addresses, phones, emails }: CompanyParts): Company | RegisterFault {
  const name = nameOf(names, unit.id);
  if (name === null) return new RegisterFault('unreadable', WORDS, 'NAME MISSING');
  const own = ownOf(addresses, unit.id);
  const address = own.find(({ AdresseringAnvendelse }) => AdresseringAnvendelse === 'beliggenhedsadresse') ?? own[0];
  return {
    cvr: numberOf(unit), name, ...stateOf(unit, at), address: address ? linesOf(address) : [],
    phone: ownOf(phones, unit.id)[0]?.vaerdi?.trim() || null, email: ownOf(emails, unit.id)[0]?.vaerdi?.trim() || null,
  };
}

/** What hangs on this unit; an answer about one unit need not say whose it is. */
function ownOf<Node extends Pick<Contact, 'CVREnhedsId'>>(nodes: readonly Node[], id: string): readonly Node[] {
  return nodes.filter(({ CVREnhedsId }) => (CVREnhedsId ?? id) === id);
}

/** The name with sekvens 0 is the one that holds; where no sekvens is told, one that stands alone. Null for none. */
function nameOf(names: readonly Name[], id: string): string | null {
  const own = ownOf(names, id);
  const [only] = own.length === 1 && (own[0]?.sekvens ?? null) === null ? own : own.filter(({ sekvens }) => Number(sekvens ?? NaN) === 0);
  return only?.vaerdi?.trim() || null;
}

function stateOf({ status, virksomhedStartdato, virksomhedOphoersdato }: Unit, at: string): ReturnType<typeof companyStateOf> {
  const [startedOn, endedOn] = [danishDateIn(virksomhedStartdato), danishDateIn(virksomhedOphoersdato)];
  return companyStateOf({ status: status ?? null, startedOn, endedOn, isTold: true }, danishDateOf(new Date(at)));
}

function linesOf(address: Address): string[] {
  return addressLines({
    careOf: address.coNavn, road: address.CVRAdresse_vejnavn, house: address.CVRAdresse_husnummerFra,
    floor: address.CVRAdresse_etagebetegnelse, door: address.CVRAdresse_doerbetegnelse, place: address.CVRAdresse_supplerendeBynavn,
    postBox: address.CVRAdresse_postboks, postCode: address.CVRAdresse_postnummer, town: address.CVRAdresse_postdistrikt,
    freeText: address.CVRAdresse_adresseFritekst,
  });
}

/** DafDateTime: six decimals. */
function momentOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
