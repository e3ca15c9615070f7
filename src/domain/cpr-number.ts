import { unicodePattern } from './unicode-pattern.ts';

/**
 * True for ten ASCII digits. Neither date nor modulus 11 is checked: numbers issued since 2007 may fail the modulus,
 * substitute numbers have impossible dates, and the documentation's own example has month 34 (cpr.dk; formats.md 4).
 */
export function isCprNumber(text: string): boolean {
  return /^[0-9]{10}$/.test(text);
}

/**
 * What ten digits may be by their first six: a person's number begins with a real birth date in the century that the
 * seventh digit tells; a replacement number, which is unknown to CPR, has 60 added to the day (registers-identity.md 3.1).
 * Check digits are not looked at: numbers issued since 2007 may fail them.
 */
export function cprShape(cpr: string): 'birth-date' | 'replacement' | 'no-date' {
  const [day = 0, month = 0, year = 0] = [cpr.slice(0, 2), cpr.slice(2, 4), cpr.slice(4, 6)].map(Number);
  const fullYear = centuryOf(Number(cpr.charAt(6)), year) + year;
  if (isRealDate(fullYear, month, day)) return 'birth-date';
  return isRealDate(fullYear, month, day - REPLACEMENT_DAYS) ? 'replacement' : 'no-date';
}

/** The year of birth that a CPR number tells, in four digits. Means nothing where `cprShape` finds no date. */
export function cprBirthYear(cpr: string): number {
  const year = Number(cpr.slice(4, 6));
  return centuryOf(Number(cpr.charAt(6)), year) + year;
}

const REPLACEMENT_DAYS = 60;

function centuryOf(seventh: number, year: number): number {
  if (seventh <= 3) return 1900;
  if (seventh === 4 || seventh === 9) return year <= 36 ? 2000 : 1900;
  return year <= 57 ? 2000 : 1800;
}

function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** "2512489996" → "251248-xxxx": the birth date stays, the four last digits go. Takes ten digits, with or without a hyphen. */
export function maskCprNumber(cpr: string): string {
  return `${cpr.slice(0, 6)}-xxxx`;
}

/**
 * Masks everything that may be a CPR number in free text: for logs, errors, and subjects in receipts. Identifiers stay
 * readable, since a log without them is of no use: GUIDs, hexadecimal checksums, ISO times and longer numbers are left.
 * A number of ten digits that is no CPR number (seconds since 1970) is masked as well: it cannot be told apart.
 */
export function maskCprNumbersIn(text: string): string {
  return text.replace(cprOrBystander, (match, cpr: string | undefined) => (cpr === undefined ? match : maskCprNumber(cpr)));
}

/** Whether a display name shows a CPR number: what `maskCprNumbersIn` would mask, where its date is one. */
export function showsCprNumber(displayName: string): boolean {
  let shows = false;
  displayName.slice(0, nameCharactersMax).normalize('NFKC').replace(cprOrBystander, (match, cpr: string | undefined) => {
    shows = shows || (cpr !== undefined && cprShape(match.replace(/\D/g, '')) !== 'no-date');
    return match;
  });
  return shows;
}

/** Outlook keeps no longer name. */
const nameCharactersMax = 255;

const separator = String.raw`(?:%20|%2d|[ \u00a0]?[-\u2010-\u2015_][ \u00a0]?|[ \u00a0])?`;
const digit = String.raw`[\p{Nd}]`;
const cpr = `(${digit}{6})${separator}${digit}{4}(?!${digit})`;

// One pass that consumes whole tokens, so that a number never begins in the middle of something else. The percent code
// comes before the digits: in "%201234567890" the blank's own digits must not make the number look longer than it is;
// but in "100%2512489996" the sign is a percent sign.
const bystanders = [
  '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?`,
  `%(?!${digit}{6}${separator}${digit}{4}(?!${digit}))[2-9a-f][0-9a-f]`,
  '[0-9a-f]{16,}',
];
const cprOrBystander = unicodePattern(`${bystanders.join('|')}|${cpr}|${digit}+`, 'giu');
