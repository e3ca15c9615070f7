import { cprNumbersIn } from '../cpr-in-text.ts';
import { isFirstName } from '../first-names.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { greetingIn } from './greeting.ts';
import { isExplained, isKnown, sharesSurname, type KnownNames, type NamedText } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { introductionOf } from './relatives.ts';
import { isOverStreet } from './strange-in-head.ts';

/**
 * Whom a page is about that names no recipient: somebody who is named on it again and again, is said to be nobody, and stands
 * nowhere else in the letter. A sheet of another's letter has got in between. Takes a page of a file.
 */
export function strangePage(names: readonly NameInText[], text: NamedText, known: KnownNames): readonly NameInText[] {
  if (known.companies) return strangersCase(names, text, known);
  if (!(text.namesRecipient || personalPaper.test(text.text)) || names.some((name) => isRecipients(name, known)) || cprNumbersIn(text.text).some(({ cpr }) => known.numbers.includes(cpr))) return [];
  const byFirst = new Map<string, NameInText[]>();
  for (const name of names.filter(({ sure, words, name: written }) => (words > 1 ? sure : isFirstName(written)))) {
    const first = bare(nameWords(name.name)[0] ?? '');
    const all = byFirst.get(first);
    if (all) all.push(name);
    else byFirst.set(first, [name]);
  }
  const isStranger = (first: string, all: readonly NameInText[]) => (all.length >= AGAIN_MIN || all.some(({ before }) => field.test(before))) && !text.namedOnOtherPage(first) && !text.namedOnOtherPage(`${first}s`)
    && all.slice(0, 1).every((name) => introductionOf(name) !== 'staff') && all.every((name) => !isKnown(name, known) && !isExplained(name, known) && !yours.test(name.before));
  return [...byFirst].filter(([first, all]) => isStranger(first, all)).flatMap(([, all]) => all.slice(0, 1)).slice(0, 1);
}

/** "Hans Nielsens sag blev gennemgået" in a paper that does not name the company which gets it, or a letter to a citizen in between. */
function strangersCase(names: readonly NameInText[], { text, namesRecipient, namedElsewhere, namedOnOtherPage }: NamedText, known: KnownNames): readonly NameInText[] {
  const greeted = greetingIn(text)?.names ?? [];
  const isGreeted = ({ name }: NameInText) => greeted.some((one) => isNameOf(one, name));
  const addressed = greeted.length === 0 ? [] : names.filter((name) => name.words > 1 && isOverStreet(name) && !isKnown(name, known) && isGreeted(name) && !namedOnOtherPage(nameWords(name.name)[0] ?? ''));
  if (addressed.length > 0) return addressed.slice(0, 1);
  if (namesRecipient || !personalPaper.test(text)) return [];
  return names.filter((name) => name.words > 1 && name.sure && /^s?'? sag(?!\p{L})/u.test(name.after) && !isKnown(name, known) && !namedElsewhere.has(nameWords(name.name)[0] ?? '')).slice(0, 1);
}

/** Papers that are about one person; a guide has its examples. */
export const personalPaper = /referat|notat|journal|plan|erklæring|attest|afgørelse|bevilling|godkendelse|skema|udtalelse|vurdering|rapport|seddel|opgørelse/i;
const AGAIN_MIN = 2;
/** "Din datter …", "Vi har modtaget bemærkninger fra …". */
export const yours = /(?:^|[^\p{L}])(?:du|dig|din|dit|dine|jeres)(?!\p{L})[^.\n]{0,50}$|(?:bemærkninger|indsigelser?|høringssvar)[^.\n]{0,40} fra $/u;
const field = /(?:^|\n)(?:\p{L}* ?navn|elev|barn|borger|patient|medarbejder|ansøger|debitor|pensionist|låntager) ?: ?\n?$/u;

/** Without the s of a genitive. */
function bare(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** The recipient's, or one of the family. */
function isRecipients({ name }: NameInText, { recipients, aboutOther }: KnownNames): boolean {
  const words = nameWords(name);
  const [first = ''] = words;
  return recipients.some((own) => sharesSurname(words, own, aboutOther) || nameWords(own).some((word) => word === first || `${word}s` === first));
}
