import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token says: whose it is, and when it ends. */
interface TokenContent {
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
}

/** What a token is signed with: keys of the gateway, and something of the client's that changes with its secret. */
export interface TokenKeys {
  /** Newest first: the first signs, all are believed. */
  readonly keys: readonly Buffer[];
  /** Null for a client that is not known. */
  readonly markOf: (clientId: string) => string | null;
}

/** Writes a token: its content and an HMAC-SHA-256 over it and the client's mark, both base64url. */
export function makeToken({ keys, markOf }: TokenKeys, content: TokenContent): string {
  const text = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${text}.${macOf(keys[0] ?? Buffer.alloc(0), text, markOf(content.clientId) ?? '').toString('base64url')}`;
}

/** The client whose token this is; null for one that was not made here, has ended, or was got with a former secret. */
export function readToken({ keys, markOf }: TokenKeys, token: string, now: Date): string | null {
  const [text = '', mac = '', ...more] = token.split('.');
  const content = readContent(text);
  const mark = content && markOf(content.clientId);
  if (content === null || mark === null || more.length > 0) return null;
  const given = Buffer.from(mac, 'base64url');
  const isRight = (right: Buffer) => given.length === right.length && timingSafeEqual(given, right);
  if (!keys.some((key) => isRight(macOf(key, text, mark)))) return null;
  return content.endsAt > now.getTime() ? content.clientId : null;
}

/** As the sender claims; it counts only with the right HMAC. */
function readContent(text: string): TokenContent | null {
  try {
    const { clientId, endsAt } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<Record<string, unknown>>;
    return typeof clientId === 'string' && typeof endsAt === 'number' ? { clientId, endsAt } : null;
  } catch {
    return null;
  }
}

function macOf(key: Buffer, text: string, mark: string): Buffer {
  return createHmac('sha256', key).update(`${text}\0${mark}`).digest();
}
