import { createHash } from 'node:crypto';
import type { MeetingReservation } from '../domain/meeting-reservation.ts';
import { labelFromSubject } from '../domain/subject-label.ts';
import { instantsOf } from './calendar-times.ts';
import type { Meeting, MeetingSpan } from './meeting.ts';
import { recurrenceInWords } from './recurrence-words.ts';

/**
 * The reservation of a meeting; of a series, of the first meeting that has not ended.
 * @returns null for what is no meeting to come to: cancellations, answers, proposals, and a series with none left
 */
export function reservationOf(meeting: Meeting, now: Date): MeetingReservation | null {
  const span = bookableSpan(meeting);
  if (span === null) return null;
  const { summary, organizer, series } = meeting;
  const { startMs, endMs } = instantsOf(span);
  const isOver = series !== null && endMs <= now.getTime();
  if (isOver) return null;
  const title = summary === '' ? 'Møde' : summary;
  return {
    label: 'Opret aftale i kalender',
    description: labelFromSubject([title, ...aboutOf(meeting)].join('. ')),
    reservationUuid: reservationUuidOf(meeting),
    abstract: labelFromSubject(title),
    location: placeOf(meeting),
    start: new Date(startMs).toISOString(),
    end: new Date(endMs).toISOString(),
    organizerMail: organizer === null || !/^[^\s@]+@[^\s@]{1,255}$/.test(organizer.address) ? null : shortText(organizer.address),
    organizerName: organizer === null || organizer.name === '' ? null : labelFromSubject(organizer.name),
  };
}

function bookableSpan({ method, span, series }: Meeting): MeetingSpan | null {
  if (method !== 'request' && method !== 'publish' && method !== 'add') return null;
  return series?.next[0] ?? (series === null ? span : null);
}

/** The rule, since the reservation is of one meeting alone, and the beginning of the invitation's own text. */
function aboutOf({ series, span, description }: Meeting): readonly string[] {
  const words = series && span && recurrenceInWords(series, span);
  // Programs part their own advertisement from the text by a line.
  const text = description.slice(0, 2_000).replace(/[-_*=~.\s]{8,}[^]*$/, '').trim();
  return [...(words ? [`Gentages ${words}`] : []), ...(text === '' ? [] : [text])];
}

/** Not empty, for MeMo demands a place. */
function placeOf({ location, link }: Meeting): string {
  if (location !== '') return labelFromSubject(location);
  if (link === null) return 'Ikke oplyst';
  return link.length <= textCharactersMax ? link : 'Online';
}

const textCharactersMax = 256;

function shortText(text: string): string {
  return text.slice(0, textCharactersMax);
}

/** Hashed, so that an update names the reservation it replaces without anybody's keeping a table. */
function reservationUuidOf({ uid, instance, summary, organizer, span }: Meeting): string {
  const which = uid === '' ? ['', summary, organizer?.address ?? '', startOf(span)] : [uid, startOf(instance)];
  const hash = createHash('sha256').update(['postbro reservation', ...which].join('\0')).digest('hex');
  const variant = '89ab'[parseInt(hash.charAt(16), 16) % 4] ?? '8';
  return [
    hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`, `${variant}${hash.slice(17, 20)}`, hash.slice(20, 32),
  ].join('-');
}

function startOf(span: MeetingSpan | null): string {
  if (span === null) return '';
  return span.kind === 'all-day' ? span.firstDay : span.start.toISOString();
}
