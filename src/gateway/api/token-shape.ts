import { compactVerify, type CryptoKey } from 'jose';

/** A token, read but not yet believed. */
export interface TokenShape {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A signed text of whatever sort, with the id of the key that is said to have signed it. */
export interface SignedParts {
  readonly kid: string;
  readonly payload: Buffer;
}

export type TokenShapeFault = 'too-long' | 'malformed' | 'algorithm' | 'for-graph';

/** Node's own limit for all headers of a call is 16 KiB; a token of Entra with 200 groups takes 10. */
const TOKEN_CHARACTERS_MAX = 15_000;
const KID = /^[A-Za-z0-9_-]{1,128}$/;
/**
 * What Entra puts in a header besides `typ` and `kid`. Anything else, above all a key or the way to one, is for a
 * reader that is easily led.
 */
const HEADER_FIELDS: ReadonlySet<string> = new Set(['alg', 'x5t']);

/**
 * Reads a token strictly, before any key is looked for: a JWS in compact form (RFC 7515 3.1) of at most 15,000
 * characters, canonical base64url without padding, JSON objects in UTF-8 that name nothing twice, and the header that
 * Entra writes. Lenient readers of base64 take many spellings of one token; here there is one.
 */
export function readTokenShape(token: string): { readonly shape: TokenShape } | { readonly fault: TokenShapeFault } {
  const read = readSignedParts(token);
  if ('fault' in read) return read;
  const claims = jsonObject(read.parts.payload);
  return claims === null ? { fault: 'malformed' } : { shape: { kid: read.parts.kid, claims } };
}

/** The same of any payload. */
export function readSignedParts(token: string): { readonly parts: SignedParts } | { readonly fault: TokenShapeFault } {
  if (token.length > TOKEN_CHARACTERS_MAX) return { fault: 'too-long' };
  const [header, payload, signature, ...more] = token.split('.').map(bytesOf);
  const fields = header ? jsonObject(header) : null;
  if (fields === null || !payload || !signature || more.length > 0) return { fault: 'malformed' };
  if (fields['alg'] !== 'RS256') return { fault: 'algorithm' };
  // A hashed nonce in the header: only Graph can check such a token.
  if ('nonce' in fields) return { fault: 'for-graph' };
  const kid = kidOf(fields);
  return kid === null ? { fault: 'malformed' } : { parts: { kid, payload } };
}

/** The key's id in a header that holds nothing but what it should. */
function kidOf({ kid, typ = 'JWT', ...fields }: Readonly<Record<string, unknown>>): string | null {
  const plain = typ === 'JWT' && Object.keys(fields).every((name) => HEADER_FIELDS.has(name));
  return plain && typeof kid === 'string' && KID.test(kid) ? kid : null;
}

/** Whether a token was signed with a key, by RS256 and nothing else, whatever the token says. */
export async function isSignedBy(token: string, key: CryptoKey): Promise<boolean> {
  return await compactVerify(token, key, { algorithms: ['RS256'] }).then(() => true, () => false);
}

function jsonObject(bytes: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value) || namesTwice(text)) return null;
    return value as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

function bytesOf(part: string): Buffer | null {
  const bytes = Buffer.from(part, 'base64url');
  return part !== '' && bytes.toString('base64url') === part ? bytes : null;
}

/** Whether an object in the JSON has a name twice: two readers may then see two different tokens. */
function namesTwice(json: string): boolean {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [mark] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:]/g)) {
    if (mark === '{' || mark === '[') open.push(mark === '{' ? new Set() : null);
    else if (mark === '}' || mark === ']') open.pop();
    else if (mark === ':') {
      const names = open.at(-1);
      const name = String(JSON.parse(last));
      if (names?.has(name)) return true;
      names?.add(name);
    } else last = mark;
  }
  return false;
}
