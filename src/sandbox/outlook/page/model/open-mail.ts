import type { InfoBarLine } from './draft.ts';
import type { Recipient } from './recipient.ts';

export interface MailFile {
  readonly index: number;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly isInline: boolean;
  readonly contentId: string | null;
}

/** A mail as the server gives it for reading. */
export interface ReadableMail {
  readonly id: string;
  readonly folder: 'inbox' | 'sent';
  readonly from: Recipient;
  readonly replyTo: readonly Recipient[];
  readonly to: readonly Recipient[];
  readonly cc: readonly Recipient[];
  readonly bcc: readonly Recipient[];
  readonly subject: string;
  /** ISO 8601. */
  readonly at: string;
  readonly messageId: string;
  readonly references: string;
  /** The header fields as they came. */
  readonly headers: string;
  readonly html: string | null;
  readonly text: string;
  readonly files: readonly MailFile[];
  /** Where its parts are fetched from, e.g. "…/html", "…/files/0", "…/mail.eml". */
  readonly url: string;
  /** The gateway's own links in it, for nothing in the mail itself can be followed. */
  readonly links: readonly { readonly path: string; readonly text: string }[];
}

/** A mail that is open for reading, with what add-ins put above it. */
export class OpenMail {
  readonly mail: ReadableMail;
  readonly infoBar = new Map<string, InfoBarLine>();
  customProperties: Readonly<Record<string, unknown>> = {};
  readonly #listeners = new Set<() => void>();

  constructor(mail: ReadableMail) {
    this.mail = mail;
  }

  onInfoBar(listener: () => void): void {
    this.#listeners.add(listener);
  }

  setInfoBarLine(line: InfoBarLine): void {
    this.infoBar.set(line.key, line);
    for (const listener of this.#listeners) listener();
  }

  removeInfoBarLine(key: string): boolean {
    const removed = this.infoBar.delete(key);
    if (removed) for (const listener of this.#listeners) listener();
    return removed;
  }
}
