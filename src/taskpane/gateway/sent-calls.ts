import { resendAnswer, sentList, sentSubmission, stopAnswer } from '../../domain/gateway-api.ts';
import type * as z from 'zod/mini';
import { callApi, withAnswer, type ApiParts } from './api-calls.ts';
import { followSent, pause } from './follow-sent.ts';
import type { Answer, Gateway } from './gateway.ts';

export type SentCalls = Pick<Gateway, 'sent' | 'sentFrom' | 'submission' | 'stop' | 'resendFailed' | 'proof' | 'failures' | 'followSent'>;

/** How long a call may take, in ms: for what the database knows, for an act, and for a file. */
const LIMITS_MS = { own: 15_000, act: 30_000, file: 120_000 } as const;
/** Messages on one page of Sendt (ux.md 5.9), messages among which one is found, and recipients on one page of a message. */
const SENT_PAGE = 30;
const SENT_FROM_PAGE = 100;
const RECIPIENTS_PAGE = 100;

/** The calls about what was sent. Loaded by the screens that need them. */
export function sentCalls(parts: ApiParts): SentCalls {
  const get = async <Schema extends z.ZodMiniType>(path: string, query: Readonly<Record<string, string>>, schema: Schema): Promise<Answer<z.infer<Schema>>> =>
    await callApi(parts, { method: 'GET', path: `${path}?${new URLSearchParams(query).toString()}`, limitMs: LIMITS_MS.own }, schema);
  const act = async <Schema extends z.ZodMiniType>(id: string, name: string, schema: Schema): Promise<Answer<z.infer<Schema>>> =>
    await callApi(parts, { method: 'POST', path: `${pathOf(id)}/${name}`, body: {}, idempotencyKey: freshKey(), limitMs: LIMITS_MS.act }, schema);
  const file = async (id: string, name: string): Promise<Answer<Blob>> =>
    await withAnswer(parts, { method: 'GET', path: `${pathOf(id)}/${name}`, limitMs: LIMITS_MS.file }, async (response) => ({ kind: 'answer', value: await response.blob() }));
  return {
    sent: async ({ filter, whose }, after) => await get('/submissions', {
      order: 'newest', filter, mine: String(whose === 'mine'), counts: 'true', limit: String(SENT_PAGE), ...(after !== null && { after }),
    }, sentList),
    sentFrom: async (mailbox, since) => await get('/submissions', { order: 'oldest', mailbox, since: since.toISOString(), limit: String(SENT_FROM_PAGE) }, sentList),
    submission: async (id, afterRecipient = null, failedOnly = false) => await get(pathOf(id), {
      limit: String(RECIPIENTS_PAGE), ...(afterRecipient !== null && { after: String(afterRecipient) }), ...(failedOnly && { outcome: 'failed' }),
    }, sentSubmission),
    stop: async (id) => await act(id, 'stop', stopAnswer),
    resendFailed: async (id) => await act(id, 'resend-failed', resendAnswer),
    proof: async (id, misdelivered = false) => await file(id, `proof${misdelivered ? '?misdelivered=true' : ''}`),
    failures: async (id) => await file(id, 'failures'),
    followSent: async (listener, signal) => await followSent({ ...parts, pause }, listener, signal),
  };
}

/** Ids are the gateway's own words, as "s123". */
function pathOf(id: string): string {
  return `/submissions/${encodeURIComponent(id)}`;
}

/** For one press. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
