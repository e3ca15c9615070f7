import type { MeetingSeries, MeetingSpan, RecurrenceRule } from './meeting.ts';
import { dayInWords } from './meeting-words.ts';

const weekdayNames = ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'];
const monthNames = [
  'januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'december',
];
const orders = new Map([
  [1, 'første'], [2, 'anden'], [3, 'tredje'], [4, 'fjerde'], [5, 'femte'], [-1, 'sidste'], [-2, 'næstsidste'],
]);

/**
 * The rule of a series in Danish, with its end: "hver tirsdag til og med tirsdag den 15. december 2026".
 * @param first the series' first meeting, which says weekday and day where the rule does not
 * @returns null where no true words can be made of it: then the dates must be listed
 */
export function recurrenceInWords(series: MeetingSeries, first: MeetingSpan): string | null {
  const { rule } = series;
  if (rule === null || !series.expanded || !series.danishClock || rule.hasOtherParts) return null;
  const words = ruleInWords(rule, firstDayOf(first));
  return words && words + endInWords(series, rule);
}

function endInWords({ last }: MeetingSeries, { count }: RecurrenceRule): string {
  if (last === null) return count === null ? ' uden slutdato' : `, ${count} gange`;
  const until = ` til og med ${dayInWords(last)}`;
  return count === null ? until : `${until} (${count} ${count === 1 ? 'gang' : 'gange'})`;
}

interface FirstDay {
  readonly weekday: number;
  readonly day: number;
  readonly month: number;
}

const partsFormat = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', year: 'numeric', month: '2-digit', day: '2-digit' });

function firstDayOf(span: MeetingSpan): FirstDay {
  const date = new Date(`${span.kind === 'all-day' ? span.firstDay : partsFormat.format(span.start)}T12:00:00Z`);
  return { weekday: date.getUTCDay() || 7, day: date.getUTCDate(), month: date.getUTCMonth() + 1 };
}

function ruleInWords(rule: RecurrenceRule, first: FirstDay): string | null {
  switch (rule.frequency) {
    case 'daily':
      return dailyInWords(rule);
    case 'weekly':
      return weeklyInWords(rule, first);
    case 'monthly':
      return monthlyInWords(rule, first);
    case 'yearly':
      return yearlyInWords(rule, first);
  }
}

function dailyInWords(rule: RecurrenceRule): string | null {
  if (rule.months.length > 0 || rule.monthDays.length > 0) return null;
  if (rule.weekdays.length > 0) return rule.interval === 1 ? everyWeekday(rule) : null;
  return `hver ${intervalInWords(rule.interval)}dag`;
}

function weeklyInWords(rule: RecurrenceRule, first: FirstDay): string | null {
  if (rule.months.length > 0 || rule.monthDays.length > 0 || rule.positions.length > 0) return null;
  if (rule.interval === 1) return everyWeekday(rule.weekdays.length > 0 ? rule : { weekdays: [{ weekday: first.weekday, nth: 0 }] });
  const days = rule.weekdays.length > 0 ? rule.weekdays.map(({ weekday }) => weekday) : [first.weekday];
  return `hver ${intervalInWords(rule.interval)}uge om ${listed(names(days).map((name) => `${name}en`))}`;
}

function everyWeekday({ weekdays }: Pick<RecurrenceRule, 'weekdays'>): string | null {
  if (weekdays.some(({ nth }) => nth !== 0)) return null;
  const days = weekdays.map(({ weekday }) => weekday);
  if (isAllWorkdays(days)) return 'hver hverdag (mandag til fredag)';
  return new Set(days).size === 7 ? 'hver dag' : `hver ${listed(names(days))}`;
}

function monthlyInWords(rule: RecurrenceRule, first: FirstDay): string | null {
  if (rule.months.length > 0) return null;
  const day = dayOfMonthInWords(rule, first);
  return day && `${day} i hver ${intervalInWords(rule.interval)}måned`;
}

function yearlyInWords(rule: RecurrenceRule, first: FirstDay): string | null {
  const day = dayOfMonthInWords(rule, first);
  if (day === null || rule.months.length > 1) return null;
  const month = monthNames[(rule.months[0] ?? first.month) - 1] ?? '';
  const isDate = rule.weekdays.length === 0 && !day.includes('dag');
  return `${day}${isDate ? ' ' : ' i '}${month} hvert ${rule.interval === 1 ? '' : neuter(rule.interval)}år`;
}

/** "den 15.", "den sidste dag", "den anden tirsdag", "den sidste hverdag"; null for what has no short words. */
function dayOfMonthInWords(rule: RecurrenceRule, first: FirstDay): string | null {
  if (rule.weekdays.length > 0) return rule.monthDays.length > 0 ? null : nthWeekdayInWords(rule);
  if (rule.positions.length > 0) return null;
  const days = rule.monthDays.length > 0 ? rule.monthDays : [first.day];
  if (days.length === 1 && days[0] === -1) return 'den sidste dag';
  return days.every((day) => day > 0) ? `den ${listed(days.toSorted((a, b) => a - b).map((day) => `${day}.`))}` : null;
}

function nthWeekdayInWords({ weekdays, positions }: RecurrenceRule): string | null {
  const nths = [...new Set(weekdays.map(({ nth }) => nth))];
  const [place, ...more] = positions.length > 0 ? positions : nths;
  const order = more.length > 0 ? undefined : orders.get(place ?? 0);
  if (order === undefined || (positions.length > 0 && nths.some((nth) => nth !== 0))) return null;
  const [day, ...others] = weekdays.map(({ weekday }) => weekday);
  if (others.length === 0) return `den ${order} ${weekdayNames[(day ?? 1) - 1] ?? ''}`;
  const isWorkday = positions.length > 0 && isAllWorkdays(weekdays.map(({ weekday }) => weekday));
  return isWorkday ? `den ${order} hverdag (mandag til fredag)` : null;
}

function isAllWorkdays(days: readonly number[]): boolean {
  return new Set(days).size === 5 && days.every((day) => day <= 5);
}

function intervalInWords(interval: number): string {
  return interval === 1 ? '' : interval === 2 ? 'anden ' : `${interval}. `;
}

function neuter(interval: number): string {
  return interval === 2 ? 'andet ' : `${interval}. `;
}

function names(weekdays: readonly number[]): readonly string[] {
  return [...new Set(weekdays)].sort((a, b) => a - b).map((weekday) => weekdayNames[weekday - 1] ?? '');
}

function listed(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} og ${last}`;
}
