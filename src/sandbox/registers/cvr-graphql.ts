import type { CompanyRecord } from './company-record.ts';
import { connectionOf, type PageArguments } from './graphql-connection.ts';
import { checkLists, refusal } from './graphql-rules.ts';
import { connectionSdl } from './graphql-schema.ts';
import type { RegisterBook } from './register-book.ts';
import type { RegisterCalls } from './register-calls.ts';
import type { RegisterSettings } from './register-settings.ts';

/** What a query of CVR is asked of. */
export interface CvrContext {
  readonly book: RegisterBook;
  readonly calls: RegisterCalls;
  readonly settings: RegisterSettings;
}

type Row = Readonly<Record<string, string | number | null>>;

interface Entity {
  readonly name: string;
  /** Its fields beside those that all entities have. */
  readonly fields: string;
  /** Fields that can be filtered by, with their filter's type. */
  readonly filters: Readonly<Record<string, 'Long' | 'String'>>;
  /** Of these one must be filtered by. */
  readonly required: readonly string[];
  readonly rowsOf: (company: CompanyRecord) => readonly Row[];
}

/** In alphabetical order, as the real refusal lists them (recorded for CVR_Navn). */
const OF_UNIT = ['CVREnhedsId', 'datafordelerRowId'] as const;

/** The entities of CVR that the gateway could want; field names are those of the real schema. */
const ENTITIES: readonly Entity[] = [
  {
    name: 'CVR_Virksomhed',
    fields: 'id: String! CVRNummer: Long status: String! virksomhedStartdato: LocalDate! virksomhedOphoersdato: LocalDate',
    filters: { CVRNummer: 'Long', id: 'String' },
    required: ['CVRNummer', 'datafordelerRowId', 'id'],
    rowsOf: (company) => [{
      id: company.unitId, CVRNummer: Number(company.cvr), status: company.graphqlStatus,
      virksomhedStartdato: company.startedOn, virksomhedOphoersdato: company.ceasedOn, virkningFra: company.startedOn, virkningTil: null,
    }],
  },
  {
    name: 'CVR_Navn',
    fields: 'CVREnhedsId: String! vaerdi: String! sekvens: Long',
    filters: { CVREnhedsId: 'String', vaerdi: 'String' },
    required: [...OF_UNIT, 'vaerdi'],
    rowsOf: ({ unitId, names, units, startedOn }) => [
      ...names.map(({ name, from, to, sequence }) => ({ CVREnhedsId: unitId, vaerdi: name, sekvens: sequence, virkningFra: from, virkningTil: to })),
      ...units.map(({ pNumber, name }) => ({ CVREnhedsId: unitIdOf(pNumber), vaerdi: name, sekvens: 0, virkningFra: startedOn, virkningTil: null })),
    ],
  },
  {
    name: 'CVR_Adressering',
    fields: `CVREnhedsId: String! AdresseringAnvendelse: String! CVRAdresse_vejnavn: String CVRAdresse_husnummerFra: String
      CVRAdresse_etagebetegnelse: String CVRAdresse_doerbetegnelse: String CVRAdresse_supplerendeBynavn: String
      CVRAdresse_postnummer: String CVRAdresse_postdistrikt: String CVRAdresse_landekode: String CVRAdresse_adresseFritekst: String
      CVRAdresse_kommunekode: String CVRAdresse_kommunenavn: String CVRAdresse_postboks: String coNavn: String Adresse: String`,
    filters: { CVREnhedsId: 'String', AdresseringAnvendelse: 'String', Adresse: 'String' },
    required: OF_UNIT,
    rowsOf: ({ unitId, address, startedOn }) => (address === null ? [] : [{
      CVREnhedsId: unitId, AdresseringAnvendelse: 'beliggenhedsadresse', CVRAdresse_vejnavn: address.street,
      CVRAdresse_husnummerFra: address.houseNumber, CVRAdresse_postnummer: address.postCode, CVRAdresse_postdistrikt: address.city,
      CVRAdresse_landekode: 'DK', virkningFra: startedOn, virkningTil: null,
    }]),
  },
  {
    name: 'CVR_Produktionsenhed',
    fields: `id: String! pNummer: Long status: String! tilknyttetVirksomhedsCVRNummer: Long
      produktionsenhedStartdato: LocalDate! produktionsenhedOphoersdato: LocalDate`,
    filters: { id: 'String', pNummer: 'Long', tilknyttetVirksomhedsCVRNummer: 'Long' },
    required: ['datafordelerRowId', 'id', 'pNummer', 'tilknyttetVirksomhedsCVRNummer'],
    rowsOf: (company) => company.units.map(({ pNumber }) => ({
      id: unitIdOf(pNumber), pNummer: Number(pNumber), status: company.ceasedOn === null ? 'aktiv' : 'ophørt',
      tilknyttetVirksomhedsCVRNummer: Number(company.cvr), produktionsenhedStartdato: company.startedOn,
      produktionsenhedOphoersdato: company.ceasedOn, virkningFra: company.startedOn, virkningTil: null,
    })),
  },
  {
    name: 'CVR_Telefonnummer',
    fields: 'CVREnhedsId: String! vaerdi: String!',
    filters: { CVREnhedsId: 'String' },
    required: OF_UNIT,
    rowsOf: ({ unitId, phone, startedOn }) => valueRows(unitId, phone, startedOn),
  },
  {
    name: 'CVR_e_mailadresse',
    fields: 'CVREnhedsId: String! vaerdi: String!',
    filters: { CVREnhedsId: 'String' },
    required: OF_UNIT,
    rowsOf: ({ unitId, email, startedOn }) => valueRows(unitId, email, startedOn),
  },
];

const OF_ALL = `virkningFra: LocalDate! virkningTil: LocalDate virkningsaktoer: String registreringFra: DafDateTime registreringTil: DafDateTime
  datafordelerOpdateringstid: DafDateTime datafordelerRowId: String`;

/** The schema of CVR's GraphQL, cut down to what the gateway could want (registers-identity.md 2.1). */
export function cvrSdl(): string {
  const roots = ENTITIES.map(({ name }) => `${name}(first: Int after: String virkningstid: DafDateTime where: ${name}FilterInput): ${name}Connection`);
  const types = ENTITIES.map(({ name, fields, filters }) => `
type ${name} { ${fields} ${OF_ALL} }
input ${name}FilterInput {
  and: [${name}FilterInput!] datafordelerRowId: DafStringOperationFilterInput
  ${Object.entries(filters).map(([field, type]) => `${field}: Daf${type}OperationFilterInput`).join(' ')}
}
${connectionSdl(name)}`);
  return `
type Query { ${roots.join('\n')} }
input DafLongOperationFilterInput { in: [Long!] eq: Long gt: Long gte: Long lt: Long lte: Long }
input DafStringOperationFilterInput { eq: String in: [String!] }
${types.join('\n')}`;
}

interface CvrArguments extends PageArguments {
  readonly virkningstid?: string | null;
  readonly where?: Filter | null;
}

type Filter = Readonly<Record<string, unknown>>;

/** The root fields, by name; each throws refusals as Datafordeleren gives them, or answers a page of rows. */
export const cvrResolvers: ReadonlyMap<string, (context: CvrContext, asked: CvrArguments) => object> = new Map(
  ENTITIES.map((entity) => [entity.name, (context: CvrContext, asked: CvrArguments) => resolveRows(entity, context, asked)]),
);

function resolveRows(entity: Entity, { book, calls, settings }: CvrContext, asked: CvrArguments): object {
  const { where, virkningstid } = asked;
  checkLists(where);
  if (!filtersByOne(where, entity.required)) {
    const fields = entity.required.join(', ');
    throw refusal(`When retrieving data for this entity, a filter on at least one of the following fields must be specified: ${fields}`, 'DAF-GQL-0009');
  }
  if (entity.name === 'CVR_Virksomhed') calls.addAsked('cvr', 1);
  const rows = book.companies().flatMap(entity.rowsOf).filter((row) => matches(row, where) && holdsAt(row, virkningstid));
  return connectionOf(rows, asked, settings.switches.pageSize);
}

function filtersByOne(where: Filter | null | undefined, required: readonly string[]): boolean {
  if (!where) return false;
  const inner = Array.isArray(where['and']) ? (where['and'] as readonly Filter[]) : [];
  return required.some((field) => where[field] !== undefined && where[field] !== null) || inner.some((one) => filtersByOne(one, required));
}

/** Texts are compared sign by sign, upper and lower case apart, as the real ones are. */
function matches(row: Row, where: Filter | null | undefined): boolean {
  return Object.entries(where ?? {}).every(([field, wanted]) => {
    if (field === 'and') return (wanted as readonly Filter[]).every((one) => matches(row, one));
    return Object.entries((wanted ?? {}) as Filter).every(([operation, value]) => fits(row[field] ?? null, operation, value));
  });
}

function fits(value: string | number | null, operation: string, wanted: unknown): boolean {
  switch (operation) {
    case 'eq': return value === wanted;
    case 'in': return value !== null && (wanted as readonly unknown[]).includes(value);
    case 'gt': return Number(value) > Number(wanted);
    case 'gte': return Number(value) >= Number(wanted);
    case 'lt': return Number(value) < Number(wanted);
    default: return Number(value) <= Number(wanted);
  }
}

function holdsAt(row: Row, time: string | null | undefined): boolean {
  if (!time) return true;
  const day = time.slice(0, 10);
  const { virkningFra, virkningTil } = row;
  return String(virkningFra) <= day && (virkningTil === null || virkningTil === undefined || String(virkningTil) >= day);
}

function unitIdOf(pNumber: string): string {
  return `40${pNumber.slice(2)}`;
}

function valueRows(unitId: string, value: string | null, from: string): readonly Row[] {
  return value === null ? [] : [{ CVREnhedsId: unitId, vaerdi: value, virkningFra: from, virkningTil: null }];
}
