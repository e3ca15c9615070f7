import { isKnown, type KnownNames } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { childWords, otherPersonWords } from './words.ts';

/**
 * One of a list that letters are sent by, and the first of three or more rows of a name and a number, or the other way round,
 * where none is a recipient's.
 */
export function strangeInList(names: readonly NameInText[], text: string, known: KnownNames): readonly NameInText[] {
  const people = names.filter((name) => name.words > 1);
  if (sentBy.test(text)) {
    const listed = people.filter((name) => isLineOf(text, name, listedLine));
    if (listed.length >= ROWS_MIN) return listed.filter((name) => !isKnown(name, known)).slice(0, 1);
  }
  const rows = people.filter((name) => name.sure && isLineOf(text, name, numberedLine));
  const [first] = rows;
  if (first === undefined || [childWords, otherPersonWords].some((words) => words.test(first.before))) return [];
  return rows.length >= ROWS_MIN && rows.every((name) => name.listedWith === null && !isKnown(name, known)) ? rows.slice(0, 1) : [];
}

/** "Forsendelsesliste uge 21", "Åbne sager". */
const sentBy = /(?:(?:for|ud)sendelses|flette|modtager|borger|sags)liste|liste over modtagere|samlet udsendelse|borgere med brev|åbne sager/i;
const ROWS_MIN = 3;

/** True for a name with which a line of such a form begins, behind its number at most. */
function isLineOf(text: string, { start }: NameInText, form: RegExp): boolean {
  const lead = text.slice(Math.max(0, start - ROW_CHARACTERS_MAX), start).split('\n').at(-1) ?? '';
  const [rest = ''] = text.slice(start, start + ROW_CHARACTERS_MAX + 1).split('\n');
  const line = `${lead}${rest}`.trim();
  return line.length <= ROW_CHARACTERS_MAX && ahead.test(lead) && form.test(line);
}

const ahead = /^ *(?:\d{1,3}\.? {1,4}|\d{6}-?\d{4} )?$/;

const ROW_CHARACTERS_MAX = 100;
/** "Hans Nielsen 25/8691", "1 Hans Nielsen 120365-1234 Birkevej 12", "120365-1234 Nielsen, Hans". */
const numberedLine = /^(?:\d{1,3}\.? )?[\p{L}.' ,-]+ (?:[\d./-]{4,14}|\d{6}-?\d{4} \p{Lu}[^\n(]{2,44})$|^\d{6}-?\d{4} [\p{L}.' ,-]+$/u;
/** The same, "1. Hans Nielsen" and "Hans Nielsen Birkevej 12". */
const listedLine = /^(?:\d{1,3}\.? [\p{L}.' ,-]+(?: \d[^\n]*)?|(?:\d{1,3}\.? )?[\p{L}.' ,-]+ (?:\d{6}-?\d{4}(?: [^\n]{2,44})?|[\d./-]{4,14}|\d{1,3} ?[A-Z]?(?:,[^\n]{2,20})?(?: \p{Lu}\p{Ll}+)?))$/u;
