import { maskCprNumber, maskCprNumbersIn } from './cpr-number.ts';
import type { RecipientId } from './gateway-address.ts';
import { readListedNumber } from './mass-list-lines.ts';
import { maskedListLine } from './masked-list-line.ts';
import { numberOfGroups } from './number-of-groups.ts';
import { unicodePattern, wellFormed } from './unicode-pattern.ts';

/** What stands in a cell where a CPR or CVR number should be. */
export type SheetCell =
  | { readonly kind: 'number'; readonly id: RecipientId }
  /** Nine or seven digits: the number it is with a 0 in front, which a table may have lost. Never put there unasked. */
  | { readonly kind: 'lost-zero'; readonly id: RecipientId }
  /** 1,23E+09: Excel shows the first digits only. */
  | { readonly kind: 'changed' }
  /** So many digits, and nothing else. */
  | { readonly kind: 'digits'; readonly count: number }
  | { readonly kind: 'no-number' }
  | { readonly kind: 'blank' };

/** A number is written with few signs; a cell longer than this is a text. */
const NUMBER_CHARACTERS_MAX = 60;

/**
 * Reads a cell as a number, as masseforsendelse.txt is read (mass-list-lines.ts), and as people write numbers: with blanks
 * or a dash, with what a web page or Excel put around it. Neither date nor check digits are looked at. Never throws.
 */
export function readSheetCell(cell: string): SheetCell {
  const asInList = readListedNumber(cell);
  if (asInList) return { kind: 'number', id: asInList };
  if (cell.length > NUMBER_CHARACTERS_MAX) return cell.trim() === '' ? { kind: 'blank' } : { kind: 'no-number' };
  const text = plainText(cell);
  if (text === '') return { kind: 'blank' };
  const listed = readListedNumber(text);
  if (listed) return { kind: 'number', id: listed };
  if (/^\d+(?:[.,]\d+)?E[+-]?\d+$/i.test(text)) return { kind: 'changed' };
  const joined = text.replace(/^(\d{5,6}) ?- ?(\d{4})$/, '$1$2');
  return /^[\d -]*\d[\d -]*$/.test(joined) ? digitsOf(joined) : { kind: 'no-number' };
}

function digitsOf(text: string): SheetCell {
  const count = text.replace(/[ -]/g, '').length;
  // A dash among fewer or other digits is that of a date or of a case: 2026-1001 is no company.
  if (text.includes('-')) return { kind: 'digits', count };
  const id = numberOfGroups(text.split(' '));
  if (id) return { kind: 'number', id };
  const digits = text.replaceAll(' ', '');
  if (count === 9) return { kind: 'lost-zero', id: { kind: 'cpr', number: `0${digits}` } };
  return count === 7 ? { kind: 'lost-zero', id: { kind: 'cvr', number: `0${digits}` } } : { kind: 'digits', count };
}

const invisible = unicodePattern('[\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]', 'gu');

/** Without what is not seen or means nothing: ="0102031234", '0102031234 (both are Excel's for a text), odd blanks and dashes. */
function plainText(cell: string): string {
  const text = cell.normalize('NFKC').replace(invisible, '').replace(/[\u2010-\u2015\u2212]/g, '-').replace(/\s+/g, ' ').trim();
  const unwrapped = /^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'/, '');
  return unwrapped.replace(/ ?[;,]$/, '').trim();
}

/** The cell as it may be seen: "251248-xxxx", "10201-xxxx" where the 0 is lost, companies and what is no number as it is. */
export function shownSheetCell(cell: string, read: SheetCell): string {
  if (read.kind === 'number') return shownId(read.id);
  if (read.kind === 'lost-zero') return shownId(read.id).slice(1);
  return maskedListLine(cell.trim());
}

function shownId({ kind, number }: RecipientId): string {
  return kind === 'cpr' ? maskCprNumber(number) : number;
}

const BESIDE_CHARACTERS_MAX = 60;

/** Another cell of the row as it may be seen beside the number: nothing in it that may be most of a CPR number. */
export function shownBeside(cell: string): string {
  const text = maskCprNumbersIn(wellFormed(cell.slice(0, 4 * BESIDE_CHARACTERS_MAX)).replace(/\s+/g, ' ').trim());
  const masked = text.replace(/\d{5}[ -]?\d{4,}/g, (digits) => `${digits.slice(0, 5)}-xxxx`);
  return masked.length <= BESIDE_CHARACTERS_MAX ? masked : `${masked.slice(0, BESIDE_CHARACTERS_MAX - 1)}…`;
}
