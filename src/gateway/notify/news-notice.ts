import { releaseNotes, type NoteLanguage, type ReleaseNote } from '../../domain/release-notes.ts';
import type { NoticeBlock } from './notice-page.ts';
import type { NoticeMail } from './refusal-notice.ts';

export interface NewsAsked {
  /** Ids of the notes, newest first. */
  readonly notes: readonly string[];
  /** Where all news stand. */
  readonly newsUrl: string;
  readonly leaveUrl: string;
  readonly helpContact: string;
}

/** What is new, in Danish and English, for whoever has signed up. Throws for a note that this version does not know: a later one sends it. */
export function newsMail({ notes: ids, newsUrl, leaveUrl, helpContact }: NewsAsked): NoticeMail {
  const notes = ids.map(noteOf);
  const [first] = notes;
  if (!first) throw new Error('a mail of news without news');
  const subject = notes.length === 1 ? `Nyt i Digital Post: ${first.words.da.title}` : `Nyt i Digital Post: ${first.words.da.title} og ${notes.length - 1} mere`;
  const blocks: readonly NoticeBlock[] = [
    ...notes.flatMap((note) => blocksOf(note, 'da')),
    { kind: 'link', text: 'Alle nyheder', url: newsUrl },
    { kind: 'heading', text: 'In English', language: 'en' },
    ...notes.flatMap((note) => blocksOf(note, 'en')),
    { kind: 'paragraph', text: 'Du får mailen, fordi du har tilmeldt dig. – You get this mail because you have signed up.', small: true },
    { kind: 'link', text: 'Frameld – Leave', url: leaveUrl },
  ];
  return { subject, page: { title: subject, heading: 'Nyt i Digital Post i Outlook', blocks, helpContact } };
}

function noteOf(id: string): ReleaseNote {
  const note = releaseNotes.find((one) => one.id === id);
  if (!note) throw new Error('a mail of news about a note that this version does not have');
  return note;
}

function blocksOf({ words }: ReleaseNote, language: NoteLanguage): readonly NoticeBlock[] {
  const { title, text } = words[language];
  const foreign = language === 'en' ? ({ language } as const) : {};
  return [{ kind: 'heading', text: title, ...foreign }, { kind: 'paragraph', text, ...foreign }];
}

/**
 * Fields of a mail to many: leaving by a press in the mail program (RFC 2369, RFC 8058), and that a program wrote it, unasked
 * (RFC 3834), so that no absence message answers it.
 */
export function newsHeaders(leaveUrl: string): readonly { readonly name: string; readonly value: string }[] {
  return [
    { name: 'List-Unsubscribe', value: `<${leaveUrl}>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    { name: 'Auto-Submitted', value: 'auto-generated' },
    { name: 'X-Auto-Response-Suppress', value: 'All' },
  ];
}
