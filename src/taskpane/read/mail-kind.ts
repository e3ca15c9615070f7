import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import type { ReadMail } from '../office/outlook.ts';

/** What a mail that is read in Outlook is to Digital Post. */
export type MailKind =
  /** Came from Digital Post; ids of the attachments that tell more, null where one is missing. */
  | { readonly kind: 'received'; readonly header: string; readonly info: string | null }
  /** Was sent to Digital Post from a mailbox of mine. */
  | { readonly kind: 'sent' }
  /** Tells what became of one mail, or of several; `copy` is the attachment for machines. */
  | { readonly kind: 'receipt'; readonly subject: string | null; readonly copy: string }
  | { readonly kind: 'ordinary' };

/**
 * A receipt has the gateway's file. Received post has MemoHeader.json and is from an address of the gateway: a file of that
 * name can be in any mail of the internet, and would put words into Digital Post's mouth. A mail of mine has such a file as
 * well where somebody filled in "Flere oplysninger", so what is sent is told first. `ownAddresses`: mine and my mailboxes'.
 */
export function mailKind(mail: ReadMail, ownAddresses: readonly string[]): MailKind {
  const copy = attachmentNamed(mail, 'NgDPKvittering.json');
  const title = /^Kvittering(er)?[: ]/.exec(mail.subject);
  if (copy !== null && title) return { kind: 'receipt', subject: title[1] === undefined ? receiptSubject(mail.subject) : null, copy };
  const own = ownAddresses.map(normaliseMailAddress).includes(normaliseMailAddress(mail.from.address));
  if (own && [...mail.to, ...mail.cc].some(({ emailAddress }) => isOfGateway(emailAddress))) return { kind: 'sent' };
  const header = attachmentNamed(mail, 'MemoHeader.json');
  if (header !== null && !own && isOfGateway(mail.from.address)) return { kind: 'received', header, info: attachmentNamed(mail, 'MemoHeaderInfo.json') };
  return { kind: 'ordinary' };
}

function isOfGateway(address: string): boolean {
  return parseGatewayAddress(address.trim()).kind === 'gateway-address';
}

/** "Kvittering: Indkaldelse til samtale – 3 leveret" → "Indkaldelse til samtale". */
function receiptSubject(title: string): string {
  return title.replace(/^Kvittering: */, '').replace(/ – [^–]*$/, '');
}

function attachmentNamed({ attachments }: ReadMail, name: string): string | null {
  return attachments.find((one) => one.kind === 'file' && one.name.toLowerCase() === name.toLowerCase())?.id ?? null;
}
