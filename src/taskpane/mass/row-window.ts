export interface RowWindowQuestion {
  /** Heights of the rows that have been seen, in px, by their place in the table. */
  readonly heights: ReadonlyMap<number, number>;
  /** Places in the order in which the rows are shown. */
  readonly places: readonly number[];
  /** The height of a row that has not been seen, in px. */
  readonly usual: number;
  /** What can be seen, in px from the top of the first row. */
  readonly top: number;
  readonly bottom: number;
}

/** The rows that are drawn, and how much room those above and below them take, in px. */
export interface RowWindow {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
  readonly above: number;
  readonly below: number;
}

/** Rows that are drawn beyond what can be seen, at either end, so that a scroll shows no empty place. */
export const ROWS_BEYOND = 8;

/** Which of many rows are drawn: those that can be seen, and a few more. Linear in the rows. */
export function rowWindow({ heights, places, usual, top, bottom }: RowWindowQuestion): RowWindow {
  const heightOf = (n: number): number => heights.get(places[n] ?? -1) ?? usual;
  let total = 0;
  let first = places.length;
  let end = places.length;
  for (let n = 0; n < places.length; n += 1) {
    if (total + heightOf(n) > top && first === places.length) first = n;
    if (total >= bottom && end === places.length) end = n;
    total += heightOf(n);
  }
  // Scrolled beyond the end, as after a filter that shows fewer: the last rows.
  const from = Math.max(0, Math.min(first, places.length - 1) - ROWS_BEYOND);
  const to = Math.min(places.length, Math.max(end, from) + ROWS_BEYOND);
  let above = 0;
  let shown = 0;
  for (let n = 0; n < to; n += 1) {
    if (n < from) above += heightOf(n);
    else shown += heightOf(n);
  }
  return { first: from, end: to, above, below: total - above - shown };
}
