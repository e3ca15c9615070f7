import {
  datafordelerTime, nameRecord, personRecord, PERSON_STATUSES, PROTECTIONS, type PersonName, type PersonNumber,
  type PersonProtection, type PersonRecord, type PersonStatus, type Protection,
} from './person-record.ts';
import { dayOf, fieldsOf, firstOf, graphqlNodes, objectsOf, saysUnknown, textOf, type Fields } from './read-answer.ts';
import { UnknownRegisterSetting } from './register-fault.ts';
import { inventedName, worldPerson } from './register-world.ts';

/** What CPR is to say of a number: a person, nobody, or GraphQL's own errors. */
export type PersonTold =
  | { readonly kind: 'person'; readonly record: PersonRecord }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'errors'; readonly errors: readonly unknown[] };

/**
 * Reads the `answer` of `PUT /sandbox/registers/cpr`: null or "unknown"; a simple object (`name`, `status`, `since`,
 * `protected`, `protections`, `currentNumber`), where what is left out stays as the world has it; an element of CPR's GraphQL,
 * or its whole answer; or an answer of the old REST. Throws UnknownRegisterSetting, which quotes no number.
 */
export function readPersonAnswer(number: string, answer: unknown): PersonTold {
  if (saysUnknown(answer)) return { kind: 'unknown' };
  const fields = fieldsOf(answer);
  if (fields === null) throw new UnknownRegisterSetting('answer skal være null, "unknown", et objekt eller registerets eget svar.');
  if (Array.isArray(fields['errors']) && fields['errors'].length > 0) return { kind: 'errors', errors: fields['errors'] };
  const own = ownShape(fields);
  if (own === 'none') return { kind: 'unknown' };
  return { kind: 'person', record: own === null ? personOfFacts(number, fields) : personOfNode(number, own) };
}

/** A person in the register's own words, "none" for an empty answer, null for something else. */
function ownShape(fields: Fields): Fields | 'none' | null {
  const nodes = graphqlNodes(fields, /^CPR/) ?? (Array.isArray(fields['nodes']) ? fields['nodes'] : null);
  if (nodes !== null) return fieldsOf(nodes[0]) ?? 'none';
  if (Array.isArray(fields['Personer'])) {
    const [first] = objectsOf(fields['Personer']);
    return first === undefined ? 'none' : nodeOfRest(fieldsOf(first['Person']) ?? first);
  }
  const person = fieldsOf(fields['Person']);
  if (person !== null) return nodeOfRest(person);
  return ['navne', 'navn', 'personnumre', 'beskyttelser', 'statusdato'].some((name) => isOwnList(fields[name])) ? fields : null;
}

function isOwnList(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** The old REST wraps each element in an object that has its name, and private access has objects for lists. */
function nodeOfRest(person: Fields): Fields {
  const inner = (list: string, element: string): readonly Fields[] =>
    objectsOf(firstOf(person, [list, element])).map((one) => fieldsOf(one[element]) ?? one);
  return {
    ...person,
    navne: inner('Navne', 'Navn'), personnumre: inner('Personnumre', 'Personnummer'), beskyttelser: inner('Beskyttelser', 'Beskyttelse'),
  };
}

function personOfNode(number: string, node: Fields): PersonRecord {
  const base = personRecord({ number, name: null });
  const given = objectsOf(node['personnumre']).filter(({ personnummer }) => personnummer !== undefined).map(numberOf);
  // Whoever is found by a number has it, or has had it.
  const isGiven = given.length === 0 || given.some(({ personnummer }) => personnummer === number);
  const personnumre = isGiven ? given : [{ personnummer: number, status: 'historisk', virkningfra: null, virkningtil: null }, ...given];
  return {
    ...base,
    id: textOf(node, ['id'], base.id) ?? base.id,
    status: textOf(node, ['status'], base.status) ?? base.status,
    statusdato: textOf(node, ['statusdato'], null),
    foedselsdato: textOf(node, ['foedselsdato'], null),
    koen: textOf(node, ['koen'], base.koen) ?? base.koen,
    navne: objectsOf(firstOf(node, ['navne', 'navn'])).map(nameOf),
    personnumre: personnumre.length === 0 ? base.personnumre : personnumre,
    beskyttelser: objectsOf(node['beskyttelser']).map(protectionOf),
  };
}

function effectOf(fields: Fields): Pick<PersonName, 'status' | 'virkningfra' | 'virkningtil'> {
  return {
    status: textOf(fields, ['status'], null),
    virkningfra: textOf(fields, ['virkningfra', 'virkningFra'], null),
    virkningtil: textOf(fields, ['virkningtil', 'virkningTil'], null),
  };
}

function nameOf(fields: Fields): PersonName {
  const part = (name: string): string | null => textOf(fields, [name], null);
  return {
    adresseringsnavn: part('adresseringsnavn'), fornavne: part('fornavne'), mellemnavn: part('mellemnavn'), efternavn: part('efternavn'),
    ...effectOf(fields),
  };
}

function numberOf(fields: Fields): PersonNumber {
  return { personnummer: String(fields['personnummer']), ...effectOf(fields) };
}

function protectionOf(fields: Fields): PersonProtection {
  return { beskyttelsestype: textOf(fields, ['beskyttelsestype'], '') ?? '', ...effectOf(fields) };
}

const FIELDS = {
  name: ['name', 'navn', 'adresseringsnavn', 'displayName'],
  status: ['status', 'state'],
  since: ['since', 'statusdato', 'statusDate', 'date'],
  protected: ['protected', 'beskyttet'],
  protections: ['protections', 'beskyttelser'],
  current: ['currentNumber', 'currentCpr'],
} as const;

function personOfFacts(number: string, fields: Fields): PersonRecord {
  if (firstOf(fields, Object.values(FIELDS).flat()) === undefined) {
    throw new UnknownRegisterSetting('answer skal have mindst ét af felterne name, status, since, protected, protections og currentNumber.');
  }
  const known = worldPerson(number) ?? personRecord({ number, name: inventedName(number) });
  const current = currentNumberOf(fields, number);
  const base = current === null ? known : { ...known, ...numbersChanged(number, current) };
  const status = statusOf(firstOf(fields, FIELDS.status)) ?? base.status;
  // A date belongs to the status that it came with.
  const oldSince = status === base.status ? base.statusdato : null;
  return {
    ...base,
    status,
    statusdato: sinceOf(dayOf(fields, FIELDS.since, undefined), oldSince),
    navne: namesOf(textOf(fields, FIELDS.name, undefined), base.navne),
    beskyttelser: protectionsOf(fields) ?? base.beskyttelser,
  };
}

function numbersChanged(former: string, number: string): Pick<PersonRecord, 'id' | 'personnumre'> {
  const { id, personnumre } = personRecord({ number, formerNumbers: [former], name: null });
  return { id, personnumre };
}

function sinceOf(day: string | null | undefined, otherwise: string | null): string | null {
  if (day === undefined) return otherwise;
  return day === null ? null : datafordelerTime(day);
}

function namesOf(name: string | null | undefined, otherwise: readonly PersonName[]): readonly PersonName[] {
  if (name === undefined) return otherwise;
  return name === null ? [] : [nameRecord(name)];
}

function currentNumberOf(fields: Fields, number: string): string | null {
  const current = textOf(fields, FIELDS.current, null);
  if (current === null || current === number) return null;
  if (/^\d{10}$/.test(current)) return current;
  throw new UnknownRegisterSetting('currentNumber skal være et CPR-nummer på 10 cifre eller null.');
}

const STATUS_WORDS: Readonly<Record<string, PersonStatus>> = {
  alive: 'bopael_i_danmark', active: 'bopael_i_danmark', aktiv: 'bopael_i_danmark', levende: 'bopael_i_danmark',
  dead: 'doed', død: 'doed', deceased: 'doed',
  emigrated: 'udrejst', disappeared: 'forsvundet',
  inactive: 'nedlagt_person', nedlagt: 'nedlagt_person', cancelled: 'annulleret',
  '1': 'bopael_i_danmark', '3': 'bopael_i_danmark_hoej_vejkode', '5': 'bopael_i_groenland', '7': 'bopael_i_groenland_hoej_vejkode',
  '20': 'ej_bopael', '30': 'annulleret', '50': 'nedlagt_person', '60': 'nedlagt_person', '70': 'forsvundet', '80': 'udrejst', '90': 'doed',
};

function statusOf(value: unknown): PersonStatus | null {
  if (value === undefined || value === null) return null;
  const word = String(value).trim().toLowerCase().replace(/[ -]+/g, '_');
  const status = PERSON_STATUSES.find((one) => one === word) ?? STATUS_WORDS[word];
  if (status !== undefined) return status;
  throw new UnknownRegisterSetting(`status skal være alive, dead, emigrated, disappeared, inactive eller et af CPR's egne: ${PERSON_STATUSES.join(', ')}.`);
}

/** Null when nothing is said of protection, so that the world's own stays. */
function protectionsOf(fields: Fields): readonly PersonProtection[] | null {
  const isProtected = firstOf(fields, FIELDS.protected);
  const listed = firstOf(fields, FIELDS.protections);
  if (isProtected !== undefined && isProtected !== null && typeof isProtected !== 'boolean') {
    throw new UnknownRegisterSetting('protected skal være true eller false.');
  }
  const words: readonly unknown[] = Array.isArray(listed) ? listed : [];
  if (listed !== undefined && listed !== null && !Array.isArray(listed)) throw new UnknownRegisterSetting('protections skal være en liste.');
  const named = words.map(protectionNamed);
  if (isProtected === undefined && listed === undefined) return null;
  const all = new Set([...(isProtected === true ? (['navne_og_adresse'] as const) : []), ...named]);
  return [...all].map((beskyttelsestype) => ({ beskyttelsestype, status: 'aktuel', virkningfra: datafordelerTime('2026-01-15'), virkningtil: null }));
}

function protectionNamed(value: unknown): Protection {
  const word = String(fieldsOf(value)?.['beskyttelsestype'] ?? value).trim().toLowerCase().replace(/[ -]+/g, '_');
  const protection = PROTECTIONS.find((one) => one === word) ?? PROTECTION_WORDS[word];
  if (protection !== undefined) return protection;
  throw new UnknownRegisterSetting(`protections skal være blandt ${PROTECTIONS.join(', ')}.`);
}

const PROTECTION_WORDS: Readonly<Record<string, Protection>> = {
  name_and_address: 'navne_og_adresse', marketing: 'markedsfoering', markedsføring: 'markedsfoering', credit: 'kreditadvarsel',
};
