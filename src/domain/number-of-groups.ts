import type { RecipientId } from './gateway-address.ts';

/** How the eight digits of a CVR number are grouped. "251248-99" is none: it is a CPR number that is not whole. */
const cvrGroups: ReadonlySet<string> = new Set(['8', '4 4', '2 2 2 2']);

/**
 * The one number that groups of digits make together: ten digits are a CPR number however they are grouped ("25 12 48 99 96"),
 * eight a CVR number as those are written; null for anything else. One reader for Skriv, Slå op and lists, so that half a CPR
 * number is a company in none of them. Dates and check digits are not looked at (formats.md, corner case 4).
 */
export function numberOfGroups(groups: readonly string[]): RecipientId | null {
  const number = groups.join('');
  if (number.length === 10) return { kind: 'cpr', number };
  return cvrGroups.has(groups.map(({ length }) => length).join(' ')) ? { kind: 'cvr', number } : null;
}
