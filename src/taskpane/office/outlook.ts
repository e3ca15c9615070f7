/** A person or mailbox in Til, Cc or Bcc, as Outlook holds it. */
export interface MailRecipient {
  readonly displayName: string;
  /** Empty, or an "/o=…" name of Exchange's own, where Outlook gives no address that can be read. */
  readonly emailAddress: string;
}

/** False where nobody can say who it is: such a recipient is left as it stands. A number that was typed says it, and stands again as it was. */
export function hasReadableAddress({ emailAddress }: MailRecipient): boolean {
  return (emailAddress.includes('@') && !emailAddress.startsWith('/')) || typedNumber.test(emailAddress);
}

const typedNumber = /^[\d .-]*\d[\d .-]*$/;

export const recipientFields = ['to', 'cc', 'bcc'] as const;
export type RecipientField = (typeof recipientFields)[number];

export interface ItemAttachment {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly isInline: boolean;
  /** `link`: a file in the cloud, of which only a link travels. `item`: a mail or a meeting. */
  readonly kind: 'file' | 'item' | 'link';
}

/** The mail that is being written, as Outlook holds it now. The body is asked for by itself, for it may be long. */
export interface Draft {
  readonly kind: 'draft';
  /** Null where the client does not tell (below Mailbox 1.7). */
  readonly from: { readonly address: string; readonly name: string } | null;
  readonly to: readonly MailRecipient[];
  readonly cc: readonly MailRecipient[];
  readonly bcc: readonly MailRecipient[];
  readonly subject: string;
  readonly attachments: readonly ItemAttachment[];
  /** The client does not tell what is attached (below Mailbox 1.8): `attachments` is empty, whatever there is. */
  readonly attachmentsUnknown?: boolean;
}

/** A mail that is being read. */
export interface ReadMail {
  readonly kind: 'read';
  readonly from: { readonly address: string; readonly name: string };
  readonly to: readonly MailRecipient[];
  readonly cc: readonly MailRecipient[];
  readonly subject: string;
  readonly sentAt: Date | null;
  readonly attachments: readonly ItemAttachment[];
  /** RFC 5322 Message-ID with its angle brackets; null where the client does not tell. */
  readonly messageId: string | null;
}

/** Nothing chosen, several mails chosen, or an item that is no mail. */
export interface NoItem {
  readonly kind: 'none';
}

export type Item = Draft | ReadMail | NoItem;

/** What is in a file: base64; or why it cannot be had. `emptied`: Outlook tells a size, and gives nothing. */
export type FileContent =
  | { readonly kind: 'content'; readonly base64: string }
  | { readonly kind: 'emptied' }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'unreadable' };

export interface ClientFacts {
  /** E.g. "OutlookWebApp", "Outlook", "newOutlookWindows", with its version. */
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  /** The language of the client, e.g. "da-DK". */
  readonly language: string;
  /** The highest Mailbox requirement set that it has, e.g. "1.12". */
  readonly mailboxSet: string;
  /** Whether it runs our Smart Alert (Mailbox 1.12). */
  readonly checksOnSend: boolean;
  /** "" where Outlook has not told, as this and the name. */
  readonly userAddress: string;
  readonly userName: string;
}

/** The fields of a draft that are to be otherwise, each whole. */
export type RecipientChange = Readonly<Partial<Record<RecipientField, readonly MailRecipient[]>>>;

/** A window of Outlook's own, in per cent of the screen. */
export interface DialogSize {
  readonly heightPercent: number;
  readonly widthPercent: number;
}

export type OutlookChange = 'recipients' | 'attachments' | 'item' | 'theme' | 'opened-from-alert';

/**
 * Outlook, as the pane uses it: the one way to Office.js. Every call is a promise; at most three are under way at a time,
 * writes one by one; each has a time limit. A failed call rejects with OutlookFailure. What a client lacks is answered as
 * an empty value, or left undone where `can` says so. The item in Outlook is the truth: whoever changes recipients reads
 * them first, and reads them again afterwards.
 */
export interface Outlook {
  readonly client: ClientFacts;
  readonly can: {
    /** Headers of the mail (Mailbox 1.8). */
    readonly headers: boolean;
    /** Read and add files (Mailbox 1.8). */
    readonly files: boolean;
    /** Values that follow the draft (Mailbox 1.11). */
    readonly draftState: boolean;
  };
  item(): Promise<Item>;
  /** The body as HTML; of a text mail, the text escaped. */
  bodyHtml(): Promise<string>;
  /**
   * Writes the whole body anew; Outlook may then hold it otherwise than it was written. Rejects with "not-html" where the mail
   * is plain text, and with "too-long".
   */
  setBodyHtml(html: string): Promise<void>;
  /**
   * Reads the draft, asks `change` what is to be otherwise, writes that, and reads again: what Outlook then holds, which
   * may be less than was written. Nothing else reads or writes recipients in between, so that two presses, one after the
   * other, never undo each other. Any number of recipients. Rejects with "no-draft", and with "unreadable-recipients" or
   * "too-many-to-read" where a field can only be added to. Where Outlook fails in the middle, whoever stood there and was to
   * stay is put back; the failure tells who could not be.
   */
  changeRecipients(change: (draft: Draft) => RecipientChange): Promise<Draft>;
  setSubject(subject: string): Promise<void>;
  fileContent(attachmentId: string): Promise<FileContent>;
  addFile(file: { readonly name: string; readonly base64: string }): Promise<void>;
  /** Rejects where the file is still there afterwards. */
  removeFile(attachmentId: string): Promise<void>;
  headers(names: readonly string[]): Promise<Readonly<Record<string, string>>>;
  setHeaders(headers: Readonly<Record<string, string>>): Promise<void>;
  removeHeaders(names: readonly string[]): Promise<void>;
  /** A value that follows this draft and no other; null where there is none. Never a CPR number: it is kept with the mail. */
  draftState(key: string): Promise<string | null>;
  setDraftState(key: string, value: string | null): Promise<void>;
  /** What the add-in keeps with the mailbox for the Smart Alert (at most 32 kB); nothing secret. */
  setMailboxState(state: Readonly<Record<string, unknown>>): Promise<void>;
  openDraft(to: readonly MailRecipient[]): Promise<void>;
  openUrl(url: string): void;
  /** Opens a page of ours in a window of Outlook's own: what the page says there, or null where somebody shuts it first. */
  openDialog(url: string, size: DialogSize): Promise<string | null>;
  /** What a Smart Alert asked to be shown, when it opened the pane; null otherwise. */
  openedFor(): Promise<string | null>;
  theme(): 'light' | 'dark' | 'high-contrast';
  onChange(listener: (change: OutlookChange) => void): () => void;
}

/** Somebody who was to stay in a field, and is lost. */
export interface LostRecipient {
  readonly field: RecipientField;
  readonly recipient: MailRecipient;
}

/** Outlook did not do what it was asked to. The code is Office.js's own, or ours: "timeout". */
export class OutlookFailure extends Error {
  override readonly name = 'OutlookFailure';
  readonly call: string;
  readonly code: string;
  /** Who is no longer in the draft because of it, as far as anybody can tell. */
  readonly lost: readonly LostRecipient[];

  constructor(call: string, code: string, lost: readonly LostRecipient[] = []) {
    super(`${call}: ${code}`);
    this.call = call;
    this.code = code;
    this.lost = lost;
  }
}
