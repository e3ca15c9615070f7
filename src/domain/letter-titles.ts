import { isFirstName } from './first-names.ts';
import { isKnown, isKnownBehindWord, mayBeOther, type KnownNames, type NamedText } from './letter-known.ts';
import { introductionOf } from './letter-relatives.ts';
import type { NameInText } from './name-in-text.ts';
import { isLabelled } from './name-place.ts';
import { nameWords } from './person-name.ts';

/** Names in a subject, or in a file's name, that are another's and stand nowhere else in the letter. */
export function strangeInSubject(names: readonly NameInText[], text: NamedText, known: KnownNames): readonly NameInText[] {
  if (known.companies) return [];
  // Whoever stands in text and files as well is judged there.
  const isJudged = ({ name }: NameInText) => nameWords(isFirstName(name.split(' ')[0] ?? '') ? name : name.replace(/^\S+ (?=.)/, '')).every((word) => known.mentioned.has(word));
  const named = names.filter((name) => (name.sure || (name.words > 1 && isLabelled(name))) && (visitedBefore.test(name.before) || !isIntroducedInTitle(name)) && !isJudged(name) && !isKnown(name, known) && !isKnownBehindWord(name, known) && !(!visitedBefore.test(name.before) && mayBeOther(name, { ...text, children: [] }, known)));
  return [...named.filter((name) => !isBesideOwn(name, names, text.text, known)), ...names.filter((name) => isOtherChild(name, text, known))];
}

/** A title has few words: who is said to be a relative there may still be the wrong one, but for the dead and "din mor". */
function isIntroducedInTitle(name: NameInText): boolean {
  const introduction = introductionOf(name);
  return introduction === 'staff' || (introduction !== null && survivedBefore.test(name.before));
}

/** "Dødsboet efter Hans Nielsen", "Brev til din mor Else Holm". */
const survivedBefore = /(?:^|[^\p{L}])(?:(?:bo|boet|dødsbo|dødsboet) efter|(?:din|dit|jeres) \p{L}+) $/u;

/** "Besøg hos Hans Nielsen": who is visited, not who visits. */
const visitedBefore = /besøg hos $/;

/** "Nancy Berggren mod Hans Nielsen". */
function isBesideOwn(name: NameInText, names: readonly NameInText[], text: string, known: KnownNames): boolean {
  const last = names[names.indexOf(name) - 1];
  return last !== undefined && isKnown(last, known) && /^ (?:mod|og|samt|&|\/|and|v) $/.test(text.slice(last.end, name.start));
}

/** "Skolestart for Emma", where the letter names other children, and no Emma. */
function isOtherChild({ name, words, before }: NameInText, { namedElsewhere }: NamedText, { aboutOther, recipients, mentioned }: KnownNames): boolean {
  if (words !== 1 || !aboutOther || !isFirstName(name) || !/(?:^|[^\p{L}])(?:for|til|om|vedr\.?|vedrørende) $/u.test(before)) return false;
  const [first = ''] = nameWords(name);
  return !recipients.some((own) => nameWords(own).includes(first)) && !namedElsewhere.isNobody() && !mentioned.has(first) && !mentioned.has(`${first}s`);
}
