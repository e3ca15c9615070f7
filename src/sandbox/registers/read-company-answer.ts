import {
  companyRecord, COMPANY_STATUSES, graphqlStatusOf, type CompanyAddress, type CompanyName, type CompanyRecord,
} from './company-record.ts';
import { dayOf, fieldsOf, firstOf, graphqlNodes, objectsOf, saysUnknown, textOf, type Fields } from './read-answer.ts';
import { UnknownRegisterSetting } from './register-fault.ts';
import { WORLD_COMPANIES } from './register-world.ts';

/** What CVR is to say of a number. */
export type CompanyTold = { readonly kind: 'company'; readonly record: CompanyRecord } | { readonly kind: 'unknown' };

/**
 * Reads the `answer` of `PUT /sandbox/registers/cvr`: null or "unknown"; a simple object (`name`, `status`, `ceasedOn`,
 * `address`, `phone`, `email`, `pNumbers`), where what is left out stays as the world has it; a CVR_Virksomhed of GraphQL, or
 * its whole answer; or a source, a hit or a whole answer of Elasticsearch. Throws UnknownRegisterSetting.
 */
export function readCompanyAnswer(cvr: string, answer: unknown): CompanyTold {
  if (saysUnknown(answer)) return { kind: 'unknown' };
  const fields = fieldsOf(answer);
  if (fields === null) throw new UnknownRegisterSetting('answer skal være null, "unknown", et objekt eller registerets eget svar.');
  const base = WORLD_COMPANIES.find((one) => one.cvr === cvr) ?? companyRecord({ cvr, name: `Virksomheden ${cvr}` });
  const source = sourceIn(fields);
  if (source === 'none') return { kind: 'unknown' };
  if (source !== null) return { kind: 'company', record: companyOfSource(base, source) };
  const node = nodeIn(fields);
  if (node === 'none') return { kind: 'unknown' };
  return { kind: 'company', record: node === null ? companyOfFacts(base, fields) : companyOfNode(base, node) };
}

function nodeIn(fields: Fields): Fields | 'none' | null {
  const nodes = graphqlNodes(fields, /^CVR_Virksomhed$/) ?? (Array.isArray(fields['nodes']) ? fields['nodes'] : null);
  if (nodes !== null) return fieldsOf(nodes[0]) ?? 'none';
  return 'CVRNummer' in fields || 'virksomhedOphoersdato' in fields ? fields : null;
}

function sourceIn(fields: Fields): Fields | 'none' | null {
  const hits = fieldsOf(fields['hits'])?.['hits'];
  const hit = Array.isArray(hits) ? objectsOf(hits)[0] : fields;
  if (hit === undefined) return 'none';
  const source = fieldsOf(hit['_source']) ?? hit;
  const company = fieldsOf(source['Vrvirksomhed']);
  if (company !== null) return company;
  return 'virksomhedMetadata' in source || 'cvrNummer' in source ? source : null;
}

/** What GraphQL answers must follow from the source; Virk answers with the source as it is. */
function companyOfSource(base: CompanyRecord, source: Fields): CompanyRecord {
  const metadata = fieldsOf(source['virksomhedMetadata']) ?? {};
  const life = fieldsOf(objectsOf(source['livsforloeb']).at(-1)?.['periode']) ?? {};
  const status = textOf(metadata, ['sammensatStatus'], null) ?? base.status;
  const names = namesOfSource(base, source, metadata);
  return {
    ...base,
    names,
    status,
    graphqlStatus: graphqlStatusOf(status),
    startedOn: dayOf(life, ['gyldigFra'], base.startedOn) ?? base.startedOn,
    ceasedOn: dayOf(life, ['gyldigTil'], null),
    address: addressOfSource(fieldsOf(metadata['nyesteBeliggenhedsadresse'])),
    phone: contactOfSource(source['telefonNummer']),
    email: contactOfSource(source['elektroniskPost']),
    units: objectsOf(source['penheder']).map((unit) => ({ pNumber: String(unit['pNummer']), name: names.at(-1)?.name ?? '' })),
    source: { ...source, cvrNummer: Number(base.cvr) },
  };
}

function namesOfSource(base: CompanyRecord, source: Fields, metadata: Fields): readonly CompanyName[] {
  const names = objectsOf(source['navne']).map(nameOfSource);
  const newest = textOf(fieldsOf(metadata['nyesteNavn']) ?? {}, ['navn'], null);
  if (names.length > 0) return names;
  return newest === null ? base.names : [{ name: newest, from: base.startedOn, to: null, sequence: 0 }];
}

function nameOfSource(fields: Fields): CompanyName {
  const period = fieldsOf(fields['periode']) ?? {};
  return {
    name: textOf(fields, ['navn'], '') ?? '', from: dayOf(period, ['gyldigFra'], null) ?? '1900-01-01',
    to: dayOf(period, ['gyldigTil'], null), sequence: 0,
  };
}

function addressOfSource(address: Fields | null): CompanyAddress | null {
  if (address === null) return null;
  const part = (name: string): string => textOf(address, [name], '') ?? '';
  return { street: part('vejnavn'), houseNumber: part('husnummerFra') + part('bogstavFra'), postCode: part('postnummer'), city: part('postdistrikt') };
}

function contactOfSource(list: unknown): string | null {
  const shown = objectsOf(list).filter(({ hemmelig }) => hemmelig !== true);
  return textOf(shown.at(-1) ?? {}, ['kontaktoplysning'], null);
}

function companyOfNode(base: CompanyRecord, node: Fields): CompanyRecord {
  const word = textOf(node, ['status'], base.graphqlStatus) ?? base.graphqlStatus;
  const name = textOf(node, ['vaerdi', 'navn', 'name'], null);
  return {
    ...base,
    unitId: textOf(node, ['id'], base.unitId) ?? base.unitId,
    names: name === null ? base.names : [{ name, from: base.startedOn, to: null, sequence: 0 }],
    status: word === 'aktiv' ? 'NORMAL' : (statusNamed(word) ?? word),
    graphqlStatus: word,
    startedOn: dayOf(node, ['virksomhedStartdato'], base.startedOn) ?? base.startedOn,
    ceasedOn: dayOf(node, ['virksomhedOphoersdato'], null),
  };
}

const FIELDS = {
  name: ['name', 'navn'],
  status: ['status', 'state', 'sammensatStatus'],
  ceasedOn: ['ceasedOn', 'ophoersdato'],
  address: ['address', 'adresse'],
  phone: ['phone', 'telefon'],
  email: ['email'],
  units: ['pNumbers', 'pNumber'],
} as const;

function companyOfFacts(base: CompanyRecord, fields: Fields): CompanyRecord {
  if (firstOf(fields, Object.values(FIELDS).flat()) === undefined) {
    throw new UnknownRegisterSetting('answer skal have mindst ét af felterne name, status, ceasedOn, address, phone, email og pNumbers.');
  }
  const ceasedOn = dayOf(fields, FIELDS.ceasedOn, undefined);
  const status = statusOf(firstOf(fields, FIELDS.status)) ?? (ceasedOn ? 'Ophørt' : base.status);
  const name = textOf(fields, FIELDS.name, null);
  const isCeased = CEASED.has(status);
  const record = companyRecord({ cvr: base.cvr, name: name ?? base.names.at(-1)?.name ?? '', status });
  return {
    ...base,
    names: name === null ? base.names : record.names,
    status,
    graphqlStatus: record.graphqlStatus,
    ceasedOn: ceasedOn ?? (isCeased ? (base.ceasedOn ?? '2024-12-31') : null),
    address: addressOf(firstOf(fields, FIELDS.address), base.address),
    phone: textOf(fields, FIELDS.phone, base.phone),
    email: textOf(fields, FIELDS.email, base.email),
    units: unitsOf(firstOf(fields, FIELDS.units), record) ?? base.units,
  };
}

const CEASED: ReadonlySet<string> = new Set(COMPANY_STATUSES.filter((status) => /^(TVANGSOPLØST|OPLØST.*|Ophørt|SLETTET)$/.test(status)));

const STATUS_WORDS: Readonly<Record<string, string>> = {
  ACTIVE: 'NORMAL', CEASED: 'Ophørt', INDISTRESS: 'UNDERKONKURS', BANKRUPT: 'UNDERKONKURS', BANKRUPTCY: 'UNDERKONKURS', KONKURS: 'UNDERKONKURS',
  NOTSTARTED: 'FREMTID',
};

function statusOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const status = statusNamed(String(value));
  if (status !== null) return status;
  throw new UnknownRegisterSetting(`status skal være active, ceased, in-distress, not-started eller en af CVR's egne: ${COMPANY_STATUSES.join(', ')}.`);
}

/** A state in the words of CVR, whatever its letters' case: "Under konkurs" is UNDERKONKURS. */
function statusNamed(word: string): string | null {
  const bare = word.toUpperCase().replace(/[^A-ZÆØÅ]/g, '');
  return COMPANY_STATUSES.find((status) => status.toUpperCase() === bare) ?? STATUS_WORDS[bare] ?? null;
}

/** An address as an object, as lines ("Torvet 1", "8000 Aarhus C") or as one text with commas. */
function addressOf(value: unknown, otherwise: CompanyAddress | null): CompanyAddress | null {
  if (value === undefined) return otherwise;
  if (value === null) return null;
  const fields = fieldsOf(value);
  return fields === null ? addressOfLines(Array.isArray(value) ? value.map(String) : String(value).split(/[,\n]/)) : addressOfFields(fields);
}

function addressOfFields(fields: Fields): CompanyAddress {
  const part = (...names: string[]): string => textOf(fields, names, '') ?? '';
  return {
    street: part('street', 'vejnavn'), houseNumber: part('houseNumber', 'husnummer'), postCode: part('postCode', 'postnummer'),
    city: part('city', 'postdistrikt'),
  };
}

function addressOfLines(given: readonly string[]): CompanyAddress {
  const lines = given.map((line) => line.trim()).filter((line) => line !== '');
  const [, street = '', houseNumber = ''] = /^(.*?)\s*(\d+\s?[A-Za-z]?)?$/.exec(lines[0] ?? '') ?? [];
  const [, postCode = '', city = ''] = /^(\d{4})?\s*(.*)$/.exec(lines.slice(1).at(-1) ?? '') ?? [];
  return { street, houseNumber, postCode, city };
}

function unitsOf(value: unknown, { names }: CompanyRecord): CompanyRecord['units'] | null {
  if (value === undefined || value === null) return null;
  const numbers = (Array.isArray(value) ? value : [value]).map(String);
  if (!numbers.every((number) => /^\d{10}$/.test(number))) throw new UnknownRegisterSetting('pNumbers skal være P-numre på 10 cifre.');
  return numbers.map((pNumber) => ({ pNumber, name: names.at(-1)?.name ?? '' }));
}
