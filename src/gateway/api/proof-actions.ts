import type { AuditActor } from '../store/audit.ts';
import type { SubmissionView } from '../store/submission-views.ts';

/** Makes proofs of delivery. The story is handed in, for no step knows a story. */
export interface ApiProof {
  prove(asked: AskedProof): Promise<ProofOutcome>;
}

export interface AskedProof {
  /** A mail that the one who asks may see. */
  readonly mail: SubmissionView;
  /** One recipient; null: all of them. */
  readonly position: number | null;
  readonly actor: AuditActor;
  /** What it is for, as the audit keeps it. */
  readonly purpose: string | null;
  /** It went to the wrong one: a draft of what must be done about that lies in it. */
  readonly misdelivered: boolean;
}

export type ProofOutcome =
  | { readonly kind: 'proof'; readonly filename: string; readonly zip: AsyncIterable<Uint8Array> }
  | { readonly kind: 'too-many'; readonly max: number }
  /** A message written again is another than the one that was handed over. */
  | { readonly kind: 'differs' }
  /** The certificate that would sign it cannot be used, and why. */
  | { readonly kind: 'no-certificate'; readonly reason: string }
  | { readonly kind: 'not-sent' | 'no-such-recipient' };
