import { maskWrittenCprNumbers } from './cpr-in-text.ts';

/** A place in a letter, in one line; every CPR number in it is masked. */
export interface LetterQuote {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** Most characters of a quote on either side of what was found. */
export const quoteCharactersMax = 60;

/** Quotes a place of a text that `readableText` has made plain. */
export function quoteOf(text: string, { start, end }: { readonly start: number; readonly end: number }): LetterQuote {
  // Masked before it is cut, for half a number would not be recognised.
  const before = inOneLine(text.slice(Math.max(0, start - 3 * quoteCharactersMax), start));
  const after = inOneLine(text.slice(end, end + 3 * quoteCharactersMax));
  return { before: lastWords(before), found: inOneLine(text.slice(start, end)).trim(), after: firstWords(after) };
}

function inOneLine(text: string): string {
  return maskWrittenCprNumbers(text).replace(/[\s\p{Cc}]+/gu, ' ');
}

function lastWords(text: string): string {
  if (text.length <= quoteCharactersMax) return text.trimStart();
  const cut = text.slice(1 - quoteCharactersMax);
  return `…${cut.slice(Math.max(0, cut.indexOf(' ') + 1))}`;
}

function firstWords(text: string): string {
  if (text.length <= quoteCharactersMax) return text.trimEnd();
  const cut = text.slice(0, quoteCharactersMax - 1);
  const lastBlank = cut.lastIndexOf(' ');
  return `${lastBlank > 0 ? cut.slice(0, lastBlank) : cut}…`;
}

/**
 * A short sign of a text that stays the same as long as the text does. Twenty bits: enough to tell the finds of one letter
 * apart, too few to find a number by trying.
 */
export function textSign(text: string): string {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return ((hash ^ (hash >>> 20)) & 0xfffff).toString(36);
}
