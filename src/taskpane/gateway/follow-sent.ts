import { sentEvent, type SentEvent } from '../../domain/gateway-api.ts';
import { openStream, type ApiParts } from './api-calls.ts';
import type { NoAnswer, SentListener } from './gateway.ts';
import { linesOf } from './lines-of.ts';

/** The gateway gives a sign of life every 15 s; after this long without one, in ms, the line is dead. */
const SILENT_MS = 45_000;
const BEGIN_MS = 30_000;
/** Pauses before the next try, in ms: the first, and the longest. */
const PAUSE_MS = 1_000;
const PAUSE_MAX_MS = 60_000;

export interface FollowParts extends ApiParts {
  /** Waits so long, or until the signal ends it. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Tells everything that happens to my messages until `signal` ends it. A stream ends by itself now and then and is opened
 * again; each begins with how everything stands, so nothing is lost between two. While nobody answers, the pauses grow.
 * Ends by itself for somebody who may not follow. Never rejects.
 */
export async function followSent(parts: FollowParts, listener: SentListener, signal: AbortSignal): Promise<void> {
  let pauseMs = PAUSE_MS;
  while (!signal.aborted) {
    const end = await followOnce(parts, listener, signal);
    if (signal.aborted) return;
    // A stream that ends is opened again at once: that it ended says nothing, that it cannot be opened does.
    if (end.kind !== 'heard') listener.onLine(end);
    if (end.kind === 'no-right' || end.kind === 'refused') return;
    pauseMs = end.kind === 'heard' ? PAUSE_MS : Math.min(pauseMs * 2, PAUSE_MAX_MS);
    const untilMs = end.kind === 'too-many' ? end.retryAt.getTime() - parts.now().getTime() : 0;
    await parts.pause(Math.max(pauseMs, untilMs), signal);
  }
}

/** One stream, to its end. */
async function followOnce(parts: ApiParts, { onEvent, onLine }: SentListener, signal: AbortSignal): Promise<NoAnswer | { readonly kind: 'heard' }> {
  const answer = await openStream(parts, { method: 'GET', path: '/v1/sent/events', limitMs: BEGIN_MS, signal });
  if (answer.kind !== 'answer') return answer;
  const { body } = answer.value;
  if (!body) return { kind: 'away' };
  let heard = false;
  try {
    for await (const line of linesOf(body, SILENT_MS)) {
      if (!heard) onLine({ kind: 'answer' });
      heard = true;
      // One line of data is one event: the gateway writes JSON without breaks.
      const event = line.startsWith('data:') ? readEvent(line.slice('data:'.length)) : null;
      if (event && !signal.aborted) onEvent(event);
    }
  } catch {
    // Opened again.
  }
  return { kind: heard ? 'heard' : 'away' };
}

function readEvent(text: string): SentEvent | null {
  try {
    return sentEvent.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** By the browser's clock. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resume) => {
    const end = (): void => {
      clearTimeout(clock);
      signal.removeEventListener('abort', end);
      resume();
    };
    const clock = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
