import {
  lineOf, parameterOf, readCalendarComponents, textOf, type CalendarComponent, type CalendarLine,
} from './calendar-components.ts';
import {
  instantOfTime, lengthOf, spanFrom, timesOf, dayMs, type CalendarLength, type CalendarTime,
} from './calendar-times.ts';
import { danishZone, zonesOf, type ZoneOf } from './calendar-zones.ts';
import type { MailAddress } from './mail.ts';
import type { Meeting, MeetingAnswer, MeetingMethod, MeetingSpan } from './meeting.ts';
import { onlineLinkOf } from './online-meeting-link.ts';
import { seriesOf, type ChangedMeeting } from './meeting-series.ts';

/** The meetings of a calendar part. */
export interface ReadCalendar {
  /** Null when the calendar names none, or none that concerns a meeting. */
  readonly method: MeetingMethod | null;
  /** At least one. */
  readonly meetings: readonly Meeting[];
}

/** A calendar part's bytes and what the mail says of them. */
export interface CalendarSource {
  readonly bytes: Uint8Array;
  /** As the mail writes it; null when it does not. */
  readonly charset: string | null;
  /** The `method` of the Content-Type, for a calendar that names none itself. */
  readonly method: string | null;
}

/** More in one mail is no invitation but somebody's whole calendar. */
const meetingsMax = 10;
const eventsMax = 1_000;
const lineCharactersMax = 1_000;

/**
 * Reads the meetings of an iCalendar file (RFC 5545) as Outlook, Exchange, Google, Apple and others write it.
 * @param now decides which meetings of a series are to come
 * @returns null when there is none that can be understood, or there are more than a mail has. Never throws.
 */
export function readMeetings(source: CalendarSource, now: Date): ReadCalendar | null {
  const calendars = readCalendarComponents(source.bytes, source.charset);
  const [calendar] = calendars ?? [];
  if (calendars === null || calendar === undefined) return null;
  const named = methodOf(lineOf(calendar, 'METHOD')?.value) ?? methodOf(source.method);
  const method = named ?? 'publish';
  const zoneOf = zonesOf(calendar);
  const components = calendars.flatMap((each) => each.components.filter(({ name }) => name === 'VEVENT'));
  const events = components.map((component) => readEvent(component, zoneOf));
  const byMeeting = [...Map.groupBy(events, ({ uid }) => uid).values()];
  if (events.length > eventsMax || byMeeting.length > meetingsMax) return null;
  const meetings = byMeeting.flatMap((same) => meetingsOf(same, method, now));
  const isSound = meetings.every(({ span }) => span !== null || mayBeTimeless.has(method));
  return isSound && meetings.length > 0 && meetings.length <= meetingsMax ? { method: named, meetings } : null;
}

/** These say something of a meeting that is known already. */
const mayBeTimeless = new Set<MeetingMethod>(['cancel', 'reply', 'declinecounter', 'refresh']);

const methods = new Set<string>([
  'request', 'publish', 'add', 'cancel', 'reply', 'counter', 'declinecounter', 'refresh',
] satisfies MeetingMethod[]);

function methodOf(written: string | null | undefined): MeetingMethod | null {
  const method = (written ?? '').trim().toLowerCase();
  return methods.has(method) ? (method as MeetingMethod) : null;
}

/** One VEVENT, its times read. */
interface CalendarEvent {
  readonly component: CalendarComponent;
  readonly zoneOf: ZoneOf;
  readonly uid: string;
  readonly recurrenceId: CalendarTime | null;
  readonly start: CalendarTime | null;
  readonly length: CalendarLength;
  readonly span: MeetingSpan | null;
  readonly isCancelled: boolean;
}

function readEvent(component: CalendarComponent, zoneOf: ZoneOf): CalendarEvent {
  const first = (name: string) => {
    const line = lineOf(component, name);
    return line === null ? null : timesOf(line, zoneOf)[0] ?? null;
  };
  const times = wholeDays(component, first('DTSTART'), first('DTEND'));
  const length = eventLength(component, times.start, times.end);
  return {
    component,
    zoneOf,
    uid: textOf(component, 'UID').slice(0, lineCharactersMax),
    recurrenceId: first('RECURRENCE-ID'),
    start: times.start,
    length,
    span: times.start && endingAt(spanFrom(times.start, length), times.end),
    isCancelled: textOf(component, 'STATUS').toUpperCase() === 'CANCELLED',
  };
}

interface EventTimes {
  readonly start: CalendarTime | null;
  readonly end: CalendarTime | null;
}

/** Outlook marks whole days apart, and some programs then write them as midnights, their own or Danish ones. */
function wholeDays(component: CalendarComponent, start: CalendarTime | null, end: CalendarTime | null): EventTimes {
  const marked = /^true$/i.test(textOf(component, 'X-MICROSOFT-CDO-ALLDAYEVENT'));
  if (!marked || start === null || start.isDate) return { start, end };
  const days = [start, end ?? start].map((time) => (isMidnight(time) ? time : inDenmark(time)));
  const [firstDay = start, lastDay = start] = days;
  if (!days.every(isMidnight)) return { start, end };
  return { start: { ...firstDay, isDate: true }, end: end && { ...lastDay, isDate: true } };
}

function isMidnight({ wallMs }: CalendarTime): boolean {
  return wallMs % dayMs === 0;
}

function inDenmark(time: CalendarTime): CalendarTime {
  return { isDate: time.isDate, wallMs: danishZone.toWall(instantOfTime(time)), zone: danishZone };
}

const noLength: CalendarLength = { wallMs: 0, exactMs: 0 };

/** By DTEND, else DURATION, else none (RFC 5545 3.6.1); an end before the start is none. */
function eventLength(component: CalendarComponent, start: CalendarTime | null, end: CalendarTime | null): CalendarLength {
  if (start === null) return noLength;
  if (end === null) return lengthOf(textOf(component, 'DURATION')) ?? noLength;
  const endWallMs = start.isDate || end.isDate ? end.wallMs : start.zone.toWall(instantOfTime(end));
  return { wallMs: Math.max(0, endWallMs - start.wallMs), exactMs: 0 };
}

/** In the night when an hour comes twice, only the end's own zone tells which of both is meant. */
function endingAt(span: MeetingSpan, end: CalendarTime | null): MeetingSpan {
  if (span.kind === 'all-day' || end === null || end.isDate) return span;
  return { ...span, end: new Date(Math.max(span.start.getTime(), instantOfTime(end))) };
}

/** A series is one meeting, with those that differ in it; lone meetings of a series stand for themselves. */
function meetingsOf(events: readonly CalendarEvent[], method: MeetingMethod, now: Date): readonly Meeting[] {
  const masters = events.filter(({ recurrenceId }) => recurrenceId === null);
  const changed = events.filter(({ recurrenceId }) => recurrenceId !== null);
  // Of one that stands twice the latest counts.
  const master = masters.toSorted((a, b) => sequenceOf(a) - sequenceOf(b)).at(-1);
  if (master === undefined) return changed.map((event) => meetingOf(event, method, null));
  const { start, length } = master;
  const series = start && seriesOf({
    start,
    length,
    rules: valuesOf(master, 'RRULE'),
    extra: listedTimes(master, 'RDATE'),
    left: listedTimes(master, 'EXDATE'),
    changed: changed.map((event) => changedMeeting(event, master)),
  }, now);
  return [meetingOf(master, method, series)];
}

function meetingOf(event: CalendarEvent, method: MeetingMethod, series: Meeting['series']): Meeting {
  const { component, recurrenceId } = event;
  const counts = event.isCancelled && (method === 'request' || method === 'publish' || method === 'add') ? 'cancel' : method;
  const description = textOf(component, 'DESCRIPTION');
  return {
    method: counts,
    uid: event.uid,
    instance: recurrenceId && spanFrom(recurrenceId, event.length),
    sequence: sequenceOf(event),
    summary: oneLine(textOf(component, 'SUMMARY')),
    location: oneLine(textOf(component, 'LOCATION')),
    link: onlineLinkOf(component, description),
    description,
    html: htmlDescription(component),
    organizer: personOf(lineOf(component, 'ORGANIZER')),
    answer: counts === 'reply' || counts === 'counter' ? answerOf(component) : null,
    span: event.span,
    series,
  };
}

function changedMeeting(event: CalendarEvent, master: CalendarEvent): ChangedMeeting {
  const differing = (name: string) => {
    const text = oneLine(textOf(event.component, name));
    return text === oneLine(textOf(master.component, name)) ? '' : text;
  };
  const of = event.recurrenceId ?? { isDate: false, wallMs: 0, zone: danishZone };
  const to = event.isCancelled ? null : event.span ?? spanFrom(of, master.length);
  return { of, to, location: differing('LOCATION'), summary: differing('SUMMARY') };
}

function sequenceOf({ component }: CalendarEvent): number {
  const sequence = Number(textOf(component, 'SEQUENCE'));
  return Number.isSafeInteger(sequence) && sequence > 0 ? sequence : 0;
}

function valuesOf({ component }: CalendarEvent, name: string): readonly string[] {
  return component.lines.filter((line) => line.name === name && line.value.trim() !== '').map((line) => line.value).slice(0, 10);
}

const listedMax = 2_000;

function listedTimes({ component, zoneOf }: CalendarEvent, name: string): readonly CalendarTime[] {
  return component.lines.filter((line) => line.name === name).flatMap((line) => timesOf(line, zoneOf)).slice(0, listedMax);
}

/** X-ALT-DESC holds HTML where it says so, and where it looks so. */
function htmlDescription(component: CalendarComponent): string | null {
  const line = lineOf(component, 'X-ALT-DESC');
  if (line === null) return null;
  const html = textOf(component, 'X-ALT-DESC');
  return /html/i.test(parameterOf(line, 'FMTTYPE') ?? '') || /^\s*<[!a-z]/i.test(html) ? html || null : null;
}

/** A calendar address; names may hold colons that should have been quoted. */
function personOf(line: CalendarLine | null): MailAddress | null {
  if (line === null) return null;
  const address = /mailto:\s*([^\s;,"<>]+@[^\s;,"<>]+)/i.exec(line.source)?.[1] ?? '';
  const name = oneLine(parameterOf(line, 'CN') ?? '');
  return address === '' && name === '' ? null : { name: name === address ? '' : name, address };
}

const answers = new Map<string, MeetingAnswer['status']>([
  ['ACCEPTED', 'accepted'], ['DECLINED', 'declined'], ['TENTATIVE', 'tentative'], ['DELEGATED', 'delegated'],
]);

/** An answer names the one who answers and nobody else (RFC 5546 3.2.3); that of a winmail.dat nobody at all. */
function answerOf(component: CalendarComponent): MeetingAnswer | null {
  const line = lineOf(component, 'ATTENDEE');
  const said = line === null ? textOf(component, 'X-PARTSTAT') : parameterOf(line, 'PARTSTAT') ?? '';
  const from = personOf(line);
  if (from === null && said === '') return null;
  return { from: from ?? { name: '', address: '' }, status: answers.get(said.toUpperCase()) ?? 'unanswered', comment: textOf(component, 'COMMENT') };
}

function oneLine(text: string): string {
  return text.slice(0, 4 * lineCharactersMax).replace(/[\p{Cc}\s\u2028\u2029]+/gu, ' ').trim().slice(0, lineCharactersMax).toWellFormed();
}
