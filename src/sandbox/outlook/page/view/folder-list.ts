import type { FolderName, FolderRow, Folders } from '../server/mailbox-server.ts';
import type { NamedAddress } from '../outlook-facts.ts';
import { element } from '../element.ts';
import { icon, type IconName } from './icons.ts';

export const FOLDERS: readonly { readonly name: FolderName; readonly text: string; readonly icon: IconName }[] = [
  { name: 'inbox', text: 'Indbakke', icon: 'inbox' },
  { name: 'drafts', text: 'Kladder', icon: 'draft' },
  { name: 'sent', text: 'Sendt post', icon: 'sent' },
];

export interface FolderNavParts {
  readonly mailbox: NamedAddress;
  readonly others: readonly NamedAddress[];
  readonly newMail: () => void;
  readonly open: (folder: FolderName) => void;
}

/** Folders of the mailbox, and the user's other mailboxes. */
export function folderNav({ mailbox, others, newMail, open }: FolderNavParts): { readonly element: HTMLElement; show(folders: Folders, current: FolderName): void } {
  const list = element('ul', {});
  const nav = element('nav', { class: 'folders', 'aria-label': 'Mapper' },
    element('button', { type: 'button', class: 'primary new-mail', onclick: newMail }, icon('mail'), 'Ny mail'),
    element('h2', { title: mailbox.address }, mailbox.address), list,
    others.length === 0 ? null : element('h2', {}, 'Andre postkasser'),
    element('ul', {}, ...others.map(({ address }) => element('li', {}, element('a', { href: `/outlook/?mailbox=${encodeURIComponent(address)}`, title: address }, address)))));
  return {
    element: nav,
    show: (folders, current) => list.replaceChildren(...FOLDERS.map(({ name, text, icon: sign }) => element('li', {},
      element('button', { type: 'button', 'data-key': name, 'aria-current': name === current ? 'page' : null, onclick: () => open(name) },
        icon(sign), element('span', { class: 'grow' }, text), countOf(name, folders[name]))))),
  };
}

/** How many are unread, or unfinished; sent mails are not counted. */
function countOf(folder: FolderName, rows: readonly FolderRow[]): HTMLElement | null {
  const count = folder === 'inbox' ? rows.filter(({ unread }) => unread).length : folder === 'drafts' ? rows.length : 0;
  return count === 0 ? null : element('span', { class: 'count' }, String(count), element('span', { class: 'hidden' }, folder === 'inbox' ? ' ulæste' : ''));
}

const DAY = new Intl.DateTimeFormat('da-DK', { day: 'numeric', month: 'short' });
const CLOCK = new Intl.DateTimeFormat('da-DK', { hour: '2-digit', minute: '2-digit' });

/** The mails of a folder, newest first. */
export function mailList(
  { folder, rows, chosen, open }: { readonly folder: FolderName; readonly rows: readonly FolderRow[]; readonly chosen: string | null; readonly open: (row: FolderRow) => void },
): HTMLElement {
  const title = FOLDERS.find(({ name }) => name === folder)?.text ?? '';
  return element('section', { class: 'mail-list', 'aria-label': title },
    element('h2', {}, title),
    rows.length === 0 ? element('p', { class: 'quiet' }, 'Her er ingen mails.') : element('ul', {}, ...rows.map((row) => element('li', {},
      element('button', { type: 'button', 'data-key': row.id, class: row.unread === true ? 'unread' : null, 'aria-current': row.id === chosen ? 'true' : null, onclick: () => open(row) },
        element('span', { class: 'who' }, folder === 'inbox' ? nameIn(row.from ?? '') : nameIn(row.to) || '(ingen modtager)'),
        element('time', { datetime: row.receivedAt }, shownTime(row.receivedAt)),
        element('span', { class: 'subject' }, row.subject || '(uden emne)'), row.unread === true ? element('span', { class: 'hidden' }, 'Ulæst') : null)))));
}

function shownTime(iso: string): string {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString() ? CLOCK.format(at) : DAY.format(at);
}

/** "Name <address>, …" without the addresses. */
function nameIn(line: string): string {
  return line.replace(/"?([^"<>,]+?)"?\s*<[^<>]*>/g, '$1').trim();
}
