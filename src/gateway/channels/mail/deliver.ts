import { LETTER_MARK_FIELD } from '../../../domain/letter-mark.ts';
import { relayHeader } from '../../../mail/relay-header.ts';
import type { DeliveryAnswer } from '../channel-delivery.ts';
import type { ExchangeClient } from './exchange-client.ts';

/** An ordinary mail on its way to one recipient. */
export interface RelayedMail {
  readonly from: string;
  readonly to: string;
  /** The field that tells our part of the way (RFC 5321 4.4), without line end. */
  readonly received: string;
  /** True for a recipient outside the organisation: addresses under digital-post.dk, and names with a CPR number, are taken out. */
  readonly outside: boolean;
  readonly raw: AsyncIterable<Buffer>;
}

const HEADER_MAX_BYTES = 4_194_304;
const GATEWAY_DOMAINS = ['digital-post.dk'];
/** What the add-in says to the gateway or itself alone: an approval of Mail Guard, the draft that it is for, what of Tjek was seen, and of what a letter was made. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['x-postbro-approval', 'x-postbro-draft', 'x-postbro-letter-checked', LETTER_MARK_FIELD.toLowerCase()]);

/**
 * Hands an ordinary mail over as it is: fields only put on top, Bcc and approvals taken out, everything else byte for byte. Never
 * throws for what the mail server does.
 */
export async function deliver(client: ExchangeClient, mail: RelayedMail): Promise<DeliveryAnswer> {
  return await client.send({ from: mail.from, to: mail.to }, relayedBytes(mail));
}

/** The mail's bytes with its header rewritten; the header block alone is held in memory. */
export async function* relayedBytes(mail: RelayedMail): AsyncGenerator<Uint8Array, void, undefined> {
  const options = {
    top: [mail.received],
    dropBcc: true as const,
    dropFields: OWN_FIELDS,
    dropAddressesUnder: mail.outside ? GATEWAY_DOMAINS : [],
  };
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of mail.raw) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = endOfHeader(head);
    if (end === null && head.length < HEADER_MAX_BYTES) continue;
    const block: number = end ?? head.length;
    yield relayHeader(head.subarray(0, block), options);
    if (block < head.length) yield head.subarray(block);
    head = null;
  }
  if (head !== null) yield relayHeader(head, options);
}

/** Where the empty line after the header begins; the header's own last line end is part of the header. */
function endOfHeader(bytes: Buffer): number | null {
  const crlf = bytes.indexOf('\r\n\r\n', 0, 'latin1');
  const lf = bytes.indexOf('\n\n', 0, 'latin1');
  if (crlf === -1 && lf === -1) return null;
  return crlf !== -1 && (lf === -1 || crlf < lf) ? crlf + 2 : lf + 1;
}
