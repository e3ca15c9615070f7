import type { AccessFind } from './access-find.ts';
import { attributeOf, holds, isElement, seenText, stylesOf, visitSeen, type BodyElement } from './body-tree.ts';
import { renamed } from './source-edit.ts';

/** Longer texts in the cells of a table without lines: it only places things on the page (pdf/html-table.ts). */
const DATA_CELL_CHARACTERS_MAX = 120;
const QUOTE_CELLS = 4;

/** Tables that say something by rows and columns, and whose columns nothing names; read as the letter reads them. */
export function tableFinds(body: BodyElement): readonly AccessFind[] {
  const finds: AccessFind[] = [];
  visitSeen(body, {
    text: () => undefined,
    element: (element) => {
      if (element.tagName !== 'table') return;
      const rows = rowsOf(element);
      const [first] = rows;
      if (!first || !isData(element, rows) || hasHeaders(rows)) return;
      finds.push({ element, quote: first.cells.slice(0, QUOTE_CELLS).map(seenText).join(' | '), mend: () => first.cells.flatMap((cell) => renamed(cell, 'th', ' scope="col"')) });
    },
  });
  return finds;
}

interface Row {
  readonly cells: readonly BodyElement[];
  readonly inHead: boolean;
}

function rowsOf(table: BodyElement): readonly Row[] {
  const children = (element: BodyElement): readonly BodyElement[] => element.childNodes.filter(isElement);
  return children(table)
    .flatMap((part) => (part.tagName === 'tr' ? [{ row: part, inHead: false }] : children(part).map((row) => ({ row, inHead: part.tagName === 'thead' }))))
    .filter(({ row }) => row.tagName === 'tr')
    .map(({ row, inHead }) => ({ inHead, cells: children(row).filter(({ tagName }) => tagName === 'td' || tagName === 'th') }))
    .filter(({ cells }) => cells.length > 0);
}

function isData(table: BodyElement, rows: readonly Row[]): boolean {
  const role = attributeOf(table, 'role');
  const cells = rows.flatMap((row) => row.cells);
  if (role === 'presentation' || role === 'none' || rows.length < 2 || rows.every((row) => row.cells.length < 2)) return false;
  if (cells.some((cell) => holds(cell, ({ tagName }) => tagName === 'table'))) return false;
  if (Number(attributeOf(table, 'border')) > 0 || [table, ...cells.slice(0, 8)].some(hasLines)) return true;
  return cells.every((cell) => seenText(cell).length <= DATA_CELL_CHARACTERS_MAX && !holds(cell, ({ tagName }) => tagName === 'img'));
}

function hasLines(element: BodyElement): boolean {
  const styles = stylesOf(element);
  return ['border', 'border-top', 'border-bottom', 'border-style', 'mso-border-alt'].some((name) => /solid|dashed|dotted|double|windowtext/.test(styles[name] ?? ''));
}

/** In a thead, or of th alone, or all in bold, which the letter takes for headings too. */
function hasHeaders(rows: readonly Row[]): boolean {
  const [first] = rows;
  if (!first) return false;
  return first.inHead || first.cells.every(({ tagName }) => tagName === 'th') || first.cells.every(isBold);
}

function isBold(cell: BodyElement): boolean {
  let bold = false;
  let all = true;
  visitSeen(cell, {
    element: () => undefined,
    text: (text, around) => {
      if (text.trim() === '') return;
      bold = true;
      all = all && around.bold;
    },
  });
  return bold && all;
}
