import { recipientFields, type Recipient, type RecipientField } from './recipient.ts';

export interface DraftFile {
  readonly id: string;
  readonly name: string;
  /** MIME type; "" for an unknown one. */
  readonly type: string;
  readonly content: Blob;
  readonly isInline: boolean;
  /** By which the body names it (`cid:`); null for what the body does not show. */
  readonly contentId: string | null;
}

/** A line in the info bar above a draft, put there by an add-in. */
export interface InfoBarLine {
  readonly key: string;
  readonly message: string;
  /** ItemNotificationMessageType: 0 information, 1 progress, 2 error, 3 insight. */
  readonly type: number;
  readonly icon: string | null;
  readonly persistent: boolean;
  /** What stands at its end, and the pane's button that it presses; null for none. */
  readonly action: { readonly text: string; readonly commandId: string; readonly contextData: string | null } | null;
}

export type DraftChange =
  | { readonly kind: 'recipients'; readonly fields: readonly RecipientField[] }
  | { readonly kind: 'attachments'; readonly status: 'added' | 'removed'; readonly file: DraftFile }
  | { readonly kind: 'from' | 'subject' | 'body' | 'infoBar' | 'headers' };

/** Which mail a draft answers or passes on. */
export interface DraftOrigin {
  readonly composeType: 'newMail' | 'reply' | 'forward';
  /** Message-ID of the mail answered, and what its References said; "" for none. */
  readonly inReplyTo: string;
  readonly references: string;
}

export const newMail: DraftOrigin = { composeType: 'newMail', inReplyTo: '', references: '' };

/** A mail that is being written: what Outlook holds, and what every view and add-in sees. Tells of each change. */
export class Draft {
  readonly origin: DraftOrigin;
  readonly infoBar = new Map<string, InfoBarLine>();
  readonly headers = new Map<string, string>();
  readonly sessionData = new Map<string, string>();
  customProperties: Readonly<Record<string, unknown>> = {};
  /** As it is named among the kept drafts; null before it is kept. */
  savedId: string | null = null;
  #from: Recipient;
  #subject = '';
  #bodyHtml = '';
  readonly #recipients: Record<RecipientField, readonly Recipient[]> = { to: [], cc: [], bcc: [] };
  #files: readonly DraftFile[] = [];
  readonly #listeners = new Set<(change: DraftChange) => void>();

  constructor(from: Recipient, origin: DraftOrigin = newMail) {
    this.#from = from;
    this.origin = origin;
  }

  get from(): Recipient { return this.#from; }
  get subject(): string { return this.#subject; }
  get bodyHtml(): string { return this.#bodyHtml; }
  get files(): readonly DraftFile[] { return this.#files; }
  recipients(field: RecipientField): readonly Recipient[] { return this.#recipients[field]; }
  get everyone(): readonly Recipient[] { return recipientFields.flatMap((field) => this.#recipients[field]); }

  onChange(listener: (change: DraftChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  setFrom(from: Recipient): void {
    if (from.emailAddress === this.#from.emailAddress) return;
    this.#from = from;
    this.#tell({ kind: 'from' });
  }

  setSubject(subject: string): void {
    if (subject === this.#subject) return;
    this.#subject = subject;
    this.#tell({ kind: 'subject' });
  }

  setBody(html: string): void {
    if (html === this.#bodyHtml) return;
    this.#bodyHtml = html;
    this.#tell({ kind: 'body' });
  }

  /** Writes some of the fields at once; one change is told of. */
  setRecipients(changed: Partial<Readonly<Record<RecipientField, readonly Recipient[]>>>): void {
    const fields = recipientFields.filter((field) => changed[field] !== undefined && !isSame(changed[field], this.#recipients[field]));
    for (const field of fields) this.#recipients[field] = [...(changed[field] ?? [])];
    if (fields.length > 0) this.#tell({ kind: 'recipients', fields });
  }

  addFile(file: DraftFile): void {
    this.#files = [...this.#files, file];
    this.#tell({ kind: 'attachments', status: 'added', file });
  }

  /** False where there is no such file. */
  removeFile(id: string): boolean {
    const file = this.#files.find((one) => one.id === id);
    if (!file) return false;
    this.#files = this.#files.filter((one) => one !== file);
    this.#tell({ kind: 'attachments', status: 'removed', file });
    return true;
  }

  setInfoBarLine(line: InfoBarLine): void {
    this.infoBar.set(line.key, line);
    this.#tell({ kind: 'infoBar' });
  }

  removeInfoBarLine(key: string): boolean {
    const removed = this.infoBar.delete(key);
    if (removed) this.#tell({ kind: 'infoBar' });
    return removed;
  }

  setHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) {
      this.#forgetHeader(name);
      this.headers.set(name, value);
    }
    this.#tell({ kind: 'headers' });
  }

  removeHeaders(names: readonly string[]): void {
    for (const name of names) this.#forgetHeader(name);
    this.#tell({ kind: 'headers' });
  }

  /** Letter case of a header's name does not count. */
  #forgetHeader(name: string): void {
    for (const kept of this.headers.keys()) if (kept.toLowerCase() === name.toLowerCase()) this.headers.delete(kept);
  }

  #tell(change: DraftChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

function isSame(some: readonly Recipient[], others: readonly Recipient[]): boolean {
  return some.length === others.length
    && some.every(({ displayName, emailAddress }, n) => displayName === others[n]?.displayName && emailAddress === others[n]?.emailAddress);
}
