import ICAL from 'ical.js';
import type { CalendarTime } from './calendar-times.ts';
import { dayMs, readTime, wallLike } from './calendar-times.ts';
import type { RecurrenceRule } from './meeting.ts';

/** A rule read: its meaning for words, and for counting out where that ends for sure. */
export interface ReadRule {
  readonly rule: RecurrenceRule;
  /** Wall time of the last possible start; null when the rule names none. */
  readonly untilWallMs: number | null;
  /** Null when it must not be counted out: it may have no date at all, and looking for one would never end. */
  readonly recur: ICAL.Recur | null;
}

const frequencies = new Map([
  ['DAILY', 'daily'], ['WEEKLY', 'weekly'], ['MONTHLY', 'monthly'], ['YEARLY', 'yearly'],
] as const);
const knownParts = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'WKST']);
const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const intervalMax = 1_000;
const listMax = 400;

/**
 * Reads an RRULE (RFC 5545 3.3.10).
 * @param written the value as written
 * @param start DTSTART of the series, by whose clocks the rule counts
 * @returns null when it is no rule or one in hours or less: no meeting comes back every minute
 */
export function readRule(written: string, start: CalendarTime): ReadRule | null {
  const parts = new Map(
    written.trim().toUpperCase().split(';').map((part) => [part.split('=')[0]?.trim() ?? '', part.split('=')[1]?.trim() ?? '']),
  );
  const frequency = frequencies.get((parts.get('FREQ') ?? '') as 'DAILY');
  const interval = Number(parts.get('INTERVAL') || '1');
  if (frequency === undefined || !Number.isInteger(interval) || interval > intervalMax) return null;
  const rule: RecurrenceRule = {
    frequency,
    interval: Math.max(1, interval),
    count: wholeNumber(parts.get('COUNT')),
    weekdays: readWeekdays(parts.get('BYDAY')),
    monthDays: readNumbers(parts.get('BYMONTHDAY'), 31),
    months: readNumbers(parts.get('BYMONTH'), 12),
    positions: readNumbers(parts.get('BYSETPOS'), 366),
    hasOtherParts: [...parts.keys()].some((name) => name !== '' && !knownParts.has(name)),
  };
  const until = parts.get('UNTIL');
  const untilWallMs = until === undefined ? null : untilWall(until, start);
  return { rule, untilWallMs, recur: isSurelyCountable(rule) ? recurOf(rule, parts.get('WKST')) : null };
}

/** UNTIL is an instant, or by some writers a day: then all of that day is within. */
function untilWall(written: string, start: CalendarTime): number | null {
  const time = readTime(written, start.zone);
  if (time === null) return null;
  const wallMs = wallLike(time, start);
  return time.isDate && !start.isDate ? wallMs + dayMs - 1000 : wallMs;
}

/**
 * Without a part that may fit no day at all (31 February, every second month from December if it is January, a second
 * "first Monday"): ical.js would look for it for ever.
 */
function isSurelyCountable(rule: RecurrenceRule): boolean {
  const clash = rule.monthDays.length > 0 && rule.weekdays.length > 0;
  return !rule.hasOtherParts && !clash && isSure[rule.frequency](rule);
}

const isSure: Readonly<Record<RecurrenceRule['frequency'], (rule: RecurrenceRule) => boolean>> = {
  daily: (rule) => isPlain(rule) && (rule.interval === 1 || rule.weekdays.length + rule.months.length === 0),
  weekly: (rule) => isPlain(rule) && (rule.interval === 1 || rule.months.length === 0),
  monthly: (rule) => areDaysSure(rule) && (rule.interval === 1 || rule.months.length === 0),
  yearly: (rule) => areDaysSure(rule) && (rule.weekdays.length === 0 || rule.months.length > 0),
};

/** Without days that count within a month. */
function isPlain({ monthDays, positions, weekdays }: RecurrenceRule): boolean {
  return monthDays.length + positions.length === 0 && weekdays.every(({ nth }) => nth === 0);
}

function areDaysSure({ monthDays, months, positions, weekdays }: RecurrenceRule): boolean {
  if (monthDays.some((day) => Math.abs(day) > longestOf(months))) return false;
  // Every month has four of each weekday; a month day may come once.
  const positionMax = Math.max(1, 4 * weekdays.length, monthDays.length);
  return positions.length === 0 || (weekdays.every(({ nth }) => nth === 0) && positions.every((each) => Math.abs(each) <= positionMax));
}

/** Days of the longest of these months; none named is any month. */
function longestOf(months: readonly number[]): number {
  return months.length === 0 ? 31 : Math.max(...months.map((month) => monthLengths[month - 1] ?? 0));
}

// 29 February comes in leap years only, but it comes.
const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function recurOf(rule: RecurrenceRule, weekStart: string | undefined): ICAL.Recur | null {
  const parts = [
    `FREQ=${rule.frequency.toUpperCase()}`,
    `INTERVAL=${rule.interval}`,
    listPart('BYDAY', rule.weekdays.map(({ weekday, nth }) => `${nth === 0 ? '' : nth}${weekdayCodes[weekday - 1] ?? ''}`)),
    listPart('BYMONTHDAY', rule.monthDays),
    listPart('BYMONTH', rule.months),
    listPart('BYSETPOS', rule.positions),
    weekStart !== undefined && weekdayCodes.includes(weekStart) ? `WKST=${weekStart}` : '',
  ];
  try {
    return ICAL.Recur.fromString(parts.filter((part) => part !== '').join(';'));
  } catch {
    return null;
  }
}

function listPart(name: string, values: readonly (string | number)[]): string {
  return values.length === 0 ? '' : `${name}=${values.join(',')}`;
}

function wholeNumber(written: string | undefined): number | null {
  return written !== undefined && /^[1-9]\d{0,5}$/.test(written) ? Number(written) : null;
}

/** Numbers from -max to max without 0; others are left out. */
function readNumbers(written: string | undefined, max: number): readonly number[] {
  const numbers = (written ?? '').split(',', listMax).filter((part) => part !== '').map(Number);
  return [...new Set(numbers)].filter((number) => Number.isInteger(number) && number !== 0 && Math.abs(number) <= max);
}

function readWeekdays(written: string | undefined): RecurrenceRule['weekdays'] {
  return (written ?? '').split(',', listMax).flatMap((part) => {
    const found = /^([+-]?\d{1,2})?\s*([A-Z]{2})$/.exec(part.trim());
    const weekday = weekdayCodes.indexOf(found?.[2] ?? '') + 1;
    const nth = Number(found?.[1] ?? 0);
    return weekday === 0 || Math.abs(nth) > 5 ? [] : [{ weekday, nth }];
  });
}
