import { createHmac, timingSafeEqual } from 'node:crypto';

/** What one link in a mail can do, once its page's button is pressed. */
export type LinkAction = 'stop' | 'approve' | 'reject' | 'resend';

/** A link: one act on one mail, for the one person who got it. */
export interface Link {
  readonly action: LinkAction;
  readonly submissionId: number;
  /** Mail address of the person. */
  readonly person: string;
  /** The content that was looked at, hex SHA-256; null where it does not matter. */
  readonly contentSha256: string | null;
  readonly expiresAt: Date;
}

export type LinkRead =
  | { readonly kind: 'link'; readonly link: Link }
  /** It was one of ours, and its time is over. */
  | { readonly kind: 'expired'; readonly link: Link }
  | { readonly kind: 'forged' };

/** The purpose of the key that signs links. */
export const LINK_KEY = 'link';

const TOKEN_CHARACTERS_MAX = 2_000;
const ACTIONS: readonly LinkAction[] = ['stop', 'approve', 'reject', 'resend'];

/** The link's last part: what it does, readable by anybody, and a signature (HMAC-SHA256) that only the key can make. */
export function printLinkToken(key: Buffer, link: Link): string {
  const { action, submissionId, person, contentSha256, expiresAt } = link;
  const claims = [action, submissionId, person, contentSha256, Math.ceil(expiresAt.getTime() / 1000)];
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${payload}.${signatureOf(key, payload).toString('base64url')}`;
}

/** Reads a token; only one that one of these keys has signed, byte for byte, is a link. */
export function readLinkToken(keys: readonly Buffer[], token: string, now: Date): LinkRead {
  const [, payload, mark] = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/.exec(token.slice(0, TOKEN_CHARACTERS_MAX + 1)) ?? [];
  if (token.length > TOKEN_CHARACTERS_MAX || payload === undefined || mark === undefined) return { kind: 'forged' };
  const given = Buffer.from(mark, 'base64url');
  // The same bytes can be spelled in several ways; a link has one.
  const isRight = (signature: Buffer) => timingSafeEqual(signature, given) && signature.toString('base64url') === mark;
  if (!keys.some((key) => isRight(signatureOf(key, payload)))) return { kind: 'forged' };
  const link = linkOf(payload);
  if (link === null) return { kind: 'forged' };
  return { kind: link.expiresAt > now ? 'link' : 'expired', link };
}

/** The whole link; null where no address of the gateway is set up. */
export function linkUrl(publicUrl: string, key: Buffer, link: Link): string | null {
  return publicUrl === '' ? null : `${publicUrl.replace(/\/+$/, '')}/api/links/${printLinkToken(key, link)}`;
}

function signatureOf(key: Buffer, payload: string): Buffer {
  return createHmac('sha256', key).update(`postbro-link-1:${payload}`).digest();
}

function linkOf(payload: string): Link | null {
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
  if (!Array.isArray(claims)) return null;
  const [action, submissionId, person, contentSha256, expires] = claims as readonly unknown[];
  const known = ACTIONS.find((one) => one === action);
  if (known === undefined || typeof submissionId !== 'number' || typeof person !== 'string' || typeof expires !== 'number') return null;
  const sha256 = typeof contentSha256 === 'string' ? contentSha256 : null;
  return { action: known, submissionId, person, contentSha256: sha256, expiresAt: new Date(expires * 1000) };
}
