import { BodyTooLarge } from './body-limits.ts';

/** A cell as the HTML has it: spans may be absurd, overlap, or point outside the table. */
export type LooseCell<T> = { readonly content: T; readonly colspan: number; readonly rowspan: number };

export type PlacedCell<T> = {
  /** null: no cell of the table covers this place. */
  readonly content: T | null;
  readonly x: number;
  readonly y: number;
  readonly colspan: number;
  readonly rowspan: number;
};

export type Grid<T> = { readonly columns: number; readonly rows: number; readonly cells: readonly PlacedCell<T>[] };

// The widest colspan that HTML knows; a grid this wide is only built to be narrowed again.
const colspanMax = 1_000;

/**
 * Places the cells of a table as browsers do (HTML Standard, "forming a table"), with spans cut where they would leave
 * the grid or meet another cell, every hole filled, and no column that only a colspan promised. A rowspan of 0 reaches
 * to the last row. Throws BodyTooLarge where there are more than `columnsMax` columns.
 */
export function tableGrid<T>(rows: readonly (readonly LooseCell<T>[])[], columnsMax: number): Grid<T> {
  const taken: boolean[][] = rows.map(() => []);
  const cells: PlacedCell<T>[] = [];
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row) {
      while (taken[y]?.[x]) x++;
      if (x >= 2 * colspanMax) throw new BodyTooLarge('too-many-columns', columnsMax);
      const placed = place(cell, { x, y, rows: rows.length }, taken);
      cells.push(placed);
      x += placed.colspan;
    }
  });
  const columns = new Set(cells.map((cell) => cell.x));
  if (columns.size > columnsMax) throw new BodyTooLarge('too-many-columns', columnsMax);
  const holes = taken.flatMap((row, y) => [...columns].filter((x) => !row[x])
    .map((x): PlacedCell<T> => ({ content: null, x, y, colspan: 1, rowspan: 1 })));
  const all = [...cells, ...holes].sort((one, other) => one.y - other.y || one.x - other.x);
  return withoutEmptyLines({ columns: columns.size, rows: rows.length, cells: all }, () => false);
}

type Place = { readonly x: number; readonly y: number; readonly rows: number };

function place<T>(cell: LooseCell<T>, { x, y, rows }: Place, taken: boolean[][]): PlacedCell<T> {
  let colspan = 1;
  while (colspan < Math.min(cell.colspan, colspanMax) && !taken[y]?.[x + colspan]) colspan++;
  const tallest = cell.rowspan === 0 ? rows - y : Math.min(cell.rowspan, rows - y);
  let rowspan = 1;
  while (rowspan < tallest && isFree(taken[y + rowspan], x, colspan)) rowspan++;
  for (let row = y; row < y + rowspan; row++) {
    for (let column = x; column < x + colspan; column++) (taken[row] ?? [])[column] = true;
  }
  return { content: cell.content, x, y, colspan, rowspan };
}

function isFree(row: readonly boolean[] | undefined, x: number, colspan: number): boolean {
  for (let column = x; column < x + colspan; column++) if (row?.[column]) return false;
  return true;
}

/** The grid without the rows and columns that hold nothing of their own, spans shortened accordingly. */
export function withoutEmptyLines<T>(grid: Grid<T>, isEmpty: (content: T) => boolean): Grid<T> {
  const full = grid.cells.filter((cell) => cell.content !== null && !isEmpty(cell.content));
  const columns = [...new Set(full.map((cell) => cell.x))].sort((one, other) => one - other);
  const rows = [...new Set(full.map((cell) => cell.y))].sort((one, other) => one - other);
  const within = (lines: readonly number[], from: number, span: number): number =>
    lines.filter((line) => line >= from && line < from + span).length;
  const kept = grid.cells.filter((cell) => columns.includes(cell.x) && rows.includes(cell.y));
  return {
    columns: columns.length,
    rows: rows.length,
    cells: kept.map((cell) => ({
      ...cell, x: columns.indexOf(cell.x), y: rows.indexOf(cell.y),
      colspan: within(columns, cell.x, cell.colspan), rowspan: within(rows, cell.y, cell.rowspan),
    })),
  };
}
