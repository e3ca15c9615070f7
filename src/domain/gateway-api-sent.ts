import * as z from 'zod/mini';
import { shownProblem } from './gateway-api-problem.ts';
import { count, time, word } from './gateway-api-values.ts';

// What became of my messages, as it happens (text/event-stream; the status itself is GET /submissions/{id}).

export const sentEvent = z.object({
  id: z.string(),
  state: word(['accepted', 'converting', 'expanded', 'refused', 'skipped', 'parked'], 'expanded'),
  done: z.boolean(),
  heldUntil: z.nullable(time),
  /** Whether somebody else must approve it, or has answered. */
  approval: z.nullable(word(['pending', 'approved', 'rejected'], 'pending')),
  stopped: z.boolean(),
  counts: z.object({ delivered: count, failed: count, stopped: count, pending: count, all: count }),
  /** Of a mail with few recipients: where each stands, by position from 1. */
  recipients: z.nullable(z.array(z.object({ position: count, outcome: word(['delivered', 'failed', 'stopped', 'pending'], 'pending') }))),
});
export type SentEvent = z.infer<typeof sentEvent>;

// My messages (GET /submissions and what stands under it; the gateway's own words for programs are api/submission-schemas.ts).

const sentCounts = z.object({ delivered: count, failed: count, stopped: count, pending: count, all: count });

export const sentSummary = z.object({
  id: z.string(),
  state: word(['accepted', 'converting', 'expanded', 'refused', 'skipped', 'parked'], 'expanded'),
  /** Nothing more happens to it. */
  done: z.boolean(),
  /** When the gateway took it. */
  sentAt: time,
  from: z.string(),
  subject: z.string(),
  /** The mail's own Message-ID, as far as it holds no CPR number. */
  messageId: z.nullable(z.string()),
  mass: z.boolean(),
  writtenBy: z.nullable(z.string()),
  recipientCount: count,
  counts: sentCounts,
  /** The first recipients, CPR numbers masked; empty for a mass send. */
  to: z.array(z.string()),
  /** What the mail itself names them, in the same order; absent from gateways before names were kept. */
  toNames: z.optional(z.array(z.nullable(z.string()))),
  /** When it ended for the only recipient; null for several. Absent from gateways of before. */
  settledAt: z.optional(z.nullable(time)),
  /** The sender as recipients see it; empty before it is read. */
  sentAs: z.array(z.string()),
  heldUntil: z.nullable(time),
  approval: z.nullable(z.object({ state: word(['pending', 'approved', 'rejected'], 'pending'), by: z.nullable(z.string()), at: z.nullable(time) })),
  stopped: z.nullable(z.object({ by: z.nullable(z.string()), at: time })),
  resendOf: z.nullable(z.string()),
  /** Why it was refused. */
  problems: z.array(shownProblem),
});
export type SentSummary = z.infer<typeof sentSummary>;

export const sentList = z.object({
  submissions: z.array(sentSummary),
  /** `after` for the next page; null: there is none. */
  next: z.nullable(z.string()),
  /** How many each filter has, where that was asked; counted no further than `max`. */
  counts: z.nullable(z.object({ all: count, failed: count, open: count, max: count })),
});
export type SentList = z.infer<typeof sentList>;

export const sentRecipient = z.object({
  /** Place among the recipients, from 1. */
  position: count,
  /** CPR numbers masked. */
  recipient: z.string(),
  /** The name, as the mail itself has it. */
  name: z.optional(z.nullable(z.string())),
  channel: word(['ngdp', 'mitdk', 'eboks', 'secure-mail', 'mail'], 'mail'),
  outcome: word(['delivered', 'failed', 'stopped', 'pending'], 'pending'),
  status: word(['waiting', 'sending', 'unknown', 'handed-over', 'completed', 'refused', 'expired', 'parked', 'stopped'], 'unknown'),
  messageUUID: z.nullable(z.string()),
  handedOverAt: z.nullable(time),
  settledAt: z.nullable(time),
  errorCode: z.nullable(z.string()),
  /** Why it went wrong, in Danish. */
  errorText: z.nullable(z.string()),
});
export type SentRecipient = z.infer<typeof sentRecipient>;

/** One message with a page of its recipients. */
export const sentSubmission = z.extend(sentSummary, {
  letterSha256: z.nullable(z.string()),
  /** Named by whoever approves it. */
  contentSha256: z.nullable(z.string()),
  /** How many recipients are in each status. */
  statuses: z.catchall(z.object({}), count),
  recipients: z.array(sentRecipient),
  /** `after` for the next page of recipients; null: there is none. */
  next: z.nullable(count),
});
export type SentSubmission = z.infer<typeof sentSubmission>;

export const stopAnswer = z.object({
  id: z.string(),
  outcome: word(['stopped', 'already-stopped'], 'stopped'),
  /** What had left, what was under way, and what stays. */
  counts: z.object({ left: count, inTheAir: count, stopped: count }),
});
export type StopAnswer = z.infer<typeof stopAnswer>;

/** `id`: the new message, with those alone for whom it had gone wrong. */
export const resendAnswer = z.object({ id: z.string(), outcome: word(['sent', 'already-sent'], 'sent'), resendOf: z.string() });
export type ResendAnswer = z.infer<typeof resendAnswer>;
