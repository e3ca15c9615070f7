import type * as z from 'zod/mini';
import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { failedAnswer } from './failed-answer.ts';
import type { Answer } from './gateway.ts';
import type { LogOn } from './log-on.ts';

export interface ApiCall {
  readonly method: 'GET' | 'POST';
  /** Under the address of the API; never with a CPR number. */
  readonly path: string;
  readonly body?: unknown;
  /** One press is done once, however often it is sent. */
  readonly idempotencyKey?: string;
  /** How long the whole answer may take; of a stream, how long until it begins. */
  readonly limitMs: number;
  /** Ends the call before its time. */
  readonly signal?: AbortSignal;
}

export interface ApiParts {
  /** Where the API is, e.g. "/api". */
  readonly apiUrl: string;
  readonly logOn: LogOn;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

/** A call and an answer that is what the contract says. Never rejects. */
export async function callApi<Schema extends z.ZodMiniType>(parts: ApiParts, call: ApiCall, schema: Schema): Promise<Answer<z.infer<Schema>>> {
  return await withAnswer(parts, call, async (response) => {
    const read = schema.safeParse(await response.json());
    return read.success ? { kind: 'answer', value: read.data } : { kind: 'fault' };
  });
}

/** A call, and what `read` makes of a good answer, within its time. Never rejects. */
export async function withAnswer<Value>(parts: ApiParts, call: ApiCall, read: (response: Response) => Promise<Answer<Value>>): Promise<Answer<Value>> {
  const ended = new AbortController();
  const clock = setTimeout(() => ended.abort(), call.limitMs);
  try {
    const answer = await send(parts, call, anyOf(ended.signal, call.signal));
    return answer.kind === 'answer' ? await read(answer.value) : answer;
  } catch (failure) {
    // What is no JSON is a fault of ours; all else is the network, the clock, or somebody who no longer waits.
    return { kind: failure instanceof SyntaxError ? 'fault' : 'away' };
  } finally {
    clearTimeout(clock);
  }
}

/** A call whose answer is read as it comes. Never rejects. */
export async function openStream(parts: ApiParts, call: ApiCall): Promise<Answer<Response>> {
  const late = new AbortController();
  const clock = setTimeout(() => late.abort(), call.limitMs);
  try {
    return await send(parts, call, anyOf(late.signal, call.signal));
  } catch {
    return { kind: 'away' };
  } finally {
    clearTimeout(clock);
  }
}

/** Shows the token; where it no longer holds, another one, once. */
async function send(parts: ApiParts, call: ApiCall, signal: AbortSignal): Promise<Answer<Response>> {
  // Addresses are logged in many places.
  const path = decodeURIComponent(call.path);
  if (maskCprNumbersIn(path) !== path) return { kind: 'fault' };
  for (const renew of [false, true]) {
    const token = await parts.logOn.token(renew);
    if (token.kind !== 'token') return token;
    const response = await parts.fetch(`${parts.apiUrl}${call.path}`, requestOf(call, token.value, signal));
    if (response.ok) return { kind: 'answer', value: response };
    if (response.status !== 401) return await failedAnswer(response, parts.now());
  }
  return { kind: 'log-on-needed' };
}

function requestOf({ method, body, idempotencyKey }: ApiCall, token: string, signal: AbortSignal): RequestInit {
  return {
    method, signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  };
}

function anyOf(own: AbortSignal, others: AbortSignal | undefined): AbortSignal {
  return others ? AbortSignal.any([own, others]) : own;
}
