import type { GuardApprovalAnswer, GuardApprovalQuestion, GuardCheckAnswer, GuardCheckQuestion } from '../../domain/gateway-api.ts';
import type { Refusal } from '../../domain/rights.ts';
import type { ApiCaller } from './api-caller.ts';

/** What Mail Guard says of recipients, and what a writer says of them; handed in, for no step knows a story. */
export interface GuardActions {
  check(caller: ApiCaller, question: GuardCheckQuestion): Promise<GuardRefused | { readonly kind: 'checked'; readonly answer: GuardCheckAnswer }>;
  /** Written to the audit, an entry for each address, before it is told. */
  approve(caller: ApiCaller, question: GuardApprovalQuestion): Promise<GuardRefused | ApproveRefused | { readonly kind: 'approved'; readonly answer: GuardApprovalAnswer }>;
  withdraw(caller: ApiCaller, approval: string): Promise<GuardRefused | { readonly kind: 'ended'; readonly withdrawn: boolean }>;
}

export type GuardRefused =
  /** The mailbox is not one that the caller may write from. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  | { readonly kind: 'organisation-gone' };

export interface ApproveRefused {
  readonly kind: 'no-address';
  /** Places of texts that are no addresses of ordinary mail, from 0. */
  readonly positions: readonly number[];
}
