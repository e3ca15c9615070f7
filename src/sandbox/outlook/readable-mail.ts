// What the server gives the page of a mail that is read; the page's own parts are in page/model/open-mail.ts.

/** A person or mailbox, as Outlook shows it. */
export interface ShownPerson {
  readonly displayName: string;
  readonly emailAddress: string;
}

export interface MailFile {
  readonly index: number;
  readonly name: string;
  /** MIME type as the mail says it. */
  readonly type: string;
  readonly bytes: number;
  /** Shown in the text. */
  readonly isInline: boolean;
  readonly contentId: string | null;
}

export interface MailForReading {
  readonly from: ShownPerson;
  readonly replyTo: readonly ShownPerson[];
  readonly to: readonly ShownPerson[];
  readonly cc: readonly ShownPerson[];
  readonly bcc: readonly ShownPerson[];
  readonly subject: string;
  readonly messageId: string;
  readonly references: string;
  /** The header fields as they came. */
  readonly headers: string;
  readonly html: string | null;
  readonly text: string;
  readonly files: readonly MailFile[];
  /** The gateway's own links in it, for nothing in the mail itself can be followed. */
  readonly links: readonly { readonly path: string; readonly text: string }[];
}
