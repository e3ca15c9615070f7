import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react';
import type { Item } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { useLeftWithoutDraft } from '../parts/left-without-draft.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { isSame, sheetInDraft, type SheetInDraft } from './list-in-draft.ts';
import { ListStep, type StepProps } from './list-step.tsx';
import type { MassBook, MassState } from './mass-book.ts';
import { massMailbox } from './mass-mailbox.ts';
import { useMassStyles } from './mass-styles.ts';
import { NoRight } from './no-right.tsx';
import { takeOverList } from './pasted-list.ts';
import { TableStep } from './table-step.tsx';
import { useMassBook, useMassState } from './use-mass-book.ts';
import { listsOf } from './write-mass.ts';

/** Fetched when the list is read and its recipients are known: nobody waits for it before. */
const BeforeStep = lazy(async () => ({ default: (await import(/* webpackChunkName: "mass-before" */ './before-step.tsx')).BeforeStep }));

/** Send til mange: from a list to a mail that goes to each one on it (ux.md 5.10). */
export default function Mass(): ReactElement | null {
  const styles = useMassStyles();
  const { item, account: { me, connection } } = usePaneParts();
  const book = useMassBook();
  const state = useMassState(book);
  const [isPut, setPut] = useState(false);
  const [isShown, setShown] = useState(false);
  usePasted(book);
  useListOfDraft(book, item, () => setShown(true));
  useLeftWithoutDraft(item.kind === 'draft');
  if (item.kind !== 'draft') return null;
  const noRight = connection === 'no-right' || (me !== null && massMailbox(me, item.from?.address ?? null) === null);
  const onPut = (): void => {
    setPut(true);
    book.notePut();
  };
  return (
    <div className={styles.step}>
      <Head book={book} state={state} isPut={isPut} isShown={isShown} />
      {noRight ? <NoRight draft={item} /> : <Step book={book} state={state} draft={item} onPut={onPut} />}
    </div>
  );
}

interface HeadProps extends Omit<StepProps, 'draft'> {
  readonly isPut: boolean;
  /** The table was opened on the list that lies in the mail. */
  readonly isShown: boolean;
}

const steps = { list: 1, table: 2, before: 3 } as const;

/** Which step this is; the way back leads to the step before, or to where one came from. */
function Head({ book, state, isPut, isShown }: HeadProps): ReactElement {
  const say = useText(mass);
  const { back } = usePaneParts();
  const step = steps[state.step];
  const isAsking = step === 1 && state.sheets.length > 0;
  const isFirst = isPut || (step === 1 && !isAsking) || (step === 2 && isShown);
  return (
    <ScreenHead
      key={`${state.step} ${String(isAsking)}`} title={say(step === 3 ? 'mass.before.h' : 'mass.h')} aside={say('mass.step', { n: step })}
      back={() => (isFirst ? back() : book.goBack())}
    />
  );
}

function Step({ book, state, draft, onPut }: StepProps & { readonly onPut: () => void }): ReactElement {
  if (state.step === 'list') return <ListStep book={book} state={state} draft={draft} />;
  if (state.step === 'before' && state.list !== null) return <Suspense fallback={null}><BeforeStep book={book} state={state} draft={draft} list={state.list} onPut={onPut} /></Suspense>;
  return <TableStep book={book} state={state} draft={draft} />;
}

/**
 * The list that lies in the mail is shown, as it stands there now, however it came to be so: once, when the screen opens. One that
 * is being made here stays, and so does one that is no longer in the mail: it can be put in again.
 */
function useListOfDraft(book: MassBook, item: Item, onShown: () => void): void {
  const { outlook } = usePaneParts();
  const isRead = useRef(false);
  useEffect(() => {
    // What is attached is told later by some.
    if (isRead.current || item.kind !== 'draft' || item.attachmentsUnknown === true) return;
    isRead.current = true;
    const { put } = book.state();
    const isWanted = (): boolean => book.state().put === put && (put !== null || isEmpty(book.state()));
    // One that was put in from here, and is no longer there, stands in step 3 as it was.
    if (!isWanted() || (put !== null && listsOf(item).length === 0)) return;
    void sheetInDraft(outlook, item).then((found) => {
      if (found === null || !isWanted()) return;
      if (put === null || !isSame(put, found.numbers)) takeSheet(book, found);
      else if (book.state().step === 'before') book.goBack();
      if (book.state().step === 'table') onShown();
    }, () => undefined);
  }, [book, item, outlook]);
}

function takeSheet(book: MassBook, { sheet, column }: SheetInDraft): void {
  if (book.take([sheet], []) && column !== null) book.chooseColumn(column);
}

function isEmpty({ step, sheets, pasted }: MassState): boolean {
  return step === 'list' && sheets.length === 0 && pasted === '';
}

/** What was pasted in Skriv begins a list of its own. */
function usePasted(book: MassBook): void {
  useEffect(() => {
    const pasted = takeOverList();
    if (pasted !== '') book.begin(pasted);
  }, [book]);
}
