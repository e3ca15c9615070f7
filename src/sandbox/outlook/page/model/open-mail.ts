import type { MailForReading } from '../../readable-mail.ts';
import type { InfoBarLine } from './draft.ts';

/** A mail as the page has it: what the server read, and where it lies. */
export interface ReadableMail extends MailForReading {
  readonly id: string;
  readonly folder: 'inbox' | 'sent';
  /** ISO 8601. */
  readonly at: string;
  /** Where its parts are fetched from, e.g. "…/html", "…/files/0", "…/mail.eml". */
  readonly url: string;
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
