/** Limits of reading one mail. Sources: reliability.md 2.2 row 6 and Postfix's defaults (postconf.5). */
export interface MailLimits {
  /** MIME parts in all, multiparts included, also those inside signed content. */
  readonly partsMax: number;
  /** Multiparts within one another. */
  readonly depthMax: number;
  /** One header block, of the mail or of a part. */
  readonly headerBytesMax: number;
  /** Fields of one header block, folded lines counted as one. */
  readonly headerFieldsMax: number;
  /** Length of a multipart's boundary in signs; Postfix mime_boundary_length_limit. */
  readonly boundaryLengthMax: number;
  /** Tokens in one address header; Postfix header_address_token_limit. */
  readonly addressTokensMax: number;
  /** Text and HTML of the body, decoded bytes in all. */
  readonly bodyBytesMax: number;
  /** Images held back until it is known whether the HTML shows them, in all. */
  readonly heldImageBytesMax: number;
  /** One winmail.dat. */
  readonly tnefBytesMax: number;
  /** One calendar that may be an invitation; a larger one is but a file. */
  readonly calendarBytesMax: number;
  /** Calendars that may be an invitation; further ones are but files. */
  readonly calendarsMax: number;
}

/** The limits that hold unless a caller says otherwise. */
export const defaultMailLimits: MailLimits = {
  partsMax: 5000,
  depthMax: 100,
  headerBytesMax: 1_000_000,
  headerFieldsMax: 2000,
  boundaryLengthMax: 2048,
  addressTokensMax: 10_240,
  bodyBytesMax: 10_000_000,
  heldImageBytesMax: 20_000_000,
  tnefBytesMax: 64_000_000,
  calendarBytesMax: 2_000_000,
  calendarsMax: 20,
};
