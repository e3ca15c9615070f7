import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretKeys } from '../store/secret-keys.ts';

/** The purpose of the key that signs approvals of Mail Guard. */
const GUARD_KEY = 'guard-approval';

/** Approvals that one header may name; a draft has few. */
const TOKENS_MAX = 20;

/** An approval as it stands in a draft's header: its id, and a signature (HMAC-SHA-256) that only the gateway can make. */
export function printApproval(keys: SecretKeys, id: number): string {
  return `g${id}.${signatureOf(keys.newest(GUARD_KEY), id).toString('base64url')}`;
}

/** The ids of the approvals in a header that this gateway has signed; whatever else stands there is passed over. */
export function readApprovals(keys: SecretKeys, header: string): readonly number[] {
  const tokens = header.split(/[\s,;]+/).slice(0, TOKENS_MAX);
  return tokens.flatMap((token) => {
    const [, digits = '', mark = ''] = /^g(\d{1,15})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
    const given = Buffer.from(mark, 'base64url');
    const id = Number(digits);
    const ours = mark !== '' && keys.all(GUARD_KEY).some((key) => timingSafeEqual(signatureOf(key, id), given));
    return ours ? [id] : [];
  });
}

function signatureOf(key: Buffer, id: number): Buffer {
  return createHmac('sha256', key).update(`postbro-guard-1:${id}`).digest();
}
