import * as z from 'zod/mini';
import { companyAnswer, personAnswer } from './gateway-api-names.ts';
import { count, date, time, word } from './gateway-api-values.ts';

// Recipients.

/** Whether Digital Post reaches somebody: NgDP's contact registry. */
export const reach = z.object({
  state: word(['registered', 'exempt', 'closed', 'awaiting', 'not-registered', 'not-known'], 'not-known'),
  /** For `awaiting`: from which day, where it is known. */
  from: z.nullable(date),
});
export type Reach = z.infer<typeof reach>;

export const recipientCheck = z.object({
  /** Place among the numbers asked about, from 0. */
  position: count,
  /** "251248-xxxx", or a CVR number as it is. */
  shown: z.string(),
  reach,
  /** Null where no name was asked for, or the right to it is missing. */
  person: z.nullable(personAnswer),
  company: z.nullable(companyAnswer),
  /** The position at which the same number stands before; null for the first. */
  sameAs: z.nullable(count),
});
export type RecipientCheck = z.infer<typeof recipientCheck>;
export const checkAnswer = z.object({ recipients: z.array(recipientCheck), checkedAt: time });

/** A line of the answer to a batch, which comes as it is made: one JSON value on each line (application/x-ndjson). */
export const checkLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recipients'), recipients: z.array(recipientCheck), done: count, total: count }),
  z.object({ kind: z.literal('end'), done: count, total: count, checkedAt: time }),
  z.object({ kind: z.literal('failed'), done: count, total: count, text: z.string() }),
]);
export type CheckLine = z.infer<typeof checkLine>;

export const contactPointsAnswer = z.object({
  contactPoints: z.array(z.object({
    id: z.string(), name: z.string(), description: z.nullable(z.string()),
    /** What it takes at most; null: as the channel. */
    memoBytesMax: z.nullable(count), attachmentsMax: z.nullable(count),
  })),
});
export type ContactPointsAnswer = z.infer<typeof contactPointsAnswer>;
