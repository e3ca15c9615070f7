import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';

/** What opened the pane wanted shown; null for nothing, and where the client cannot tell (Mailbox 1.8). */
export async function wishOf({ queue, has, mailbox: { item } }: OfficeClient): Promise<string | null> {
  if (!item?.getInitializationContextAsync || !has('1.8')) return null;
  // Without a wish some clients answer "", some null, and old ones fail (9020).
  const told = await queue.call<unknown>('getInitializationContextAsync', TIME_LIMITS_MS.read, (done) => item.getInitializationContextAsync?.(done)).catch(() => null);
  return wordOf(told);
}

/** The wish in an event of a pane that stands open (Mailbox 1.15). */
export function wishTold(told: unknown): string | null {
  return typeof told === 'object' && told !== null && 'initializationContextData' in told ? wordOf(told.initializationContextData) : null;
}

/** As text: some clients give an object where an object was given. */
function wordOf(told: unknown): string | null {
  if (typeof told === 'string') return told === '' || told === '{}' ? null : told;
  if (typeof told !== 'object' || told === null) return null;
  const text = JSON.stringify(told);
  return text === '{}' ? null : text;
}
