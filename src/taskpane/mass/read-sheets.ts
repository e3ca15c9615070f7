import xlsx, { type CellObject, type WorkSheet } from '@e965/xlsx/dist/xlsx.mini.min.js';
import { decodeText } from '../../domain/decode-text.ts';
import { sheetOfText } from '../../domain/recipient-sheet-text.ts';
import type { RecipientSheet, SheetRow } from '../../domain/recipient-sheet.ts';
import { storedZip, unpackWorkbook, type UnpackedFile, type UnpackLimits } from './unpack-workbook.ts';

export interface SheetLimits extends UnpackLimits {
  /** Cells with something in them, in all sheets. */
  readonly cellsMax: number;
}

/** A million numbers in one column are 50 MB unpacked. */
export const defaultSheetLimits: SheetLimits = { entriesMax: 2_000, bytesMax: 150_000_000, cellsMax: 3_000_000 };

export interface ReadingParts {
  readonly limits?: SheetLimits;
  /** Told before the work begins how many rows the workbook says it has. */
  readonly onRows?: (rows: number) => void;
}

/**
 * The sheets of a file: an Excel workbook, or else a text, by what is in it whatever it is called. Cells are as they are
 * shown in Danish; of a formula what it shows. Null for what is neither, is locked or broken, or is more than the limits.
 */
export async function readSheets(bytes: Uint8Array<ArrayBuffer>, { limits = defaultSheetLimits, onRows }: ReadingParts = {}): Promise<readonly RecipientSheet[] | null> {
  if (!isZip(bytes)) return readText(bytes);
  const files = await unpackWorkbook(bytes, limits);
  if (!files) return null;
  const rows = files.reduce((sum, file) => sum + rowsToldBy(file), 0);
  if (rows > 0) onRows?.(rows);
  return readWorkbook(storedZip(files), limits.cellsMax);
}

/** Where a sheet tells how large it is. */
const BEGINNING_BYTES = 4_000;

function rowsToldBy({ name, content }: UnpackedFile): number {
  if (!/worksheets\/[^/]+\.xml$/i.test(name)) return 0;
  const beginning = new TextDecoder().decode(content.subarray(0, BEGINNING_BYTES));
  return Number(/<dimension ref="[A-Z]+[0-9]+:[A-Z]+([0-9]{1,7})"/.exec(beginning)?.[1] ?? 0);
}

function isZip([first, second, third, fourth]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b && third === 3 && fourth === 4;
}

/** A NUL is in no text: old Excel files, locked ones and pictures have many. */
function readText(bytes: Uint8Array): readonly RecipientSheet[] | null {
  const text = decodeText(bytes);
  return text.includes('\0') ? null : [sheetOfText(text)];
}

function readWorkbook(bytes: Uint8Array, cellsMax: number): readonly RecipientSheet[] | null {
  try {
    const { SheetNames, Sheets, Workbook } = xlsx.read(bytes, { type: 'array', dense: true, cellHTML: false, cellFormula: true, cellNF: true, cellStyles: true, dateNF: 'dd-mm-yyyy' });
    let left = cellsMax;
    return SheetNames.map((name, n) => {
      const sheet = readSheet(Sheets[name] ?? {}, { name, isHidden: (Workbook?.Sheets?.[n]?.Hidden ?? 0) !== 0, cellsMax: left });
      left -= sheet.rows.reduce((sum, { cells }) => sum + cells.length, 0);
      return sheet;
    });
  } catch {
    return null;
  }
}

interface SheetFacts {
  readonly name: string;
  readonly isHidden: boolean;
  readonly cellsMax: number;
}

function readSheet(sheet: WorkSheet, { name, isHidden, cellsMax }: SheetFacts): RecipientSheet {
  const rows: SheetRow[] = [];
  const formulas: number[] = [];
  let hiddenRows = 0;
  let seen = 0;
  const lines: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  lines.forEach((line, row) => {
    const cells = Array.from(line ?? [], (cell) => shownCell(cell));
    seen += cells.length;
    if (seen > cellsMax) throw new Error('too many cells');
    line?.forEach((cell, column) => {
      if (cell?.f !== undefined) formulas[column] = (formulas[column] ?? 0) + 1;
    });
    if (!cells.some((cell) => cell.trim() !== '')) return;
    rows.push({ line: row + 1, cells });
    if (sheet['!rows']?.[row]?.hidden === true) hiddenRows += 1;
  });
  return { name, isHidden, rows, hiddenRows, formulas: Array.from(formulas, (count) => count ?? 0) };
}

/**
 * What a cell shows. A whole number that it shows as 1,23E+09 is all there behind it. Dots and commas of figures are those
 * of Danish, whatever the workbook was made in.
 */
function shownCell(cell: CellObject | undefined): string {
  if (cell === undefined) return '';
  const shown = cell.w ?? (cell.v === undefined || cell.v === null ? '' : String(cell.v));
  if (typeof cell.v !== 'number') return shown;
  if (/\dE[+-]?\d/i.test(shown) && Number.isSafeInteger(cell.v)) return String(cell.v);
  if (typeof cell.z === 'string' && isDate(cell.z)) return shown;
  return shown.replace(/(?<=\d)[.,](?=\d)/g, (sign) => (sign === '.' ? ',' : '.'));
}

function isDate(format: string): boolean {
  return xlsx.SSF.is_date(format) === true;
}
