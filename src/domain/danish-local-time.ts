/** A time as a clock on a Danish wall shows it; months from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const WALL = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen', hourCycle: 'h23',
  year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
});

/**
 * The moment at which a Danish clock shows this. Of an hour that comes twice, in autumn, the second one; null for a time
 * that no clock shows: 30 February, or the hour that is left out in spring.
 */
export function danishMoment(wall: WallClock): Date | null {
  const asIfUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  if (Number.isNaN(asIfUtc)) return null;
  for (const guess of [asIfUtc, asIfUtc - offsetMs(asIfUtc)]) {
    const moment = asIfUtc - offsetMs(guess);
    if (sameWall(wallClockAt(moment), wall)) return new Date(moment);
  }
  return null;
}

/** The day that it is in Denmark, as YYYY-MM-DD. */
export function danishDay(moment: Date): string {
  const { year, month, day } = wallClockAt(moment.getTime());
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function offsetMs(moment: number): number {
  const { year, month, day, hour, minute, second } = wallClockAt(moment);
  return Date.UTC(year, month - 1, day, hour, minute, second) - moment;
}

function wallClockAt(moment: number): WallClock {
  const parts = Object.fromEntries(WALL.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return parts as unknown as WallClock;
}

function sameWall(a: WallClock, b: WallClock): boolean {
  return a.year === b.year && a.month === b.month && a.day === b.day
    && a.hour === b.hour && a.minute === b.minute && a.second === b.second;
}
