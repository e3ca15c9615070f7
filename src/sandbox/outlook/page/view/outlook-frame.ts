import type { OutlookFacts } from '../outlook-facts.ts';
import type { FolderName, FolderRow, Folders } from '../server/mailbox-server.ts';
import { element } from '../element.ts';
import { folderNav, mailList } from './folder-list.ts';

export interface FrameActs {
  readonly newMail: () => void;
  readonly openFolder: (folder: FolderName) => void;
  readonly openRow: (row: FolderRow) => void;
}

/** How long a message to the person stands, in milliseconds. */
const MESSAGE_STANDS_MS = 8_000;

/** The page: Outlook's head, the folders, the list, and room for a mail and for the pane. */
export class OutlookFrame {
  readonly element: HTMLElement;
  readonly #acts: FrameActs;
  readonly #nav: ReturnType<typeof folderNav>;
  readonly #list = element('div', { class: 'list-place' });
  readonly #stage = element('div', { class: 'stage' });
  readonly #pane = element('div', { class: 'pane-place' });
  readonly #message = element('p', { class: 'message', role: 'status' });
  #messageClock: ReturnType<typeof setTimeout> | undefined;

  constructor(facts: OutlookFacts, acts: FrameActs) {
    this.#acts = acts;
    const others = facts.senders.filter(({ address }) => address !== facts.mailbox.address);
    this.#nav = folderNav({ mailbox: facts.mailbox, others, newMail: acts.newMail, open: acts.openFolder });
    const initials = facts.user.name.split(/\s+/).map((word) => word.charAt(0)).join('').slice(0, 2).toUpperCase();
    this.element = element('div', { class: 'outlook-app' },
      element('section', { class: 'outlook-head', 'aria-label': 'Hoved' }, element('h1', {}, 'Outlook'), element('span', { class: 'grow' }),
        element('span', { class: 'user-name' }, facts.user.name), element('span', { class: 'user', 'aria-hidden': 'true' }, initials)),
      element('main', { class: 'outlook-main' }, this.#nav.element, this.#list, this.#stage, this.#pane),
      this.#message);
  }

  showFolders(folders: Folders, { folder, chosen }: { readonly folder: FolderName; readonly chosen: string | null }): void {
    // Whoever stands in a list stays there when it is shown anew.
    const key = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
    this.#nav.show(folders, folder);
    this.#list.replaceChildren(mailList({ folder, rows: folders[folder], chosen, open: this.#acts.openRow }));
    if (key !== undefined) this.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  showCompose(compose: HTMLElement): void {
    this.element.dataset['showing'] = 'compose';
    this.#stage.replaceChildren(compose);
  }

  showReading(reading: HTMLElement): void {
    this.element.dataset['showing'] = 'read';
    this.#stage.replaceChildren(reading);
    // Where all stands in one column, what was pressed for must not stay below.
    if (getComputedStyle(this.#stage.parentElement ?? this.#stage).flexDirection === 'column') this.#stage.scrollIntoView();
  }

  showNothing(): void {
    this.element.dataset['showing'] = 'none';
    this.#stage.replaceChildren(element('p', { class: 'quiet nothing' }, 'Vælg en mail, eller skriv en ny.'));
  }

  /** To the text of the mail that is open. */
  focusMail(): void {
    this.#stage.querySelector<HTMLElement>('.message-body, .mail-text, .mail-frame')?.focus();
  }

  showPane(pane: HTMLElement | null): void {
    this.#pane.replaceChildren(...(pane ? [pane] : []));
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.element.dataset['theme'] = theme;
  }

  /** Tells the person something, and those who listen. */
  say(text: string): void {
    clearTimeout(this.#messageClock);
    this.#message.textContent = text;
    this.#messageClock = setTimeout(() => {
      this.#message.textContent = '';
    }, MESSAGE_STANDS_MS);
  }
}
