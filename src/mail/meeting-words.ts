import type { MeetingSpan } from './meeting.ts';

const zone = 'Europe/Copenhagen';
const dayFormat = new Intl.DateTimeFormat('da-DK', { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clockFormat = new Intl.DateTimeFormat('da-DK', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const sortFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * When a meeting is, in Danish time: "tirsdag den 1. december 2026 kl. 10.00–11.00", with both days where it goes over
 * midnight. In the night when an hour comes twice it says which of both.
 */
export function spanInWords(span: MeetingSpan): string {
  if (span.kind === 'all-day') return daysInWords(span.firstDay, span.lastDay);
  const { start, end } = span;
  const from = `${dayFormat.format(start)} kl. ${clockInWords(start)}`;
  if (end.getTime() === start.getTime()) return from;
  if (danishDayOf(start) === danishDayOf(end)) return `${from}–${clockInWords(end)}`;
  // Midnight belongs to the evening before.
  const endsAtMidnight = clockOf(end) === '00.00' && danishDayOf(new Date(end.getTime() - 1)) === danishDayOf(start);
  return endsAtMidnight ? `${from}–24.00` : `fra ${from} til ${dayFormat.format(end)} kl. ${clockInWords(end)}`;
}

/** "tirsdag den 1. december 2026", the day on which a meeting begins in Danish time. */
export function dayInWords(span: MeetingSpan): string {
  return span.kind === 'all-day' ? dayFormat.format(noonOf(span.firstDay)) : dayFormat.format(span.start);
}

/** "kl. 10.00–11.00", where a meeting's days are told otherwise; "" for whole days or more than a day. */
export function clockSpanInWords(span: MeetingSpan): string {
  const whole = spanInWords(span);
  return /^[^f].* (kl\. \S+)$/.exec(whole)?.[1] ?? '';
}

/** The Danish day of an instant, YYYY-MM-DD. */
function danishDayOf(date: Date): string {
  return sortFormat.format(date);
}

function daysInWords(firstDay: string, lastDay: string): string {
  const first = dayFormat.format(noonOf(firstDay));
  if (firstDay === lastDay) return `${first} (hele dagen)`;
  return `fra ${first} til og med ${dayFormat.format(noonOf(lastDay))} (hele dage)`;
}

function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

function clockOf(date: Date): string {
  return clockFormat.format(date).replace(':', '.');
}

function clockInWords(date: Date): string {
  const clock = clockOf(date);
  const isFirst = clockOf(new Date(date.getTime() + hourMs)) === clock;
  const isSecond = clockOf(new Date(date.getTime() - hourMs)) === clock;
  return isFirst ? `${clock} (sommertid)` : isSecond ? `${clock} (normaltid)` : clock;
}

/** Whether a meeting takes a day or more. */
export function isLong(span: MeetingSpan): boolean {
  return span.kind === 'all-day' || span.end.getTime() - span.start.getTime() > dayMs;
}
