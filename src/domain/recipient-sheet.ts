/** A row of a sheet that is not blank, as it is shown. */
export interface SheetRow {
  /** Physical row, from 1, blank ones counted. */
  readonly line: number;
  /** From the first column; a row may end before the others do. */
  readonly cells: readonly string[];
}

/** A list of recipients as somebody has it: pasted, in a text file, or a sheet of a workbook. */
export interface RecipientSheet {
  /** As the workbook calls it; empty for a text. */
  readonly name: string;
  /** The sheet itself is hidden in its workbook. */
  readonly isHidden: boolean;
  readonly rows: readonly SheetRow[];
  /** Rows that the workbook hides, and that are among `rows` all the same. */
  readonly hiddenRows: number;
  /** How many cells of each column are formulas; what they show is in `rows`. */
  readonly formulas: readonly number[];
}

/** A sheet of cells as they stand in rows, from line 1. */
export function sheetOfRows(rows: readonly (readonly string[])[]): RecipientSheet {
  const filled = rows.map((cells, n) => ({ line: n + 1, cells })).filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return { name: '', isHidden: false, rows: filled, hiddenRows: 0, formulas: [] };
}

/** How many columns the widest row has. */
export function columnsOf({ rows }: RecipientSheet): number {
  return rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
}
