import { OutlookFailure, type Outlook } from '../office/outlook.ts';
import type { Gateway, NoAnswer } from '../gateway/gateway.ts';
import { APPROVAL_HEADER, approvalsIn, DRAFT_HEADER, headerWithApproval } from './approval-header.ts';
import type { TextRef } from './text-ref.ts';

/** What the contract takes in one question. */
const ADDRESSES_MAX = 500;

export interface ApprovalParts {
  readonly outlook: Pick<Outlook, 'headers' | 'setHeaders' | 'removeHeaders'>;
  readonly gateway: Pick<Gateway, 'guardApprove' | 'guardWithdraw'>;
}

export type Approved =
  | { readonly kind: 'approved'; readonly approval: string; readonly expiresAt: string }
  | { readonly kind: 'failed'; readonly why: NoAnswer | { readonly kind: 'outlook' } };

export interface WantedApproval {
  readonly mailbox: string;
  readonly addresses: readonly string[];
  /** Those of this draft that were approved before: where the header has no room for one more, all are approved anew in one. */
  readonly before: readonly string[];
}

/** Approves outsiders for this draft, and writes the approval into it. Never rejects; what fails leaves the draft as it was. */
export async function approveOutsiders(parts: ApprovalParts, { mailbox, addresses, before }: WantedApproval): Promise<Approved> {
  return await orOutlook(async () => {
    const { outlook, gateway } = parts;
    const headers = await outlook.headers([DRAFT_HEADER, APPROVAL_HEADER]);
    const draft = headers[DRAFT_HEADER] || newDraftId();
    const approve = async (some: readonly string[]) => await gateway.guardApprove({ mailbox, draft, addresses: [...new Set(some)].slice(0, ADDRESSES_MAX) });
    const one = await approve(addresses);
    if (one.kind !== 'answer') return { kind: 'failed', why: one };
    const together = headerWithApproval(approvalsIn(headers), one.value.approval);
    const answer = together === null ? await approve([...before, ...addresses]) : one;
    if (answer.kind !== 'answer') return { kind: 'failed', why: answer };
    const { approval, expiresAt } = answer.value;
    await outlook.setHeaders({ [DRAFT_HEADER]: draft, [APPROVAL_HEADER]: together ?? approval });
    return { kind: 'approved', approval, expiresAt };
  });
}

/** Takes an approval out of the draft, and tells the gateway. Null: done; else why the draft still has it. Never rejects. */
export async function withdrawApproval({ outlook, gateway }: ApprovalParts, approval: string): Promise<'outlook' | null> {
  const done = await orOutlook(async () => {
    const now = approvalsIn(await outlook.headers([APPROVAL_HEADER])).filter((one) => one !== approval);
    if (now.length > 0) await outlook.setHeaders({ [APPROVAL_HEADER]: now.join(' ') });
    else await outlook.removeHeaders([APPROVAL_HEADER]);
    return null;
  });
  if (done) return 'outlook';
  // A mail is good by its headers alone; where nobody hears of it, the approval runs out by itself.
  await gateway.guardWithdraw(approval);
  return null;
}

async function orOutlook<Value>(act: () => Promise<Value>): Promise<Value | { readonly kind: 'failed'; readonly why: { readonly kind: 'outlook' } }> {
  try {
    return await act();
  } catch (failure) {
    if (!(failure instanceof OutlookFailure)) throw failure;
    return { kind: 'failed', why: { kind: 'outlook' } };
  }
}

const DRAFT_ID_BYTES = 16;

/** Random, and nothing of the mail in it: hexadecimal digits, as the contract takes them. */
function newDraftId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(DRAFT_ID_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Why somebody is not approved, and what to do. The gateway's refusals speak its own Danish. */
export function approvalTrouble(why: Extract<Approved, { readonly kind: 'failed' }>['why']): TextRef {
  switch (why.kind) {
    case 'away':
      return { key: 'guard.away' };
    case 'log-on-needed':
      return { key: 'guard.logOn' };
    case 'too-many':
      return { key: 'guard.tooMany', moments: { time: why.retryAt.toISOString() } };
    case 'no-right':
    case 'refused':
    case 'unavailable':
      return why.text === '' ? { key: 'guard.fault' } : { key: 'guard.refused', parameters: { text: why.text } };
    case 'fault':
      return { key: 'guard.fault' };
    case 'outlook':
      return { key: 'guard.outlook' };
  }
}
