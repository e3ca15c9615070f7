import * as z from 'zod/mini';
import { count, time, word } from './gateway-api-values.ts';
import { actions } from './action.ts';

export * from './gateway-api-guard.ts';

/**
 * What passes between the add-in and the gateway: the one contract, read by both sides (zod/mini, for the pane's weight).
 * Version 1 only grows: new fields of a question are optional, an add-in passes over fields of an answer that it does not
 * know, and reads a word it does not know as the last of its list. So an add-in one release behind goes on working.
 * CPR numbers stand in bodies only, and no answer repeats the number it was asked about: `position` says which it was.
 */
export const GATEWAY_API_VERSION = 1;

const date = z.iso.date();
const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'skal være base64'));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'skal være 64 hex-cifre'));
const memoChannel = z.enum(['ngdp', 'mitdk', 'eboks']);
const cprNumber = z.string().check(z.regex(/^[0-9]{10}$/, 'et CPR-nummer er 10 cifre'));
const cvrNumber = z.string().check(z.regex(/^[0-9]{8}$/, 'et CVR-nummer er 8 cifre'));
const recipientNumber = z.string().check(z.regex(/^([0-9]{10}|[0-9]{8})$/, 'et nummer er 10 cifre (CPR) eller 8 (CVR)'));
/** The case, or why: kept with every look-up, and told to the citizen who asks. */
const purpose = z.string().check(z.trim(), z.minLength(1, 'skriv, hvilken sag det drejer sig om'), z.maxLength(200));
const contactPointId = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'er ikke et kontaktpunkt-id'));

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
  }),
  fetchedAt: time,
  /** After this the pane asks again before it believes what it remembers. */
  expiresAt: time,
});
export type MeAnswer = z.infer<typeof meAnswer>;

// Names.

/** What a register says of a CPR number. A protected name never leaves `lookup/`. */
export const personAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    /** Null unless `nameState` is "shown". */
    name: z.nullable(z.string()),
    nameState: word(['shown', 'protected', 'not-delivered'], 'not-delivered'),
    /** Name and address protected; null where the access does not tell. */
    protected: z.nullable(z.boolean()),
    state: word(['alive', 'dead', 'emigrated', 'disappeared', 'inactive'], 'inactive'),
    /** Since when it is so. */
    since: z.nullable(date),
    /** The number that holds now, where it is another. */
    currentCpr: z.nullable(cprNumber),
  }),
  z.object({ kind: z.literal('not-found') }),
  /** The ten digits are a P number: the company's production unit, which is addressed by its CVR number. */
  z.object({ kind: z.literal('p-number'), cvr: cvrNumber, name: z.nullable(z.string()) }),
  z.object({ kind: z.literal('unavailable'), reason: word(['away', 'no-access', 'retired', 'limit'], 'away'), text: z.string() }),
]);
export type PersonAnswer = z.infer<typeof personAnswer>;

const company = z.object({
  cvr: cvrNumber,
  name: z.string(),
  state: word(['active', 'in-distress', 'not-started', 'ceased'], 'in-distress'),
  /** The state as the register words it, e.g. "Under konkurs"; null when there is nothing to say. */
  stateText: z.nullable(z.string()),
  ceasedOn: z.nullable(date),
  address: z.array(z.string()),
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
});
export type Company = z.infer<typeof company>;

export const companyAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), company }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('unavailable'), reason: word(['away', 'no-access', 'retired', 'limit'], 'away'), text: z.string() }),
]);
export type CompanyAnswer = z.infer<typeof companyAnswer>;

export const personQuestion = z.strictObject({ cpr: cprNumber, purpose });
export const companyQuestion = z.strictObject({ cvr: cvrNumber, purpose: z.optional(purpose) });
export const companySearchQuestion = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(2, 'skriv mindst to tegn'), z.maxLength(100)),
  max: z.optional(z.int().check(z.gte(1), z.lte(50))),
});
/** Active companies only, best first; `more` when there are others. */
export const companySearchAnswer = z.object({ companies: z.array(company), more: z.boolean() });
export type CompanySearchAnswer = z.infer<typeof companySearchAnswer>;

// Recipients.

/** Whether Digital Post reaches somebody: NgDP's contact registry. */
export const reach = z.object({
  state: word(['registered', 'exempt', 'closed', 'awaiting', 'not-registered', 'not-known'], 'not-known'),
  /** For `awaiting`: from which day, where it is known. */
  from: z.nullable(date),
});
export type Reach = z.infer<typeof reach>;

const askedRecipients = { channel: memoChannel, mailbox: z.string().check(z.maxLength(320)), purpose: z.optional(purpose), names: z.optional(z.boolean()) };

export const checkQuestion = z.strictObject({ ...askedRecipients, numbers: z.array(recipientNumber).check(z.minLength(1)) });
export type CheckQuestion = z.infer<typeof checkQuestion>;

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

export const contactPointsQuestion = z.strictObject({ channel: memoChannel, mailbox: z.string().check(z.maxLength(320)), cvr: cvrNumber });
export const contactPointsAnswer = z.object({
  contactPoints: z.array(z.object({
    id: z.string(), name: z.string(), description: z.nullable(z.string()),
    /** What it takes at most; null: as the channel. */
    memoBytesMax: z.nullable(count), attachmentsMax: z.nullable(count),
  })),
});
export type ContactPointsAnswer = z.infer<typeof contactPointsAnswer>;

// Letters and attachments.

const file = z.strictObject({ name: z.string().check(z.maxLength(255)), type: z.optional(z.string().check(z.maxLength(255))), content: base64 });
export const renderQuestion = z.strictObject({
  subject: z.string().check(z.maxLength(1_000)),
  html: z.optional(z.nullable(z.string())),
  text: z.optional(z.nullable(z.string())),
  pictures: z.optional(z.array(z.strictObject({ contentId: z.string().check(z.maxLength(998)), type: z.string().check(z.maxLength(255)), content: base64 }))),
  language: z.optional(z.enum(['da', 'en', 'fo', 'kl', 'de', 'sv', 'nb'])),
});
export type RenderQuestion = z.infer<typeof renderQuestion>;
export const renderAnswer = z.object({ pdf: base64, sha256, pages: count, warnings: z.array(z.string()) });
export type RenderAnswer = z.infer<typeof renderAnswer>;

/** A Problem of the catalogue with its Danish words. */
export const shownProblem = z.object({
  type: z.string(), code: z.string(), title: z.string(), detail: z.string(), parameters: z.record(z.string(), z.unknown()),
});

const mending = ['to-pdf', 'unpack', 'shrink', 'join', 'other'] as const;

export const attachmentsQuestion = z.strictObject({
  channels: z.array(memoChannel).check(z.minLength(1)),
  files: z.array(file),
  /** The recipient's contact point, whose own limits then count. */
  recipient: z.optional(z.strictObject({ cvr: cvrNumber, contactPoint: contactPointId, mailbox: z.string().check(z.maxLength(320)) })),
});
export type AttachmentsQuestion = z.infer<typeof attachmentsQuestion>;
export const attachmentsAnswer = z.object({
  problems: z.array(shownProblem),
  files: z.array(z.object({
    name: z.string(),
    /** The name under which it is sent. */
    sentAs: z.string(),
    bytes: count,
    type: z.nullable(z.string()),
    /** What can be done to it here. */
    mending: z.array(word(mending, 'other')),
  })),
});
export type AttachmentsAnswer = z.infer<typeof attachmentsAnswer>;

export const convertQuestion = z.strictObject({
  operation: z.enum(['to-pdf', 'unpack', 'shrink', 'join']),
  /** For `join` in the order in which they follow each other. */
  files: z.array(file).check(z.minLength(1)),
  /** For `join`: the name of the one file that comes out. */
  name: z.optional(z.string().check(z.maxLength(255))),
});
export type ConvertQuestion = z.infer<typeof convertQuestion>;
export const convertAnswer = z.object({
  files: z.array(z.object({
    name: z.string(), type: z.string(), content: base64, sha256, bytes: count,
    /** What was lost on the way, in Danish. */
    remarks: z.array(z.string()),
  })),
  /** Files that it could not be done to, and why, in Danish. */
  failed: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type ConvertAnswer = z.infer<typeof convertAnswer>;

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
  statuses: z.record(z.string(), count),
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

// The audit.

export const auditQuestion = z.strictObject({
  /** Only what is about this number; it travels here, in the body. */
  number: z.optional(recipientNumber),
  actor: z.optional(z.string().check(z.maxLength(320))),
  action: z.optional(z.string().check(z.maxLength(40))),
  from: z.optional(z.iso.datetime({ offset: true })),
  to: z.optional(z.iso.datetime({ offset: true })),
  after: z.optional(count),
  limit: z.optional(z.int().check(z.gte(1), z.lte(1_000))),
  /** Why one looks: itself kept in the audit. */
  purpose,
});
export type AuditQuestion = z.infer<typeof auditQuestion>;

export const auditExportQuestion = z.extend(auditQuestion, {
  format: z.enum(['csv', 'json']),
  /** For the citizen: dates, purposes and the organisation alone. */
  for: z.enum(['citizen', 'internal']),
});
export type AuditExportQuestion = z.infer<typeof auditExportQuestion>;

export const auditEntry = z.object({
  id: count,
  at: time,
  actor: z.string(),
  actorKind: word(['person', 'program', 'gateway'], 'gateway'),
  mailbox: z.nullable(z.string()),
  action: z.string(),
  /** Masked. */
  subject: z.nullable(z.string()),
  purpose: z.nullable(z.string()),
  outcome: z.string(),
  reference: z.nullable(z.string()),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditAnswer = z.object({ entries: z.array(auditEntry), next: z.nullable(count) });
