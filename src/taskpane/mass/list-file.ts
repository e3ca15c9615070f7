import type { TableRow } from './mass-table.ts';

export interface ListFile {
  /** Headings: line, recipient, status, then those of the other columns. */
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
  /** The row's state and its line, in words. */
  readonly status: (row: TableRow) => string;
  readonly line: (row: TableRow) => string;
}

/**
 * The list as a file for Excel: UTF-8 with BOM, `;`, a row each, with whole numbers. A CPR number has its dash, so that Excel
 * keeps its zero; a cell that Excel would take for a formula gets a ' in front, as one would type it.
 */
export function listFile({ headings, rows, status, line }: ListFile): string {
  const lines = rows.map((row) => [line(row), numberOf(row), status(row), ...row.row.cells]);
  return `\ufeff${[headings, ...lines].map((cells) => `${cells.map(quoted).join(';')}\r\n`).join('')}`;
}

function numberOf({ row: { read, raw } }: TableRow): string {
  if (read.kind !== 'number') return raw;
  const { kind, number } = read.id;
  return kind === 'cpr' ? `${number.slice(0, 6)}-${number.slice(6)}` : number;
}

function quoted(cell: string): string {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
