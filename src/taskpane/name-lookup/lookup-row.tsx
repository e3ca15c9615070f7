import { makeStyles } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { MaskedNumber, type ShownNumber } from '../parts/masked-number.tsx';
import { shownTime } from '../parts/shown-time.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { lookup as texts } from '../texts/da.ts';
import { useLocale, useText, type Say } from '../texts/use-text.ts';
import type { Lookup } from './lookup-book.ts';
import { lookupRows, type LookupRow } from './lookup-rows.ts';
import type { WroteTo } from './write-to.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  above: { margin: '0 0 4px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` } },
  row: { display: 'flex', columnGap: '8px', padding: '8px 0' },
  body: { minWidth: 0, flexGrow: 1 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  number: { display: 'flex', alignItems: 'center', minHeight: '24px', margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  line: { margin: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '6px' },
  button: { minWidth: 0, maxWidth: '100%', whiteSpace: 'normal', textAlign: 'left', overflowWrap: 'anywhere' },
});

export interface LookupRowsProps {
  readonly lookup: Lookup;
  readonly shown: ShownNumber;
  /** Looks another number up. */
  readonly ask: (number: string) => void;
}

/** What one look-up found: a person, a company, or several companies. */
export function LookupRows({ lookup, shown, ask }: LookupRowsProps): ReactElement {
  const styles = useStyles();
  const say = useText(texts);
  const locale = useLocale();
  const { above, rows } = lookupRows(lookup.found, { say, time: shownTime(locale) });
  return (
    <>
      {above !== null && <p className={styles.above}>{above}</p>}
      {rows.length > 0 && (
        <ul className={styles.list}>
          {rows.map((row) => <li key={row.key}><Row row={row} id={`${String(lookup.id)} ${row.key}`} shown={shown} ask={ask} /></li>)}
        </ul>
      )}
    </>
  );
}

interface RowProps {
  readonly row: LookupRow;
  readonly id: string;
  readonly shown: ShownNumber;
  readonly ask: (number: string) => void;
}

function Row({ row, id, shown, ask }: RowProps): ReactElement {
  const styles = useStyles();
  const { writeTo, instead } = row;
  const { said, write } = useWriteTo(row);
  const number = row.hidden === null ? null : <MaskedNumber cpr={row.hidden} name={row.title} id={id} shown={shown} />;
  return (
    <div className={styles.row}>
      <StateIcon state={row.state} />
      <div className={styles.body}>
        <p className={styles.title}>{row.number === null && number !== null ? number : row.title}</p>
        {row.number !== null && <p className={styles.number}>{number ?? row.number}</p>}
        {row.lines.map((line) => <p key={line} className={styles.line}>{line}</p>)}
        {(writeTo !== null || instead !== null) && (
          <div className={styles.buttons}>
            {instead !== null && <Button size="small" className={styles.button} onClick={() => ask(instead.number)}>{instead.label}</Button>}
            {writeTo !== null && write !== null && <Button size="small" className={styles.button} onClick={write}>{writeTo.label}</Button>}
          </div>
        )}
        {said !== null && <p className={styles.line} aria-live="off">{said}</p>}
      </div>
    </div>
  );
}

/** "Skriv til": into the draft that is being written, else a new one. Null for those who may send nothing. */
function useWriteTo({ writeTo, title }: LookupRow): { readonly said: string | null; readonly write: (() => void) | null } {
  const say = useText(texts);
  const { outlook, remembered, account: { me }, item, go, readAgain, announce } = usePaneParts();
  const [said, setSaid] = useState<string | null>(null);
  // With no mail chosen beside a pinned pane Office.js opens none: "Ny mail" in Outlook does.
  if (item.kind === 'none' || !writeTo || !me || !me.mailboxes.some(({ actions }) => actions.includes('send'))) return { said, write: null };
  const name = writeTo.name ?? title;
  const told = (came: WroteTo): void => {
    const words = wordsOf(came, name, say);
    setSaid(came.kind === 'added' ? null : words);
    if (words !== null) announce(words);
    if (came.kind === 'added') void readAgain().then(() => go('write'));
  };
  const write = (): void => {
    const parts = { outlook, remembered, me, now: new Date() };
    // Skriv's rules of addresses are fetched with the first press: most look-ups end with the name.
    void import('./write-to.ts').then(async ({ addToDraft, openDraftTo }) =>
      told(await (item.kind === 'draft' ? addToDraft(parts, item.from?.address ?? null, writeTo) : openDraftTo(parts, writeTo))),
    ).catch(() => told({ kind: 'not-taken' }));
  };
  return { said, write };
}

function wordsOf(came: WroteTo, name: string, say: Say<typeof texts>): string | null {
  switch (came.kind) {
    case 'added':
      return say('look.added', { name });
    case 'already':
      return say('look.use.already', { name });
    case 'not-taken':
      return say('look.use.failed');
    case 'no-right':
      return say('look.use.noRight', { mailbox: came.mailbox });
    case 'opened':
      return null;
  }
}
