import { createHash } from 'node:crypto';
import type { NoteLanguage, ReleaseNote } from '../../domain/release-notes.ts';
import { newsWords } from './news-words.ts';
import { escapeText } from './plain-page.ts';

/** Where a note stands on the page. */
export function newsUrl(publicUrl: string, language: NoteLanguage, noteId = ''): string {
  const place = noteId === '' ? '' : `#${noteId}`;
  return `${publicUrl.replace(/\/+$/, '')}/nyheder${language === 'da' ? '' : `?sprog=${language}`}${place}`;
}

/** Where the feed is. */
export function feedUrl(publicUrl: string, language: NoteLanguage): string {
  return `${publicUrl.replace(/\/+$/, '')}/nyheder/feed.atom${language === 'da' ? '' : `?sprog=${language}`}`;
}

/**
 * The notes as an Atom feed (RFC 4287) in one language. Ids come from the notes alone: they stay when the gateway moves, and
 * every gateway gives the same note the same one.
 */
export function newsFeed(notes: readonly ReleaseNote[], { language, publicUrl }: { readonly language: NoteLanguage; readonly publicUrl: string }): string {
  const words = newsWords[language];
  const newest = notes[0]?.date ?? '2026-11-25';
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${uuidOf(`feed ${language}`)}</id>`,
    `<title>${escapeText(words.title)} – Digital Post i Outlook</title>`,
    `<updated>${momentOf(newest)}</updated>`,
    '<author><name>Digital Post i Outlook</name></author>',
    `<link rel="self" type="application/atom+xml" href="${escapeText(feedUrl(publicUrl, language))}"/>`,
    `<link rel="alternate" type="text/html" hreflang="${language}" href="${escapeText(newsUrl(publicUrl, language))}"/>`,
    ...notes.map((note) => entryOf(note, language, publicUrl)),
    '</feed>',
    '',
  ].join('\n');
}

function entryOf({ id, date, component, words }: ReleaseNote, language: NoteLanguage, publicUrl: string): string {
  const { title, text } = words[language];
  return [
    '<entry>',
    `<id>${uuidOf(`note ${id} ${language}`)}</id>`,
    `<title>${escapeText(title)}</title>`,
    `<published>${momentOf(date)}</published>`,
    `<updated>${momentOf(date)}</updated>`,
    `<category term="${component}" label="${escapeText(newsWords[language].components[component])}"/>`,
    `<link rel="alternate" type="text/html" href="${escapeText(newsUrl(publicUrl, language, id))}"/>`,
    `<content type="text">${escapeText(text)}</content>`,
    '</entry>',
  ].join('\n');
}

/** Noon, so that it is that day all over Europe. */
function momentOf(date: string): string {
  return `${date}T12:00:00Z`;
}

/** A name-based UUID (RFC 9562 5.5) in a space of its own. */
function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `urn:uuid:${bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

const NAME_SPACE = Buffer.from('5d0f0c4e3a0b4f6fa3a6c1d27a4e9b10', 'hex');
