import type { Problem } from '../../domain/problem.ts';

/** What programs may do with a mail afterwards. The stories that do it are handed in, for no step knows a story. */
export interface ApiActions {
  stop(act: ApiAct): Promise<StopOutcome>;
  approve(approval: ApiApproval): Promise<ApproveOutcome>;
  resend(act: ApiAct): Promise<ResendOutcome>;
}

/** A mail of the caller's own organisation, and who acts: a client id, or a person's mail address. */
export interface ApiAct {
  readonly submissionId: number;
  readonly organisationCvr: string;
  readonly by: string;
}

/** A person's word on a mass send, as a program brings it; `by` is the person's mail address. */
export interface ApiApproval extends ApiAct {
  /** Null where the person called. */
  readonly client: string | null;
  /** The person who called: object id, and the mailboxes the person may use; null where a program did. */
  readonly person: { readonly objectId: string; readonly mailboxes: readonly string[] } | null;
  readonly decision: 'approve' | 'reject';
  readonly contentSha256: string;
  readonly reason: string | null;
}

export interface StopCounts {
  readonly left: number;
  readonly inTheAir: number;
  readonly stopped: number;
}

export type StopOutcome =
  | { readonly kind: 'stopped' | 'already-stopped' | 'too-late'; readonly counts: StopCounts }
  | { readonly kind: 'stopped-unread' | 'not-sent' | 'not-found' };

export type ApproveOutcome =
  | { readonly kind: 'approved'; readonly releaseAt: Date }
  | { readonly kind: 'already-approved' | 'already-rejected' | 'stopped'; readonly by: string }
  | { readonly kind: 'rejected' | 'changed' | 'not-pending' | 'not-approver' | 'self' | 'perhaps-self' | 'not-found' };

export type ResendOutcome =
  | { readonly kind: 'sent' | 'already-sent'; readonly submissionId: number }
  | { readonly kind: 'not-finished'; readonly openDeliveries: number }
  | { readonly kind: 'not-allowed'; readonly problem: Problem }
  | { readonly kind: 'content-gone'; readonly at: Date }
  | { readonly kind: 'nothing-failed' | 'not-found' };
