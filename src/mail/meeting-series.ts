import ICAL from 'ical.js';
import {
  dayMs, instantsOf, spanFrom, wallLike, type CalendarLength, type CalendarTime,
} from './calendar-times.ts';
import { danishZone } from './calendar-zones.ts';
import type { MeetingSeries, MeetingSpan, MovedMeeting } from './meeting.ts';
import { readRule, type ReadRule } from './recurrence-rule.ts';

/** What a calendar says of a series. */
export interface SeriesParts {
  readonly start: CalendarTime;
  readonly length: CalendarLength;
  /** RRULE values as written; more than one is allowed, if frowned upon. */
  readonly rules: readonly string[];
  readonly extra: readonly CalendarTime[];
  readonly left: readonly CalendarTime[];
  /** Meetings of the series with a VEVENT of their own. */
  readonly changed: readonly ChangedMeeting[];
}

export interface ChangedMeeting {
  readonly of: CalendarTime;
  /** Null when this one is cancelled. */
  readonly to: MeetingSpan | null;
  readonly location: string;
  readonly summary: string;
}

export interface SeriesLimits {
  /** Steps of counting out one rule until today: 54 years of every day. */
  readonly stepsMax: number;
  /** Further steps to find the end of one that ends. */
  readonly tailStepsMax: number;
  /** Meetings in `next`. */
  readonly nextMax: number;
}

export const seriesLimits: SeriesLimits = { stepsMax: 20_000, tailStepsMax: 400, nextMax: 20 };

/**
 * Counts a series out, as far as words and the next meetings need it.
 * @param now decides which meetings are to come
 * @returns null for a meeting that does not come back
 */
export function seriesOf(parts: SeriesParts, now: Date, limits: SeriesLimits = seriesLimits): MeetingSeries | null {
  if (parts.rules.length === 0 && parts.extra.length === 0) return null;
  const rules = parts.rules.map((written) => readRule(written, parts.start));
  const only = rules.length === 1 ? rules[0] ?? null : null;
  const counted = rules.map((rule) => countOut(rule, parts.start, { limits, enoughWallMs: enoughOf(parts, now) }));
  const expanded = counted.every((each) => each !== null);
  const byRule = sorted([parts.start.wallMs, ...counted.flatMap((each) => each?.walls ?? [])]);
  const spanAt = (wallMs: number) => spanFrom({ ...parts.start, wallMs }, parts.length);
  const ends = expanded && counted.every((each) => each?.ended);
  const kept = keepMeetings(parts, byRule, { now, heldMax: limits.nextMax + 1 });
  const coming = kept.held.filter((span) => instantsOf(span).endMs > now.getTime());
  return {
    rule: only?.rule ?? null,
    expanded,
    danishClock: isDanishClock(parts.start, byRule),
    last: lastOf({ only, ends, byRule }, spanAt),
    cancelled: kept.cancelled,
    moved: kept.moved,
    extra: kept.extra,
    next: coming.slice(0, limits.nextMax),
    more: coming.length > limits.nextMax || !ends,
  };
}

/** The last meeting by the rule, or the day of its end where counting did not come so far. */
function lastOf(
  { only, ends, byRule }: { readonly only: ReadRule | null; readonly ends: boolean; readonly byRule: readonly number[] },
  spanAt: (wallMs: number) => MeetingSpan,
): MeetingSpan | null {
  if (only === null) return null;
  if (ends) return spanAt(byRule.at(-1) ?? 0);
  return only.untilWallMs === null ? null : spanAt(only.untilWallMs);
}

/** The wall time up to which a rule must be counted out: today, and every meeting that is told of by itself. */
function enoughOf({ start, left, changed, extra }: SeriesParts, now: Date): number {
  const told = [...left, ...changed.map(({ of }) => of), ...extra].map((time) => wallLike(time, start));
  return told.reduce((latest, wallMs) => Math.max(latest, wallMs + dayMs), now.getTime() + 2 * dayMs);
}

interface CountOrder {
  readonly limits: SeriesLimits;
  readonly enoughWallMs: number;
}

interface CountedRule {
  /** In order, the start of the series among them. */
  readonly walls: readonly number[];
  /** True when these are all. */
  readonly ended: boolean;
}

/** Counts as far as is asked, and then on to the end of a rule that ends. Null when the rule cannot be counted out. */
function countOut(read: ReadRule | null, start: CalendarTime, order: CountOrder): CountedRule | null {
  const recur = read?.recur;
  if (!recur) return null;
  try {
    return countWalls(wallsByRule(recur, start), read, { ...order, startWallMs: start.wallMs });
  } catch {
    return null;
  }
}

function countWalls(
  byRule: Iterable<number>, read: ReadRule, { limits, enoughWallMs, startWallMs }: CountOrder & { readonly startWallMs: number },
): CountedRule {
  const tailMax = isEndless(read) ? limits.nextMax + heldSpare : limits.tailStepsMax;
  const countMax = Math.min(read.rule.count ?? limits.stepsMax, limits.stepsMax);
  // A first meeting that the rule does not name counts among the COUNT all the same (RFC 5545 3.8.5.3).
  const walls = [startWallMs];
  let tail = 0;
  for (const wallMs of byRule) {
    if (wallMs > (read.untilWallMs ?? wallMs)) return { walls, ended: true };
    if (walls.length >= countMax || tail >= tailMax || wallMs > wallMsMax) return { walls, ended: walls.length === read.rule.count };
    if (wallMs > enoughWallMs) tail += 1;
    if (wallMs !== startWallMs) walls.push(wallMs);
  }
  return { walls, ended: true };
}

function* wallsByRule(recur: ICAL.Recur, start: CalendarTime): Generator<number> {
  const iterator = recur.iterator(ICAL.Time.fromJSDate(new Date(start.wallMs), true));
  for (let time = iterator.next() as ICAL.Time | null; time !== null; time = iterator.next() as ICAL.Time | null) {
    yield Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
  }
}

function isEndless({ rule, untilWallMs }: ReadRule): boolean {
  return rule.count === null && untilWallMs === null;
}

/** Nobody plans further; clocks there are unknown. */
const wallMsMax = Date.UTC(2199, 11, 31);

interface KeptMeetings {
  /** In order of their starts; of those that are over long since not all. */
  readonly held: readonly MeetingSpan[];
  readonly cancelled: readonly MeetingSpan[];
  readonly moved: readonly MovedMeeting[];
  readonly extra: readonly MeetingSpan[];
}

/** Meetings of the two days in doubt, held every so many hours. */
const heldSpare = 10;

/** Takes away what is left out, and puts changed meetings in their place. */
function keepMeetings(
  parts: SeriesParts, byRule: readonly number[], wanted: { readonly now: Date; readonly heldMax: number },
): KeptMeetings {
  const { start, length } = parts;
  const spanAt = (wallMs: number) => spanFrom({ ...start, wallMs }, length);
  const ruled = new Set(byRule);
  const added = sorted(parts.extra.map((time) => wallLike(time, start))).filter((wallMs) => !ruled.has(wallMs));
  const walls = new Set([...byRule, ...added]);
  const wallsOfDay = Map.groupBy(walls, dayOf);
  const gone: number[] = [];
  const leaveOut = (wallMs: number) => walls.delete(wallMs) && gone.push(wallMs);
  for (const time of parts.left) {
    const wallMs = wallLike(time, start);
    const sameDay = time.isDate && !start.isDate;
    for (const each of sameDay ? wallsOfDay.get(dayOf(wallMs)) ?? [] : [wallMs]) leaveOut(each);
  }
  const moved: (MovedMeeting & { readonly wallMs: number })[] = [];
  for (const { of, to, location, summary } of parts.changed) {
    const wallMs = wallLike(of, start);
    if (to === null) leaveOut(wallMs);
    else {
      walls.delete(wallMs);
      moved.push({ from: spanAt(wallMs), to, location, summary, wallMs });
    }
  }
  // Seeing whether a meeting is over costs a look at the zone's clocks; two days off no zone is in doubt.
  const fromWallMs = wanted.now.getTime() - length.wallMs - length.exactMs - 2 * dayMs;
  const coming = sorted([...walls]).filter((wallMs) => wallMs >= fromWallMs);
  const regular = coming.slice(0, wanted.heldMax + heldSpare).map(spanAt);
  const held = [...regular, ...moved.map(({ to }) => to)].sort((a, b) => instantsOf(a).startMs - instantsOf(b).startMs);
  return {
    held,
    cancelled: sorted(gone).map(spanAt),
    moved: moved.sort((a, b) => a.wallMs - b.wallMs).map(({ wallMs: _wallMs, ...meeting }) => meeting),
    extra: added.filter((wallMs) => walls.has(wallMs)).map(spanAt),
  };
}

/** Looked at over some years only: a zone that shows what Danish clocks show does so in every season. */
const clockLooksMax = 60;

function isDanishClock(start: CalendarTime, byRule: readonly number[]): boolean {
  if (start.isDate) return true;
  const step = Math.max(1, Math.floor(byRule.length / clockLooksMax));
  return byRule.every((wallMs, n) => n % step !== 0 || danishZone.toWall(start.zone.toInstant(wallMs)) === wallMs);
}

function dayOf(wallMs: number): number {
  return Math.floor(wallMs / dayMs);
}

function sorted(walls: readonly number[]): number[] {
  return [...new Set(walls)].sort((a, b) => a - b);
}
