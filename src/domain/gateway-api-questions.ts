import * as z from 'zod/mini';
import { base64, count, cprNumber, cvrNumber, memoChannel } from './gateway-api-values.ts';

// What the add-in asks: read by the gateway, which refuses a field that it does not know.

const recipientNumber = z.string().check(z.regex(/^([0-9]{10}|[0-9]{8})$/, 'et nummer er 10 cifre (CPR) eller 8 (CVR)'));
/** The case, or why: kept with every look-up, and told to the citizen who asks. */
const purpose = z.string().check(z.trim(), z.minLength(1, 'skriv, hvilken sag det drejer sig om'), z.maxLength(200));
const contactPointId = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'er ikke et kontaktpunkt-id'));

// Names.

export const personQuestion = z.strictObject({ cpr: cprNumber, purpose });
export const companyQuestion = z.strictObject({ cvr: cvrNumber, purpose: z.optional(purpose) });
export const companySearchQuestion = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(2, 'skriv mindst to tegn'), z.maxLength(100)),
  max: z.optional(z.int().check(z.gte(1), z.lte(50))),
});

// Recipients.

const askedRecipients = { channel: memoChannel, mailbox: z.string().check(z.maxLength(320)), purpose: z.optional(purpose), names: z.optional(z.boolean()) };

export const checkQuestion = z.strictObject({ ...askedRecipients, numbers: z.array(recipientNumber).check(z.minLength(1)) });
export type CheckQuestion = z.infer<typeof checkQuestion>;

export const contactPointsQuestion = z.strictObject({ channel: memoChannel, mailbox: z.string().check(z.maxLength(320)), cvr: cvrNumber });

// Mail Guard.

const guardMailbox = z.string().check(z.trim(), z.minLength(3), z.maxLength(320));
const guardAddresses = z.array(z.string().check(z.trim(), z.minLength(3), z.maxLength(320))).check(z.minLength(1), z.maxLength(500));

/** The draft's own id, made by the add-in and put into its header X-Postbro-Draft. */
const guardDraft = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/, 'et kladde-id er 16-64 bogstaver, cifre, _ og -'));

export const guardCheckQuestion = z.strictObject({
  mailbox: guardMailbox,
  addresses: guardAddresses,
  /** What stands in the draft's two headers, where something does. */
  draft: z.optional(guardDraft),
  approval: z.optional(z.string().check(z.maxLength(2_000))),
});
export type GuardCheckQuestion = z.infer<typeof guardCheckQuestion>;

/** Outsiders of one draft that its writer approves. All approvals of a draft are good for one and the same mail. */
export const guardApprovalQuestion = z.strictObject({
  mailbox: guardMailbox,
  draft: guardDraft,
  addresses: guardAddresses,
});
export type GuardApprovalQuestion = z.infer<typeof guardApprovalQuestion>;

export const guardWithdrawQuestion = z.strictObject({ approval: z.string().check(z.minLength(1), z.maxLength(200)) });

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

export const attachmentsQuestion = z.strictObject({
  channels: z.array(memoChannel).check(z.minLength(1)),
  files: z.array(file),
  /** The recipient's contact point, whose own limits then count. */
  recipient: z.optional(z.strictObject({ cvr: cvrNumber, contactPoint: contactPointId, mailbox: z.string().check(z.maxLength(320)) })),
});
export type AttachmentsQuestion = z.infer<typeof attachmentsQuestion>;

export const readFilesQuestion = z.strictObject({ files: z.array(file).check(z.minLength(1)) });
export type ReadFilesQuestion = z.infer<typeof readFilesQuestion>;

/** One file in which the letters to all stand one after another. */
export const splitQuestion = z.strictObject({
  file,
  /** The recipients, whose numbers are looked for on its pages. */
  numbers: z.array(recipientNumber).check(z.minLength(1)),
  /** The title of each letter. */
  title: z.optional(z.string().check(z.maxLength(1_000))),
  /** Which of the letters that are found are to be made, from 0; left out: none, only whose they are is told. */
  make: z.optional(z.strictObject({ from: z.int().check(z.gte(0)), count: z.int().check(z.gte(1), z.lte(500)) })),
});
export type SplitQuestion = z.infer<typeof splitQuestion>;

export const convertQuestion = z.strictObject({
  operation: z.enum(['to-pdf', 'unpack', 'shrink', 'join', 'remove-macros']),
  /** For `join` in the order in which they follow each other. */
  files: z.array(file).check(z.minLength(1)),
  /** For `join`: the name of the one file that comes out. */
  name: z.optional(z.string().check(z.maxLength(255))),
});
export type ConvertQuestion = z.infer<typeof convertQuestion>;

// News.

export const newsSignUpQuestion = z.strictObject({
  address: z.string().check(z.trim(), z.minLength(3), z.maxLength(320)),
  /** The words that one was shown and said yes to: their language and version, e.g. "da-1" (domain/news-consent.ts). */
  consentText: z.string().check(z.regex(/^(da|en|kl)-[0-9]{1,4}$/, 'er ikke en samtykketekst')),
});
export type NewsSignUpQuestion = z.infer<typeof newsSignUpQuestion>;

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
