import { readableText } from './letter-text.ts';
import { inCapitals, withTitleCapitals } from './name-capitals.ts';

/** A file's name in words: without its ending, with blanks for what joins words there, and capitals where it has none. */
export function fileTitle(name: string): string {
  const words = readableText(name)
    .replace(/\n/g, ' ')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/(\p{L})[-.](?=[\p{L}\d])|(\d)-(?=\p{L})|_+/gu, '$1$2 ')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .trim();
  return /\p{Lu}/u.test(words) ? withTitleCapitals(words) : inCapitals(words);
}
