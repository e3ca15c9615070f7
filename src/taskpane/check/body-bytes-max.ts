import type { Account } from '../pane-parts.ts';

/** Most bytes of a question to the gateway, while it has not told its own limit. */
const BODY_BYTES_MAX = 10_000_000;

/** Most bytes of one question to the gateway. */
export function bodyBytesMaxOf(me: Account['me']): number {
  return me?.limits.bodyBytesMax ?? BODY_BYTES_MAX;
}
