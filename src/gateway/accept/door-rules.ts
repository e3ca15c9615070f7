import type { Problem } from '../../domain/problem.ts';
import type { HeaderBlock } from '../../mail/read-header-block.ts';

/** What is known of a hand-over while it comes in. */
export interface Handover {
  /** CVR number of the organisation whose client certificate was shown; null where none is demanded. */
  readonly peerCvr: string | null;
  /** "" for a mail from nobody: a bounce, an automatic answer. */
  readonly mailFrom: string;
  readonly recipients: readonly string[];
}

/**
 * What the door asks before it takes a mail. The answers come from `assess` and need no I/O; they are handed in at the
 * start, for no step knows another.
 */
export interface DoorRules {
  /** The organisation to which a client certificate (SHA-256 fingerprint, lower case hex) belongs, as CVR number. */
  cvrOfCertificate(fingerprint: string): string | null;
  refuseSender(handover: Handover): Problem | null;
  refuseRecipient(handover: Handover, recipient: string): Problem | null;
  refuseHeader(handover: Handover, header: HeaderBlock): Problem | null;
}
