import { betweenNameAndNumber, cprNumbersIn, type CprInText } from './cpr-in-text.ts';
import { cprBirthYear } from './cpr-number.ts';
import { namesIn } from './name-in-text.ts';
import { isNameOf } from './person-name.ts';
import { aboutChild, childWords, otherPersonWords, parentWords, worksFor } from './letter-words.ts';

/** Whose numbers may stand in a letter. */
export interface KnownNumbers {
  /** CPR numbers of the recipients. */
  readonly recipients: readonly string[];
  /** Their names, where they are known. */
  readonly names: readonly string[];
  /** Every recipient is a company. */
  readonly companies: boolean;
  /** The letter is about a child. */
  readonly aboutChild: boolean;
  readonly year: number;
}

/**
 * CPR numbers in a text that are no recipient's, and of whom the text does not say that it is somebody else: a child, a
 * parent, a spouse, somebody's guardian. The birth date tells whether that can be: a child is younger than its parents.
 */
export function strangeNumbers(text: string, known: KnownNumbers): readonly CprInText[] {
  const places = cprNumbersIn(text);
  const isTold = places.some(({ cpr }) => known.recipients.includes(cpr));
  return places.filter((place) => !known.recipients.includes(place.cpr) && !isOfAnother(text, place, { ...known, isTold }));
}

function isOfAnother(text: string, place: CprInText, known: KnownNumbers & { readonly isTold: boolean }): boolean {
  const { before, after } = wordsAround(text, place);
  if (ownNumber.test(before) || isBesideName(text, place, known.names)) return false;
  const said = `${before} ${after}`;
  if (otherPersonWords.test(said)) return true;
  if (known.companies) return worksFor.test(text.toLowerCase());
  const younger = Math.max(...known.recipients.map((own) => cprBirthYear(place.cpr) - cprBirthYear(own)));
  // Beside the recipient's own number, or said to be the child's, it is the other parent's.
  const isOtherParent = known.isTold || /(?:barnets|børnenes) /.test(said) || younger <= -GENERATION_YEARS;
  return (isOtherParent && parentWords.test(said)) || (younger >= GENERATION_YEARS && isChild(text, place, said, known));
}

function isChild(text: string, { cpr }: CprInText, said: string, { year, aboutChild: isAboutChild }: KnownNumbers): boolean {
  return childWords.test(said) || (year - cprBirthYear(cpr) < CHILD_YEARS && (isAboutChild || aboutChild.test(text)));
}

const GENERATION_YEARS = 14;
const CHILD_YEARS = 20;

const ownNumber = /(?:^|[^\p{L}])(?:dit|deres|your|jeres) (?:eget )?(?:cpr|person)[^.\n]{0,30}$/u;

/** "Nancy Berggren, 251248-9996": the name directly before a number is whose it is. */
function isBesideName(text: string, { start }: CprInText, names: readonly string[]): boolean {
  const line = text.slice(Math.max(0, start - NAME_CHARACTERS), start);
  const beside = namesIn(line).at(-1);
  if (!beside || beside.words < 2 || !betweenNameAndNumber.test(line.slice(beside.end))) return false;
  // A child may be called as its parent.
  if (childWords.test(beside.before.slice(-20))) return false;
  return names.some((own) => isNameOf(beside.name, own));
}

const NAME_CHARACTERS = 90;
interface Around {
  readonly before: string;
  readonly after: string;
}

const CHARACTERS_BEFORE = 160;
const CHARACTERS_AFTER = 60;

/** The sentence in which a number stands, or in a form the lines above it and the rest of its own, in lower case. */
function wordsAround(text: string, { start, end }: CprInText): Around {
  const before = text.slice(Math.max(0, start - CHARACTERS_BEFORE), start).toLowerCase();
  const after = text.slice(end, end + CHARACTERS_AFTER).toLowerCase();
  const begin = Math.max(lastEnd(before, /[a-zæøå)][.!?]\s+(?=\S)/g), before.lastIndexOf('\n\n') + 2 - 1);
  return { before: before.slice(Math.max(0, begin)), after: after.split(/[.!?]\s|\n/)[0] ?? '' };
}

/** Behind the last sentence's end; abbreviations ("cpr.nr. ", "f. ") end none. */
function lastEnd(text: string, pattern: RegExp): number {
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (!/(?:nr|cpr|f|født|vedr|hr|dr|tlf|ca|bl\.a|pers)\.\s+$/.test(text.slice(0, match.index + match[0].length))) at = match.index + match[0].length;
  }
  return at;
}
