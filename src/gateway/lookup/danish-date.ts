const DATE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The Danish date of a moment, e.g. "2026-11-25". */
export function danishDateOf(moment: Date): string {
  return DATE.format(moment);
}

/**
 * The Danish date out of a register's time: "1948-12-25T00:00:00.000000+01:00", "2025-02-28T23:00:00Z", "2025-03-01", or
 * with an offset to the date as in SF1520. With Danish time, or none, the date stands there as it is; null for what is none.
 */
export function danishDateIn(text: string | null | undefined): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/.exec(text?.trim() ?? '');
  if (!parts) return null;
  const [whole, date = '', time, offset] = parts;
  if (!isDate(date)) return null;
  if (time === undefined || offset === undefined || DANISH_OFFSETS.includes(offset)) return date;
  const moment = new Date(whole);
  return Number.isNaN(moment.getTime()) ? null : danishDateOf(moment);
}

const DANISH_OFFSETS = ['+01:00', '+02:00'];

function isDate(text: string): boolean {
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
