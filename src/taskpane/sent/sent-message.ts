import type { SentEvent, SentSubmission, SentSummary } from '../../domain/gateway-api.ts';

/** One of my messages, as far as the pane shows it: a row of the gateway's list, kept up to date by its events. */
export type SentMessage = Omit<SentSummary, 'stopped'> & { readonly stopped: boolean };

/** What the list does not tell: how many are in each status, and the recipients, as far as they were fetched. */
export type KnownDetail = Pick<SentSubmission, 'statuses' | 'recipients' | 'next'>;

export function messageOf(summary: SentSummary): SentMessage {
  return { ...summary, stopped: summary.stopped !== null };
}

/** The message after an event. Events tell how it stands, not why: that is fetched (`needsDetail`). */
export function withEvent(message: SentMessage, event: SentEvent): SentMessage {
  const { state, done, heldUntil, counts, stopped, approval } = event;
  return {
    ...message, state, done, heldUntil, counts, stopped,
    approval: approval === null ? null : { at: null, by: null, ...message.approval, state: approval },
  };
}

/** Whether an event may tell of a message that is newer than all that are known: ids only grow. */
export function isNewer(id: string, messages: readonly SentMessage[]): boolean {
  return messages.every((message) => ordinal(message.id) < ordinal(id));
}

/**
 * The list after its newest page was fetched again: what is known is brought up to date in its place, what is new comes on
 * top, and nothing goes away under the pointer.
 */
export function withPage(known: readonly SentMessage[], page: readonly SentMessage[]): readonly SentMessage[] {
  const fetched = new Map(page.map((message) => [message.id, message]));
  const kept = known.map((message) => fetched.get(message.id) ?? message);
  const ids = new Set(known.map(({ id }) => id));
  return [...page.filter(({ id }) => !ids.has(id)), ...kept].sort((a, b) => ordinal(b.id) - ordinal(a.id));
}

/** Nothing of it has left, and nothing will before then. */
export function isHeld({ heldUntil, counts, approval, stopped }: SentMessage, now: Date): boolean {
  if (stopped || counts.pending < counts.all) return false;
  return approval?.state === 'pending' || (heldUntil !== null && new Date(heldUntil) > now);
}

/** Whether the list alone cannot say how it stands: what waits and what has left, or why the only recipient did not get it. */
export function needsDetail(message: SentMessage, now: Date): boolean {
  const { state, counts } = message;
  if (state !== 'expanded') return false;
  return (counts.all === 1 && counts.failed === 1) || (counts.pending > 0 && !isHeld(message, now));
}

/** Recipients that are shown one by one; of more, those alone who did not get it, where there are any. */
export const SHOWN_RECIPIENTS_MAX = 100;

/** Whether only those are shown who did not get it: nobody looks for them among thousands. */
export function showsFailedOnly({ counts: { all, failed } }: SentMessage): boolean {
  return all > SHOWN_RECIPIENTS_MAX && failed > 0;
}

function ordinal(id: string): number {
  return Number(id.slice(1));
}
