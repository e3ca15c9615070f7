import type { ApiAnswer } from './api-answer.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiClient } from './api-clients.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { makeToken, readToken, type TokenKeys } from './access-token.ts';
import { openCallBudget } from './call-budget.ts';

/** Who calls, or the answer that sends them away. */
export type LogOnResult<Caller extends ApiCaller = ApiCaller> =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly answer: ApiAnswer };

/** Lets people in: by an access token of Microsoft Entra. */
export interface PeopleLogOn {
  withToken(token: string): Promise<LogOnResult>;
}

/** Id and secret as a program gives them. */
export interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

/** Lets programs in by HTTP Basic or a token that they got with the same id and secret, and people by a token of Entra. */
export interface LogOn {
  /** By the Authorization header. */
  withHeader(header: string | undefined, address: string): Promise<LogOnResult>;
  withCredentials(credentials: Credentials, address: string): LogOnResult<ApiClient>;
  tokenFor(client: ApiClient): { readonly token: string; readonly lifeMs: number };
}

/**
 * Opens the log-on. Wrong attempts are counted for each id and address, so that secrets cannot be guessed; beyond the
 * limit the right secret is refused as well until the minute is over.
 */
export function openLogOn(parts: ApiParts, people: PeopleLogOn): LogOn {
  const { settings, clients, now } = parts;
  const failures = openCallBudget(settings.API_LOGON_FAILURES_PER_MINUTE, now);
  const refuse = (): LogOnResult<never> => ({
    kind: 'refused',
    answer: callProblem(settings.PUBLIC_URL, 'not-logged-on', 'Klient-id eller hemmelighed er forkert, eller tokenet er udløbet.'),
  });
  const tooMany = (): LogOnResult<never> => ({
    kind: 'refused',
    answer: callProblem(settings.PUBLIC_URL, 'too-many-requests', 'For mange mislykkede forsøg på at logge på.', {
      retryAfterS: failures.retryAfterS(),
    }),
  });
  const withCredentials = ({ clientId, secret }: Credentials, address: string): LogOnResult<ApiClient> => {
    const name = `${clientId.slice(0, CLIENT_ID_CHARACTERS_MAX)} ${address}`;
    if (failures.isSpent(name)) return tooMany();
    const client = clients.withSecret(clientId, secret);
    if (client) return { kind: 'caller', caller: client };
    failures.spend(name);
    parts.log.warn({ state: 'api-logon-failed', known: clients.withId(clientId) !== null });
    return refuse();
  };
  const tokenKeys = (): TokenKeys => ({ keys: parts.keys.all(TOKEN_KEY), markOf: (clientId: string) => clients.withId(clientId)?.secretMark ?? null });
  const withToken = (token: string): LogOnResult => {
    const clientId = readToken(tokenKeys(), token, now());
    const client = clientId === null ? null : clients.withId(clientId);
    return client ? { kind: 'caller', caller: client } : refuse();
  };
  return {
    withCredentials,
    async withHeader(header, address) {
      const token = /^Bearer +([\w.-]+)$/i.exec(header ?? '')?.[1];
      // A token of Entra is a JWT, in three parts; ours have two.
      if (token !== undefined) return token.split('.').length === 2 ? withToken(token) : await people.withToken(token);
      const credentials = basicCredentials(header);
      return credentials ? withCredentials(credentials, address) : refuse();
    },
    tokenFor({ id }) {
      const lifeMs = settings.API_TOKEN_LIFE_MS;
      return { token: makeToken(tokenKeys(), { clientId: id, endsAt: now().getTime() + lifeMs }), lifeMs };
    },
  };
}

const CLIENT_ID_CHARACTERS_MAX = 64;
/** The purpose of the key that signs tokens. */
const TOKEN_KEY = 'api-token';

/** Id and secret of an Authorization header (RFC 7617); null for another header, or none. */
export function basicCredentials(header: string | undefined): Credentials | null {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? null : { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
}
