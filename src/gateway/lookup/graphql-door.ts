import { z } from 'zod';
import type { AccessTokens } from './datafordeler-tokens.ts';
import { parseJson } from './parse-json.ts';
import type { RegisterDoor, RegisterReply } from './register-door.ts';
import { RegisterFault, type DoorWords, type FaultKind } from './register-fault.ts';
import { faultOfStatus } from './status-fault.ts';

/** One version of one register at Datafordeleren's GraphQL. */
export interface GraphqlDoor {
  /**
   * The `data` of the answer. Rejects with a RegisterFault for every error, those that come with HTTP 200 too; with
   * FieldsRefused when the schema has not all that was asked for.
   */
  ask(query: string, variables: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>;
}

/** The schema has not these fields, all of them words of the question itself. */
export class FieldsRefused extends RegisterFault {
  readonly fields: readonly string[];

  constructor(fields: readonly string[], words: DoorWords, code: string | null) {
    super('query-refused', words, code);
    this.fields = fields;
  }
}

export interface GraphqlOptions {
  readonly door: RegisterDoor;
  /** The address with the version, and with the key where one goes there; made for each call, for keys change. */
  readonly url: () => URL;
  /** Null where the key in the address is all that is needed. */
  readonly tokens: AccessTokens | null;
}

/**
 * Asks by POST, logged on with a bearer token where there are tokens. A refused token is dropped and the question asked
 * once more, for tokens end early when the service is restarted (registers-identity.md 1.3).
 */
export function openGraphqlDoor({ door, url, tokens }: GraphqlOptions): GraphqlDoor {
  const post = (body: string, token: string | null, signal?: AbortSignal): Promise<RegisterReply> => door.call({
    method: 'POST', url: url(), body,
    headers: {
      'content-type': 'application/json', accept: 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
  }, signal);
  return {
    async ask(query, variables, signal) {
      const body = JSON.stringify({ query, variables });
      const token = tokens ? await tokens.token(signal) : null;
      const reply = await post(body, token, signal);
      if (reply.status !== 401 || !tokens || token === null) return dataOf(reply, query, door.words);
      tokens.drop(token);
      const second = await post(body, await tokens.token(signal), signal);
      if (second.status === 401) throw new RegisterFault('token-refused', door.words, 'HTTP 401');
      return dataOf(second, query, door.words);
    },
  };
}

const errorSchema = z.object({
  message: z.string().catch(''),
  extensions: z.object({ code: z.string().catch('') }).catch({ code: '' }),
});
const replySchema = z.object({ data: z.unknown().optional(), errors: z.array(errorSchema).nullish() });

function dataOf({ status, text }: RegisterReply, query: string, words: DoorWords): unknown {
  const reply = replySchema.safeParse(parseJson(text));
  const errors = reply.success ? reply.data.errors ?? [] : [];
  if (errors.length > 0) throw faultOfErrors(errors, query, words);
  if (status !== 200) throw faultOfStatus(status, words);
  const data = reply.success ? reply.data.data : null;
  if (typeof data !== 'object' || data === null) throw new RegisterFault('unreadable', words);
  return data;
}

/** The first error whose code or text is known; otherwise the register did not take the question as it was put. */
function faultOfErrors(errors: readonly z.infer<typeof errorSchema>[], query: string, words: DoorWords): RegisterFault {
  const refused = refusedFields(errors.map(({ message }) => message), query);
  if (refused.length > 0) return new FieldsRefused(refused, words, errors[0]?.extensions.code ?? null);
  for (const { message, extensions: { code } } of errors) {
    const known = ERROR_CODES.find((entry) => entry.code.test(code)) ?? ERROR_TEXTS.find((entry) => entry.text.test(message));
    if (known) return new RegisterFault(known.kind, words, code);
  }
  return new RegisterFault('query-refused', words, errors[0]?.extensions.code ?? null);
}

/**
 * "The field `navne` does not exist on the type …" (HotChocolate), "Cannot query field "navne" on type …": the first word
 * in marks. Only words of our own question count, which holds no numbers, so that nothing of the register's is taken along.
 */
function refusedFields(messages: readonly string[], query: string): readonly string[] {
  const named = messages.flatMap((message) => (/\bfield\b/i.test(message) ? /[`'"]([A-Za-z_]\w*)[`'"]/.exec(message)?.[1] ?? [] : []));
  return named.filter((field) => new RegExp(`\\b${field}\\b`).test(query));
}

/**
 * Codes in `errors[].extensions.code` (registers-identity.md 1.3; recorded: DAF-GQL-0009). They come with HTTP 200, and
 * those of DAF-AUTH with 403 as well.
 */
const ERROR_CODES: readonly { readonly code: RegExp; readonly kind: FaultKind; readonly meaning: string }[] = [
  { code: /^DAF-AUTH-0001$/, kind: 'no-data-access', meaning: 'no Dataadgang for this service' },
  { code: /^DAF-AUTH-0005$/, kind: 'ip-refused', meaning: 'the calling IP address is not on the list' },
  { code: /^DAF-AUTH-/, kind: 'forbidden', meaning: 'another refusal of the caller' },
  { code: /^DAF-GQL-0008$/, kind: 'query-refused', meaning: 'aliases are forbidden' },
  { code: /^DAF-GQL-0009$/, kind: 'query-refused', meaning: 'a required filter or argument is missing' },
  { code: /^DAF-GQL-0010$/, kind: 'query-refused', meaning: 'more than one root field' },
  { code: /^DAF-GQL-0016$/, kind: 'query-refused', meaning: 'more than 100 values in a list' },
  { code: /^DAF-GQL-/, kind: 'query-refused', meaning: 'another rule of the service broken' },
  { code: /^HC0046$/, kind: 'query-refused', meaning: 'introspection is off' },
  { code: /^HC\d{4}$/, kind: 'query-refused', meaning: 'another error of the GraphQL engine (HotChocolate)' },
];

/** Errors that have come without a code of their own. */
const ERROR_TEXTS: readonly { readonly text: RegExp; readonly kind: FaultKind }[] = [
  { text: /not authori[sz]ed/i, kind: 'no-data-access' },
  { text: /missing in query selection/i, kind: 'query-refused' },
];
