import type { OpenMail } from '../model/open-mail.ts';
import { shownRecipient } from '../model/recipient.ts';
import { element } from '../element.ts';
import { sizeText } from './compose-window.ts';
import { icon } from './icons.ts';
import { infoBar } from './info-bar.ts';
import type { InfoBarLine } from '../model/draft.ts';

export interface ReadingParts {
  readonly open: OpenMail;
  readonly reply: () => void;
  readonly forward: () => void;
  readonly paneButton: HTMLElement | null;
  readonly openPane: (action: NonNullable<InfoBarLine['action']>) => void;
}

const TIME = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeStyle: 'short' });

/** A mail, read: who, what, its text in a frame of its own where nothing runs, and its files. */
export function readingPane({ open, reply, forward, paneButton, openPane }: ReadingParts): HTMLElement {
  const { mail } = open;
  const bar = infoBar({ lines: () => [...open.infoBar.values()], dismiss: (key) => void open.removeInfoBarLine(key), act: openPane });
  open.onInfoBar(bar.show);
  const files = mail.files.filter(({ isInline }) => !isInline);
  return element('section', { class: 'reading card', 'aria-label': 'Mail' },
    element('div', { class: 'reading-head' },
      element('button', { type: 'button', class: 'plain', onclick: reply }, icon('reply'), 'Besvar'),
      element('button', { type: 'button', class: 'plain', onclick: forward }, icon('forward'), 'Videresend'),
      element('span', { class: 'grow' }), paneButton),
    bar.element,
    element('h2', {}, mail.subject || '(uden emne)'),
    element('p', { class: 'people' }, element('strong', {}, shownRecipient(mail.from)), ` ${mail.from.displayName === mail.from.emailAddress ? '' : mail.from.emailAddress}`,
      element('br'), element('span', { class: 'quiet' }, `Modtagere: ${[...mail.to, ...mail.cc].map(shownRecipient).join('; ')}`),
      element('br'), element('time', { class: 'quiet', datetime: mail.at }, TIME.format(new Date(mail.at)))),
    files.length === 0 ? null : element('ul', { class: 'files', 'aria-label': 'Filer' }, ...files.map(({ index, name, bytes }) => element('li', { class: 'file' }, icon('file'),
      element('a', { href: `${mail.url}/files/${index}`, download: name }, name), element('span', { class: 'quiet' }, sizeText(bytes))))),
    mail.links.length === 0 ? null : element('ul', { class: 'mail-links', 'aria-label': 'Links i mailen' },
      ...mail.links.map(({ path, text }) => element('li', {}, element('a', { href: path, target: '_blank', rel: 'noopener' }, text)))),
    mail.html === null ? element('pre', { class: 'mail-text', tabindex: '0' }, mail.text)
      : element('iframe', { class: 'mail-frame', title: 'Mailens tekst', sandbox: '', src: `${mail.url}/html` }));
}
