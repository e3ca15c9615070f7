import { mailDomainOf, normaliseMailAddress } from '../../domain/mail-address.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { readHeaderBlock, type HeaderBlock } from '../../mail/read-header-block.ts';
import type { SendAtFields } from '../assess/release-time.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { readBlob } from '../store/blobs.ts';
import type { Submission } from '../store/submissions.ts';

/** Who wrote a mail, and what a mail back to them must name. Known also of a mail whose body nothing can read. */
export interface SubmissionAuthor {
  readonly organisation: Organisation;
  readonly mailbox: string;
  readonly messageId: string | null;
  readonly subject: string;
  /** The person of the Sender header, who writes for the mailbox (RFC 5322 3.6.2); null when there is none. */
  readonly sender: string | null;
  /** When the mail asks to be sent. */
  readonly sendAt: SendAtFields;
  /** The held mail, by Message-ID or our own id, that this one replaces. */
  readonly replaces: string | null;
  /** Approvals of outsiders that the mail brings, and the draft that they are for. */
  readonly guard: HeaderBlock['guard'];
  /** What the add-in lists as seen and said to be right by whoever wrote the letter, as it stands in the mail (domain/letter-seen.ts). */
  readonly letterSeen: string;
}

/**
 * Reads a stored mail's header again. The door let it in, so there is one From of an organisation that was here then;
 * throws when the configuration no longer has it, and the mail waits until an administrator has mended that.
 */
export async function authorOf(parts: GatewayParts, submission: Submission): Promise<SubmissionAuthor> {
  for await (const chunk of readBlob(parts.database, submission.rawBlob)) {
    const header = readHeaderBlock(chunk);
    const mailbox = normaliseMailAddress(header.from.addresses[0] ?? submission.mailFrom);
    const organisation = parts.directory.organisationOfDomain(mailDomainOf(mailbox));
    if (!organisation) throw new Error('a mail of no organisation that is set up here');
    const { messageId, subject, sendAt, replaces, guard, letterSeen } = header;
    const [sender] = header.sender.addresses;
    return { organisation, mailbox, messageId, subject, sender: sender ? normaliseMailAddress(sender) : null, sendAt, replaces, guard, letterSeen };
  }
  throw new Error('a mail without bytes');
}
