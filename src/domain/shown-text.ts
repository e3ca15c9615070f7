import { maskCprNumbersIn } from './cpr-number.ts';

const shownCharactersMax = 160;

/** A stranger's text made fit for a sentence and a subject line: no line breaks, no signs that turn the writing round. */
export function shown(text: string): string {
  // Masked before it is cut: half a CPR number would not be recognised.
  const clean = maskCprNumbersIn(
    text.slice(0, 20 * shownCharactersMax).toWellFormed().replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim(),
  );
  if (clean === '') return '(uden navn)';
  const characters = Array.from(clean);
  return characters.length <= shownCharactersMax ? clean : `${characters.slice(0, shownCharactersMax - 1).join('')}…`;
}

const enumeratedMax = 100;

/** Texts in a row, "a, b og c", the first hundred of many. */
export function enumerated(texts: readonly string[], quote: (text: string) => string = shown): string {
  const named = texts.slice(0, enumeratedMax).map(quote);
  if (texts.length > enumeratedMax) named.push(`${String(texts.length - enumeratedMax)} flere`);
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} og ${last}`;
}

/** Names of files in a row, in quotation marks. */
export function enumeratedFiles(files: readonly string[]): string {
  return enumerated(files, (file) => `»${shown(file)}«`);
}

/** The endings of files as the subject of a sentence: "filtyperne .exe og .bat". */
export function fileTypes(files: readonly string[]): string {
  const endings = files.map((file) => /\.[^.\s/\\]{1,10}$/u.exec(shown(file))?.[0].toLowerCase());
  const known = [...new Set(endings.filter((ending) => ending !== undefined))];
  if (known.length === 0) return 'filtypen';
  return known.length === 1 ? `filtypen ${enumerated(known)}` : `filtyperne ${enumerated(known)}`;
}

/** The pronoun for one file or several. */
export function them(files: readonly string[]): string {
  return files.length > 1 ? 'dem' : 'den';
}

/** Texts of our own making, bounded already, that may be longer than a name. */
export function listed(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')).join('; ');
}

/** The text with a capital at its beginning. */
export function firstUpper(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A clause as a sentence. */
export function sentence(text: string): string {
  return `${firstUpper(text)}.`;
}

/** A size in bytes as Danes write it, in units of 10^6: "99,5 MB", never rounded down to the limit it has passed. */
export function megabytes(bytes: number): string {
  const tenths = Math.ceil(bytes / 100_000);
  return `${String(Math.floor(tenths / 10))},${String(tenths % 10)} MB`;
}
