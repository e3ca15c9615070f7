import { isKnown, type KnownNames } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { childWords, otherPersonWords } from './words.ts';

/**
 * One of a list that letters are sent by, and the first of three or more rows of a name and a number, or the other way round,
 * where none is a recipient's.
 */
export function strangeInList(names: readonly NameInText[], text: string, known: KnownNames): readonly NameInText[] {
  if (sentBy.test(text)) {
    const listed = names.filter((name) => name.words > 1 && /(?:^|\n)(?:\d{1,3}\.|\d{1,3} ) ?$/.test(name.before) && /^ *(?:\n|$| \p{L}[^\n]* \d)/u.test(name.after));
    if (listed.length >= ROWS_MIN) return listed.filter((name) => !isKnown(name, known)).slice(0, 1);
  }
  const rows = names.filter((name) => name.words > 1 && name.sure && isRow(text, name));
  const [first] = rows;
  if (first === undefined || [childWords, otherPersonWords].some((words) => words.test(first.before))) return [];
  return rows.length >= ROWS_MIN && rows.every((name) => name.listedWith === null && !isKnown(name, known)) ? rows.slice(0, 1) : [];
}

/** "Forsendelsesliste uge 21", "Åbne sager". */
const sentBy = /(?:forsendelses|flette|modtager|borger|sags)liste|samlet udsendelse|borgere med brev|åbne sager/i;
const ROWS_MIN = 3;

/** "Hans Nielsen 25/8691", "120365-1234 Nielsen, Hans". */
function isRow(text: string, { start, end }: NameInText): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end));
  return line.length <= ROW_CHARACTERS_MAX && (/^[\p{L}.' ,-]+ (?:[\d./-]{4,14}|\d{6}-?\d{4} \p{Lu}[^\n(]{2,44})$/u.test(line) || /^\d{6}-?\d{4} [\p{L}.' ,-]+$/u.test(line));
}

const ROW_CHARACTERS_MAX = 80;
