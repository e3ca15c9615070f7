/**
 * What an e-mail holds, once read. Values only: made by `parse-mail`, judged and converted elsewhere.
 */

/** One mailbox in an address header. */
export interface MailAddress {
  /** The display name, decoded, NFC; "" when there is none. */
  readonly name: string;
  /** The addr-spec as written (letter case kept), e.g. "Jens@kommune.example"; "" when the field holds none. */
  readonly address: string;
}

/** One header field. The first colon ends the name; folding is taken out of the value, encoded words are not. */
export interface HeaderField {
  /** Lower case, without the blanks that an obsolete writer put before the colon. */
  readonly name: string;
  /** The unfolded value, trimmed. Raw 8-bit signs are read as UTF-8 where they are valid, else as windows-1252. */
  readonly value: string;
}

/** The text that is the mail's body, where the mail has one. */
export interface MailText {
  readonly text: string;
  /** RFC 3676 `format=flowed`: a line that ends in a blank goes on in the next. */
  readonly flowed: boolean;
  /** RFC 3676 `delsp=yes`: the blank at a soft line end is taken out. */
  readonly delSp: boolean;
}

/** An image that the HTML body shows by `cid:`. */
export interface InlineImage {
  /** Without angle brackets, as the mail wrote it; compare without letter case. */
  readonly contentId: string;
  /** MIME type, lower case. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One file of the mail. `T` is what the sink's writer gave back from `end()`. */
export interface ParsedAttachment<T = unknown> {
  /** Its place among the attachments, from 0, in the order of the mail. */
  readonly index: number;
  /** Decoded, NFC, and not repaired: it may hold slashes, control signs and tricks. "" when the mail gave none. */
  readonly name: string;
  /** MIME type that the mail claimed, lower case, without parameters. */
  readonly declaredType: string;
  /** Without angle brackets; null when there is none. */
  readonly contentId: string | null;
  readonly disposition: 'attachment' | 'inline' | null;
  /** True for an image that the HTML shows: it is among `inlineImages` and was never handed to the sink. */
  readonly usedInBody: boolean;
  /** Size after transfer decoding. */
  readonly bytes: number;
  /** Came out of a winmail.dat. */
  readonly fromTnef: boolean;
  /** Is a winmail.dat that could not be unpacked. */
  readonly unreadableTnef: boolean;
  /** Null when `usedInBody`. */
  readonly facts: T | null;
}

/** A calendar among the parts of the mail; it is one of the attachments too, but for a meeting in a winmail.dat. */
export interface CalendarPart {
  /** Its index among the attachments; null for the meeting of a winmail.dat, written as a calendar. */
  readonly index: number | null;
  /** True where it is a form of the body, not a file that somebody attached. */
  readonly inBody: boolean;
  readonly disposition: ParsedAttachment['disposition'];
  /** Parameters of its Content-Type, as written; null when there are none. */
  readonly method: string | null;
  readonly charset: string | null;
  /** Null when it is larger than a calendar may be. */
  readonly bytes: Uint8Array | null;
}

/** A mail, read. */
export interface ParsedMail<T = unknown> {
  /** All header fields of the mail itself, in order. */
  readonly headers: readonly HeaderField[];
  readonly from: { readonly headerCount: number; readonly addresses: readonly MailAddress[] };
  readonly sender: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  /** Decoded, NFC, one line; "" when there is none. */
  readonly subject: string;
  /** With its angle brackets, as written; null when there is none. */
  readonly messageId: string | null;
  readonly date: Date | null;
  /** An Auto-Submitted header with any value but "no" (RFC 3834). */
  readonly autoSubmitted: boolean;
  readonly receivedCount: number;
  /** Hex SHA-256 over everything but trace headers; see `content-key`. */
  readonly contentKey: string;
  /** The plain text, also where there is HTML beside it. */
  readonly text: MailText | null;
  /** The HTML; where it is not null it counts alone. Text parts outside an alternative are part of it. */
  readonly html: string | null;
  readonly inlineImages: readonly InlineImage[];
  readonly attachments: readonly ParsedAttachment<T>[];
  /** Those attachments that are calendars (iCalendar), in the order of the mail. */
  readonly calendars: readonly CalendarPart[];
  readonly signed: 'none' | 'detached' | 'opaque';
  /** What was mended or guessed while reading, English, for the log; holds nothing of the content. */
  readonly warnings: readonly string[];
}
