import { useEffect, useRef, useState, type RefObject } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { useNextCard } from '../parts/use-next-card.ts';
import { compose, frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { removeRows, setRecipientContactPoint } from './change-recipients.ts';
import { isDigitalRow, isMailRow, type DigitalRow } from './read-recipients.ts';
import type { RowFix } from './recipient-states.ts';
import { stillLost } from './lost-recipients.ts';
import { rowOfNotTaken } from './not-taken.ts';
import { changeOfFix } from './row-acts.ts';
import { rowMark } from './row-mark.ts';
import { useLatest, type Compose, type ShownRow } from './use-compose.ts';
import { useSayRef } from './use-say-ref.ts';
import { useAdding, useAnnouncedNotes, type Adding } from './use-adding.ts';
import type { Change, Written } from './write-recipients.ts';

/** What was done last, until the next change. */
interface Done {
  readonly text: string;
  readonly undo: () => void;
}

export interface RecipientActs {
  readonly add: Adding['add'];
  readonly remove: (shown: ShownRow) => void;
  readonly removeAll: (rows: readonly ShownRow[]) => void;
  readonly approveAll: (rows: readonly ShownRow[]) => void;
  readonly fix: (shown: ShownRow, fix: RowFix) => void;
  readonly choosePoint: (row: DigitalRow, contactPoint: string | null) => void;
  /** Recipients who are to be in the mail and stand in no field: Outlook did not take them, or it is not known yet as whom one sends. */
  readonly notTaken: readonly ShownRow[];
  readonly done: Done | null;
}

/** What one does to the recipients, and what follows: what is said, and where focus goes. */
export function useRecipientActs(state: Compose, field: RefObject<HTMLInputElement | null>): RecipientActs {
  const say = useText(compose);
  const sayFrame = useText(frame);
  const sayRef = useSayRef();
  const latest = useLatest(state);
  const nextCard = useNextCard();
  const done = useDone(state, field);
  const { announce } = usePaneParts();
  const removeList = useListRemoval(latest, done.tell);
  const notTaken = useNotTaken(state);
  const focusRow = useFocusAfterRemoval(state, field);
  const { write } = state.writer;
  const adding = useAdding(state);
  const outside = [...notTaken.rows, ...adding.rows];
  useAnnouncedNotes(outside);
  const remove = async (rows: readonly ShownRow[], text: string): Promise<void> => {
    const keys = new Set(rows.map(({ row }) => row.key));
    const written = await write((now, found) => removeRows(now, found.filter(({ key }) => keys.has(key))));
    if (written) done.tell({ text, after: written, undo: () => void state.writer.undo(written) });
  };
  const approve = useApproving(latest, done.tell);
  const removed = ({ state: { name } }: ShownRow): string => sayFrame('live.removed', { name: sayRef(name) });
  const fetchName = (shown: ShownRow): void => {
    adding.announceWhenKnown(shown);
    latest.current.checks.askAgain();
    // The button that was pressed is gone.
    rowElement(shown.row.key)?.querySelector<HTMLElement>('[data-card-heading]')?.focus();
  };
  const fix = async (shown: ShownRow, wanted: RowFix): Promise<void> => {
    const next = nextCard(rowMark(shown.row.key), sayRef(shown.state.name));
    const change = changeOfFix(wanted, shown.row, { choice: latest.current.sendingAs.choice, check: shown.check });
    if (adding.fix(shown, wanted) || notTaken.fix(shown, wanted)) {
      if (wanted === 'again') field.current?.focus();
      else next();
      return;
    }
    if (wanted === 'approve') {
      if (!(await approve([shown]))) return;
    } else if (wanted === 'remove') await remove([shown], removed(shown));
    else if (change) await write(change);
    next();
  };
  return {
    add: adding.add,
    remove: (shown) => {
      focusRow(shown.row.key);
      if (shown.row.kind === 'mass') removeList();
      else if (adding.fix(shown, 'remove')) announce(removed(shown));
      else void remove([shown], removed(shown));
    },
    removeAll: (rows) => void remove(rows, say('more.done', { n: rows.length })).then(() => focusIfNowhere(field.current)),
    approveAll: (rows) => void approve(rows).then(() => focusIfNowhere(field.current)),
    fix: (shown, wanted) => {
      if (wanted === 'fetch') fetchName(shown);
      else void fix(shown, wanted);
    },
    choosePoint: (row, contactPoint) => void write(toPoint(row, contactPoint)),
    notTaken: outside,
    done: done.shown,
  };
}

/** The row may have changed, or gone, since it was drawn. */
function toPoint(row: DigitalRow, contactPoint: string | null): Change {
  return (now, rows) => {
    const found = rows.filter(isDigitalRow).find(({ key }) => key === row.key);
    return found ? setRecipientContactPoint(now, found, contactPoint) : [];
  };
}

/** Approves outsiders. False where they are not approved; that is said, and focus is on the first of them. */
function useApproving(latest: RefObject<Compose>, tell: (done: Done & { readonly after: Written | null }) => void): (rows: readonly ShownRow[]) => Promise<boolean> {
  const { announce } = usePaneParts();
  const say = useText(compose);
  const sayRef = useSayRef();
  return async (rows) => {
    const addresses = rows.map(({ row }) => row).filter(isMailRow).map(({ address }) => address);
    const approval = await latest.current.guard.approve?.(addresses);
    if (approval?.kind === 'failed') {
      announce(sayRef(approval.why));
      focusIfNowhere(rowElement(rows[0]?.row.key ?? '')?.querySelector<HTMLElement>('[data-card-heading]') ?? null);
    }
    if (approval?.kind !== 'approved') return false;
    if (rows.length === 1) return true;
    const takeBack = async (): Promise<void> => {
      const why = await approval.takeBack();
      if (why) announce(sayRef(why));
    };
    tell({ text: say('more.approved', { n: rows.length }), after: latest.current.writer.last, undo: () => void takeBack() });
    return true;
  };
}

/** A list goes with its file and its letters, and comes back with them. */
function useListRemoval(latest: RefObject<Compose>, tell: (done: Done & { readonly after: Written | null }) => void): () => void {
  const say = useText(compose);
  const { announce, outlook, readAgain } = usePaneParts();
  const failed = (): void => announce(say('to.failed'));
  const remove = async (): Promise<void> => {
    const { takeListOut } = await import(/* webpackChunkName: "mend-mass" */ '../mass/take-list-out.ts');
    const taken = await takeListOut(outlook);
    await readAgain();
    if (taken.kind === 'failed') return failed();
    const { letters, putBack } = taken;
    const text = letters > 1 ? say('row.massOut.letters', { n: letters }) : say('row.massOut');
    if (putBack === null) return announce(text);
    const undo = async (): Promise<void> => {
      if ((await putBack()).kind === 'failed') failed();
      await readAgain();
    };
    tell({ text, after: latest.current.writer.last, undo: () => void undo().catch(failed) });
  };
  return () => void remove().catch(failed);
}

/** The offer to undo holds until the recipients are changed again. */
function useDone({ writer: { last } }: Compose, field: RefObject<HTMLInputElement | null>) {
  const { announce } = usePaneParts();
  const [told, setTold] = useState<(Done & { readonly after: Written | null }) | null>(null);
  return {
    shown: told && told.after === last ? told : null,
    tell: (next: Done & { readonly after: Written | null }) => {
      announce(next.text);
      const undo = (): void => {
        setTold(null);
        // The button that was pressed is gone.
        field.current?.focus();
        next.undo();
      };
      setTold({ ...next, undo });
    },
  };
}

/** Recipients whom Outlook has lost stay on the screen until somebody takes them away, or they are in the mail after all. */
function useNotTaken({ writer, own, memoHeader: { header }, draft }: Compose) {
  const { announce } = usePaneParts();
  const say = useText(compose);
  const shown = stillLost(writer.lost, draft).flatMap((edit) => rowOfNotTaken(edit, { own, header }).map((row) => ({ edit, row })));
  return {
    rows: shown.map(({ row }) => row),
    /** False for a row that is none of these. */
    fix: ({ row: { key } }: ShownRow, fix: RowFix): boolean => {
      const one = shown.find(({ row }) => row.row.key === key);
      if (!one) return false;
      if (fix === 'remove') writer.forget(one.edit);
      // Last in its field. Once it is in the mail, it is no longer lost; till then it stays.
      else void writer.writeTold(() => [{ ...one.edit, after: { ...one.edit.after, at: Number.MAX_SAFE_INTEGER } }]).then((written) => !written && announce(say('to.failed')));
      return true;
    },
  };
}

/** After a row is gone: the button of the row that took its place, else the field. */
function useFocusAfterRemoval({ rows }: Compose, field: RefObject<HTMLInputElement | null>): (key: string) => void {
  const removed = useRef<{ readonly key: string; readonly place: number } | null>(null);
  useEffect(() => {
    const { current } = removed;
    if (!current || rows.some(({ row }) => row.key === current.key)) return;
    removed.current = null;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const next = rows[current.place] ?? rows.at(-1);
    const buttons = next && rowElement(next.row.key)?.querySelectorAll<HTMLElement>('button');
    (buttons?.item(buttons.length - 1) ?? field.current)?.focus();
  });
  return (key) => {
    removed.current = { key, place: rows.findIndex(({ row }) => row.key === key) };
  };
}

function rowElement(key: string): HTMLElement | undefined {
  const mark = rowMark(key);
  return [...document.querySelectorAll<HTMLElement>('[data-row]')].find((element) => element.dataset['row'] === mark);
}

/** Where the button that was pressed is gone; whoever has moved on keeps their place. */
function focusIfNowhere(place: HTMLElement | null): void {
  if (document.activeElement === null || document.activeElement === document.body) place?.focus();
}
