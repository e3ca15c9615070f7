import type { MailAddress } from './mail.ts';

/**
 * A meeting as a calendar part tells of it (RFC 5545, 5546), understood: every time is an instant or a Danish day.
 * Values only: made by `read-meetings`, said in words by `meeting-letter`.
 */
export interface Meeting {
  readonly method: MeetingMethod;
  /** "" when the calendar has none. */
  readonly uid: string;
  /** Which meeting of a series this is about, as the start it had; null for a single meeting or a whole series. */
  readonly instance: MeetingSpan | null;
  /** Above 0 when it was changed since it was first sent. */
  readonly sequence: number;
  /** One line, "" when there is none. */
  readonly summary: string;
  /** One line, "" when there is none. */
  readonly location: string;
  /** https address of the online meeting; null when none was found. */
  readonly link: string | null;
  /** Plain text, "" when there is none. */
  readonly description: string;
  /** The description as HTML, where the calendar brings it so. */
  readonly html: string | null;
  readonly organizer: MailAddress | null;
  /** Of a reply or a counter-proposal: who answers and what; null for all else. */
  readonly answer: MeetingAnswer | null;
  /** When it is, or for a series when its first meeting is; null when an answer or a cancellation does not say it. */
  readonly span: MeetingSpan | null;
  readonly series: MeetingSeries | null;
}

/** iTIP methods (RFC 5546 1.4) that concern a meeting; a calendar without one counts as published. */
export type MeetingMethod =
  | 'request' | 'publish' | 'add' | 'cancel' | 'reply' | 'counter' | 'declinecounter' | 'refresh';

/** From when to when. `end` is the first instant after it and may be `start` itself. */
export type MeetingSpan =
  | { readonly kind: 'timed'; readonly start: Date; readonly end: Date }
  /** Whole days, YYYY-MM-DD, both within the meeting. */
  | { readonly kind: 'all-day'; readonly firstDay: string; readonly lastDay: string };

export interface MeetingAnswer {
  readonly from: MailAddress;
  readonly status: 'accepted' | 'declined' | 'tentative' | 'delegated' | 'unanswered';
  /** "" when there is none. */
  readonly comment: string;
}

/** A meeting that comes back. */
export interface MeetingSeries {
  /** Null where the dates follow no rule, or one that was not understood. */
  readonly rule: RecurrenceRule | null;
  /** False where the rule was not understood, or leads to nothing: then `next` is the first meeting alone. */
  readonly expanded: boolean;
  /** True where weekdays and clock times of the rule are Danish ones, so that the rule's words are true here. */
  readonly danishClock: boolean;
  /** Last meeting by the rule; null when it has no end, or one too far away to be counted out. */
  readonly last: MeetingSpan | null;
  /** Meetings left out of the rule. */
  readonly cancelled: readonly MeetingSpan[];
  readonly moved: readonly MovedMeeting[];
  /** Meetings beside the rule. */
  readonly extra: readonly MeetingSpan[];
  /** The meetings that have not ended when the mail was sent, the first ones, as they really are held. */
  readonly next: readonly MeetingSpan[];
  /** True when more follow those in `next`. */
  readonly more: boolean;
}

/** One meeting of a series that is not as the others. */
export interface MovedMeeting {
  readonly from: MeetingSpan;
  readonly to: MeetingSpan;
  /** "" where it is as the others'. */
  readonly location: string;
  /** "" where it is as the others'. */
  readonly summary: string;
}

/** RRULE (RFC 5545 3.3.10), as far as words can be made of it. */
export interface RecurrenceRule {
  readonly frequency: 'daily' | 'weekly' | 'monthly' | 'yearly';
  readonly interval: number;
  readonly count: number | null;
  /** Weekday 1 (Monday) to 7; `nth` 0 for every one, -1 for the last. */
  readonly weekdays: readonly { readonly weekday: number; readonly nth: number }[];
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
  /** True when it has parts beyond these (BYWEEKNO, BYYEARDAY, BYHOUR, …). */
  readonly hasOtherParts: boolean;
}
