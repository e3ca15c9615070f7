import { makeStyles } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { FilterButtons } from '../parts/filter-buttons.tsx';
import { canSaveFiles, saveFile } from '../parts/save-file.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { CheckProgress } from './check-progress.tsx';
import { listFile } from './list-file.ts';
import type { StepProps } from './list-step.tsx';
import { useMassStyles } from './mass-styles.ts';
import type { MassTable, RowFilter } from './mass-table.ts';
import { RowsTable } from './rows-table.tsx';
import { useSayStatus } from './use-mass-book.ts';

const useStyles = makeStyles({
  top: { display: 'flex', flexDirection: 'column', rowGap: '12px', padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  export: { border: 0, fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, backgroundColor: 'transparent' },
});

/** Step 2: who can receive, who cannot, and what to do about it, before anything is put into the mail. */
export function TableStep({ book, state, draft }: StepProps): ReactElement {
  const styles = useStyles();
  const [filter, setFilter] = useState<RowFilter>('all');
  const { sheet, table, check, formulas } = state;
  return (
    <>
      <div className={styles.top}>
        <Filters table={table} filter={filter} choose={setFilter} />
        <Acts book={book} state={state} />
        <Remarks hidden={sheet?.hiddenRows ?? 0} formulas={formulas} />
        <CheckProgress book={book} state={state} draft={draft} />
      </div>
      <RowsTable table={table} filter={filter} isChecking={check.kind === 'checking'} putZero={(place) => book.putZero([place])} />
      <Foot table={table} isChecking={check.kind === 'checking'} goOn={() => book.goOn()} />
    </>
  );
}

function Filters({ table: { rows, counts }, filter, choose }: { readonly table: MassTable; readonly filter: RowFilter; readonly choose: (filter: RowFilter) => void }): ReactElement {
  const say = useText(mass);
  const count = new Intl.NumberFormat(useLocale());
  const filters = (['all', 'ok', 'no', 'twice', 'bad'] as const).map((one) => [one, `${say(`mass.f.${one}`)} (${count.format(one === 'all' ? rows.length : counts[one])})`] as const);
  return <FilterButtons filters={filters} chosen={filter} choose={choose} />;
}

/** What is done to the whole list: the zeros, and a copy of it. */
function Acts({ book, state: { table, rows } }: Omit<StepProps, 'draft'>): ReactElement | null {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const sayStatus = useSayStatus();
  const { outlook, announce } = usePaneParts();
  const [saved, setSaved] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const zeros = table.zeros.length;
  const canSave = canSaveFiles(outlook.client);
  const save = (): void => {
    const text = listFile({
      headings: [say('mass.col.line'), say('mass.col.to'), say('mass.col.state'), ...rows.columns], rows: table.rows,
      status: ({ status }) => sayStatus(status), line: ({ row: { line } }) => (line === null ? say('mass.line.mail') : String(line)),
    });
    saveFile(new Blob([text], { type: 'text/csv;charset=utf-8' }), `${say('mass.export.file')}.csv`);
    setSaved(true);
    announce(say('mass.export.done'));
  };
  const putAll = (): void => {
    book.putZero(table.zeros);
    // The button goes with what it was for.
    place.current?.focus();
  };
  if (zeros < 2 && !canSave) return null;
  return (
    <div className={shared.row} ref={place} tabIndex={-1} style={{ outlineStyle: 'none' }}>
      {zeros > 1 && <Button size="small" onClick={putAll}>{zeros === 2 ? say('mass.fixAll.zero2') : say('mass.fixAll.zero', { n: zeros })}</Button>}
      {canSave && <Button size="small" className={styles.export} onClick={save}><ArrowDownload20Regular aria-hidden />{say('mass.export')}</Button>}
      {saved && <p className={shared.small}>{say('mass.export.done')}</p>}
    </div>
  );
}

/** What was done with the workbook that one may not have expected. */
function Remarks({ hidden, formulas }: { readonly hidden: number; readonly formulas: number }): ReactElement | null {
  const shared = useMassStyles();
  const say = useText(mass);
  return (
    <>
      {hidden > 0 && <p className={shared.small}>{hidden === 1 ? say('mass.hidden1') : say('mass.hidden', { n: hidden })}</p>}
      {formulas > 0 && <p className={shared.small}>{formulas === 1 ? say('mass.formula1') : say('mass.formula', { n: formulas })}</p>}
    </>
  );
}

interface FootProps {
  readonly table: MassTable;
  readonly isChecking: boolean;
  readonly goOn: () => void;
}

/** The one blue button: who is left out, and how many go on. */
function Foot({ table: { counts }, isChecking, goOn }: FootProps): ReactElement {
  const shared = useMassStyles();
  const say = useText(mass);
  const { announce } = usePaneParts();
  const out = counts.no + counts.twice + counts.bad;
  const left = counts.ok + counts.unchecked;
  const isNone = left === 0;
  useEffect(() => {
    if (isNone) announce(say('mass.none'));
  }, [isNone, announce, say]);
  return (
    <div className={shared.foot}>
      {isNone && <p className={shared.look}><StateIcon state="look" />{say('mass.none')}</p>}
      {!isChecking && counts.unchecked > 0 && <p className={shared.small}>{counts.unchecked === 1 ? say('mass.unchecked1') : say('mass.unchecked', { n: counts.unchecked })}</p>}
      {!isNone && <Button appearance="primary" onClick={goOn}>{out === 0 ? say('mass.next', { n: left }) : say('mass.nextOut', { k: out, n: left })}</Button>}
    </div>
  );
}
