import { readSheetCell, shownSheetCell, type SheetCell } from './recipient-sheet-cell.ts';
import { columnsOf, type RecipientSheet, type SheetRow } from './recipient-sheet.ts';

/** A column that may have the numbers. */
export interface NumberColumn {
  /** From 0. */
  readonly column: number;
  /** What stands above it; null where nothing does. */
  readonly heading: string | null;
  /** Its first values, masked. */
  readonly samples: readonly string[];
}

/** Where the numbers of a sheet stand; `ask` where several columns may have them, from left to right. */
export type ColumnChoice =
  | { readonly kind: 'sure'; readonly column: number }
  | { readonly kind: 'ask'; readonly columns: readonly NumberColumn[] }
  | { readonly kind: 'none' };

/** Rows that are looked at to find the column; all of them count afterwards. */
const ROWS_LOOKED_AT = 1_000;
const SAMPLES_SHOWN = 3;

const namedNumber = /\b(?:cpr|cvr|personn(?:r|umme)|civil registration)/i;
/** What a heading says beside "CPR" where it is plainly the recipient's own number, and not that of a mother or a child. */
const plainWords = /cpr|cvr|personn(?:r|umme[rt]?)|civil registration|num(?:mer|re|ber)|nr|no|id|eller|og|or|and|borger|modtager|person|citizen|recipient|virksomhed|company|ens|s|en|[\s.,:;/()_-]/gi;
const namedOther = /\b(?:tlf|tel(?:efon)?|mobil|phone|fax|konto|reg|ean|p-?enhed)/i;

/**
 * Finds the column with the numbers: by what stands in it, and where several columns hold numbers, by their headings. A number
 * of somebody else in the same row is a wrong recipient in every row, so a heading settles it only where it leaves no doubt.
 */
export function chooseNumberColumn(sheet: RecipientSheet): ColumnChoice {
  const columns = Array.from({ length: columnsOf(sheet) }, (_, column) => lookAt(sheet, column));
  const likely = likelyColumns(columns);
  const fitting = likely.filter(({ numbers, mendable, filled }) => (numbers + mendable) * 2 >= filled);
  const found = fitting.length > 0 ? fitting : likely;
  const [first] = found;
  if (!first) return onlyDigits(columns);
  if (found.length === 1) return { kind: 'sure', column: first.column };
  const named = found.filter(({ heading }) => heading !== null && namedNumber.test(heading));
  const [own] = named;
  if (own && named.length === 1 && (isPlain(own) || !found.some((other) => other !== own && other.citizens > 0))) return { kind: 'sure', column: own.column };
  const unnamed = found.filter(({ heading }) => heading === null || !namedOther.test(heading));
  if (unnamed.length === 1 && unnamed[0]) return { kind: 'sure', column: unnamed[0].column };
  return { kind: 'ask', columns: found.map(({ column, heading, samples }) => ({ column, heading, samples })) };
}

/**
 * Columns with whole numbers, and of those that Excel has changed or taken the zero from all that may be citizens': beside
 * telephone numbers, which look like companies', they are the ones that are meant.
 */
function likelyColumns(columns: readonly LookedAt[]): readonly LookedAt[] {
  const certain = columns.filter(({ numbers }) => numbers > 0);
  if (certain.length === 0) return columns.filter(({ mendable }) => mendable > 0);
  const hasCitizens = certain.some(({ citizens }) => citizens > 0);
  return columns.filter(({ numbers, mendableCitizens, heading }) =>
    numbers > 0 || (mendableCitizens > 0 && (!hasCitizens || (heading !== null && namedNumber.test(heading)))));
}

function isPlain({ heading }: LookedAt): boolean {
  return heading !== null && heading.replace(plainWords, '') === '';
}

/** The sheets that may be meant, with numbers in them: those that can be seen, else the hidden ones. */
export function sheetsWithNumbers(sheets: readonly RecipientSheet[]): readonly RecipientSheet[] {
  const withNumbers = sheets.filter((sheet) => chooseNumberColumn(sheet).kind !== 'none');
  const seen = withNumbers.filter(({ isHidden }) => !isHidden);
  return seen.length > 0 ? seen : withNumbers;
}

/** The first values of the columns that may have the numbers, masked: by these a sheet is known. */
export function sheetSamples(sheet: RecipientSheet): readonly string[] {
  const choice = chooseNumberColumn(sheet);
  if (choice.kind === 'none') return [];
  return choice.kind === 'sure' ? lookAt(sheet, choice.column).samples : (choice.columns[0]?.samples ?? []);
}

interface LookedAt extends NumberColumn {
  readonly filled: number;
  readonly numbers: number;
  /** Numbers with a lost zero, and those that Excel has changed. */
  readonly mendable: number;
  readonly digits: number;
  /** Of the numbers, those of citizens; and of the mendable ones, those that may be. */
  readonly citizens: number;
  readonly mendableCitizens: number;
}

function lookAt({ rows }: RecipientSheet, column: number): LookedAt {
  const cells = rows.slice(0, ROWS_LOOKED_AT).map(({ cells: all }) => all[column] ?? '');
  const read = cells.map((cell) => ({ cell, read: readSheetCell(cell) }));
  const count = (...kinds: readonly SheetCell['kind'][]): number => read.filter((one) => kinds.includes(one.read.kind)).length;
  const isNumber = ({ read: { kind } }: (typeof read)[number]): boolean => kind === 'number' || kind === 'lost-zero' || kind === 'changed';
  return {
    column, heading: headingOf(rows, column),
    samples: read.filter(isNumber).slice(0, SAMPLES_SHOWN).map((one) => shownSheetCell(one.cell, one.read)),
    filled: read.length - count('blank'), numbers: count('number'), mendable: count('lost-zero', 'changed'), digits: count('digits'),
    citizens: read.filter((one) => one.read.kind === 'number' && one.read.id.kind === 'cpr').length,
    mendableCitizens: read.filter((one) => one.read.kind === 'changed' || (one.read.kind === 'lost-zero' && one.read.id.kind === 'cpr')).length,
  };
}

/** Digits of which no column has a number: of a sheet with one column it is known what they should have been. */
function onlyDigits(columns: readonly LookedAt[]): ColumnChoice {
  const [only, another] = columns.filter(({ filled }) => filled > 0);
  return only && !another && only.digits > 0 ? { kind: 'sure', column: only.column } : { kind: 'none' };
}

/** What stands above the numbers of a column, where that is words. */
function headingOf(rows: readonly SheetRow[], column: number): string | null {
  const above = rows.slice(0, headingRowsOf(rows, column));
  return above.at(-1)?.cells[column]?.trim() || null;
}

/**
 * How many rows stand above the recipients: a title, and the headings of the columns. Of the rows above the first number,
 * the headings are the fullest, the first of those; what comes below them is a recipient whose number is wrong. A row with
 * digits where the number should be is no heading, nor is one with digits elsewhere and nothing there. A sheet without any
 * number has no headings.
 */
export function headingRowsOf(rows: readonly SheetRow[], column: number): number {
  const first = rows.findIndex(({ cells }) => isListed(readSheetCell(cells[column] ?? '')));
  const above = rows.slice(0, Math.max(first, 0)).map(({ cells }) => (isHeading(cells, column) ? cells.filter((cell) => cell.trim() !== '').length : 0));
  const fullest = Math.max(0, ...above);
  return fullest === 0 ? 0 : above.indexOf(fullest) + 1;
}

function isListed({ kind }: SheetCell): boolean {
  return kind !== 'no-number' && kind !== 'blank';
}

function isHeading(cells: readonly string[], column: number): boolean {
  const cell = (cells[column] ?? '').trim();
  return !/\d/.test(cell === '' ? cells.join('') : cell);
}
