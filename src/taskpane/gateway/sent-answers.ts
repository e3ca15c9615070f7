import * as z from 'zod/mini';

/**
 * What the gateway's own API tells of mails that were sent (docs/api.md, "Hvad blev der af den?"), as far as the pane reads
 * it. A word that a later gateway has brought is read as the mildest of its list.
 */
const word = <const Words extends readonly [string, ...string[]]>(words: Words, otherwise: Words[number]) =>
  z.catch(z.enum(words), otherwise);

const count = z.int().check(z.gte(0));
const time = z.iso.datetime();

export const sentSummary = z.object({
  /** "s12"; grows with each mail. */
  id: z.string().check(z.regex(/^s[1-9][0-9]*$/)),
  state: word(['accepted', 'converting', 'expanded', 'refused', 'skipped', 'parked'], 'accepted'),
  done: z.boolean(),
  sentAt: time,
  from: z.string(),
  subject: z.string(),
  messageId: z.nullable(z.string()),
  mass: z.boolean(),
  recipientCount: count,
  counts: z.object({ delivered: count, failed: count, stopped: count, pending: count, all: count }),
  /** The first recipients, CPR numbers masked; none for a list. */
  to: z.array(z.string()),
  /** As the recipients see the sender. */
  sentAs: z.array(z.string()),
  heldUntil: z.nullable(time),
  approval: z.nullable(z.object({ state: word(['pending', 'approved', 'rejected'], 'pending'), by: z.nullable(z.string()), at: z.nullable(time) })),
  stopped: z.nullable(z.object({ by: z.nullable(z.string()), at: time })),
  resendOf: z.nullable(z.string()),
  problems: z.array(z.object({ code: z.string(), title: z.string(), detail: z.string() })),
});
export type SentSummary = z.infer<typeof sentSummary>;

const sentRecipient = z.object({
  /** Place among the recipients (to, cc, bcc), from 1. */
  position: count,
  /** CPR numbers masked. */
  recipient: z.string(),
  channel: word(['ngdp', 'mitdk', 'eboks', 'secure-mail', 'mail'], 'mail'),
  outcome: word(['delivered', 'failed', 'stopped', 'pending'], 'pending'),
  status: word(['waiting', 'sending', 'unknown', 'handed-over', 'completed', 'refused', 'expired', 'parked', 'stopped'], 'sending'),
  handedOverAt: z.nullable(time),
  settledAt: z.nullable(time),
  errorCode: z.nullable(z.string()),
  /** Why it failed, in Danish. */
  errorText: z.nullable(z.string()),
});
export type SentRecipient = z.infer<typeof sentRecipient>;

export const sentDetail = z.extend(sentSummary, {
  /** How many recipients are in each status. */
  statuses: z.record(z.string(), count),
  recipients: z.array(sentRecipient),
  /** The position after which the next page begins; null: there is none. */
  next: z.nullable(count),
});
export type SentDetail = z.infer<typeof sentDetail>;

export const sentPage = z.object({
  submissions: z.array(sentSummary),
  /** The id after which the next page begins; null: there is none. */
  next: z.nullable(z.string()),
  /** How many each filter shows, counted no further than `max`. */
  counts: z.nullable(z.object({ all: count, failed: count, open: count, max: count })),
});
export type SentPage = z.infer<typeof sentPage>;

export const stopAnswer = z.object({
  counts: z.object({ left: count, inTheAir: count, stopped: count }),
});
export type StopAnswer = z.infer<typeof stopAnswer>;

export const resendAnswer = z.object({ id: z.string() });
export type ResendAnswer = z.infer<typeof resendAnswer>;
