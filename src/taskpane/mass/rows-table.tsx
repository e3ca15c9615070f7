import { makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { fixedWords } from '../parts/fixed-words.ts';
import { StateIcon, type ShownState } from '../parts/state-icon.tsx';
import { frame, mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { shownRows, type MassTable, type RowFilter, type RowKind, type TableRow } from './mass-table.ts';
import { useSayStatus } from './use-mass-book.ts';
import { useCellStyles, WindowedTable } from './windowed-table.tsx';

const useStyles = makeStyles({ table: { flex: '1 1 0', minHeight: '120px', padding: '0 12px' } });

const icons: Readonly<Record<RowKind, ShownState>> = { ok: 'ok', no: 'look', twice: 'look', bad: 'look', unchecked: 'unknown' };

export interface RowsTableProps {
  readonly table: MassTable;
  readonly filter: RowFilter;
  readonly isChecking: boolean;
  readonly putZero: (place: number) => void;
}

/** The rows of a filter, and what mends them. */
export function RowsTable({ table, filter, isChecking, putZero }: RowsTableProps): ReactElement {
  const styles = useStyles();
  const say = useText(mass);
  const region = useRef<HTMLDivElement>(null);
  const rows = useShownRows(table, filter, isChecking);
  const fix = useFixed(rows, region, putZero);
  return (
    <WindowedTable
      region={region} className={styles.table} label={say('mass.rows', { n: rows.length })}
      columns={[{ heading: say('mass.col.line'), width: '40px' }, { heading: say('mass.col.to'), width: '35%' }, { heading: say('mass.col.state') }]}
      rows={rows} placeOf={placeOf} filter={filter} draw={(row, index) => <Row key={row.row.place} row={row} index={index} fix={() => fix(row)} />}
    />
  );
}

function placeOf({ row: { place } }: TableRow): number {
  return place;
}

function Row({ row: { row, kind, status }, index, fix }: { readonly row: TableRow; readonly index: number; readonly fix: () => void }): ReactElement {
  const styles = useCellStyles();
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
