import { useEffect, useRef, useState } from 'react';
import type { RecipientId } from '../../domain/gateway-address.ts';
import { usePaneParts } from '../pane-parts.ts';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { addNumbers, type SendingChoice } from './change-recipients.ts';
import { missingNumbers, readinessOf, rowOfComing, withComing, type Coming } from './coming.ts';
import { isDigitalRow } from './read-recipients.ts';
import { displayNameFor } from './recipient-name.ts';
import type { RowFix } from './recipient-states.ts';
import type { TextRef } from './text-ref.ts';
import type { Compose, ShownRow } from './use-compose.ts';
import { useSayRef } from './use-say-ref.ts';

/** What Exchange Online takes in one mail by default (outlook.md 7.3). */
const RECIPIENTS_MAX = 500;

export interface Adding {
  /** Puts them into the mail; why not, or null when that is under way. Names as they are known. */
  readonly add: (recipients: readonly RecipientId[], names: ReadonlyMap<string, string>) => TextRef | null;
  /** Those who are still to come, and those whom Outlook did not put in. */
  readonly rows: readonly ShownRow[];
  /** False for a row that is none of these. */
  readonly fix: (shown: ShownRow, fix: RowFix) => boolean;
  /** Says how it stands with somebody who is in the mail, once that is known. */
  readonly announceWhenKnown: (shown: ShownRow) => void;
}

/**
 * Adds numbers at once; whatever is to be known of them comes afterwards. As long as nobody knows as whom one sends, they
 * are kept as rows and put in by themselves.
 */
export function useAdding(state: Compose): Adding {
  const { account: { connection } } = usePaneParts();
  const announceAdded = useAnnouncedWhenKnown(state);
  const [coming, setComing] = useState<readonly Coming[]>([]);
  const { sendingAs, rows } = state;
  const readiness = readinessOf({ ...state, connection });
  const inMail = rows.map(({ row }) => row);

  const put = async (wanted: readonly Coming[], choice: SendingChoice): Promise<void> => {
    const { sender, draftSender, rememberSender } = sendingAs;
    if (sender && draftSender.kind === 'none') rememberSender(sender.key);
    const names = new Map(wanted.map(({ recipient, name }) => [recipient.number, name]));
    const numbers = wanted.map(({ recipient }) => recipient);
    let missing = numbers;
    const written = await state.writer.writeTold((now, found) => {
      missing = [...missingNumbers(found, numbers)];
      return addNumbers(now, missing, { choice, nameOf: (one) => displayNameFor(one, choice.channel, names.get(one.number) ?? null) });
    });
    // What Outlook dropped is told by the writer.
    const told = [...(written?.edits ?? []), ...(written?.notTaken ?? [])].map(({ after }) => after?.recipient.emailAddress ?? '');
    const isFailed = ({ number }: RecipientId): boolean => missing.some((one) => one.number === number) && !told.some((address) => address.startsWith(number));
    setComing((before) => before.flatMap((one): readonly Coming[] => (!names.has(one.recipient.number) ? [one] : isFailed(one.recipient) ? [{ ...one, state: 'failed' }] : [])));
  };
  useEffect(() => {
    const waiting = coming.filter((one) => one.state === 'waiting');
    if (readiness.kind !== 'ready' || waiting.length === 0) return;
    setComing(coming.map((one) => (one.state === 'waiting' ? { ...one, state: 'given' } : one)));
    void put(waiting, readiness.choice);
  }, [coming, readiness.kind]);

  const told = coming.filter((one) => missingNumbers(inMail, [one.recipient]).length > 0 && (one.state === 'failed' || (one.state === 'waiting' && readiness.kind !== 'ready')));
  const shown = told.map((one) => rowOfComing(one, readiness));
  return {
    rows: shown,
    announceWhenKnown: ({ row }) => isDigitalRow(row) && announceAdded([row.address.recipient]),
    add: (recipients, names) => {
      const under = new Set(coming.filter((one) => one.state !== 'failed').map(({ recipient }) => recipient.number));
      const fresh = missingNumbers(inMail, recipients).filter(({ number }) => !under.has(number));
      if (fresh.length === 0) return { key: 'to.already' };
      if (rows.length + under.size + fresh.length > RECIPIENTS_MAX) return { key: 'to.limit', parameters: { max: RECIPIENTS_MAX } };
      announceAdded(fresh);
      setComing((before) => withComing(before, fresh.map((recipient) => ({ recipient, name: names.get(recipient.number) ?? null, state: 'waiting' }))));
      return null;
    },
    fix: ({ row: { key } }, fix) => {
      const one = told[shown.findIndex(({ row }) => row.key === key)];
      if (!one) return false;
      setComing((before) => before.flatMap((other): readonly Coming[] => (other !== one ? [other] : fix === 'again' ? [{ ...one, state: 'waiting' }] : [])));
      return true;
    },
  };
}

/** Says of those who are not in the mail yet how it stands, whenever that changes. */
export function useAnnouncedNotes(rows: readonly ShownRow[]): void {
  const { announce } = usePaneParts();
  const sayRef = useSayRef();
  const text = rows.map(({ state: { name, notes } }) => [`${sayRef(name)}:`, ...notes.map(sayRef)].join(' ')).join(' ');
  useEffect(() => {
    if (text !== '') announce(text);
  }, [announce, text]);
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
      say('live.added', { name: sayRef(name), state: sentences([...(status ? [status] : []), ...notes].map(sayRef)) })).join(' '));
  });
  return (recipients) => {
    for (const { number } of recipients) waiting.current.add(number);
  };
}

/** "Kan få Digital Post. Tjekket 05.15": some texts end with their full stop, others do not. */
function sentences(texts: readonly string[]): string {
  return texts.join('. ').replaceAll('.. ', '. ');
}
