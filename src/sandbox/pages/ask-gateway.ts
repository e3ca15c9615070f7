import type { RunningGateway } from '../gateway-process.ts';

/** An answer of the gateway's API as a page shows it. */
export interface ApiReading {
  readonly status: number;
  /** The parsed JSON; null for none. */
  readonly body: unknown;
}

/** A call as the add-in makes it: with a person's token. */
export interface ApiAsking {
  readonly token: string;
  /** Below /api, e.g. "/v1/me". */
  readonly path: string;
  /** Absent: a GET. */
  readonly body?: unknown;
}

const PATIENCE_MS = 30_000;

/** Asks the gateway's API over its real door. */
export async function askGateway(gateway: RunningGateway, { token, path, body }: ApiAsking): Promise<ApiReading> {
  const answer = await fetch(`http://127.0.0.1:${gateway.doors.httpPort}/api${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}
