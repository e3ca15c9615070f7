import { cprNumbersIn, type CprInText } from '../cpr-in-text.ts';
import { nameWords } from '../person-name.ts';
import { isKnown, sharesSurname } from './known-names.ts';
import { namesAny, type LetterPeople, type NamedFirstNames, type ReadText } from './people.ts';
import { introductionOf } from './relatives.ts';
import { yours } from './strange-page.ts';

/** A number on a page of a file; `page` counts from 0. */
export interface NumberOnPage {
  readonly page: number;
  readonly place: CprInText;
}

/**
 * The first CPR number of a file that has nothing to do with the letter: it tells of somebody by name and number, and neither
 * the recipient nor anybody else in the letter is named in it. Null for any other file.
 * @param texts all of the letter's, those pages too
 */
export function strangeFile(pages: readonly ReadText[], texts: readonly ReadText[], people: LetterPeople, named: NamedFirstNames): NumberOnPage | null {
  const { names, numbers } = people;
  const [first, ...more] = pages.flatMap(({ text }, page) => cprNumbersIn(text).map((place) => ({ page, place })));
  if (names === null || first === undefined || namesAny(people, pages)) return null;
  const own = new Set(pages);
  const others = texts.filter((read) => !own.has(read));
  const elsewhere = new Set([...numbers.recipients, ...others.flatMap(({ text }) => cprNumbersIn(text).map(({ cpr }) => cpr))]);
  if ([first, ...more].some(({ place }) => elsewhere.has(place.cpr))) return null;
  const persons = pages.flatMap((read) => read.names).filter((name) => name.sure && name.words > 1 && introductionOf(name) !== 'staff' && !isKnown(name, names));
  const namedElsewhere = named.elsewhere(pages);
  const isOfLetter = (words: readonly string[]) => namedElsewhere.has(words[0] ?? '') || names.recipients.some((own) => sharesSurname(words, own, true));
  return persons.length === 0 || persons.some(({ name, before }) => isOfLetter(nameWords(name)) || yours.test(before)) ? null : first;
}
