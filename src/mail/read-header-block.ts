import { isSuspicious, readHeaderField, scanHeaderFields } from './header-fields.ts';
import type { HeaderField } from './mail.ts';
import { defaultMailLimits, type MailLimits } from './mail-limits.ts';
import { MailUnreadable } from './mail-unreadable.ts';
import { parseAddresses } from './parse-addresses.ts';
import { readSubject } from './read-subject.ts';

/** What the SMTP door must know of a mail's header before it takes the mail. */
export interface HeaderBlock {
  readonly receivedCount: number;
  /** RFC 5322 3.6.2: exactly one From. The right to send follows it only when `addresses` is one and not `ambiguous`. */
  readonly from: HeaderMailboxes;
  readonly sender: HeaderMailboxes;
  /** With its angle brackets, as written; null when there is none. */
  readonly messageId: string | null;
  /** Decoded, NFC, one line; "" when there is none. */
  readonly subject: string;
  /** Value of Auto-Submitted, lower case, without parameters; null when there is none (RFC 3834). */
  readonly autoSubmitted: string | null;
  /** Value of Precedence, lower case; null when there is none. */
  readonly precedence: string | null;
  /** Values of X-OriginatorOrg, lower case: the tenant for which Exchange Online sent the mail. */
  readonly originatorOrgs: readonly string[];
  /** Values of X-Postbro-Send-At and of Deferred-Delivery (RFC 4021 2.1.55): when the sender wants the mail to go. */
  readonly sendAt: { readonly own: readonly string[]; readonly deferred: readonly string[] };
  /** Value of X-Postbro-Replaces: the held mail of which this is a newer version; null when there is none. */
  readonly replaces: string | null;
  /** Of Mail Guard: all values of X-Postbro-Approval with a blank between them, and X-Postbro-Draft; "" and null when there are none. */
  readonly guard: { readonly approvals: string; readonly draft: string | null };
  /** All values of X-Postbro-Letter-Checked with a blank between them; "" when there are none. */
  readonly letterSeen: string;
  /** True for a mail from a list: List-Id or List-Unsubscribe. */
  readonly isFromList: boolean;
  /** The header holds something that two programs may read differently; see `malformed` of `scanHeaderFields`. */
  readonly malformed: boolean;
  /** Where the body begins in the bytes. */
  readonly bodyStart: number;
}

/** The mailboxes of one sort of address header. */
export interface HeaderMailboxes {
  readonly headerCount: number;
  /** Addr-specs of all such headers, decoded, lower case; "" where an item holds none. */
  readonly addresses: readonly string[];
  /** True when two readers may see different addresses; such a header gives no right. */
  readonly ambiguous: boolean;
}

/**
 * Reads a mail's header for the SMTP door: pure, some microseconds. Addresses are read as `parseMail` reads them.
 * @param bytes the mail or its beginning; what follows the header does not matter
 * @param limits fields and address tokens; beyond them the header counts as ambiguous, and nothing is thrown
 */
export function readHeaderBlock(bytes: Uint8Array, limits: Partial<MailLimits> = {}): HeaderBlock {
  const allLimits = { ...defaultMailLimits, ...limits };
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scanned = scanHeaderFields(block, Number.POSITIVE_INFINITY);
  const headers = scanned.fields.map((field) => ({
    ...readHeaderField(block, field), suspicious: isSuspicious(block, field.start, field.end),
  }));
  const first = (name: string) => headers.find((field) => field.name === name)?.value ?? null;
  const all = (name: string) => headers.filter((field) => field.name === name).map(({ value }) => value);
  return {
    receivedCount: headers.filter((field) => field.name === 'received').length,
    from: readMailboxes(headers, 'from', allLimits.addressTokensMax),
    sender: readMailboxes(headers, 'sender', allLimits.addressTokensMax),
    messageId: first('message-id') || null,
    subject: readSubject(headers),
    autoSubmitted: first('auto-submitted')?.split(/[;\s(]/)[0]?.toLowerCase() ?? null,
    precedence: first('precedence')?.toLowerCase() ?? null,
    originatorOrgs: all('x-originatororg').map((value) => value.toLowerCase()),
    sendAt: { own: all('x-postbro-send-at'), deferred: all('deferred-delivery') },
    replaces: first('x-postbro-replaces'),
    guard: { approvals: all('x-postbro-approval').join(' '), draft: first('x-postbro-draft')?.trim() || null },
    letterSeen: all('x-postbro-letter-checked').join(' '),
    isFromList: headers.some((field) => field.name === 'list-id' || field.name === 'list-unsubscribe'),
    malformed: scanned.malformed || headers.length > allLimits.headerFieldsMax,
    bodyStart: scanned.bodyStart,
  };
}

interface JudgedField extends HeaderField {
  readonly suspicious: boolean;
}

function readMailboxes(headers: readonly JudgedField[], name: string, tokensMax: number): HeaderMailboxes {
  const fields = headers.filter((field) => field.name === name);
  const addresses: string[] = [];
  let ambiguous = fields.some((field) => field.suspicious);
  for (const field of fields) {
    try {
      const read = parseAddresses(field.value, tokensMax);
      addresses.push(...read.addresses.map((each) => each.address.toLowerCase()));
      ambiguous ||= read.ambiguous || read.addresses.length === 0;
    } catch (error) {
      if (!(error instanceof MailUnreadable)) throw error;
      ambiguous = true;
    }
  }
  return { headerCount: fields.length, addresses, ambiguous };
}
