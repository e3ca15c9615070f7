import type * as z from 'zod/mini';
import type { CheckLine, CheckQuestion, ContactPointsAnswer, contactPointsQuestion, RecipientCheck } from '../../domain/gateway-api.ts';
import type { Refusal } from '../../domain/rights.ts';
import type { ApiCaller } from './api-caller.ts';
import type { Settings } from '../config.ts';
import type { LimitReached } from './lookup-actions.ts';

export type ContactPointsQuestion = z.infer<typeof contactPointsQuestion>;

/** What is asked about recipients before a message is sent; handed in, for no step knows a story. */
export interface RecipientActions {
  /** Every recipient, by position; each written to the audit before it is told. */
  check(call: CheckCall): Promise<CheckRefused | { readonly kind: 'checked'; readonly recipients: readonly RecipientCheck[] }>;
  /** The same of a whole list, as it becomes known. No further call goes out once `signal` is aborted. */
  checkBatch(call: CheckCall): Promise<CheckRefused | { readonly kind: 'lines'; readonly lines: AsyncIterable<CheckLine> }>;
  contactPoints(caller: ApiCaller, question: ContactPointsQuestion): Promise<ContactPointsOutcome>;
}

export interface CheckCall {
  readonly caller: ApiCaller;
  readonly question: CheckQuestion;
  readonly signal: AbortSignal;
}

export type CheckRefused =
  | LimitReached
  | { readonly kind: 'too-many'; readonly max: number }
  /** More names than one may have in such a check, whatever one waits. */
  | { readonly kind: 'too-many-names'; readonly max: number }
  /** The mailbox is not the caller's, or may not use the network. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  | { readonly kind: 'organisation-gone' };

export type ContactPointsOutcome =
  | Exclude<CheckRefused, { readonly kind: 'limit' | 'too-many' | 'too-many-names' }>
  | { readonly kind: 'found'; readonly answer: ContactPointsAnswer }
  | { readonly kind: 'unavailable' };

/** The names that one check of a few may ask for: each counts as a look-up of its own. */
export function checkNamesMax({ CHECK_RECIPIENTS_MAX, LOOKUPS_PER_USER_PER_MINUTE, LOOKUPS_PER_USER_PER_DAY }: NameSettings): number {
  return Math.min(CHECK_RECIPIENTS_MAX, LOOKUPS_PER_USER_PER_MINUTE, LOOKUPS_PER_USER_PER_DAY);
}

type NameSettings = Pick<Settings, 'CHECK_RECIPIENTS_MAX' | 'LOOKUPS_PER_USER_PER_MINUTE' | 'LOOKUPS_PER_USER_PER_DAY'>;
