import type { NoAnswer } from '../gateway/gateway.ts';
import { OutlookFailure } from '../office/outlook.ts';

/** `failed`: the draft is as it was, or says itself what is wrong; the same once more puts it right. */
export type MassWritten = { readonly kind: 'written' } | { readonly kind: 'failed'; readonly why: NoAnswer | { readonly kind: 'outlook' } };

export const outlookFailed: Extract<MassWritten, { readonly kind: 'failed' }> = { kind: 'failed', why: { kind: 'outlook' } };

/** Writes, and tells of what Outlook refuses instead of rejecting. */
export async function tellingFailures<Written>(write: () => Promise<Written>): Promise<Written | typeof outlookFailed> {
  try {
    return await write();
  } catch (failure) {
    if (!(failure instanceof OutlookFailure)) throw failure;
    return outlookFailed;
  }
}
