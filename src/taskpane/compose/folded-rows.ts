import type { ShownRow } from './use-compose.ts';

/** With more rows than this, those that are well fold into one line. */
const ROWS_SHOWN_MAX = 8;

/**
 * Of whom nothing needs to be read, so that they may stand as one line; none where there are few. Somebody protected stays:
 * what their row says is about what one is writing.
 */
export function foldedRows(rows: readonly ShownRow[]): readonly ShownRow[] {
  const well = rows.filter(({ state: { grade, gets, icon } }) => grade === null && gets && icon !== 'protected');
  return rows.length > ROWS_SHOWN_MAX && well.length > 1 ? well : [];
}
