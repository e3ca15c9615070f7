import type { SentRecipient } from '../../domain/gateway-api.ts';
import { isHeld, showsFailedOnly, type KnownDetail, type SentMessage } from './sent-message.ts';
import { messageStanding, type SentWords, type Standing } from './sent-words.ts';

/** A message in the list, in words. */
export interface SentRow {
  readonly id: string;
  readonly subject: string;
  /** To whom, and as whom: "Nancy Ann Test Berggren · Jobcenter". */
  readonly toAndAs: string;
  /** Who wrote it, where a colleague did from a mailbox that I use too; null: I did, or nobody can tell. */
  readonly writtenBy: string | null;
  /** "10.44", "i går", "14. nov.". */
  readonly time: string;
  readonly standing: Standing;
  /** How much of it is delivered, 0–1; null where no bar is shown. */
  readonly progress: number | null;
  /** What the button says that stops what has not left; null: there is nothing to stop, or no right to. */
  readonly stop: string | null;
  /** What the button says that sends again to those who did not get it. */
  readonly again: string | null;
  readonly proof: boolean;
  /** What the button says that shows recipients beneath; null: there is nothing more to tell of them. */
  readonly recipients: string | null;
  /** Whether it has a board of its own (mass-board.tsx). */
  readonly board: boolean;
}

/** What one may do with one's messages. */
export interface SentRights {
  readonly stop: boolean;
  readonly resend: boolean;
}

/** Of more recipients than this the gateway gives proof one by one only (PROOF_RECIPIENTS_MAX). */
export const PROOF_RECIPIENTS_MAX = 100;

export interface RowFacts {
  readonly detail: KnownDetail | null;
  readonly rights: SentRights;
  /** Whether it is known that its failed ones were sent to again. */
  readonly sentAgain: boolean;
  /** My own address; null where it is not known. */
  readonly me: string | null;
}

export function sentRow(message: SentMessage, { detail, rights, sentAgain, me }: RowFacts, words: SentWords): SentRow {
  const { say, time, now } = words;
  const { id, subject } = message;
  return {
    id,
    subject: subject.trim() === '' ? say('sent.noSubject') : subject,
    toAndAs: [toWhom(message, detail, words), message.sentAs.join(', ')].filter((part) => part !== '').join(' · '),
    writtenBy: writtenBy(message, me, words),
    time: time.since(new Date(message.sentAt), now),
    standing: messageStanding(message, detail, words),
    progress: progressOf(message, now),
    stop: rights.stop ? stopLabel(message, detail, words) : null,
    again: rights.resend && !sentAgain ? againLabel(message, words) : null,
    proof: hasProof(message),
    recipients: message.mass ? null : recipientsLabel(message, words),
    board: message.mass && message.state === 'expanded',
  };
}

/** To whom: the name of the only one as the mail has it, else the number as the gateway masks it; of several, how many. */
export function toWhom({ to, toNames, recipientCount, resendOf }: SentMessage, detail: KnownDetail | null, { say }: SentWords): string {
  if (recipientCount !== 1) return say('sent.to', { n: recipientCount });
  // The first recipients are those of the mail; a resend goes to some of them, and the list does not tell which.
  const [known] = detail?.recipients ?? [];
  const only = known ? shownName(known) : resendOf === null ? (toNames?.[0] ?? to[0]) : undefined;
  return only ?? say('sent.to1');
}

/** A recipient's name as the mail has it; the masked number of whoever is unknown or protected. */
export function shownName({ name, recipient }: Pick<SentRecipient, 'name' | 'recipient'>): string {
  return name ?? recipient;
}

function writtenBy({ writtenBy: writer }: SentMessage, me: string | null, { say }: SentWords): string | null {
  if (writer === null || me === null || writer.toLowerCase() === me.toLowerCase()) return null;
  return say('sent.writtenBy', { name: writer });
}

function stopLabel(message: SentMessage, detail: KnownDetail | null, { say, now }: SentWords): string | null {
  const { state, stopped, counts } = message;
  if (stopped) return null;
  if (state === 'accepted' || state === 'converting') return say('sent.stop');
  if (state !== 'expanded' || counts.pending === 0) return null;
  if (isHeld(message, now)) return say('sent.stop');
  const waiting = detail?.statuses['waiting'] ?? 0;
  if (waiting === 0) return null;
  if (waiting === counts.all) return say('sent.stop');
  return waiting === 1 ? say('sent.stop.n1') : say('sent.stop.n', { n: waiting });
}

function recipientsLabel(message: SentMessage, { say }: SentWords): string | null {
  const { state, counts: { all, failed } } = message;
  if (state !== 'expanded' || all <= 1) return null;
  if (!showsFailedOnly(message)) return say('sent.recipients');
  return failed === 1 ? say('sent.recipients.failed1') : say('sent.recipients.failed', { n: failed });
}

/** Those that are shown, each with a name; of a list with its line, for two may have the same birthday (ux.md section 2). */
export function shownRecipients(message: SentMessage, { recipients }: KnownDetail, { say }: SentWords): readonly { readonly name: string; readonly recipient: SentRecipient }[] {
  const told = showsFailedOnly(message) ? recipients.filter(({ outcome }) => outcome === 'failed') : recipients;
  return told.map((recipient) => {
    const name = shownName(recipient);
    return { recipient, name: message.mass ? say('sent.line', { recipient: name, n: String(recipient.position) }) : name };
  });
}

function progressOf(message: SentMessage, now: Date): number | null {
  const { state, counts } = message;
  const underWay = state === 'expanded' && counts.pending > 0 && !isHeld(message, now);
  return underWay && counts.all > 1 ? counts.delivered / counts.all : null;
}

/** There is something to prove when it has left and it is known how it ended. */
function hasProof({ state, done, counts }: SentMessage): boolean {
  return state === 'expanded' && done && counts.delivered + counts.failed > 0 && counts.all <= PROOF_RECIPIENTS_MAX;
}

function againLabel({ state, done, counts: { failed } }: SentMessage, { say }: SentWords): string | null {
  if (state !== 'expanded' || !done || failed === 0) return null;
  return failed === 1 ? say('sent.again1') : say('sent.again', { n: failed });
}
