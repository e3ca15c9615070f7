import type { RecipientId } from './gateway-address.ts';
import { headingRowsOf } from './recipient-sheet-column.ts';
import { readSheetCell, shownBeside, shownSheetCell, type SheetCell } from './recipient-sheet-cell.ts';
import { columnsOf, type RecipientSheet, type SheetRow } from './recipient-sheet.ts';

/** A recipient of a list, or a row that should have been one. */
export interface RecipientRow {
  /** Its place among the rows, from 0; stays when others are mended. */
  readonly place: number;
  /** Of the sheet, from 1; null: it stood in the mail, not in the sheet. */
  readonly line: number | null;
  readonly read: SheetCell;
  /** What stands in the cell; may be a whole number, and is not for the screen. */
  readonly raw: string;
  /** The number as it may be seen. */
  readonly shown: string;
  /** Another cell of the row, by which a person knows it; null where there is none. */
  readonly beside: string | null;
  /** The row of the same number that stands first. */
  readonly sameAs: RecipientRow | null;
  /** The other cells, as `columns` of the rows has them. */
  readonly cells: readonly string[];
}

export interface RecipientRows {
  readonly rows: readonly RecipientRow[];
  /** Headings of the columns beside the numbers, from left to right; empty where there is none. */
  readonly columns: readonly string[];
}

export interface RowsQuestion {
  readonly sheet: RecipientSheet;
  /** The column with the numbers, from 0. */
  readonly column: number;
  /** Places of rows that get the 0 that they have lost. */
  readonly zeroPut: ReadonlySet<number>;
  /** Who stood in the mail; they come last, so that a row of the sheet is never the second. */
  readonly inMail: readonly RecipientId[];
}

/**
 * The recipients of a sheet, row by row. Headings and blank rows are left out, and nothing else: a row with something in it
 * and no number is a row that is wrong. Which of two with the same number is the first is said, whatever their spelling.
 */
export function readRecipientRows({ sheet, column, zeroPut, inMail }: RowsQuestion): RecipientRows {
  const headings = headingRowsOf(sheet.rows, column);
  const others = Array.from({ length: columnsOf(sheet) }, (_, n) => n).filter((n) => n !== column);
  const titles = sheet.rows[headings - 1]?.cells ?? [];
  const beside = besideColumn(sheet.rows.slice(headings), others, titles);
  const listed = sheet.rows.slice(headings).map(({ line, cells }, place) => {
    const cell = cells[column] ?? '';
    const read = withZero(readSheetCell(cell), zeroPut.has(place));
    const known = beside === null ? '' : shownBeside(cells[beside] ?? '');
    return { place, line, read, raw: cell, shown: shownSheetCell(cell, read), beside: known === '' ? null : known, cells: others.map((n) => cells[n] ?? '') };
  });
  const moved = inMail.map((id, n) => {
    const read = { kind: 'number', id } as const;
    return { place: listed.length + n, line: null, read, raw: id.number, shown: shownSheetCell('', read), beside: null, cells: [] };
  });
  return { rows: withSame([...listed, ...moved]), columns: others.map((n) => titles[n]?.trim() ?? '') };
}

function withZero(read: SheetCell, isPut: boolean): SheetCell {
  return isPut && read.kind === 'lost-zero' ? { kind: 'number', id: read.id } : read;
}

function withSame(rows: readonly Omit<RecipientRow, 'sameAs'>[]): readonly RecipientRow[] {
  const first = new Map<string, RecipientRow>();
  return rows.map((row) => {
    const number = row.read.kind === 'number' ? row.read.id.number : null;
    const one = { ...row, sameAs: number === null ? null : (first.get(number) ?? null) };
    if (number !== null && one.sameAs === null) first.set(number, one);
    return one;
  });
}

const namedCase = /\b(?:sag|sags\w*|journal\w*|reference|ref|case|suliaq|suliap)\b/i;
const namedPerson = /navn|name|ateq|adresse|address|mail/i;

/** Rows by which it is told what a column holds. */
const ROWS_LOOKED_AT = 1_000;

/**
 * By which other column a person knows a row: the case where there is one, else the first that names nobody, so that no
 * protected name stands on the screen. A column of other people's numbers is none.
 */
function besideColumn(rows: readonly SheetRow[], others: readonly number[], titles: readonly string[]): number | null {
  const some = rows.slice(0, ROWS_LOOKED_AT).map(({ cells }) => cells);
  const usable = others.filter((n) => some.some((cells) => (cells[n] ?? '').trim() !== '') && !some.some((cells) => isCitizen(readSheetCell(cells[n] ?? ''))));
  const titled = (n: number): string => titles[n] ?? '';
  const named = usable.find((n) => namedCase.test(titled(n)));
  return named ?? usable.find((n) => !namedPerson.test(titled(n)) && some.some((cells) => /\d/.test(cells[n] ?? ''))) ?? null;
}

function isCitizen(read: SheetCell): boolean {
  return read.kind === 'number' && read.id.kind === 'cpr';
}
