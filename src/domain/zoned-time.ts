import { danishMoment, type WallClock } from './danish-local-time.ts';

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?(Z|[+-]\d\d:?\d\d)?$/i;

/** ISO 8601 with hours and minutes, e.g. "2026-12-01T08:00+01:00"; without a zone, Danish time. Null for anything else. */
export function readIsoTime(text: string): Date | null {
  const [match, ...digits] = ISO.exec(text.trim()) ?? [];
  if (match === undefined) return null;
  const zone = digits[6];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits.slice(0, 6).map((part) => Number(part ?? 0));
  const wall = { year, month, day, hour, minute, second };
  return zone === undefined ? danishMoment(wall) : momentInZone(wall, zone);
}

/** The moment at which a clock shows this in the zone, e.g. "+0100", "Z" or "GMT"; null for a time or a zone that does not exist. */
export function momentInZone(wall: WallClock, zone: string): Date | null {
  const asIfUtc = new Date(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second));
  const real =
    asIfUtc.getUTCMonth() === wall.month - 1 && asIfUtc.getUTCDate() === wall.day && asIfUtc.getUTCHours() === wall.hour
    && asIfUtc.getUTCMinutes() === wall.minute && asIfUtc.getUTCSeconds() === wall.second;
  const offset = zoneOffsetMinutes(zone);
  return real && offset !== null ? new Date(asIfUtc.getTime() - offset * 60_000) : null;
}

/** Minutes east of Greenwich; null for what no place has. */
function zoneOffsetMinutes(zone: string): number | null {
  const [match, sign, hours = '', minutes = ''] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (match === undefined) return 0;
  const offset = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || offset > 14 * 60) return null;
  return sign === '-' ? -offset : offset;
}
