import { makeStyles } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { fixedWords } from '../parts/fixed-words.ts';
import { StateIcon, type ShownState } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { frame, mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { shownRows, type MassTable, type RowFilter, type RowKind, type TableRow } from './mass-table.ts';
import { useCount, useSayStatus } from './use-mass-book.ts';
import { useRowWindow } from './use-row-window.ts';

const line = `1px solid ${tokens.colorNeutralStroke3}`;

const useStyles = makeStyles({
  region: { flex: '1 1 0', minHeight: '120px', overflowY: 'auto', overflowX: 'hidden', overflowAnchor: 'none', padding: '0 12px', ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'separate', borderSpacing: 0 },
  head: { position: 'sticky', top: 0, padding: '4px', textAlign: 'left', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2, backgroundColor: tokens.colorNeutralBackground1, borderBottom: line },
  line: { width: '40px' },
  to: { width: '35%' },
  cell: { padding: '6px 4px', verticalAlign: 'top', borderBottom: line, overflowWrap: 'anywhere' },
  beside: { display: 'block', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  status: { display: 'flex', columnGap: '6px' },
  room: { padding: 0, border: 0 },
  fix: { marginTop: '4px' },
});

const icons: Readonly<Record<RowKind, ShownState>> = { ok: 'ok', no: 'look', twice: 'look', bad: 'look', unchecked: 'unknown' };

export interface RowsTableProps {
  readonly table: MassTable;
  readonly filter: RowFilter;
  readonly isChecking: boolean;
  readonly putZero: (place: number) => void;
}

/**
 * The rows of a filter, of which only those are drawn that can be seen. The region is one Tab stop, and scrolls by arrows and
 * Page keys; Tab goes on to the fixes in view.
 */
export function RowsTable({ table, filter, isChecking, putZero }: RowsTableProps): ReactElement {
  const styles = useStyles();
  const say = useText(mass);
  const count = useCount();
  const rows = useShownRows(table, filter, isChecking);
  const places = useMemo(() => rows.map(({ row }) => row.place), [rows]);
  const { region, body, range, onScroll } = useRowWindow(places, filter);
  const fix = useFixed(rows, region, putZero);
  return (
    <div ref={region} className={styles.region} role="region" aria-label={say('mass.rows', { n: count(rows.length) })} tabIndex={0} onScroll={onScroll}>
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={`${styles.head} ${styles.line}`}>{say('mass.col.line')}</th>
            <th scope="col" className={`${styles.head} ${styles.to}`}>{say('mass.col.to')}</th>
            <th scope="col" className={styles.head}>{say('mass.col.state')}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {range.above > 0 && <Room height={range.above} />}
          {rows.slice(range.first, range.end).map((row, n) => <Row key={row.row.place} row={row} index={range.first + n + 2} fix={() => fix(row)} />)}
          {range.below > 0 && <Room height={range.below} />}
        </tbody>
      </table>
    </div>
  );
}

/** In the place of rows that are not drawn. */
function Room({ height }: { readonly height: number }): ReactElement {
  const styles = useStyles();
  return <tr aria-hidden><td className={styles.room} colSpan={3} style={{ height: `${String(height)}px` }} /></tr>;
}

function Row({ row: { row, kind, status }, index, fix }: { readonly row: TableRow; readonly index: number; readonly fix: () => void }): ReactElement {
  const styles = useStyles();
  const say = useText(mass);
  const sayStatus = useSayStatus();
  return (
    <tr data-place={row.place} data-kind={kind} aria-rowindex={index}>
      <td className={styles.cell}>{row.line ?? say('mass.line.mail')}</td>
      <td className={styles.cell}>{row.shown}{row.beside !== null && <span className={styles.beside}>{row.beside}</span>}</td>
      <td className={styles.cell}>
        <span className={styles.status}><StateIcon state={icons[kind]} /><span>{sayStatus(status)}</span></span>
        {row.read.kind === 'lost-zero' && <Button size="small" className={styles.fix} aria-label={`${say('mass.fix.zero')}: ${row.shown}`} onClick={fix}>{say('mass.fix.zero')}</Button>}
      </td>
    </tr>
  );
}

/** While the check runs, rows keep the places that they had: nothing moves under the pointer. */
function useShownRows(table: MassTable, filter: RowFilter, isChecking: boolean): readonly TableRow[] {
  const kept = useRef<{ readonly filter: RowFilter; readonly rows: readonly TableRow[]; readonly of: MassTable } | null>(null);
  const before = kept.current;
  if (before?.of === table && before.filter === filter) return before.rows;
  const stays = isChecking && filter === 'all' && before?.filter === 'all' && before.of.rows.length === table.rows.length;
  const rows = stays ? before.rows.flatMap(({ row }) => table.rows[row.place] ?? []) : shownRows(table, filter);
  kept.current = { filter, rows, of: table };
  return rows;
}

/** What follows when a zero has been put: focus goes to the next one that is missing, or to the table. */
function useFixed(rows: readonly TableRow[], region: React.RefObject<HTMLDivElement | null>, putZero: (place: number) => void): (row: TableRow) => void {
  const sayFrame = useText(frame);
  const say = useText(mass);
  const { announce } = usePaneParts();
  const next = useRef<{ readonly place: number | null } | null>(null);
  useEffect(() => {
    if (next.current === null) return;
    const { place } = next.current;
    next.current = null;
    const button = place === null ? null : region.current?.querySelector<HTMLElement>(`tr[data-place="${String(place)}"] button`);
    (button ?? region.current)?.focus();
  }, [rows, region]);
  return (row) => {
    const at = rows.indexOf(row);
    const other = [...rows.slice(at + 1), ...rows.slice(0, at)].find(({ row: { read } }) => read.kind === 'lost-zero');
    next.current = { place: other?.row.place ?? null };
    putZero(row.row.place);
    announce(fixedWords({ what: `0${row.row.shown}`, next: other ? `${other.row.shown}. ${say('mass.bad.zero')}` : null }, sayFrame));
  };
}
