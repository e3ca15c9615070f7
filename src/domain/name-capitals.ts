import { isFirstName } from './first-names.ts';
import { isParticle } from './person-name.ts';

/**
 * With the capitals that names have: "Ansøger: hans nielsen". A known first name tells, where names stand: behind a label, a
 * dash or "til", and nothing behind it. As long as the text.
 */
export function withNameCapitals(text: string): string {
  return text.replace(smallInPlace, (all: string, before: string, name: string) => (isFirstName(name.split(' ')[0] ?? '') ? `${before}${inCapitals(name)}` : all));
}

/** The same for a title, which may end in a name: "Fornyelse af kørekort hans nielsen". */
export function withTitleCapitals(title: string): string {
  const words = title.split(' ');
  const first = words.findIndex((word, n) => n >= words.length - TITLE_NAME_WORDS_MAX && smallWord.test(word) && isFirstName(word));
  const name = first === -1 ? [] : words.slice(first);
  if (name.length < 2 || !name.every((word) => smallWord.test(word) || isParticle(word))) return title;
  return [...words.slice(0, first), inCapitals(name.join(' '))].join(' ');
}

const TITLE_NAME_WORDS_MAX = 4;
const smallWord = /^\p{Ll}[\p{Ll}'-]{3,}$/u;

const smallName = String.raw`(\p{Ll}{4,}(?: \p{Ll}[\p{Ll}'-]+){1,3})(?=$|\n|[,.)]| \()`;
const smallInPlace = new RegExp(String.raw`((?:^|\n|[.:(-] ?)(?:til |for |om |kære |hej )?|(?:Til|Kære|Hej) )${smallName}`, 'gu');

/** Every word but particles with a capital. */
export function inCapitals(words: string): string {
  return words.replace(/\p{L}+/gu, (word) => (isParticle(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`));
}
