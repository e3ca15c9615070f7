import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A mail that we write: a receipt, a refusal, a notice, or a delivered message. */
export interface OutgoingMail {
  readonly from: OutgoingAddress;
  readonly to: readonly OutgoingAddress[];
  /** Absent: nobody. */
  readonly cc?: readonly OutgoingAddress[];
  readonly subject: string;
  /** Null when the mail has no such body. */
  readonly text: string | null;
  readonly html: string | null;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly date: Date;
  /** Message-ID of the mail that this answers, with its angle brackets; null when it answers none. */
  readonly inReplyTo: string | null;
  /** True for what a program writes to a person's mail: marked so that no other program answers (RFC 3834 5). */
  readonly autoReplied: boolean;
  readonly attachments: readonly OutgoingFile[];
  /** A mail attached whole, as message/rfc822; null when there is none. */
  readonly original: { readonly name: string; readonly bytes: Uint8Array } | null;
  /** More header fields, names as written; a field that the rest sets is not set here. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** A mailbox to write to or from. */
export interface OutgoingAddress {
  readonly name: string;
  readonly address: string;
}

/** A file to attach. */
export interface OutgoingFile {
  readonly name: string;
  /** Null: by the name. */
  readonly type: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Writes a mail: multipart/alternative of text and HTML, files beside it, lines ended by CRLF.
 * @returns the RFC 5322 bytes. Control signs in subject, names and header values become blanks, so that none of them
 *   can begin a header field.
 */
export function composeMail(mail: OutgoingMail): Promise<Buffer> {
  return compiled(mail).build();
}

/** As `composeMail`, but piece by piece, so that a mail with large files is never held whole. */
export function composeMailPieces(mail: OutgoingMail): AsyncIterable<Buffer> {
  return compiled(mail, flowing).createReadStream();
}

function compiled(mail: OutgoingMail, contentOf = wholeContent): ReturnType<MailComposer['compile']> {
  const composer = new MailComposer({
    from: outgoingAddress(mail.from),
    to: mail.to.map(outgoingAddress),
    ...(mail.cc === undefined || mail.cc.length === 0 ? {} : { cc: mail.cc.map(outgoingAddress) }),
    subject: oneLine(mail.subject),
    ...(mail.text === null ? {} : { text: withLineFeeds(mail.text) }),
    ...(mail.html === null ? {} : { html: withLineFeeds(mail.html) }),
    messageId: oneLine(mail.messageId),
    date: mail.date,
    ...(mail.inReplyTo === null ? {} : { inReplyTo: oneLine(mail.inReplyTo), references: oneLine(mail.inReplyTo) }),
    headers: outgoingHeaders(mail),
    attachments: [...mail.attachments.map((file) => outgoingFile(file, contentOf(file))), ...originalFile(mail)],
    // Neither files nor URLs are read, whatever a text says.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
    // Written again, the mail is the same, byte for byte, so that a mail server knows a repeated hand-over.
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
  });
  return composer.compile();
}

function outgoingAddress({ name, address }: OutgoingAddress): { name: string; address: string } {
  return { name: oneLine(name), address: oneLine(address) };
}

function outgoingHeaders(mail: OutgoingMail): { key: string; value: string }[] {
  const marks = mail.autoReplied
    ? [
        { key: 'Auto-Submitted', value: 'auto-replied' },
        { key: 'X-Auto-Response-Suppress', value: 'All' },
      ]
    : [];
  return [...marks, ...mail.headers.map(({ name, value }) => ({ key: oneLine(name), value: oneLine(value) }))];
}

function outgoingFile({ name, type }: OutgoingFile, content: Buffer | Readable) {
  // Base64 also for text: quoted-printable would rewrite its line ends.
  const contentType = type === null ? {} : { contentType: oneLine(type) };
  return { filename: oneLine(name), ...contentType, content, contentTransferEncoding: 'base64' as const };
}

function wholeContent({ bytes }: OutgoingFile): Buffer | Readable {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const PIECE_BYTES = 65_536;

/** A file's bytes piece by piece: given whole, the library would make one text of all of its base64. */
function flowing({ bytes }: OutgoingFile): Readable {
  return Readable.from(piecesOf(bytes));
}

function* piecesOf(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(PIECE_BYTES, bytes.length - at));
  }
}

function originalFile(mail: OutgoingMail) {
  if (mail.original === null) return [];
  const { name, bytes } = mail.original;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isEightBit = content.some((byte) => byte > 0x7f);
  // message/rfc822 may not be encoded (RFC 2046 5.2.1).
  const contentTransferEncoding = isEightBit ? ('8bit' as const) : ('7bit' as const);
  const contentDisposition = 'attachment' as const;
  return [{ filename: oneLine(name), contentType: 'message/rfc822', content, contentTransferEncoding, contentDisposition }];
}

/** A bare CR would go out as it is, and one server or another takes it for a line end. */
function withLineFeeds(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n');
}

/** Control signs and Unicode's line ends become blanks; half of a surrogate pair becomes the replacement sign. */
function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
