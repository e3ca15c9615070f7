import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretKeys } from '../store/secret-keys.ts';

/** The purpose of the key that signs links by which one leaves. */
const LEAVE_KEY = 'news-leave';
const NUMBER_DIGITS_MAX = 15;

/** The link in a mail with news, by which its reader leaves. It never ends, and holds the number of the sign-up, no address. */
export function leaveUrl(publicUrl: string, keys: SecretKeys, subscriber: number): string {
  return `${publicUrl.replace(/\/+$/, '')}/nyheder/framelding/${subscriber}.${signatureOf(keys.newest(LEAVE_KEY), subscriber)}`;
}

/** Whose link this is; null for what none of the gateway's keys has signed. */
export function subscriberOfLink(keys: SecretKeys, token: string): number | null {
  const [, digits, mark] = /^([0-9]+)\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  if (digits === undefined || mark === undefined || digits.length > NUMBER_DIGITS_MAX) return null;
  const subscriber = Number(digits);
  const given = Buffer.from(mark);
  const isSigned = keys.all(LEAVE_KEY).some((key) => timingSafeEqual(Buffer.from(signatureOf(key, subscriber)), given));
  return isSigned ? subscriber : null;
}

function signatureOf(key: Buffer, subscriber: number): string {
  return createHmac('sha256', key).update(`postbro-news-1:${subscriber}`).digest('base64url');
}
