/** A line of a file for Excel: `;` between cells, CRLF at the end. The file begins with a byte order mark (`csvMark`). */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => csvCell(cell ?? '')).join(';')}\r\n`;
}

/** Excel reads UTF-8 by the mark at the front only. */
export const csvMark = '\ufeff';

/** A text that a spreadsheet takes for a formula would be run by it: a mark in front makes it text. */
function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const DANISH_TIME = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'medium' });

/** "2026-11-25 14:03:22", Danish time, as Excel knows it. */
export function csvTime(at: Date): string {
  return DANISH_TIME.format(at);
}
