import type { ApiParts } from '../../../src/taskpane/gateway/api-calls.ts';
import type { LogOn, TokenAnswer } from '../../../src/taskpane/gateway/log-on.ts';

export interface SeenCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Reply = Response | Error | ((signal: AbortSignal) => Promise<Response>);

/** A gateway that answers what it is told to, in that order, and what it was asked. */
export function scriptedGateway(replies: readonly Reply[], logOn: LogOn = loggedOn()): ApiParts & { readonly seen: SeenCall[] } {
  const left = [...replies];
  const seen: SeenCall[] = [];
  return {
    seen,
    apiUrl: '/api',
    logOn,
    now: () => new Date('2026-11-25T12:00:00Z'),
    fetch: async (input, init) => {
      const { method = 'GET', headers, body, signal } = init ?? {};
      seen.push({ url: String(input), method, headers: new Headers(headers), body: typeof body === 'string' ? JSON.parse(body) : null });
      const reply = left.shift();
      if (reply === undefined) throw new TypeError('Failed to fetch');
      if (reply instanceof Error) throw reply;
      return reply instanceof Response ? reply : await reply(signal ?? new AbortController().signal);
    },
  };
}

/** A log-on whose tokens are numbered. */
export function loggedOn(answers: { readonly first?: TokenAnswer; readonly renewed?: TokenAnswer } = {}): LogOn {
  const first = answers.first ?? { kind: 'token', value: 'first' };
  const renewed = answers.renewed ?? { kind: 'token', value: 'renewed' };
  return { token: async (renew) => (renew ? renewed : first), logOn: async () => first };
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** An answer that comes piece by piece; each piece may wait for something. */
export function streamed(pieces: readonly (string | Promise<string>)[], end: 'ends' | 'breaks' = 'ends'): Response {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(await piece));
      else if (end === 'ends') controller.close();
      else controller.error(new TypeError('network error'));
    },
  });
  return new Response(body, { status: 200 });
}
