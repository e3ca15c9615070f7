import type { sent } from '../texts/da.ts';
import { showsFailedOnly, type KnownDetail, type SentMessage } from './sent-message.ts';
import type { Standing } from './sent-words.ts';
import type { SentRecipient } from '../../domain/gateway-api.ts';

/** One of the board's figures, by the key of its name. */
export type BoardFigure = readonly [name: keyof typeof sent, count: number];

/**
 * How a mass send stands, in figures: what waits, what is under way, what is delivered, what failed; what was stopped where
 * something was, or where all is over. Null where it is not known how many wait, and how many are under way.
 */
export function boardFigures({ counts, done, stopped }: SentMessage, detail: KnownDetail | null): readonly BoardFigure[] | null {
  const { delivered, failed, pending } = counts;
  const settled: readonly BoardFigure[] = [['board.done', delivered], ['board.failed', failed]];
  const halted: readonly BoardFigure[] = done || stopped || counts.stopped > 0 ? [['board.stopped', counts.stopped]] : [];
  if (done) return [...settled, ...halted];
  if (detail === null) return null;
  // The counts are newer than the detail, which is asked for now and then.
  const waiting = Math.min(detail.statuses['waiting'] ?? 0, pending);
  return [['board.waiting', waiting], ['board.handed', pending - waiting], ...settled, ...halted];
}

/** What the board says when all is over; null before, and where nothing was to be delivered. */
export function boardEnd({ done, state, counts: { delivered, failed, stopped, all } }: SentMessage): { readonly state: Standing['state']; readonly text: keyof typeof sent; readonly parameters: Readonly<Record<string, number>> } | null {
  if (!done || state !== 'expanded' || stopped > 0 || all === 0) return null;
  if (failed === 0) return { state: 'ok', text: 'board.end.all', parameters: { n: delivered } };
  return { state: 'look', text: 'board.end', parameters: { a: delivered, b: failed } };
}

/** How much of it is settled, in whole quarters: what is said to those who do not see the bar. */
export function settledQuarters({ counts: { pending, all } }: SentMessage): number {
  return all === 0 ? 0 : Math.floor((QUARTERS * (all - pending)) / all);
}

const QUARTERS = 4;

/** How many were settled at some moment, in ms. */
export interface SettledAt {
  readonly atMs: number;
  readonly settled: number;
}

/** Before so long has gone by, in ms, nobody can tell how fast it goes. */
export const PACE_AFTER_MS = 10_000;
const MINUTE_MS = 60_000;

/** About how many minutes are left at the pace that was seen, at least 1; null where it cannot be told yet. */
export function minutesLeft(first: SettledAt, now: SettledAt, all: number): number | null {
  const spentMs = now.atMs - first.atMs;
  const settled = now.settled - first.settled;
  if (spentMs < PACE_AFTER_MS || settled <= 0 || now.settled >= all) return null;
  return Math.max(1, Math.round(((all - now.settled) * spentMs) / settled / MINUTE_MS));
}

/** Those who did not get it, as far as they were fetched; the gateway is asked for them alone where there are many. */
export function boardFailures(message: SentMessage, detail: KnownDetail | null): { readonly failures: readonly SentRecipient[]; readonly hasMore: boolean } {
  const failures = (detail?.recipients ?? []).filter(({ outcome }) => outcome === 'failed');
  return { failures, hasMore: showsFailedOnly(message) && detail !== null && detail.next !== null && failures.length < message.counts.failed };
}
