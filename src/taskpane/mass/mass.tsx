import { useEffect, useRef, useState, type ReactElement } from 'react';
import { sheetOfText } from '../../domain/recipient-sheet-text.ts';
import type { Item } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { useLeftWithoutDraft } from '../parts/left-without-draft.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { BeforeStep } from './before-step.tsx';
import { ListStep, type StepProps } from './list-step.tsx';
import type { MassBook } from './mass-book.ts';
import { massMailbox } from './mass-mailbox.ts';
import { useMassStyles } from './mass-styles.ts';
import { NoRight } from './no-right.tsx';
import { listInDraft } from './put-list.ts';
import { takeOverList } from './pasted-list.ts';
import { listsOf } from './write-mass.ts';
import { TableStep } from './table-step.tsx';
import { useMassBook, useMassState } from './use-mass-book.ts';

/** Send til mange: from a list to a mail that goes to each one on it (ux.md 5.10). */
export default function Mass(): ReactElement | null {
  const styles = useMassStyles();
  const say = useText(mass);
  const { item, back, account: { me, connection } } = usePaneParts();
  const book = useMassBook();
  const state = useMassState(book);
  const [isPut, setPut] = useState(false);
  usePasted(book);
  useListOfDraft(book, item);
  useLeftWithoutDraft(item.kind === 'draft');
  if (item.kind !== 'draft') return null;
  const noRight = connection === 'no-right' || (me !== null && massMailbox(me, item.from?.address ?? null) === null);
  const isAsking = state.step === 'list' && state.sheets.length > 0;
  const step = { list: 1, table: 2, before: 3 }[state.step];
  return (
    <div className={styles.step}>
      <ScreenHead
        key={`${state.step} ${String(isAsking)}`} title={say(step === 3 ? 'mass.before.h' : 'mass.h')} aside={say('mass.step', { n: step })}
        back={() => ((step > 1 || isAsking) && !isPut ? book.goBack() : back())}
      />
      {noRight ? <NoRight draft={item} /> : <Step book={book} state={state} draft={item} onPut={() => setPut(true)} />}
    </div>
  );
}

function Step({ book, state, draft, onPut }: StepProps & { readonly onPut: () => void }): ReactElement {
  if (state.step === 'list') return <ListStep book={book} state={state} draft={draft} />;
  if (state.step === 'before' && state.list !== null) return <BeforeStep book={book} state={state} draft={draft} list={state.list} onPut={onPut} />;
  return <TableStep book={book} state={state} draft={draft} />;
}

/** The list that lies in the mail is shown, as it stands there now; once, so that one can begin anew. */
function useListOfDraft(book: MassBook, item: Item): void {
  const { outlook } = usePaneParts();
  const isRead = useRef(false);
  useEffect(() => {
    if (isRead.current || item.kind !== 'draft') return;
    isRead.current = true;
    // What has been put into the mail is shown as a table; what is no longer there can be put in again.
    if (book.state().step === 'before' && listsOf(item).length > 0) book.goBack();
    const isEmpty = (): boolean => book.state().step === 'list' && book.state().sheets.length === 0 && book.state().pasted === '';
    if (!isEmpty()) return;
    void listInDraft(outlook, item).then((text) => {
      if (text !== null && isEmpty()) book.take([sheetOfText(text)], []);
    }, () => undefined);
  }, [book, item, outlook]);
}

/** What was pasted in Skriv begins a list of its own. */
function usePasted(book: MassBook): void {
  useEffect(() => {
    const pasted = takeOverList();
    if (pasted !== '') book.begin(pasted);
  }, [book]);
}
