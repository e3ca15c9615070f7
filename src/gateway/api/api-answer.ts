/** What a call is answered with. `body` becomes JSON unless it is text, bytes, or a stream of them that is sent as it is made. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An answer with a JSON body and nothing special. */
export function jsonAnswer(status: number, body: unknown, headers: ApiAnswer['headers'] = {}): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

/** True for a body that is sent as it is made. */
export function isStream(body: unknown): body is AsyncIterable<string | Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
