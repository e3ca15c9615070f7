const ZONE = 'Europe/Copenhagen';

const LONG_DAY = new Intl.DateTimeFormat('da-DK', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' });
const PARTS = new Intl.DateTimeFormat('da-DK', {
  timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
});

/** "25. november 2026 kl. 09.31", in Danish time. */
export function danishDayAndTime(date: Date): string {
  const { hour, minute } = partsOf(date);
  return `${LONG_DAY.format(date)} kl. ${hour}.${minute}`;
}

/** "25.11. kl. 09.33", in Danish time. */
export function danishShortTime(date: Date): string {
  const { day, month, hour, minute } = partsOf(date);
  return `${day}.${month}. kl. ${hour}.${minute}`;
}

/** "25-11-2026 09:33:05", in Danish time; for files that are sorted and counted. */
export function danishTimestamp(date: Date): string {
  const { day, month, year, hour, minute, second } = partsOf(date);
  return `${day}-${month}-${year} ${hour}:${minute}:${second}`;
}

type Part = 'day' | 'month' | 'year' | 'hour' | 'minute' | 'second';

function partsOf(date: Date): Record<Part, string> {
  const parts = Object.fromEntries(PARTS.formatToParts(date).map(({ type, value }) => [type, value]));
  return parts as Record<Part, string>;
}
