import { makeStyles } from '@fluentui/react-components';
import { useMemo, type ReactElement } from 'react';
import { Button } from '../parts/button.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { FoundLetter } from './letter-split.ts';
import type { MassList } from './mass-list.ts';
import { pagesText, shownRecipient, splitRows, type SplitRow } from './split-words.ts';
import { useCount } from './use-mass-book.ts';
import { useRowWindow } from './use-row-window.ts';

const line = `1px solid ${tokens.colorNeutralStroke3}`;
const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 };

const useStyles = makeStyles({
  region: { maxHeight: '240px', overflowY: 'auto', overflowX: 'hidden', overflowAnchor: 'none', border: line, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'separate', borderSpacing: 0 },
  head: { position: 'sticky', top: 0, padding: '4px', textAlign: 'left', ...small, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2, backgroundColor: tokens.colorNeutralBackground1, borderBottom: line },
  cell: { padding: '6px 4px', verticalAlign: 'top', borderBottom: line, overflowWrap: 'anywhere' },
  beside: { display: 'block', ...small, color: tokens.colorNeutralForeground2 },
  pages: { display: 'flex', columnGap: '6px' },
  see: { marginTop: '4px' },
  room: { padding: 0, border: 0 },
});

interface SplitTableProps {
  readonly list: MassList;
  readonly letters: readonly FoundLetter[];
  /** Shows the letter of a recipient; null where none is made. */
  readonly see: ((place: number) => void) | null;
}

/** Whose each page is, of which only the rows are drawn that can be seen; one Tab stop, as the table of the list. */
export function SplitTable({ list, letters, see }: SplitTableProps): ReactElement {
  const styles = useStyles();
  const say = useText(mass);
  const count = useCount();
  const rows = useMemo(() => splitRows(letters, list.recipients.length), [letters, list]);
  const places = useMemo(() => rows.map(({ place }) => place), [rows]);
  const { region, body, range, onScroll } = useRowWindow(places, '');
  return (
    <div ref={region} className={styles.region} role="region" aria-label={say('mass.split.rows', { n: count(rows.length) })} tabIndex={0} onScroll={onScroll}>
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}><th scope="col" className={styles.head}>{say('mass.col.to')}</th><th scope="col" className={styles.head}>{say('mass.split.pagesHead')}</th></tr>
        </thead>
        <tbody ref={body}>
          {range.above > 0 && <Room height={range.above} />}
          {rows.slice(range.first, range.end).map((row, n) => <Row key={row.place} row={row} list={list} index={range.first + n + 2} see={see} />)}
          {range.below > 0 && <Room height={range.below} />}
        </tbody>
      </table>
    </div>
  );
}

/** In the place of rows that are not drawn. */
function Room({ height }: { readonly height: number }): ReactElement {
  const styles = useStyles();
  return <tr aria-hidden><td className={styles.room} colSpan={2} style={{ height: `${String(height)}px` }} /></tr>;
}

function Row({ row, list, index, see }: Pick<SplitTableProps, 'list' | 'see'> & { readonly row: SplitRow; readonly index: number }): ReactElement | null {
  const styles = useStyles();
  const say = useText(mass);
  const recipient = list.recipients[row.place];
  if (!recipient) return null;
  const { shown, beside } = shownRecipient(recipient);
  return (
    <tr data-place={row.place} aria-rowindex={index}>
      <td className={styles.cell}>{shown}{beside !== '' && <span className={styles.beside}>{beside}</span>}</td>
      <td className={styles.cell}>
        <span className={styles.pages}><StateIcon state={row.letter === null ? 'look' : 'ok'} /><span>{pagesText(row, say)}</span></span>
        {see !== null && row.letter !== null && <Button size="small" className={styles.see} aria-label={`${say('mass.split.see')}: ${shown} ${beside}`} onClick={() => see(row.place)}>{say('mass.split.see')}</Button>}
      </td>
    </tr>
  );
}
