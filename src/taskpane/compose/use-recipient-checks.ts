import { useCallback, useEffect, useRef, useState } from 'react';
import type { MemoChannelId } from '../../domain/channel.ts';
import type { CheckQuestion, MeAnswer, RecipientCheck } from '../../domain/gateway-api.ts';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import type { RememberedCheck } from '../memory/remembered.ts';
import { usePaneParts, type PaneParts } from '../pane-parts.ts';
import { checkQuestions } from './check-questions.ts';
import { isProtected, registerName } from './recipient-name.ts';
import type { Mailbox } from './sender-choice.ts';

/** Whom to ask about: a number, as it is reached by a channel. */
export interface AskedRecipient {
  readonly number: string;
  readonly channel: MemoChannelId;
}

type Known = RememberedCheck | 'asking' | 'unanswered';

export interface RecipientChecks {
  readonly known: (asked: AskedRecipient) => RememberedCheck | null;
  readonly isAsking: (asked: AskedRecipient) => boolean;
  /** Looks at these as well, e.g. whether another channel would reach them. */
  readonly askAlso: (asked: readonly AskedRecipient[]) => void;
}

/**
 * What is known of the recipients: first what is remembered (24 hours, no call), then the gateway is asked about the rest.
 * Whoever was not answered about is asked about again when the connection is back. Nothing waits for any of it.
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

  const ask = useCallback((wanted: readonly AskedRecipient[]): void => {
    const fresh = wanted.filter((one) => !answers.current.has(keyOf(one)));
    if (mailbox === null || fresh.length === 0) return;
    for (const one of fresh) answers.current.set(keyOf(one), 'asking');
    changed();
    const tell = (one: AskedRecipient, known: Known): void => {
      answers.current.set(keyOf(one), known);
      changed();
    };
    void askAbout({ ...latest.current, mailbox, tell }, fresh);
  }, [mailbox, keyOf, changed]);

  useEffect(() => ask(asked), [ask, JSON.stringify(asked)]);
  // What the gateway has not told is asked again when it is there, or says otherwise who one is.
  useEffect(() => {
    if (connection !== 'there') return;
    for (const [key, known] of answers.current) if (known === 'unanswered') answers.current.delete(key);
    ask(asked);
  }, [connection, me]);

  return {
    known: (one) => {
      const known = answers.current.get(keyOf(one));
      return typeof known === 'object' ? known : null;
    },
    // Whoever is drawn for the first time is asked about once that is done.
    isAsking: (one) => mailbox !== null && (answers.current.get(keyOf(one)) ?? 'asking') === 'asking',
    askAlso: ask,
  };
}

interface Asking {
  readonly parts: PaneParts;
  readonly me: MeAnswer | null;
  readonly caseId: string;
  readonly mailbox: string;
  readonly tell: (one: AskedRecipient, known: Known) => void;
}

async function askAbout(asking: Asking, wanted: readonly AskedRecipient[]): Promise<void> {
  const { parts: { remembered }, me, mailbox, caseId, tell } = asking;
  const open: AskedRecipient[] = [];
  for (const one of wanted) {
    const known = await remembered.check({ channel: one.channel, mailbox }, one.number);
    if (known) {
      tell(one, known);
      await rememberWritten(asking, one.number, known.check);
    } else open.push(one);
  }
  if (me === null) {
    for (const one of open) tell(one, 'unanswered');
    return;
  }
  for (const channel of new Set(open.map((one) => one.channel))) {
    const numbers = open.filter((one) => one.channel === channel).map(({ number }) => number);
    for (const question of checkQuestions({ me, mailbox, channel, numbers, caseId })) await askGateway(asking, question);
  }
}

/** Without the names where they are refused, or too many were looked up today: whether somebody can be reached is worth more. */
async function askGateway(asking: Asking, question: CheckQuestion): Promise<void> {
  const { parts: { gateway, remembered, noteAnswer }, mailbox, tell } = asking;
  const answer = await gateway.check(question);
  const { channel, numbers, names } = question;
  if (answer.kind !== 'answer') {
    noteAnswer(answer);
    if (names && ['too-many', 'no-right', 'refused'].includes(answer.kind)) await askGateway(asking, { channel, mailbox, numbers });
    else for (const number of numbers) tell({ number, channel }, 'unanswered');
    return;
  }
  const { recipients, checkedAt } = answer.value;
  for (const [position, number] of numbers.entries()) {
    const check = recipients.find((one) => one.position === position);
    tell({ number, channel }, check ? { check, checkedAt } : 'unanswered');
    if (!check || check.reach.state === 'not-known') continue;
    await remembered.keepCheck({ channel, mailbox }, number, { check, checkedAt });
    await rememberWritten(asking, number, check);
  }
}

/** For "Skrevet til før"; never somebody protected. */
async function rememberWritten({ parts: { remembered } }: Asking, number: string, check: RecipientCheck): Promise<void> {
  const name = registerName(check);
  if (name !== null && !isProtected(check)) await remembered.keepEarlier({ number, name, lastAt: new Date().toISOString() });
}
