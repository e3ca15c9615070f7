import { nameWords } from '../person-name.ts';
import { isExplained, isKnown, sharesSurname, type KnownNames, type TextOfFamily } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { introductionOf } from './relatives.ts';

/** "Hans Nielsen, cpr-nr. 120365-1234, har oplyst, at han fortsat bor alene": somebody tells of himself, and is said to be nobody. */
export function isTeller(name: NameInText, text: TextOfFamily, known: KnownNames): boolean {
  const told = beginsSentence.test(name.before) && name.words > 1 && name.sure ? ofThemselves.exec(name.after) : null;
  if (told === null) return false;
  const words = nameWords(name.name);
  const [first = ''] = words;
  const [said, who = first] = told;
  // Whoever has a number in the letter counts as a relative by that alone.
  const isRelative = !/\d{6}/.test(said) && known.relatives.hasEither(name.name);
  return who === first && !isRelative && !isSomebody(name, known) && !text.namedOnOtherPage(first) && !known.recipients.some((own) => sharesSurname(words, own, false));
}

function isSomebody(name: NameInText, known: KnownNames): boolean {
  return isKnown(name, known) || isExplained(name, known) || introductionOf(name) !== null;
}

const beginsSentence = /(?:^|\n|[.!?] )$/;
/** Behind the name, in lower case: of whom it is told, where it is called by a word that may be a name. */
const ofThemselves = /^,? ?\(?(?:(?:cpr|person)[\p{L}. -]{0,16}[ :]*)?(?:\d{6} ?-?[ \n]?\d{4})?\)?,? har (?:den [\p{L}\d. /-]{4,20} )?oplyst,? at (?:h[au]n|adressen|(\p{Ll}{2,}))(?!\p{L})/u;
