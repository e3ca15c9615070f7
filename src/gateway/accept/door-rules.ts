import type { Problem } from '../../domain/problem.ts';
import type { HeaderBlock } from '../../mail/read-header-block.ts';

/** What is known of a hand-over while it comes in. */
export interface Handover {
  /** CVR numbers of the organisations that may hand over on this connection; null where no certificate is demanded. */
  readonly peerCvrs: readonly string[] | null;
  /** "" for a mail from nobody: a bounce, an automatic answer. */
  readonly mailFrom: string;
  readonly recipients: readonly string[];
}

/** Who is at the other end: what the client certificate, already found valid, says, and the address it came from. */
export interface Peer {
  /** SHA-256, lower case hex without colons. */
  readonly fingerprint: string;
  /** DNS names of the certificate, lower case. */
  readonly names: readonly string[];
  readonly address: string;
}

/**
 * What the door asks before it takes a mail. The answers come from `assess` and need no I/O; they are handed in at the
 * start, for no step knows another.
 */
export interface DoorRules {
  /** The organisations that have listed this peer, as CVR numbers; more than one where they share a mail provider. */
  cvrsOfPeer(peer: Peer): readonly string[];
  refuseSender(handover: Handover): Problem | null;
  refuseRecipient(handover: Handover, recipient: string): Problem | null;
  refuseHeader(handover: Handover, header: HeaderBlock): Problem | null;
}
