import type { ApiAnswer } from './api-answer.ts';
import type { ApiClient } from './api-clients.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { makeToken, readToken } from './access-token.ts';
import { openCallBudget } from './call-budget.ts';

/** Who calls, or the answer that sends them away. */
export type LogOnResult =
  | { readonly kind: 'client'; readonly client: ApiClient }
  | { readonly kind: 'refused'; readonly answer: ApiAnswer };

/** Id and secret as a program gives them. */
export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

/** Lets programs in: by HTTP Basic, or by a token that they got with the same id and secret. */
export interface LogOn {
  /** By the Authorization header. */
  withHeader(header: string | undefined, address: string): LogOnResult;
  withCredentials(credentials: Credentials, address: string): LogOnResult;
  tokenFor(client: ApiClient): { readonly token: string; readonly lifeMs: number };
}

/**
 * Opens the log-on. Wrong attempts are counted for each id and address, so that secrets cannot be guessed; beyond the
 * limit the right secret is refused as well until the minute is over. `tokenKey` is shared by all gateway processes.
 */
export function openLogOn(parts: ApiParts, tokenKey: Buffer): LogOn {
  const { settings, clients, now } = parts;
  const failures = openCallBudget(settings.API_LOGON_FAILURES_PER_MINUTE, now);
  const refuse = (): LogOnResult => ({
    kind: 'refused',
    answer: callProblem(settings.PUBLIC_URL, 'not-logged-on', 'Klient-id eller hemmelighed er forkert, eller tokenet er udløbet.'),
  });
  const tooMany = (): LogOnResult => ({
    kind: 'refused',
    answer: callProblem(settings.PUBLIC_URL, 'too-many-requests', 'For mange mislykkede forsøg på at logge på.', {
      retryAfterS: failures.retryAfterS(),
    }),
  });
  const withCredentials = ({ clientId, secret }: Credentials, address: string): LogOnResult => {
    const name = `${clientId.slice(0, CLIENT_ID_CHARACTERS_MAX)} ${address}`;
    if (failures.isSpent(name)) return tooMany();
    const client = clients.withSecret(clientId, secret);
    if (client) return { kind: 'client', client };
    failures.spend(name);
    parts.log.warn({ state: 'api-logon-failed', known: clients.withId(clientId) !== null });
    return refuse();
  };
  const keys = { key: tokenKey, markOf: (clientId: string) => clients.withId(clientId)?.secretMark ?? null };
  const withToken = (token: string): LogOnResult => {
    const clientId = readToken(keys, token, now());
    const client = clientId === null ? null : clients.withId(clientId);
    return client ? { kind: 'client', client } : refuse();
  };
  return {
    withCredentials,
    withHeader(header, address) {
      const token = /^Bearer +([\w.-]+)$/i.exec(header ?? '')?.[1];
      if (token !== undefined) return withToken(token);
      const credentials = basicCredentials(header);
      return credentials ? withCredentials(credentials, address) : refuse();
    },
    tokenFor({ clientId }) {
      const lifeMs = settings.API_TOKEN_LIFE_MS;
      return { token: makeToken(keys, { clientId, endsAt: now().getTime() + lifeMs }), lifeMs };
    },
  };
}

const CLIENT_ID_CHARACTERS_MAX = 64;

/** Id and secret of an Authorization header (RFC 7617); null for another header, or none. */
export function basicCredentials(header: string | undefined): Credentials | null {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? null : { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
}
