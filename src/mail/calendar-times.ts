import ICAL from 'ical.js';
import { parameterOf, type CalendarLine } from './calendar-components.ts';
import { danishZone, utcZone, type CalendarZone, type ZoneOf } from './calendar-zones.ts';
import type { MeetingSpan } from './meeting.ts';

/** A DATE or DATE-TIME (RFC 5545 3.3.4, 3.3.5) with the zone whose clocks show it. */
export interface CalendarTime {
  readonly isDate: boolean;
  /** Wall time, see `CalendarZone`; midnight for a date. */
  readonly wallMs: number;
  readonly zone: CalendarZone;
}

/** How long a meeting lasts: by the clock (days, and from hour to hour), and then in real time. */
export interface CalendarLength {
  readonly wallMs: number;
  readonly exactMs: number;
}

export const dayMs = 86_400_000;

/** Meetings before or after these years are mistakes; dates far off would cost much to count out. */
const yearMin = 1900;
const yearMax = 2199;
const valuesMax = 2_000;

/**
 * Reads the times of DTSTART, DTEND, EXDATE, RDATE or RECURRENCE-ID, of a period its start. Times that are none are
 * left out. A floating time, one without zone, is Danish.
 */
export function timesOf(line: CalendarLine, zoneOf: ZoneOf): readonly CalendarTime[] {
  const tzid = parameterOf(line, 'TZID');
  const zone = tzid === null || tzid.trim() === '' ? danishZone : zoneOf(tzid);
  const values = line.value.split(',', valuesMax);
  return values.map((value) => readTime(value, zone)).filter((time) => time !== null);
}

const timePattern =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** One value; seconds may be missing, and an offset may stand where only Z is allowed. Null when it is no time. */
export function readTime(written: string, zone: CalendarZone): CalendarTime | null {
  const found = timePattern.exec(written.trim().replace(/\/.*$/, ''));
  const wallMs = found && wallOf(found.slice(1, 7).map((digits) => Number(digits ?? 0)));
  if (found === null || wallMs === null) return null;
  if (found[4] === undefined) return { isDate: true, wallMs, zone };
  const offset = found[7];
  if (offset === undefined) return { isDate: false, wallMs, zone };
  return { isDate: false, wallMs: wallMs - offsetMsOf(offset), zone: utcZone };
}

/** Null for a day or hour that no calendar has: 31 February is not 3 March. */
function wallOf(digits: readonly number[]): number | null {
  const [year, month, day, hour, minute, second] = digits as [number, number, number, number, number, number];
  if (year < yearMin || year > yearMax || hour > 23 || minute > 59) return null;
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
  const read = new Date(wallMs);
  return read.getUTCMonth() + 1 === month && read.getUTCDate() === day ? wallMs : null;
}

function offsetMsOf(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const size = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) * 60_000;
  return offset.startsWith('-') ? -size : size;
}

/** The instant of a time; a date begins when Danish clocks show midnight. */
export function instantOfTime({ isDate, wallMs, zone }: CalendarTime): number {
  return (isDate ? danishZone : zone).toInstant(wallMs);
}

/** The wall time of `time` where the clocks of `like` are; for two times of one series. */
export function wallLike(time: CalendarTime, like: CalendarTime): number {
  if (like.isDate) return Math.floor(time.wallMs / dayMs) * dayMs;
  return time.isDate ? time.wallMs : like.zone.toWall(instantOfTime(time));
}

/** DURATION in milliseconds, days by the clock; null when it is none or negative. */
export function lengthOf(written: string): CalendarLength | null {
  try {
    const { isNegative, weeks, days, hours, minutes, seconds } = ICAL.Duration.fromString(written.trim().toUpperCase());
    const length = { wallMs: (weeks * 7 + days) * dayMs, exactMs: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
    const isSound = !isNegative && length.wallMs + length.exactMs < 10_000 * dayMs;
    return isSound ? length : null;
  } catch {
    return null;
  }
}

/** The span of a meeting that begins at a wall time of `zone`. Of whole days at least one. */
export function spanFrom(start: CalendarTime, length: CalendarLength): MeetingSpan {
  if (start.isDate) {
    const days = Math.max(1, Math.ceil((length.wallMs + length.exactMs) / dayMs));
    return { kind: 'all-day', firstDay: dayText(start.wallMs), lastDay: dayText(start.wallMs + (days - 1) * dayMs) };
  }
  const startMs = start.zone.toInstant(start.wallMs);
  const endMs = start.zone.toInstant(start.wallMs + length.wallMs) + length.exactMs;
  return { kind: 'timed', start: new Date(startMs), end: new Date(Math.max(startMs, endMs)) };
}

/** When a meeting begins and is over; whole days by Danish clocks. */
export function instantsOf(span: MeetingSpan): { readonly startMs: number; readonly endMs: number } {
  if (span.kind === 'timed') return { startMs: span.start.getTime(), endMs: span.end.getTime() };
  const midnightOf = (day: string, daysOn: number) => danishZone.toInstant(Date.parse(`${day}T00:00:00Z`) + daysOn * dayMs);
  return { startMs: midnightOf(span.firstDay, 0), endMs: midnightOf(span.lastDay, 1) };
}

function dayText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
