import { isFirstName } from '../first-names.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { isKnown, isKnownBehindWord, mayBeOther, type KnownNames, type NamedText } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isLabelled } from './name-place.ts';
import { introductionOf } from './relatives.ts';

/** Names in a subject, or in a file's name, that are another's and stand nowhere else in the letter. */
export function strangeInSubject(names: readonly NameInText[], text: NamedText, known: KnownNames): readonly TitleName[] {
  if (known.companies) return [];
  // Whoever stands in text and files as well is judged there.
  const isJudged = ({ name }: TitleName) => nameWords(isFirstName(name.split(' ')[0] ?? '') ? name : name.replace(/^\S+ (?=.)/, '')).every((word) => known.mentioned.has(word));
  const isPerson = (name: NameInText) => name.sure || (name.words > 1 && (isLabelled(name) || isApart(name, text.text)));
  const named = names.filter((name) => isPerson(name) && !isTurnedOwn(name, text.text, known) && (visitedBefore.test(name.before) || !isIntroducedInTitle(name)) && !isJudged(name) && !isKnown(name, known) && !isKnownBehindWord(name, known) && !(!visitedBefore.test(name.before) && mayBeOther(name, { ...text, children: [] }, known)));
  const turned = lastNameFirst(text.text, names).filter((name) => !isJudged(name) && !isKnown(name, known) && !isKnown({ name: name.name.split(' ')[0] ?? '' }, known) && !mayBeOther(name, { ...text, children: [] }, known));
  return [...named.filter((name) => known.recipients.length > 1 || !isBesideOwn(name, names, text.text, known)), ...turned, ...names.filter((name) => isOtherChild(name, text, known))];
}

type TitleName = Pick<NameInText, 'name' | 'start' | 'end'>;

/** "Referat - Berggren, Nancy", "Lejekontrakt Berggren Nancy", by first and last name. */
function lastNameFirst(title: string, names: readonly NameInText[]): readonly TitleName[] {
  const parted = Array.from(title.matchAll(partedByComma), ({ 1: last = '', 2: first = '', index }) => ({ last, first, start: index, end: index + last.length + 2 + first.length }));
  const joined = names.filter(({ sure, words, end }) => !sure && words > 2 && end === title.length).map(({ name, start, end }) => {
    const [last = '', first = ''] = name.split(' ').slice(-2);
    return { last, first, start, end };
  });
  return [...parted, ...joined].filter(({ last, first, start }) => isFirstName(first) && (!isFirstName(last) || / (?:- |\()$/.test(title.slice(0, start)))).map(({ last, first, start, end }) => ({ name: `${first} ${last}`, start, end }));
}

const partedByComma = /(?<![\p{L}-])(\p{Lu}[\p{L}'-]{1,40}), (\p{Lu}[\p{L}'-]{1,40})(?=$|[:)]| [^\p{Lu}])/gu;

/** "… (Kumar Patel)", "… - Kumar Patel" at the end of a title, "Kumar Patel: …" at its beginning. */
function isApart({ start, end, words }: NameInText, title: string): boolean {
  const [before, after] = [title.slice(0, start), title.slice(end)];
  return words <= APART_WORDS_MAX && ((before.endsWith(' (') && after === ')') || (/ [-–] $/.test(before) && after === '') || (before === '' && after.startsWith(': ')));
}

const APART_WORDS_MAX = 4;

/** "Vesterby Grete Licens", as a file is called: the reader, last name first, and a word of the title. */
function isTurnedOwn({ name, start }: NameInText, title: string, { recipients }: KnownNames): boolean {
  const [first = ''] = name.split(' ');
  const [last = ''] = /(\S+) $/u.exec(title.slice(0, start)) ?? [];
  return last !== '' && recipients.some((own) => isNameOf(`${last} ${first}`, own) && isNameOf(last, own));
}

/** A title has few words: who is said to be a relative there may still be the wrong one, but for the dead and "din mor". */
function isIntroducedInTitle(name: NameInText): boolean {
  const introduction = introductionOf(name);
  return (introduction === 'staff' && !apartBefore.test(name.before)) || (introduction !== null && survivedBefore.test(name.before));
}

/** "Kørsel til læge - Hans Nielsen" is no doctor's name. */
const apartBefore = / (?:[-–] |\()$|henvendelse: $|, $/;

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
