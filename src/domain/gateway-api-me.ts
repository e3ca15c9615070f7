import * as z from 'zod/mini';
import { actions } from './action.ts';
import { count, date, memoChannel, time, word } from './gateway-api-values.ts';

// Who am I, and what may I do.

/** As whom a mailbox may send, and where answers then go. */
const sender = z.object({
  /** The CVR number or the contact point's id: what stands before ".ngdp.digital-post.dk". */
  key: z.string(),
  kind: word(['organisation', 'contact-point'], 'contact-point'),
  label: z.string(),
  /** The mailbox in which answers land. */
  answersTo: z.string(),
  /** False where the contact point has no mailbox of its own, so that answers land in the main mailbox. */
  mapped: z.boolean(),
});

const mailbox = z.object({
  address: z.string(),
  channels: z.array(z.object({
    id: memoChannel,
    name: z.string(),
    available: z.boolean(),
    /** Why not, in Danish; null when it is. */
    reason: z.nullable(z.string()),
    replyable: z.boolean(),
    massSend: z.boolean(),
    contactPoints: z.boolean(),
  })),
  senders: z.array(sender),
  actions: z.array(word(actions, 'administer')),
  holdSingleMs: count,
  holdMassMs: count,
  /** A mass send to more than this must be approved by somebody else; null: none must. */
  approvalOverRecipients: z.nullable(count),
});

export const meAnswer = z.object({
  apiVersion: z.int(),
  gatewayVersion: z.string(),
  user: z.object({ id: z.string(), name: z.string(), address: z.string() }),
  organisation: z.object({
    name: z.string(), cvrNumbers: z.array(z.string()), mailDomains: z.array(z.string()), helpContact: z.string(),
    /** What it is called in a sentence, e.g. "kommunen"; the genitive takes an -s. */
    home: z._default(z.string(), 'organisationen'),
    /** The organisation's own page of help; null: the contact alone. */
    helpUrl: z._default(z.nullable(z.string()), null),
  }),
  /** Mail Guard: whether ordinary mail to outsiders must be approved, and whether one outsider without it stops the whole mail. */
  guard: z._default(z.object({ on: z.boolean(), stopsWholeMail: z.boolean() }), { on: false, stopsWholeMail: false }),
  may: z.array(word(actions, 'administer')),
  /** What the organisation's access to the CPR register gives; null: it has none. */
  cprAccess: z.nullable(word(['authority', 'public-sender', 'company'], 'company')),
  cvrAccess: z.boolean(),
  mailboxes: z.array(mailbox),
  limits: z.object({
    attachmentsMax: count, memoBytesMax: count, checkRecipientsMax: count, checkBatchMax: count, bodyBytesMax: count,
    /** Recipients of one check whose names are asked for as well. */
    checkNamesMax: count,
    /** Before a list of more than this is put into a mail, its count is typed; null: never. */
    typedOverRecipients: z._default(z.nullable(count), 100),
  }),
  /** Days of the notes on what is new in the add-in, newest first; null: no news are shown here. */
  news: z._default(z.nullable(z.array(date)), null),
  fetchedAt: time,
  /** After this the pane asks again before it believes what it remembers. */
  expiresAt: time,
});
export type MeAnswer = z.infer<typeof meAnswer>;
