import type { SentRecipient } from '../../domain/gateway-api.ts';
import type { ShownState } from '../parts/state-icon.tsx';
import type { ShownTime } from '../parts/shown-time.ts';
import type { sent } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';
import { isHeld, type KnownDetail, type SentMessage } from './sent-message.ts';

/** How a message or one of its recipients stands. The icon repeats the words. */
export interface Standing {
  readonly state: ShownState;
  readonly text: string;
  /** What to do about it, or what more there is to say. */
  readonly more: string | null;
}

export interface SentWords {
  readonly say: Say<typeof sent>;
  readonly time: ShownTime;
  readonly now: Date;
  /** Whom to ask for help. */
  readonly contact: string;
}

/** After so long without having left, it is said that the network does not answer. */
export const LATE_MS = 10 * 60_000;
/** After so long without a receipt, it is said that one is missing. */
export const NO_RECEIPT_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** How a message stands, in words; `detail` as far as it is known. */
export function messageStanding(message: SentMessage, detail: KnownDetail | null, words: SentWords): Standing {
  const { say, contact } = words;
  switch (message.state) {
    case 'accepted':
    case 'converting':
      return standing('checking', say('sent.waiting'));
    case 'refused':
      return refusedStanding(message, words);
    case 'skipped':
      return standing('info', say('sent.skipped'));
    case 'parked':
      return standing('stop', say('sent.parked', { contact }));
    case 'expanded':
      return expandedStanding(message, detail, words);
  }
}

/** How one recipient stands; `sentAt` is when the gateway took the message in. */
export function recipientStanding(recipient: SentRecipient, sentAt: Date, words: SentWords): Standing {
  const { say } = words;
  switch (recipient.outcome) {
    case 'delivered':
      return deliveredStanding(recipient.settledAt, words);
    case 'stopped':
      return standing('stopped', say('sent.r.stopped'));
    case 'failed':
      return standing('look', failureText(recipient, words));
    case 'pending':
      return pendingStanding(recipient, sentAt, words);
  }
}

function standing(state: ShownState, text: string, more: string | null = null): Standing {
  return { state, text, more };
}

/** Refused whole: the gateway's own words say why, and what to do. */
function refusedStanding({ problems }: SentMessage, { say }: SentWords): Standing {
  if (problems.length === 0) return standing('stop', say('sent.refusedWhole'));
  return standing('stop', problems.map(({ title }) => title).join('. '), problems.map(({ detail }) => detail).join(' '));
}

function expandedStanding(message: SentMessage, detail: KnownDetail | null, words: SentWords): Standing {
  const { approval, stopped, counts } = message;
  const { say, now } = words;
  if (counts.all === 0) return standing('info', say('sent.skipped'));
  if (approval?.state === 'rejected') return standing('stopped', approval.by === null ? say('sent.rejected') : say('sent.rejected.by', { name: approval.by }));
  if (stopped) return stoppedStanding(message, words);
  if (isHeld(message, now)) return standing('held', heldText(message, words));
  return counts.all === 1 ? oneStanding(message, detail, words) : manyStanding(message, detail, words);
}

function heldText({ approval, heldUntil }: SentMessage, { say, time, now }: SentWords): string {
  if (approval?.state === 'pending' || heldUntil === null) return say('sent.approval');
  const until = new Date(heldUntil);
  const point = time.point(until, now);
  return point === time.clock(until) ? say('sent.held', { time: point }) : say('sent.held.on', { time: point });
}

function stoppedStanding({ counts }: SentMessage, { say }: SentWords): Standing {
  const { stopped, pending, all } = counts;
  if (stopped === all) return standing('stopped', say('sent.stopped'));
  const more = pending > 0 ? say('sent.stoppedOpen', { n: pending }) : null;
  return standing('stopped', say('sent.stoppedSome', { a: all - stopped - pending, b: stopped }), more);
}

function oneStanding(message: SentMessage, detail: KnownDetail | null, words: SentWords): Standing {
  const { say } = words;
  const [only] = detail?.recipients ?? [];
  // A detail that was fetched while it was under way is older than a list that says it is not.
  const isOutdated = only?.outcome === 'pending' && message.counts.pending === 0;
  if (only && !isOutdated) return recipientStanding(only, new Date(message.sentAt), words);
  if (message.counts.delivered > 0) return deliveredStanding(message.settledAt ?? null, words);
  if (message.counts.failed > 0) return standing('look', say('sent.failed'));
  return standing('checking', say('sent.underway'));
}

function deliveredStanding(settledAt: string | null, { say, time, now }: SentWords): Standing {
  return standing('ok', settledAt === null ? say('sent.completed') : say('sent.completed.at', { time: time.point(new Date(settledAt), now) }));
}

function manyStanding({ counts, sentAt }: SentMessage, detail: KnownDetail | null, words: SentWords): Standing {
  const { say } = words;
  const { delivered: a, failed: b, pending, all: n } = counts;
  if (pending > 0) {
    if (a + b === 0) return noneSettledStanding(detail, new Date(sentAt), words);
    return b > 0 ? standing('look', say('sent.some', { a, n, b })) : standing('checking', say('sent.progress', { a, n }));
  }
  if (b === 0) return standing('ok', say('sent.all', { n }));
  return standing('look', a === 0 ? say('sent.allFailed', { n }) : say('sent.some', { a, n, b }));
}

function noneSettledStanding(detail: KnownDetail | null, sentAt: Date, words: SentWords): Standing {
  const { say } = words;
  if (detail === null) return standing('checking', say('sent.underway'));
  const left = Object.entries(detail.statuses).some(([status, count]) => status !== 'waiting' && count > 0);
  return left ? standing('checking', say('sent.handed')) : waitingStanding(sentAt, words);
}

function waitingStanding(sentAt: Date, { say, now }: SentWords): Standing {
  const late = now.getTime() - sentAt.getTime() > LATE_MS;
  return standing('checking', late ? say('sent.late') : say('sent.waiting'));
}

function pendingStanding({ status, handedOverAt }: SentRecipient, sentAt: Date, words: SentWords): Standing {
  const { say, now } = words;
  if (status === 'waiting') return waitingStanding(sentAt, words);
  const overdueMs = handedOverAt === null ? 0 : now.getTime() - new Date(handedOverAt).getTime();
  if (overdueMs > NO_RECEIPT_MS) return standing('checking', say('sent.noReceipt', { hours: Math.floor(overdueMs / HOUR_MS) }));
  return standing('checking', say('sent.handed'));
}

function failureText({ status, errorCode, errorText }: SentRecipient, { say, contact }: SentWords): string {
  if (status === 'expired') return say('sent.expired');
  if (status === 'parked') return say('sent.parked', { contact });
  const known = errorCode === null ? undefined : reasons.get(errorCode);
  if (known !== undefined) return say('sent.refused', { reason: say(known) });
  const reason = errorText?.trim().replace(/\.$/, '') ?? '';
  return reason === '' ? say('sent.failed') : say('sent.refused', { reason });
}

/** The errors that have a short word of their own; the gateway's sentence says the others (domain/receipt-error.ts). */
const reasons: ReadonlyMap<string, keyof typeof sent> = new Map([
  ['recipient.not.registered', 'reason.notRegistered'],
  ['recipient.exempt', 'reason.exempt'],
  ['recipient.deceased', 'reason.dead'],
  ['recipient.closed', 'reason.ceased'],
  ['recipient.unknown', 'reason.unknown'],
]);
