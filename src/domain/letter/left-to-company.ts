import type { CprInText } from '../cpr-in-text.ts';
import { namesIn } from './name-in-text.ts';

/**
 * True for a citizen's number in a company's letter of which nobody says whose it is: "CPR-nr.: 120365-1234" beside or below the
 * company's own number, alone over the greeting, "Sagen er registreret på CPR-nr. …".
 */
export function isLeftToCompany(text: string, place: CprInText): boolean {
  return leftToCompany.test(text.slice(Math.max(0, place.start - LINE_CHARACTERS), place.start).toLowerCase()) || isOverGreeting(text, place);
}

/** "CPR-nr.: 120365-1234" alone in a line at the top, or over the greeting, and nobody's name above it. */
function isOverGreeting(text: string, { start, end }: CprInText): boolean {
  const ahead = text.slice(Math.max(0, start - LINE_CHARACTERS), start);
  const label = aloneInLine.exec(ahead);
  if (label === null || !/^ ?(?:\n|$)/.test(text.slice(end, end + 2))) return false;
  const above = ahead.slice(0, label.index).trimEnd();
  const isTop = ahead.length === start && above === '';
  return (isTop || overGreeting.test(text.slice(end, end + LINE_CHARACTERS))) && !namesIn(above.slice(above.lastIndexOf('\n') + 1)).some(({ sure, words }) => sure && words > 1);
}

const aloneInLine = /(?:^|\n)(?:vedr(?:\.|ørende):? ?)?(?:cpr|person)[\p{L}. -]{0,16}[ :]*\n?$/iu;
const overGreeting = /^ ?\n+(?:Kære|Til|Hej|Goddag) \p{Lu}/u;

const leftToCompany = /(?:^|[^\p{L}])cvr[^\n\d]{0,10}\n?[\d ]{8,11}(?:\n|,? ?[/·|]? ?)(?:cpr|person)[\p{L}. -]{0,16}[ :]*\n?$|sagen er (?:registreret|journaliseret|oprettet) på (?:cpr|person)[\p{L}. -]{0,16}[ :]*$|(?:^|[.\n] ?)(?:oplys|angiv|skriv)(?: venligst)? (?:cpr|person)[\p{L}. -]{0,16}[ :]*$/u;

const LINE_CHARACTERS = 100;
