/** What a call is answered with. `body` becomes JSON unless it is text. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An answer with a JSON body and nothing special. */
export function jsonAnswer(status: number, body: unknown, headers: ApiAnswer['headers'] = {}): ApiAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}
