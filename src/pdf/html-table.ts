import type { Block, Cell } from './block-model.ts';
import type { BodyLimits } from './body-limits.ts';
import { BodyTooLarge } from './body-limits.ts';
import type { Attributes, Look } from './element-look.ts';
import { isHidden, lookInside } from './element-look.ts';
import type { Place } from './html-place.ts';
import type { HtmlElement } from './html-tree.ts';
import { elementsInside, isElement, textInside } from './html-tree.ts';
import type { Declarations } from './style-rules.ts';
import type { Grid, LooseCell } from './table-grid.ts';
import { tableGrid, withoutEmptyLines } from './table-grid.ts';
import { withoutOuterSpace } from './outer-space.ts';

/** What reading a table needs of the reader of the whole body. */
export type TableReader = {
  readonly limits: BodyLimits;
  styleOf(element: HtmlElement): { readonly attributes: Attributes; readonly style: Declarations };
  blocksIn(element: HtmlElement, look: Look, place: Place): Block[];
  countCells(cells: number): void;
};

type Row = { readonly element: HtmlElement; readonly inHead: boolean; readonly cells: readonly HtmlElement[] };

/**
 * A table as blocks: one data table with its header rows; or, where it only placed things on a page, a layout table or
 * simply what was in its cells, in reading order. Throws BodyTooLarge for too many rows, columns or cells.
 */
export function tableBlocks(table: HtmlElement, look: Look, place: Place, reader: TableReader): Block[] {
  const rows = rowsOf(table, reader);
  const { tableRowsMax, tableColumnsMax, tablesNestedMax } = reader.limits;
  if (rows.length > tableRowsMax) throw new BodyTooLarge('too-many-rows', tableRowsMax);
  const caption = table.childNodes.filter(isElement).filter((child) => child.tagName === 'caption')
    .flatMap((child) => reader.blocksIn(child, { ...look, marks: { ...look.marks, bold: true } }, place));
  const grid = tableGrid(rows.map((row) => row.cells.map(looseCell)), tableColumnsMax);
  reader.countCells(grid.cells.length);
  const nested = place.tables + 1 > tablesNestedMax;
  const kind = nested ? 'layout' : tableKind(table, rows, grid, reader);
  const inside: Place = { ...place, tables: place.tables + 1, headings: place.headings && kind === 'layout' };
  const cells = grid.cells.map((cell) => readCell(cell, look, inside, reader));
  if (kind === 'layout') return [...caption, ...layoutBlocks({ ...grid, cells }, nested)];
  return [...caption, {
    kind: 'table', purpose: 'data', bordered: kind === 'bordered', columns: grid.columns, rows: grid.rows,
    headerRows: headerRowsOf(rows, cells, kind === 'bordered'), cells: cells.map(withoutContent),
  }];
}

function rowsOf(table: HtmlElement, reader: TableReader): Row[] {
  const rows: Row[] = [];
  const sections = table.childNodes.filter(isElement);
  const feet = sections.filter((section) => section.tagName === 'tfoot');
  const visible = (element: HtmlElement): boolean => {
    const { attributes, style } = reader.styleOf(element);
    return !isHidden(attributes, style);
  };
  for (const section of [...sections.filter((section) => section.tagName !== 'tfoot'), ...feet]) {
    const isRow = section.tagName === 'tr';
    if (!isRow && !/^t(?:head|body|foot)$/u.test(section.tagName)) continue;
    if (!visible(section)) continue;
    for (const element of isRow ? [section] : section.childNodes.filter(isElement)) {
      if (element.tagName !== 'tr' || (!isRow && !visible(element))) continue;
      const cells = element.childNodes.filter(isElement)
        .filter((cell) => (cell.tagName === 'td' || cell.tagName === 'th') && visible(cell));
      if (cells.length > 0) rows.push({ element, inHead: section.tagName === 'thead', cells });
    }
  }
  return rows;
}

function looseCell(cell: HtmlElement): LooseCell<HtmlElement> {
  const span = (name: string): number => {
    const value = cell.attrs.find((attribute) => attribute.name === name)?.value ?? '';
    return /^\s*\d{1,5}/u.test(value) ? Number.parseInt(value, 10) : 1;
  };
  return { content: cell, colspan: span('colspan'), rowspan: span('rowspan') };
}

type TableKind = 'bordered' | 'plain' | 'layout';

const dataCellCharsMax = 120;

/** Whether a table says something by rows and columns: it has headers, lines, or several rows of short texts. */
function tableKind(table: HtmlElement, rows: readonly Row[], grid: Grid<HtmlElement>, reader: TableReader): TableKind {
  const { attributes, style } = reader.styleOf(table);
  const role = attributes['role'];
  if (role === 'presentation' || role === 'none' || grid.columns < 2 || grid.rows < 2) return 'layout';
  const cells = rows.flatMap((row) => row.cells);
  if (cells.some((cell) => holds(cell, 'table'))) return 'layout';
  const hasLines = Number(attributes['border']) > 0 || hasBorder(style)
    || cells.slice(0, 8).some((cell) => hasBorder(reader.styleOf(cell).style));
  if (hasLines) return 'bordered';
  if (rows.some((row) => row.inHead) || cells.some((cell) => cell.tagName === 'th')) return 'bordered';
  const short = cells.every((cell) => textInside(cell).length <= dataCellCharsMax
    && !holds(cell, 'img'));
  return short ? 'plain' : 'layout';
}

function hasBorder(style: Declarations): boolean {
  return ['border', 'border-top', 'border-bottom', 'border-style', 'mso-border-alt'].some((name) =>
    /solid|dashed|dotted|double|windowtext/u.test(style[name] ?? ''));
}

function holds(element: HtmlElement, tag: string): boolean {
  for (const inner of elementsInside(element)) if (inner.tagName === tag) return true;
  return false;
}

type ReadCell = Cell & { readonly content: HtmlElement | null };

function readCell(
  cell: Omit<Cell, 'blocks' | 'align'> & { readonly content: HtmlElement | null },
  tableLook: Look, place: Place, reader: TableReader,
): ReadCell {
  const element = cell.content;
  if (!element) return { ...cell, align: 'start', blocks: [] };
  let look: Look = { ...tableLook, align: 'start' };
  for (const ancestor of [element.parentNode, element]) {
    if (!ancestor || !('tagName' in ancestor)) continue;
    const { attributes, style } = reader.styleOf(ancestor);
    look = lookInside(look, ancestor.tagName, attributes, style);
  }
  return { ...cell, align: look.align, blocks: withoutOuterSpace(reader.blocksIn(element, look, place)) };
}

function withoutContent({ x, y, colspan, rowspan, align, blocks }: ReadCell): Cell {
  return { x, y, colspan, rowspan, align, blocks };
}

function layoutBlocks(grid: Omit<Grid<HtmlElement>, 'cells'> & { cells: readonly ReadCell[] }, flat: boolean): Block[] {
  const byElement = new Map(grid.cells.map((cell) => [cell.content, cell]));
  const full = withoutEmptyLines<HtmlElement>(grid, (content) => (byElement.get(content)?.blocks.length ?? 0) === 0);
  if (flat || full.columns < 2) return grid.cells.flatMap((cell) => cell.blocks);
  const cells = full.cells.map((cell): Cell => {
    const read = byElement.get(cell.content);
    const { x, y, colspan, rowspan } = cell;
    return { x, y, colspan, rowspan, align: read?.align ?? 'start', blocks: cell.content ? read?.blocks ?? [] : [] };
  });
  return [{
    kind: 'table', purpose: 'layout', bordered: false, columns: full.columns, rows: full.rows, headerRows: 0, cells,
  }];
}

/** The rows at the top that name the columns: in `<thead>`, of `<th>` only, or, where none is so marked, all bold. */
function headerRowsOf(rows: readonly Row[], cells: readonly ReadCell[], bordered: boolean): number {
  let headers = 0;
  while (rows[headers]?.inHead || rows[headers]?.cells.every((cell) => cell.tagName === 'th')) headers++;
  if (headers === 0 && bordered && cells.filter((cell) => cell.y === 0).every(isBold)) headers = 1;
  // A header cell that reaches down takes its rows into the header with it.
  for (const cell of cells) if (cell.y < headers) headers = Math.max(headers, cell.y + cell.rowspan);
  return headers < rows.length ? headers : 0;
}

function isBold(cell: ReadCell): boolean {
  const runs = cell.blocks.flatMap((block) => (block.kind === 'paragraph' ? block.content : []));
  const texts = runs.filter((run) => run.kind === 'text').filter((run) => run.text.trim() !== '');
  return texts.length > 0 && texts.length === runs.filter((run) => run.kind !== 'break').length
    && texts.every((run) => run.marks.bold);
}
