import type { WallClock } from '../../domain/danish-local-time.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { momentInZone, readIsoTime } from '../../domain/zoned-time.ts';

/** What decides when a mail goes. */
export interface ReleaseQuestion {
  readonly now: Date;
  /** Values of the header fields that name a time, as written. */
  readonly sendAt: SendAtFields;
  /** Whether anybody gets it as Digital Post. */
  readonly digital: boolean;
  /** The wait that gives the sender time to take it back; 0: none. */
  readonly holdMs: number;
  /** How far ahead a time may lie. */
  readonly sendAtMaxMs: number;
}

/** The header fields that ask for a later time. */
export interface SendAtFields {
  /** X-Postbro-Send-At: ISO 8601; without a zone it is Danish time. */
  readonly own: readonly string[];
  /** Deferred-Delivery (RFC 2156, RFC 4021 2.1.55): what Outlook writes for a delayed delivery, as RFC 5322 date-time. */
  readonly deferred: readonly string[];
}

/** When a mail goes: at once, at `releaseAt`, or not at all, because the time it asks for cannot be understood. */
export type ReleaseTime =
  | { readonly kind: 'at-once' }
  | { readonly kind: 'at'; readonly releaseAt: Date; readonly sendAt: Date | null }
  | { readonly kind: 'refused'; readonly problem: Problem };

/**
 * When a mail may leave. A time that cannot be read refuses the mail, for a letter must not go at the wrong time; one
 * that has passed means at once. An ordinary mail is never held for the sender's sake, and its Deferred-Delivery is the
 * mail server's to keep.
 */
export function releaseTime(question: ReleaseQuestion): ReleaseTime {
  const { now, sendAt, digital, holdMs, sendAtMaxMs } = question;
  const asked = askedTime(digital ? sendAt : { ...sendAt, deferred: [] });
  if (asked.kind === 'unreadable') return { kind: 'refused', problem: problemOf('send-at-unreadable', { written: asked.written }) };
  const later = asked.date && asked.date > now ? asked.date : null;
  if (later && later.getTime() - now.getTime() > sendAtMaxMs) {
    const days = Math.floor(sendAtMaxMs / DAY_MS);
    return { kind: 'refused', problem: problemOf('send-at-too-far', { written: asked.written, days }) };
  }
  const hold = digital ? holdMs : 0;
  return laterOf({ now, holdMs: hold, sendAt: later });
}

/** When a mail goes that may go now: after its wait, and not before the time its sender chose. */
export function laterOf(wait: { readonly now: Date; readonly holdMs: number; readonly sendAt: Date | null }): ReleaseTime {
  const { now, holdMs, sendAt } = wait;
  const releaseAt = new Date(Math.max(now.getTime() + holdMs, sendAt?.getTime() ?? 0));
  return releaseAt > now ? { kind: 'at', releaseAt, sendAt } : { kind: 'at-once' };
}

const DAY_MS = 86_400_000;

type AskedTime =
  | { readonly kind: 'read'; readonly date: Date | null; readonly written: string }
  | { readonly kind: 'unreadable'; readonly written: string };

/** The one time that the fields name; two that differ are as good as none that can be read. */
function askedTime({ own, deferred }: SendAtFields): AskedTime {
  const written = [...own, ...deferred].join(', ');
  const dates = [...own.map(readIsoTime), ...deferred.map(readMailDate)];
  const [first = null] = dates;
  if (dates.length === 0) return { kind: 'read', date: null, written };
  const agreed = first !== null && dates.every((date) => date?.getTime() === first.getTime());
  return agreed ? { kind: 'read', date: first, written } : { kind: 'unreadable', written };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MAIL_DATE =
  /^(?:([a-z]{3}),\s*)?(\d{1,2})\s+([a-z]{3})\s+(\d{4})\s+(\d\d):(\d\d)(?::(\d\d))?\s+([+-]\d{4}|GMT|UT|UTC|Z)$/i;

/** RFC 5322 3.3 date-time, e.g. "Tue, 1 Dec 2026 08:00:00 +0100"; null for anything else, and for a wrong weekday. */
function readMailDate(text: string): Date | null {
  const [match, weekday, day, monthName, ...rest] = MAIL_DATE.exec(text.replace(/\([^()]*\)/g, ' ').trim()) ?? [];
  if (match === undefined || monthName === undefined) return null;
  const [year = 0, hour = 0, minute = 0, second = 0] = rest.slice(0, 4).map((digits) => Number(digits ?? 0));
  const month = MONTHS.indexOf(monthName.toLowerCase()) + 1;
  const wall = { year, month, day: Number(day), hour, minute, second };
  const isShownDay = weekday === undefined || weekday.toLowerCase() === weekdayOf(wall);
  return isShownDay ? momentInZone(wall, rest[4] ?? '') : null;
}

function weekdayOf({ year, month, day }: WallClock): string | undefined {
  return WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
}
