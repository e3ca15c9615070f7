import { makeStyles } from '@fluentui/react-components';
import { useMemo, useRef, type ReactElement } from 'react';
import { Button } from '../parts/button.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { FoundLetter } from './letter-split.ts';
import type { MassList } from './mass-list.ts';
import { pagesText, shownRecipient, splitRows, type SplitRow } from './split-words.ts';
import { useCellStyles, WindowedTable } from './windowed-table.tsx';

const useStyles = makeStyles({ table: { maxHeight: '240px', border: `1px solid ${tokens.colorNeutralStroke3}` } });

interface SplitTableProps {
  readonly list: MassList;
  readonly letters: readonly FoundLetter[];
  /** Shows the letter of a recipient; null where none is made. */
  readonly see: ((place: number) => void) | null;
}

/** Whose each page is. */
export function SplitTable({ list, letters, see }: SplitTableProps): ReactElement {
  const styles = useStyles();
  const say = useText(mass);
  const region = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => splitRows(letters, list.recipients.length), [letters, list]);
  return (
    <WindowedTable
      region={region} className={styles.table} label={say('mass.split.rows', { n: rows.length })} columns={[{ heading: say('mass.col.to') }, { heading: say('mass.split.pagesHead') }]}
      rows={rows} placeOf={placeOf} filter="" draw={(row, index) => <Row key={row.place} row={row} list={list} index={index} see={see} />}
    />
  );
}

function placeOf({ place }: SplitRow): number {
  return place;
}

function Row({ row, list, index, see }: Pick<SplitTableProps, 'list' | 'see'> & { readonly row: SplitRow; readonly index: number }): ReactElement | null {
  const styles = useCellStyles();
  const say = useText(mass);
  const recipient = list.recipients[row.place];
  if (!recipient) return null;
  const { shown, beside } = shownRecipient(recipient);
  return (
    <tr data-place={row.place} aria-rowindex={index}>
      <td className={styles.cell}>{shown}{beside !== '' && <span className={styles.beside}>{beside}</span>}</td>
      <td className={styles.cell}>
        <span className={styles.status}><StateIcon state={row.letter === null ? 'look' : 'ok'} /><span>{pagesText(row, say)}</span></span>
        {see !== null && row.letter !== null && <Button size="small" className={styles.fix} aria-label={`${say('mass.split.see')}: ${shown} ${beside}`} onClick={() => see(row.place)}>{say('mass.split.see')}</Button>}
      </td>
    </tr>
  );
}
