import { createHash, randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { NamedAddress } from './outlook-user.ts';

/** A mail as the page hands it over for sending. */
export interface WrittenMail {
  readonly from: NamedAddress;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly bcc: readonly NamedAddress[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Of its own, and those that the add-in set. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Message-ID of the mail answered; "" for none. */
  readonly inReplyTo: string;
  readonly references: string;
  readonly files: readonly WrittenFile[];
}

export interface WrittenFile {
  readonly name: string;
  /** MIME type; "": by the name. */
  readonly type: string;
  /** By which the HTML shows it; null for an attachment. */
  readonly contentId: string | null;
  readonly content: Buffer;
}

/** A mail as Exchange would hand it over, and as it lies under Sendt post. */
export interface MailBytes {
  readonly messageId: string;
  /** Without Bcc: those on it stand in the envelope alone. */
  readonly sent: Buffer;
  readonly kept: Buffer;
}

/** Who a mail goes to, by its envelope; each once. */
export function envelopeOf({ to, cc, bcc }: WrittenMail): readonly string[] {
  return [...new Map([...to, ...cc, ...bcc].map(({ address }) => [address.toLowerCase(), address])).values()];
}

/** Writes a mail (RFC 5322): text and HTML, pictures within, files beside. */
export async function bytesOfMail(mail: WrittenMail): Promise<MailBytes> {
  const messageId = `<${randomUUID()}@${mail.from.address.split('@')[1] ?? 'outlook.sandbox'}>`;
  const date = new Date();
  const written = async (bcc: readonly NamedAddress[]): Promise<Buffer> => await compiled(mail, { messageId, date, bcc }).build();
  return { messageId, sent: await written([]), kept: await written(mail.bcc) };
}

interface Stamp {
  readonly messageId: string;
  readonly date: Date;
  readonly bcc: readonly NamedAddress[];
}

function compiled(mail: WrittenMail, { messageId, date, bcc }: Stamp): ReturnType<MailComposer['compile']> {
  const addresses = (list: readonly NamedAddress[]) => list.map(({ name, address }) => ({ name: name === address ? '' : oneLine(name), address: oneLine(address) }));
  const composer = new MailComposer({
    from: addresses([mail.from]),
    ...(mail.to.length > 0 && { to: addresses(mail.to) }),
    ...(mail.cc.length > 0 && { cc: addresses(mail.cc) }),
    ...(bcc.length > 0 && { bcc: addresses(bcc) }),
    subject: oneLine(mail.subject),
    text: mail.text,
    html: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>${mail.html}</body></html>`,
    messageId,
    date,
    ...(mail.inReplyTo !== '' && { inReplyTo: oneLine(mail.inReplyTo), references: oneLine(`${mail.references} ${mail.inReplyTo}`.trim()) }),
    headers: mail.headers.map(({ name, value }) => ({ key: oneLine(name), value: oneLine(value) })),
    attachments: mail.files.map(({ name, type, contentId, content }) => ({
      filename: oneLine(name), content, contentTransferEncoding: 'base64' as const,
      ...(type !== '' && { contentType: oneLine(type) }), ...(contentId !== null && { cid: oneLine(contentId), contentDisposition: 'inline' as const }),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
  });
  const root = composer.compile();
  root.keepBcc = bcc.length > 0;
  return root;
}

/** Nothing in a name, subject or value may begin a header field of its own. */
function oneLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f]+/g, ' ').trim();
}
