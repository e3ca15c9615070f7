import { CITIZENS, COMPANIES, isInventedCpr, ORGANISATIONS } from '../world.ts';
import { companyRecord, type CompanyFacts, type CompanyRecord } from './company-record.ts';
import { personRecord, type PersonFacts, type PersonRecord } from './person-record.ts';

/** What the registers alone know of the world's people; a protected name stands nowhere else. */
const PERSON_FACTS: ReadonlyMap<string, Partial<PersonFacts>> = new Map<string, Partial<PersonFacts>>([
  ['1111111118', { name: 'Karla Test Hemmelig', protections: ['navne_og_adresse'] }],
  ['0101851001', { status: 'doed', since: '2025-03-01' }],
  ['0201919995', { formerNumbers: ['0201919990'] }],
  ['0108629996', { status: 'udrejst', since: '2024-06-01' }],
  ['0104909989', { protections: ['kreditadvarsel', 'markedsfoering'] }],
]);

const COMPANY_FACTS: ReadonlyMap<string, Partial<CompanyFacts>> = new Map<string, Partial<CompanyFacts>>([
  ['87654321', { pNumbers: ['1007256945'], phone: '00112233', email: 'post@bergs-toemrer.example' }],
  ['12345678', { formerName: 'Gammelsmedjen A/S', form: 'A/S' }],
  ['56781234', { status: 'Ophørt', ceasedOn: '2024-12-31' }],
  ['25052943', { status: 'UNDERKONKURS' }],
]);

const PERSONS = CITIZENS.map(({ number, name }) => personRecord({ number, name, ...PERSON_FACTS.get(number) }));
const PERSON_BY_NUMBER = new Map(PERSONS.flatMap((one) => one.personnumre.map(({ personnummer }) => [personnummer, one] as const)));

/** The companies of the world, the organisations on the gateway among them. */
export const WORLD_COMPANIES: readonly CompanyRecord[] = [
  ...COMPANIES.map(({ number, name }) => companyRecord({ cvr: number, name, ...COMPANY_FACTS.get(number) })),
  ...ORGANISATIONS.map(({ cvr, name, mainMailbox }) => companyRecord({ cvr, name, status: 'Aktiv', form: 'KOM', email: mainMailbox })),
];

const FIRST_NAMES = [
  'Agnes', 'Anton', 'Bodil', 'Carl', 'Ditte', 'Emil', 'Freja', 'Gorm', 'Helle', 'Ivan', 'Jytte', 'Kaj', 'Lærke', 'Mads', 'Nora', 'Oluf',
  'Pia', 'Rune', 'Signe', 'Troels', 'Ulla', 'Villads', 'Yrsa', 'Åge',
] as const;
const SURNAMES = [
  'Bæk', 'Dahl', 'Eskildsen', 'Fog', 'Grøn', 'Holst', 'Iversen', 'Juhl', 'Krogh', 'Lynge', 'Munk', 'Nygaard', 'Overby', 'Præst', 'Ravn',
  'Skov', 'Toft', 'Vang', 'Winther', 'Østergaard', 'Ågaard',
] as const;

/** Who has, or has had, this number in the world; null for a number that CPR does not know. */
export function worldPerson(number: string): PersonRecord | null {
  return PERSON_BY_NUMBER.get(number) ?? (isInventedCpr(number) ? personRecord({ number, name: inventedName(number) }) : null);
}

/** The name of somebody of whom the world knows the number only: made from it, the same each time. */
export function inventedName(number: string): string {
  const digits = Number(number);
  return `${FIRST_NAMES[digits % FIRST_NAMES.length]} Test ${SURNAMES[Math.floor(digits / FIRST_NAMES.length) % SURNAMES.length]}`;
}
