import { betweenNameAndNumber, type CprInText } from '../cpr-in-text.ts';
import { cprShape } from '../cpr-number.ts';
import { isNameOf } from '../person-name.ts';
import { GENERATION_YEARS, isYoung, yearsYounger, type KnownNumbers } from './known-numbers.ts';
import { namesIn, type NameInText } from './name-in-text.ts';

// Whose name stands beside a number.

/**
 * Whose name stands directly before a number: "Nancy Berggren, 251248-9996" is the recipient's, whatever the number; in
 * "Nancy Berggren (251248-9996) og Kirsten Holm (…)" the second is named beside her. Null: nobody's.
 */
export function nameBeside(text: string, place: CprInText, known: KnownNumbers): 'own' | 'beside-own' | NameInText | null {
  const line = text.slice(Math.max(0, place.start - NAME_CHARACTERS), place.start);
  const names = namesIn(line).filter(({ words }) => words > 1);
  const [first, beside] = [names.at(-2), names.at(-1)];
  const isOwn = (name: string) => known.names.some((own) => isNameOf(name, own));
  if (beside && isOwn(beside.name) && overAddress.test(line.slice(beside.end))) return 'own';
  if (!beside || !betweenNameAndNumber.test(line.slice(beside.end))) return null;
  if (!isOwn(beside.name)) return first && isOwn(first.name) && joined.test(line.slice(first.end, beside.start)) ? 'beside-own' : beside;
  return isNamesake(place, known) || relativeBefore.test(beside.before) ? beside : 'own';
}

/** "Nancy Berggren 251248 9996", written as CPR numbers are. */
export function isBehindOwn(text: string, place: CprInText, { names }: KnownNumbers): boolean {
  if (cprShape(place.cpr) !== 'birth-date' || place.end - place.start === place.cpr.length) return false;
  const line = text.slice(Math.max(0, place.start - NAME_CHARACTERS), place.start);
  const last = namesIn(line).at(-1);
  return last !== undefined && last.words > 1 && /^[ ,:(-]{1,3}$/.test(line.slice(last.end)) && names.some((own) => isNameOf(last.name, own));
}

/** "Vedrørende 251248-9996 Nancy Berggren". */
export function isBeforeOwn(text: string, { end }: CprInText, { names }: KnownNumbers): boolean {
  const [behind] = namesIn(text.slice(end, end + NAME_BEHIND_CHARACTERS));
  return behind !== undefined && behind.words > 1 && /^[ ,:-]{1,3}$/.test(text.slice(end, end + behind.start)) && names.some((own) => isNameOf(behind.name, own));
}

const NAME_BEHIND_CHARACTERS = 60;

/** Children are called as their parents, seldom. */
function isNamesake(place: CprInText, known: KnownNumbers): boolean {
  return known.aboutChild && yearsYounger(place, known) >= GENERATION_YEARS && isYoung(place, known);
}

/** ", Birkevej 12, 2. th., cpr-nr. " between a name and its number. */
const overAddress = /^,(?: [^,\n]{3,40}\d[^,\n]{0,12},)(?: [^,\n]{2,24},){0,2} (?:cpr|person)[\p{L}. -]{0,16}[ :]*$/iu;

const NAME_CHARACTERS = 130;
const joined = /^[^\p{L}]*(?:og|samt|and)?[ \n]?$/u;
const relativeBefore = /(?:(?:barn|søn|datter|mor|far),?|(?:hjælp|boet|dødsbo|dødsboet|afdøde) efter) $/;
