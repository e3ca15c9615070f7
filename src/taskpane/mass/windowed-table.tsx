import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { useMemo, type ReactElement, type RefObject } from 'react';
import { tokens } from '../parts/tokens.ts';
import { useRowWindow } from './use-row-window.ts';

const line = `1px solid ${tokens.colorNeutralStroke3}`;
const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 };

const useStyles = makeStyles({
  region: { overflowY: 'auto', overflowX: 'hidden', overflowAnchor: 'none', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'separate', borderSpacing: 0 },
  head: { position: 'sticky', top: 0, padding: '4px', textAlign: 'left', ...small, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2, backgroundColor: tokens.colorNeutralBackground1, borderBottom: line },
  cell: { padding: '6px 4px', verticalAlign: 'top', borderBottom: line, overflowWrap: 'anywhere' },
  beside: { display: 'block', ...small, color: tokens.colorNeutralForeground2 },
  status: { display: 'flex', columnGap: '6px' },
  fix: { marginTop: '4px' },
  room: { padding: 0, border: 0 },
});

/** How the cells of a row look: `beside` stands below the name, `fix` below the status. */
export function useCellStyles(): Pick<ReturnType<typeof useStyles>, 'cell' | 'beside' | 'status' | 'fix'> {
  return useStyles();
}

interface TableColumn {
  readonly heading: string;
  /** As CSS has it; left out: what is left. */
  readonly width?: string;
}

export interface WindowedTableProps<Row> {
  readonly region: RefObject<HTMLDivElement | null>;
  /** Its size, and where it stands. */
  readonly className: string;
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
  /** Place of a row, which stays its own whatever the order. The same function each time. */
  readonly placeOf: (row: Row) => number;
  /** Another one begins at the top. */
  readonly filter: string;
  /** A `tr` with `data-place` and this `aria-rowindex`. */
  readonly draw: (row: Row, rowIndex: number) => ReactElement;
}

/**
 * A table of thousands, of which only those rows are drawn that can be seen. The region is one Tab stop, and scrolls by arrows
 * and Page keys; Tab goes on to the buttons in view.
 */
export function WindowedTable<Row>({ region, className, label, columns, rows, placeOf, filter, draw }: WindowedTableProps<Row>): ReactElement {
  const styles = useStyles();
  const places = useMemo(() => rows.map(placeOf), [rows, placeOf]);
  const { body, range, onScroll } = useRowWindow({ region, places, filter });
  return (
    <div ref={region} className={mergeClasses(styles.region, className)} role="region" aria-label={label} tabIndex={0} onScroll={onScroll}>
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>{columns.map(({ heading, width }) => <th key={heading} scope="col" className={styles.head} style={{ width }}>{heading}</th>)}</tr>
        </thead>
        <tbody ref={body}>
          {range.above > 0 && <Room height={range.above} columns={columns.length} />}
          {rows.slice(range.first, range.end).map((row, n) => draw(row, range.first + n + 2))}
          {range.below > 0 && <Room height={range.below} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** In the place of rows that are not drawn. */
function Room({ height, columns }: { readonly height: number; readonly columns: number }): ReactElement {
  const styles = useStyles();
  return <tr aria-hidden><td className={styles.room} colSpan={columns} style={{ height: `${String(height)}px` }} /></tr>;
}
