import * as z from 'zod/mini';
import type { NoAnswer } from './gateway.ts';

/** What the gateway says of a call that it does not carry out (RFC 9457, docs/api.md); words for people in `detail`. */
const problem = z.object({ code: z.optional(z.string()), title: z.optional(z.string()), detail: z.optional(z.string()) });

/** How the gateway itself says 503 (api/api-problem.ts): a register, a network or its database does not answer. */
const UNAVAILABLE_CODE = 'temporarily-unavailable';
/** Where a 429 does not say when. */
const RETRY_AFTER_S = 30;

/** Why there is no answer, by status and problem. 401 is not told here: it is tried again with another token. */
export async function failedAnswer(response: Response, now: Date): Promise<NoAnswer> {
  const { status, headers } = response;
  if (status === 429) return { kind: 'too-many', retryAt: retryTime(headers.get('retry-after'), now) };
  const isAway = status >= 502 && status <= 504;
  if (!isAway && (status < 400 || status >= 500)) return { kind: 'fault' };
  const { code, text } = await saidIn(response);
  // The gateway's own word is another matter than that of a proxy that does not find it.
  if (isAway) return code === UNAVAILABLE_CODE ? { kind: 'unavailable', text } : { kind: 'away' };
  return status === 403 ? { kind: 'no-right', text } : { kind: 'refused', code: code ?? String(status), text };
}

async function saidIn(response: Response): Promise<{ readonly code: string | undefined; readonly text: string }> {
  const { code, title = '', detail = title } = problem.safeParse(await response.json().catch(() => null)).data ?? {};
  return { code, text: detail };
}

/** Retry-After is seconds or a date (RFC 9110 section 10.2.3). */
function retryTime(retryAfter: string | null, now: Date): Date {
  if (retryAfter !== null && !/^\d+$/.test(retryAfter) && Number.isFinite(Date.parse(retryAfter))) return new Date(retryAfter);
  const seconds = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : RETRY_AFTER_S;
  return new Date(now.getTime() + seconds * 1_000);
}
