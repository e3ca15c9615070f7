import type { CalendarPart, MailAddress, ParsedMail } from './mail.ts';
import type { Meeting } from './meeting.ts';
import { linkInText } from './online-meeting-link.ts';
import { readMeetings, type ReadCalendar } from './read-meetings.ts';

/** What the calendar parts of a mail make of it. */
export type Invitation =
  /** An ordinary mail; calendar files in it are files like any other. */
  | { readonly kind: 'none' }
  /** `parts` are the indexes of the attachments that are the invitation itself. */
  | { readonly kind: 'meetings'; readonly meetings: readonly Meeting[]; readonly parts: readonly number[] }
  | { readonly kind: 'unreadable'; readonly parts: readonly number[] };

/**
 * Tells whether a mail is an invitation to a meeting, its cancellation or an answer to one (RFC 5546, RFC 6047), and
 * reads it. It is when a calendar is a form of its body, or when a calendar file asks for something of its reader; a
 * calendar file that only publishes something is a file.
 * @param now decides which meetings of a series are to come
 */
export function readInvitation(mail: Pick<ParsedMail, 'calendars' | 'from' | 'subject' | 'html' | 'text'>, now: Date): Invitation {
  const read = mail.calendars.map((part) => ({ part, calendar: readPart(part, now) }));
  const ours = read.filter(({ part, calendar }) => isInvitation(part, calendar));
  if (ours.length === 0) return { kind: 'none' };
  const meetings = distinct(ours.flatMap(({ calendar }) => calendar?.meetings ?? []));
  if (meetings.length === 0) {
    return { kind: 'unreadable', parts: indexesOf(read.filter(({ calendar }) => calendar === null)) };
  }
  const uids = new Set(meetings.map(({ uid }) => uid));
  const copies = read.filter(({ calendar }) => calendar?.meetings.every(({ uid }) => uids.has(uid)));
  const parts = indexesOf([...ours, ...copies]);
  const [author = null] = mail.from.addresses;
  const link = linkInText(mail.html ?? mail.text?.text ?? '');
  return { kind: 'meetings', meetings: meetings.map((meeting) => completed(meeting, { author, link, subject: mail.subject })), parts };
}

function indexesOf(parts: readonly { readonly part: CalendarPart }[]): readonly number[] {
  const indexes = parts.map(({ part }) => part.index).filter((index) => index !== null);
  return [...new Set(indexes)].sort((a, b) => a - b);
}

function readPart({ bytes, charset, method }: CalendarPart, now: Date): ReadCalendar | null {
  return bytes === null ? null : readMeetings({ bytes, charset, method }, now);
}

function isInvitation({ inBody, method, disposition }: CalendarPart, calendar: ReadCalendar | null): boolean {
  const asks = (said: string | null) => said !== null && said !== '' && said.toLowerCase() !== 'publish';
  if (inBody) return true;
  if (calendar === null) return disposition !== 'attachment' && asks(method);
  return asks(calendar.method);
}

/** Programs send the same calendar twice, for readers that look in one place only; the first form counts. */
function distinct(meetings: readonly Meeting[]): readonly Meeting[] {
  const seen = new Set<string>();
  return meetings.filter(({ uid, instance, span, summary }) => {
    const key = JSON.stringify(uid === '' ? [summary, span] : [uid, instance]);
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

interface MailFacts {
  readonly author: MailAddress | null;
  readonly link: string | null;
  readonly subject: string;
}

/** What the calendar does not say stands in the mail: who called the meeting, what it is about, where it is online. */
function completed(meeting: Meeting, { author, link, subject }: MailFacts): Meeting {
  const isAnswer = meeting.method === 'reply' || meeting.method === 'counter';
  const isCalled = !isAnswer && meeting.method !== 'refresh';
  return {
    ...meeting,
    summary: meeting.summary === '' ? subject : meeting.summary,
    organizer: meeting.organizer ?? (isCalled ? author : null),
    link: meeting.link ?? link,
    answer: isAnswer ? answerFrom(meeting, author) : null,
  };
}

/** Outlook's own form names nobody: the one who answers is the author. */
function answerFrom({ answer }: Meeting, author: MailAddress | null): Meeting['answer'] {
  if (answer === null || answer.from.name !== '' || answer.from.address !== '') return answer ?? unnamedAnswer(author);
  return { ...answer, from: author ?? answer.from };
}

function unnamedAnswer(author: MailAddress | null): Meeting['answer'] {
  return author && { from: author, status: 'unanswered', comment: '' };
}
