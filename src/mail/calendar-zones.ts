import ICAL from 'ical.js';
import { lineOf, propertyOf, type CalendarComponent, type CalendarLine } from './calendar-components.ts';
import { windowsZones } from './windows-zones.ts';

/**
 * What clocks show somewhere. Both sides are milliseconds: an instant since 1970, and a wall time written as the
 * instant at which UTC's clocks show the same.
 */
export interface CalendarZone {
  /** A time that clocks show twice is the first of both; one that they skip counts on from before (RFC 5545 3.3.5). */
  toInstant(wallMs: number): number;
  toWall(instantMs: number): number;
}

const dayMs = 86_400_000;

/** Where Danish clocks are; also the zone of a time that names none. */
export const danishZone: CalendarZone = ianaZone('Europe/Copenhagen');
export const utcZone: CalendarZone = { toInstant: (wallMs) => wallMs, toWall: (instantMs) => instantMs };

/** Finds the zone of a TZID; Danish time where all else fails. */
export type ZoneOf = (tzid: string) => CalendarZone;

/**
 * Understands the zones of one calendar. A name that everybody knows (IANA's, Windows') counts before the VTIMEZONE of
 * that name: writers often bring a wrong or an old one with it.
 * @param calendar the VCALENDAR, for its VTIMEZONEs
 */
export function zonesOf(calendar: CalendarComponent): ZoneOf {
  const found = new Map<string, CalendarZone>();
  return (written) => {
    const tzid = written.trim().replace(/^["']|["']$/g, '').trim();
    const known = found.get(tzid);
    if (known !== undefined) return known;
    const zone = namedZone(tzid) ?? describedZone(calendar, tzid) ?? loosenedZone(tzid) ?? danishZone;
    found.set(tzid, zone);
    return zone;
  };
}

/** Zones of a sure name: "Europe/Copenhagen", also behind a maker's prefix, and Windows' own. */
function namedZone(tzid: string): CalendarZone | null {
  const windows = windowsZones.get(tzid.toLowerCase());
  if (windows !== undefined) return windows === 'UTC' ? utcZone : ianaZone(windows);
  const iana = /(?:^|\/)([A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2})$/.exec(tzid)?.[1];
  if (iana === undefined) return null;
  // "/mozilla.org/20070129_1/Europe/Copenhagen": its last two or three words may be the name.
  const words = tzid.split('/').filter((word) => word !== '');
  return [words.slice(-2), words.slice(-3)].map((name) => knownZone(name.join('/'))).find((zone) => zone !== null) ?? null;
}

/** Zones by a looser reading: "CET", "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "GMT+0100". */
function loosenedZone(tzid: string): CalendarZone | null {
  const direct = /^(?:Z|GMT|UTC|UCT)$/i.test(tzid) ? utcZone : /^[A-Z]{2,4}$/.test(tzid) ? knownZone(tzid) : null;
  if (direct !== null) return direct;
  const words = tzid.replace(/\([^)]*\)/g, ' ').split(/[,;/]/).map((word) => word.trim().toLowerCase().replace(/[ ]+/g, '_'));
  for (const word of words) {
    const zone = zoneNames().get(word);
    if (zone !== undefined) return ianaZone(zone);
  }
  const offset = /(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?/i.exec(tzid);
  if (offset === null) return null;
  const size = (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) * 60_000;
  return size > 14 * 3_600_000 ? null : fixedZone(offset[1] === '-' ? -size : size);
}

let namesByCity: ReadonlyMap<string, string> | null = null;

function zoneNames(): ReadonlyMap<string, string> {
  namesByCity ??= new Map([
    ...Intl.supportedValuesOf('timeZone').map((name) => [name.split('/').at(-1)?.toLowerCase() ?? '', name] as const),
    ['københavn', 'Europe/Copenhagen'],
    ['kobenhavn', 'Europe/Copenhagen'],
  ]);
  return namesByCity;
}

function knownZone(name: string): CalendarZone | null {
  try {
    return ianaZone(name);
  } catch {
    return null;
  }
}

function fixedZone(offsetMs: number): CalendarZone {
  return { toInstant: (wallMs) => wallMs - offsetMs, toWall: (instantMs) => instantMs + offsetMs };
}

/** @throws RangeError for a name that is no zone's */
function ianaZone(name: string): CalendarZone {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: name, hourCycle: 'h23',
    year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  const toWall = (instantMs: number) => {
    const part = Object.fromEntries(clock.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  return { toWall, toInstant: (wallMs) => instantOf(wallMs, toWall) };
}

function instantOf(wallMs: number, toWall: (instantMs: number) => number): number {
  const before = toWall(wallMs - dayMs) - (wallMs - dayMs);
  const after = toWall(wallMs + dayMs) - (wallMs + dayMs);
  // Where clocks went back both fit, and the larger offset gives the first of both.
  const fitting = [before, after].map((offset) => wallMs - offset).filter((instantMs) => toWall(instantMs) === wallMs);
  return fitting.length === 0 ? wallMs - before : Math.min(...fitting);
}

const observancesMax = 200;

/** The zone as its VTIMEZONE describes it; null when there is none or it says nothing. */
function describedZone(calendar: CalendarComponent, tzid: string): CalendarZone | null {
  const described = calendar.components.find(
    (each) => each.name === 'VTIMEZONE' && lineOf(each, 'TZID')?.value.trim().toLowerCase() === tzid.toLowerCase(),
  );
  const zone = described === undefined ? null : readTimezone(described);
  if (zone === null) return null;
  const offsetMs = (wallMs: number) => zone.utcOffset(ICAL.Time.fromJSDate(new Date(wallMs), true)) * 1000;
  return {
    toInstant: (wallMs) => wallMs - offsetMs(wallMs),
    toWall: (instantMs) => instantMs + offsetMs(instantMs + offsetMs(instantMs)),
  };
}

function readTimezone(described: CalendarComponent): ICAL.Timezone | null {
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', 'x');
  const observances = described.components.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  for (const observance of observances.slice(0, observancesMax)) {
    const read = readObservance(observance);
    if (read !== null) component.addSubcomponent(read);
  }
  if (component.getAllSubcomponents().length === 0) return null;
  try {
    const zone = new ICAL.Timezone({ component, tzid: 'x' });
    const probe = zone.utcOffset(ICAL.Time.fromJSDate(new Date(Date.UTC(2026, 6, 1)), true));
    return Number.isFinite(probe) ? zone : null;
  } catch {
    return null;
  }
}

function readObservance(observance: CalendarComponent): ICAL.Component | null {
  const to = lineOf(observance, 'TZOFFSETTO');
  const from = lineOf(observance, 'TZOFFSETFROM') ?? to;
  const start = lineOf(observance, 'DTSTART');
  if (to === null || from === null || start === null) return null;
  const component = new ICAL.Component(observance.name.toLowerCase());
  const lines = [offsetLine('TZOFFSETTO', to), offsetLine('TZOFFSETFROM', from), start, ...observance.lines.filter(isYearly)];
  for (const line of lines) {
    const property = propertyOf(line);
    if (property === null) return null;
    component.addProperty(property);
  }
  return component;
}

/** Writers leave the minutes out. */
function offsetLine(name: string, { value }: CalendarLine): CalendarLine {
  const whole = /^([+-]?)(\d{1,2}):?(\d{2})?/.exec(value.trim());
  const written = `${whole?.[1] === '-' ? '-' : '+'}${(whole?.[2] ?? '').padStart(2, '0')}${whole?.[3] ?? '00'}`;
  return { name, value: written, source: `${name}:${written}` };
}

/** Rules of other steps would be counted out for centuries (Outlook begins in 1601), and no zone has them. */
function isYearly({ name, value }: CalendarLine): boolean {
  if (name !== 'RRULE') return false;
  const partsOfZones = /^(?:(?:FREQ=YEARLY|INTERVAL=1|BYMONTH=\d+|BYDAY=[-+]?\d?[A-Z]{2}|BYMONTHDAY=[-\d,]+|UNTIL=\w+|WKST=\w+)(?:;|$))+$/i;
  return /FREQ=YEARLY/i.test(value) && partsOfZones.test(value.trim());
}
