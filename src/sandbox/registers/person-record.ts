/** A person's status as CPR words it on Datafordeleren (cpr-PersonSimpelMedPersonnummer.schema.json). */
export const PERSON_STATUSES = [
  'bopael_i_danmark', 'bopael_i_danmark_hoej_vejkode', 'bopael_i_groenland', 'bopael_i_groenland_hoej_vejkode', 'ej_bopael',
  'annulleret', 'nedlagt_person', 'forsvundet', 'udrejst', 'doed',
] as const;
export type PersonStatus = (typeof PERSON_STATUSES)[number];

/** What may be protected; only `navne_og_adresse` hides a name. */
export const PROTECTIONS = ['navne_og_adresse', 'lokal_vejviser', 'markedsfoering', 'kreditadvarsel'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** When a fact held: times as Datafordeleren writes them; null: always, or still. */
interface Effect {
  readonly status: string | null;
  readonly virkningfra: string | null;
  readonly virkningtil: string | null;
}

export interface PersonName extends Effect {
  readonly adresseringsnavn: string | null;
  readonly fornavne: string | null;
  readonly mellemnavn: string | null;
  readonly efternavn: string | null;
}

export interface PersonNumber extends Effect {
  readonly personnummer: string;
}

export interface PersonProtection extends Effect {
  readonly beskyttelsestype: string;
}

export interface PersonAddress extends Effect {
  readonly vejadresseringsnavn: string;
  readonly husnummer: string;
  readonly postnummer: string;
  readonly postdistrikt: string;
}

/** One person in the CPR register; field names are those of its GraphQL. */
export interface PersonRecord {
  readonly id: string;
  readonly status: string;
  /** Since when. */
  readonly statusdato: string | null;
  readonly foedselsdato: string | null;
  readonly koen: string;
  readonly navne: readonly PersonName[];
  readonly personnumre: readonly PersonNumber[];
  readonly beskyttelser: readonly PersonProtection[];
  readonly adresseoplysninger: readonly PersonAddress[];
}

/** Whether name and address are protected now. */
export function isProtected({ beskyttelser }: PersonRecord): boolean {
  return beskyttelser.some(({ beskyttelsestype, status }) => beskyttelsestype === 'navne_og_adresse' && (status ?? 'aktuel') === 'aktuel');
}

/** The fact that holds now among several, or null. */
export function currentOf<T extends { readonly status: string | null }>(facts: readonly T[]): T | null {
  return facts.find(({ status }) => status === 'aktuel') ?? facts.find(({ status }) => status === null) ?? null;
}

/** A day as Datafordeleren writes a time: midnight in Denmark (summer time by the month, which is near enough). */
export function datafordelerTime(day: string): string {
  const month = Number(day.slice(5, 7));
  return `${day}T00:00:00.000000+0${month >= SUMMER_MONTHS.first && month <= SUMMER_MONTHS.last ? 2 : 1}:00`;
}

/** A name as the register keeps it: the last word is the surname. */
export function nameRecord(name: string): PersonName {
  const words = name.trim().split(/\s+/);
  return {
    adresseringsnavn: name.trim(), fornavne: words.slice(0, -1).join(' ') || name.trim(), mellemnavn: null, efternavn: words.at(-1) ?? null,
    status: 'aktuel', virkningfra: null, virkningtil: null,
  };
}

/** What makes a record of a person of whom little is said. */
export interface PersonFacts {
  /** The number that holds now. */
  readonly number: string;
  /** Numbers that held before. */
  readonly formerNumbers?: readonly string[];
  readonly name: string | null;
  readonly status?: PersonStatus;
  readonly since?: string | null;
  readonly protections?: readonly Protection[];
}

const STREETS = ['Birkevej', 'Egevænget', 'Nørregade', 'Skolebakken', 'Åparken', 'Lærkehøjen', 'Møllestien'] as const;
const SUMMER_MONTHS = { first: 4, last: 10 } as const;
const SINCE_LONG = '2026-01-15';

/** A whole record: what is not given is invented from the number, the same each time. */
export function personRecord(facts: PersonFacts): PersonRecord {
  const { number, name } = facts;
  const digits = Number(number);
  const times = { virkningfra: null, virkningtil: null };
  return {
    id: personId(number),
    status: facts.status ?? 'bopael_i_danmark',
    statusdato: facts.since ? datafordelerTime(facts.since) : null,
    foedselsdato: null,
    koen: digits % 2 === 0 ? 'kvinde' : 'mand',
    navne: name === null ? [] : [nameRecord(name)],
    personnumre: [
      ...(facts.formerNumbers ?? []).map((personnummer) => ({ personnummer, status: 'historisk', ...times })),
      { personnummer: number, status: 'aktuel', ...times },
    ],
    beskyttelser: (facts.protections ?? []).map((beskyttelsestype) => ({
      beskyttelsestype, status: 'aktuel', virkningfra: datafordelerTime(SINCE_LONG), virkningtil: null,
    })),
    adresseoplysninger: [
      {
        vejadresseringsnavn: STREETS[digits % STREETS.length] ?? '', husnummer: String(1 + (digits % 97)).padStart(3, '0'),
        postnummer: '9999', postdistrikt: 'Øvelse', status: 'aktuel', ...times,
      },
    ],
  };
}

/** An id that follows from the number without telling it to a person's eye: nothing here is secret. */
function personId(number: string): string {
  let mixed = 2_166_136_261;
  for (const digit of `person ${number}`) mixed = Math.imul(mixed ^ digit.charCodeAt(0), 16_777_619) >>> 0;
  const hex = mixed.toString(16).padStart(8, '0');
  return `${hex}-0000-4000-8000-${hex.split('').reverse().join('')}${hex.slice(0, 4)}`;
}
