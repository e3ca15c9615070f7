import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import type { RememberedCheck } from '../memory/remembered.ts';
import { usePaneParts } from '../pane-parts.ts';
import { askAboutRecipients, isForLater, isNameForLater, pauseBeforeMs, type AskedRecipient, type CheckTold } from './ask-recipients.ts';
import type { Mailbox } from './sender-choice.ts';

type Known = CheckTold | { readonly kind: 'asking' };

export interface RecipientChecks {
  readonly known: (asked: AskedRecipient) => RememberedCheck | null;
  readonly isAsking: (asked: AskedRecipient) => boolean;
  /** The name could not be had just now; it is asked for again by itself. */
  readonly isNameForLater: (asked: AskedRecipient) => boolean;
  /** Looks at these as well, e.g. whether another channel would reach them. */
  readonly askAlso: (asked: readonly AskedRecipient[]) => void;
  /** Asks now about all whom nobody could tell of just now. */
  readonly askAgain: () => void;
}

/**
 * What is known of the recipients: first what is remembered (24 hours, no call), then the gateway is asked about the rest.
 * Whoever was not answered about is asked about again when the connection is back, and with growing pauses where the
 * gateway is there and a register is not. Nothing waits for any of it.
 */
export function useRecipientChecks(from: Mailbox | null, asked: readonly AskedRecipient[], header: OutboundMemoHeader | null): RecipientChecks {
  const mailbox = from?.address ?? null;
  const caseId = header?.caseId ?? '';
  const parts = usePaneParts();
  const { me, connection } = parts.account;
  const answers = useRef(new Map<string, Known>());
  const [, drawAgain] = useState(0);
  const changed = useCallback(() => drawAgain((n) => n + 1), []);
  const keyOf = useCallback(({ number, channel }: AskedRecipient) => `${mailbox ?? ''} ${channel} ${number}`, [mailbox]);
  const latest = useRef({ parts, me, caseId });
  latest.current = { parts, me, caseId };

  const askNow = useCallback(async (wanted: readonly AskedRecipient[]): Promise<void> => {
    if (mailbox === null || wanted.length === 0) return;
    const tell = (one: AskedRecipient, told: CheckTold): void => {
      answers.current.set(keyOf(one), told);
      changed();
    };
    const { parts: { gateway, remembered, noteAnswer }, ...facts } = latest.current;
    await askAboutRecipients({ gateway, remembered, noteAnswer, ...facts, mailbox, tell }, wanted);
  }, [mailbox, keyOf, changed]);
  const ask = useCallback((wanted: readonly AskedRecipient[]): void => {
    const fresh = wanted.filter((one) => !answers.current.has(keyOf(one)));
    if (mailbox === null || fresh.length === 0) return;
    for (const one of fresh) answers.current.set(keyOf(one), { kind: 'asking' });
    changed();
    void askNow(fresh);
  }, [mailbox, keyOf, changed, askNow]);

  useEffect(() => ask(asked), [ask, JSON.stringify(asked)]);
  // What the gateway has not told is asked again when it is there, or says otherwise who one is.
  useEffect(() => {
    if (connection !== 'there') return;
    for (const [key, known] of answers.current) if ('kind' in known && known.kind === 'unanswered') answers.current.delete(key);
    ask(asked);
  }, [connection, me]);

  const toldOf = (one: AskedRecipient): CheckTold | null => toldIn(answers.current.get(keyOf(one)));
  const forLater = asked.filter((one) => isForLater(toldOf(one) ?? { kind: 'unanswered' }));
  useAskingAgain(forLater, askNow);

  return {
    known: (one) => {
      const told = toldOf(one);
      return told && !('kind' in told) ? told : null;
    },
    // Whoever is drawn for the first time is asked about once that is done.
    isAsking: (one) => mailbox !== null && toldOf(one) === null,
    isNameForLater: (one) => isNameForLater(toldOf(one) ?? { kind: 'unanswered' }),
    askAlso: ask,
    askAgain: () => {
      for (const one of forLater) answers.current.delete(keyOf(one));
      ask(forLater);
    },
  };
}

function toldIn(known: Known | undefined): CheckTold | null {
  return known === undefined || ('kind' in known && known.kind === 'asking') ? null : known;
}

/** Asks again, quietly, after a pause that grows as long as somebody stays unanswered; whoever is taken out of the mail is not asked about. */
function useAskingAgain(forLater: readonly AskedRecipient[], askNow: (wanted: readonly AskedRecipient[]) => Promise<void>): void {
  const [tries, setTries] = useState(0);
  const latest = useRef(forLater);
  latest.current = forLater;
  const isNobody = forLater.length === 0;
  useEffect(() => {
    if (isNobody) {
      setTries(0);
      return undefined;
    }
    const clock = setTimeout(() => void askNow(latest.current).finally(() => setTries((n) => n + 1)), pauseBeforeMs(tries));
    return () => clearTimeout(clock);
  }, [isNobody, tries, askNow]);
}
