import { useEffect, useRef, useState, type RefObject } from 'react';
import type { RecipientId } from '../../domain/gateway-address.ts';
import { usePaneParts } from '../pane-parts.ts';
import { useNextCard } from '../parts/use-next-card.ts';
import { compose, frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { addNumbers, removeRows, setRecipientContactPoint, type RecipientEdit } from './change-recipients.ts';
import { isDigitalRow, isMailRow, type DigitalRow } from './read-recipients.ts';
import { displayNameFor } from './recipient-name.ts';
import type { RowFix } from './recipient-states.ts';
import { rowOfNotTaken } from './not-taken.ts';
import { changeOfFix } from './row-acts.ts';
import { rowMark } from './row-mark.ts';
import type { TextRef } from './text-ref.ts';
import { useLatest, type Compose, type ShownRow } from './use-compose.ts';
import { useSayRef } from './use-say-ref.ts';
import type { Change, Written } from './write-recipients.ts';

/** What Exchange Online takes in one mail by default (outlook.md 7.3). */
const RECIPIENTS_MAX = 500;

/** What was done last, until the next change. */
interface Done {
  readonly text: string;
  readonly undo: () => void;
}

export interface RecipientActs {
  readonly add: (recipients: readonly RecipientId[], names: ReadonlyMap<string, string>) => TextRef | null;
  readonly remove: (shown: ShownRow) => void;
  readonly removeAll: (rows: readonly ShownRow[]) => void;
  readonly approveAll: (rows: readonly ShownRow[]) => void;
  readonly fix: (shown: ShownRow, fix: RowFix) => void;
  readonly choosePoint: (row: DigitalRow, contactPoint: string | null) => void;
  /** Recipients that Outlook did not take; they stand in no field. */
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
  const notTaken = useNotTaken(state);
  const focusRow = useFocusAfterRemoval(state, field);

  const write = async (change: Change): Promise<Written | null> => {
    const written = await state.writer.write(change);
    if (written) notTaken.note(written.notTaken);
    return written;
  };
  const add = useAdding(state, write);
  const remove = async (rows: readonly ShownRow[], text: string): Promise<void> => {
    const keys = new Set(rows.map(({ row }) => row.key));
    const written = await write((now, found) => removeRows(now, found.filter(({ key }) => keys.has(key))));
    if (written) done.tell({ text, after: written, undo: () => void state.writer.undo(written) });
  };
  const approve = async (rows: readonly ShownRow[]): Promise<void> => {
    const addresses = rows.map(({ row }) => row).filter(isMailRow).map(({ address }) => address);
    const takeBack = await latest.current.guard.approve?.(addresses).catch(() => null);
    if (!takeBack || rows.length === 1) return;
    done.tell({ text: say('more.approved', { n: rows.length }), after: latest.current.writer.last, undo: () => void takeBack().catch(() => undefined) });
  };
  const removed = ({ state: { name } }: ShownRow): string => sayFrame('live.removed', { name: sayRef(name) });
  const fix = async (shown: ShownRow, wanted: RowFix): Promise<void> => {
    const next = nextCard(rowMark(shown.row.key), sayRef(shown.state.name));
    const change = changeOfFix(wanted, shown.row, { choice: latest.current.sendingAs.choice, check: shown.check });
    if (wanted === 'approve') await approve([shown]);
    else if (wanted === 'remove') await remove([shown], removed(shown));
    else if (change) await write(change);
    next();
  };
  return {
    add,
    remove: (shown) => {
      focusRow(shown.row.key);
      void remove([shown], removed(shown));
    },
    removeAll: (rows) => void remove(rows, say('more.done', { n: rows.length })),
    approveAll: (rows) => void approve(rows),
    fix: (shown, wanted) => {
      if (!notTaken.forget(shown)) void fix(shown, wanted);
    },
    choosePoint: (row, contactPoint) => void write((now, rows) => {
      const found = rows.filter(isDigitalRow).find(({ key }) => key === row.key);
      return found ? setRecipientContactPoint(now, found, contactPoint) : [];
    }),
    notTaken: notTaken.rows,
    done: done.shown,
  };
}

/** Adds numbers at once; whatever is to be known of them comes afterwards. */
function useAdding(state: Compose, write: (change: Change) => Promise<Written | null>): RecipientActs['add'] {
  const announceAdded = useAnnouncedWhenKnown(state);
  const { sendingAs, rows } = state;
  return (recipients, names) => {
    const { choice, sender, draftSender } = sendingAs;
    const refused = refusalToAdd(state, recipients);
    if (refused || !choice) return refused;
    const fresh = recipients.filter(({ number }) => !rows.some(({ row }) => isDigitalRow(row) && row.address.recipient.number === number));
    announceAdded(fresh);
    if (sender && draftSender.kind === 'none') sendingAs.rememberSender(sender.key);
    void write((now) => addNumbers(now, fresh, { choice, nameOf: (one) => displayNameFor(one, choice.channel, names.get(one.number) ?? null) }));
    return null;
  };
}

/** Why nobody can be added now; null where they can. */
function refusalToAdd({ sendingAs: { choice }, rows }: Compose, recipients: readonly RecipientId[]): TextRef | null {
  if (!choice) return { key: 'to.notYet' };
  if (rows.length + recipients.length > RECIPIENTS_MAX) return { key: 'to.limit', parameters: { max: RECIPIENTS_MAX } };
  const isThere = ({ number }: RecipientId): boolean => rows.some(({ row }) => isDigitalRow(row) && row.address.recipient.number === number);
  return recipients.every(isThere) ? { key: 'to.already' } : null;
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

/** Recipients that Outlook did not take stay on the screen until somebody takes them away, or they are in the mail after all. */
function useNotTaken({ rows }: Compose) {
  const [notTaken, setNotTaken] = useState<readonly ShownRow[]>([]);
  const there = new Set(rows.map(({ row }) => row.key));
  const shown = notTaken.filter(({ row }) => !there.has(row.key));
  return {
    rows: shown,
    note: (edits: readonly RecipientEdit[]) => {
      const lost = edits.flatMap(rowOfNotTaken);
      if (lost.length > 0) setNotTaken((before) => [...before.filter(({ row }) => !lost.some((one) => one.row.key === row.key)), ...lost]);
    },
    /** False for a row that is in the mail. */
    forget: (one: ShownRow): boolean => {
      if (!shown.includes(one)) return false;
      setNotTaken((before) => before.filter((other) => other !== one));
      return true;
    },
  };
}

/** Says who came, once it is known how it stands with them. */
function useAnnouncedWhenKnown({ rows }: Compose): (recipients: readonly RecipientId[]) => void {
  const { announce } = usePaneParts();
  const say = useText(frame);
  const sayRef = useSayRef();
  const waiting = useRef(new Set<string>());
  useEffect(() => {
    const known = rows.filter(({ row, state }) => isDigitalRow(row) && waiting.current.has(row.address.recipient.number) && state.icon !== 'checking');
    if (known.length === 0) return;
    for (const { row } of known) if (isDigitalRow(row)) waiting.current.delete(row.address.recipient.number);
    announce(known.map(({ state: { name, status, notes } }) =>
      say('live.added', { name: sayRef(name), state: [...(status ? [status] : []), ...notes].map(sayRef).join('. ') })).join(' '));
  });
  return (recipients) => {
    for (const { number } of recipients) waiting.current.add(number);
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
    const mark = next && rowMark(next.row.key);
    const row = [...document.querySelectorAll<HTMLElement>('[data-row]')].find((element) => element.dataset['row'] === mark);
    const buttons = row?.querySelectorAll<HTMLElement>('button');
    (buttons?.item(buttons.length - 1) ?? field.current)?.focus();
  });
  return (key) => {
    removed.current = { key, place: rows.findIndex(({ row }) => row.key === key) };
  };
}
