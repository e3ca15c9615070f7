/** Times as the pane writes them, in one language (ux.md 5.9: relative only for today and yesterday). */
export interface ShownTime {
  /** "10.44". */
  clock(moment: Date): string;
  /** "31. marts 2025". */
  day(moment: Date): string;
  /** "25. november 2026 kl. 08.02". */
  dayAndClock(moment: Date): string;
  /** Of something that happened: today "10.44", the day before "i går", before that "14. nov.", another year "14. nov. 2025". */
  since(moment: Date, now: Date): string;
  /** Of something that happened or will: today "10.44"; on another day "14. nov. 10.44". */
  point(moment: Date, now: Date): string;
}

/** `zone` is for tests; elsewhere that of the computer. */
export function shownTime(locale: string, zone?: string): ShownTime {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, ...(zone === undefined ? {} : { timeZone: zone }) });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const day = format({ dateStyle: 'long' });
  const dayAndClock = format({ dateStyle: 'long', timeStyle: 'short' });
  const shortDay = format({ day: 'numeric', month: 'short' });
  const shortDayAndYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const yesterday = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-1, 'day');

  const ofDay = (moment: Date, now: Date): string =>
    yearOf(moment, zone) === yearOf(now, zone) ? shortDay.format(moment) : shortDayAndYear.format(moment);
  return {
    clock: (moment) => clock.format(moment),
    day: (moment) => day.format(moment),
    dayAndClock: (moment) => dayAndClock.format(moment),
    since(moment, now) {
      const days = dayNumber(now, zone) - dayNumber(moment, zone);
      if (days === 0) return clock.format(moment);
      return days === 1 ? yesterday : ofDay(moment, now);
    },
    point(moment, now) {
      const time = clock.format(moment);
      return dayNumber(now, zone) === dayNumber(moment, zone) ? time : `${ofDay(moment, now)} ${time}`;
    },
  };
}

/** A date without a time, "2025-03-31", as a moment at which it is that day wherever one is. */
export function noonOf(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day, 12);
}

const DAY_MS = 86_400_000;

/** Counts calendar days, so that yesterday is yesterday also where a day has 23 or 25 hours. */
function dayNumber(moment: Date, zone: string | undefined): number {
  const { year, month, day } = calendarOf(moment, zone);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function yearOf(moment: Date, zone: string | undefined): number {
  return calendarOf(moment, zone).year;
}

function calendarOf(moment: Date, zone: string | undefined): { readonly year: number; readonly month: number; readonly day: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric', month: 'numeric', day: 'numeric', ...(zone === undefined ? {} : { timeZone: zone }),
  });
  const part = (type: string): number => Number(format.formatToParts(moment).find((one) => one.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}
