import { readSheetCell } from './recipient-sheet-cell.ts';
import { sheetOfRows, type RecipientSheet } from './recipient-sheet.ts';

/**
 * Reads a list that was pasted or that stands in a text file: cells parted by tabs, as Excel copies them, else by `;`, else
 * by `,`; else one column. A cell in quotes may hold all of these, line breaks, and quotes written twice. Lines are counted
 * as rows, so that they are those of the sheet it came from. Numbers that stand on one line with commas between them are
 * a list of one column. Never throws; linear in the text.
 */
export function sheetOfText(text: string): RecipientSheet {
  const { separator, content } = separatorOf(text);
  const rows = readRows(content, separator);
  return sheetOfRows((separator === '\t' ? null : listedOnOneLine(rows)) ?? rows);
}

type Separator = '\t' | ';' | ',';

/** Lines by which it is told how the cells are parted. */
const LINES_LOOKED_AT = 200;
/** What Excel itself reads: the first line of a file may say what parts its cells. */
const saidSeparator = /^sep=([\t;,])(?:\r\n|\r|\n|$)/i;
const changedNumber = /\d,\d+E[+-]?\d+/gi;

function separatorOf(text: string): { readonly separator: Separator; readonly content: string } {
  const said = saidSeparator.exec(text);
  // The line stays, emptied, so that the lines below keep their numbers.
  if (said) return { separator: said[1] as Separator, content: text.slice(said[0].trimEnd().length) };
  const lines = text.split(/\r\n|\r|\n/, LINES_LOOKED_AT).map((line) => line.trim().replace(/[;,]$/, ''));
  if (text.includes('\t')) return { separator: '\t', content: text };
  if (lines.some((line) => line.includes(';'))) return { separator: ';', content: text };
  // The comma of 1,23E+09 parts nothing.
  const withComma = lines.filter((line) => line.replace(changedNumber, '').includes(',')).length;
  const filled = lines.filter((line) => line !== '').length;
  return { separator: withComma * 2 > filled ? ',' : '\t', content: text };
}

function readRows(text: string, separator: Separator): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const { cell, end } = readCell(text, at, separator);
    cells.push(cell);
    if (text[end] !== separator) {
      rows.push(cells);
      cells = [];
    }
    at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
  }
  return rows;
}

interface Cell {
  readonly cell: string;
  /** Where the separator, the end of the line, or the end of the text stands. */
  readonly end: number;
}

function readCell(text: string, start: number, separator: Separator): Cell {
  const quoted = text[start] === '"' ? readQuoted(text, start, separator) : null;
  if (quoted) return quoted;
  let end = start;
  while (end < text.length && !endsCell(text[end], separator)) end += 1;
  return { cell: text.slice(start, end), end };
}

/** Null where what begins with a quote is no quoted cell: the quote then stands for itself. */
function readQuoted(text: string, start: number, separator: Separator): Cell | null {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    const end = at + 1;
    if (end < text.length && !endsCell(text[end], separator)) return null;
    return { cell: text.slice(start + 1, at).replaceAll('""', '"'), end };
  }
  return null;
}

function endsCell(sign: string | undefined, separator: Separator): boolean {
  return sign === separator || sign === '\n' || sign === '\r';
}

function listedOnOneLine(rows: readonly (readonly string[])[]): readonly (readonly string[])[] | null {
  const [only, another] = rows.filter((cells) => cells.some((cell) => cell.trim() !== ''));
  if (!only || another) return null;
  const numbers = only.filter((cell) => cell.trim() !== '');
  const kinds = new Set(numbers.map((cell) => readSheetCell(cell).kind));
  return numbers.length > 1 && kinds.has('number') && [...kinds].every((kind) => kind === 'number' || kind === 'lost-zero') ? numbers.map((cell) => [cell]) : null;
}
