import { z } from 'zod';

const time = z.iso.datetime();

export const recipientSchema = z
  .object({
    position: z.number().int().describe('Plads blandt modtagerne (to, cc, bcc), eller linjen i listen; fra 1.'),
    recipient: z.string().describe('CPR-numre er skjult.'),
    name: z.string().nullable().describe('Navnet, som mailen selv har det; null, hvor den ikke har noget, og når indholdet er slettet.'),
    channel: z.enum(['ngdp', 'mitdk', 'eboks', 'secure-mail', 'mail']),
    outcome: z.enum(['delivered', 'failed', 'stopped', 'pending']),
    status: z.enum([
      'waiting', 'sending', 'unknown', 'handed-over', 'completed', 'refused', 'expired', 'parked', 'stopped',
    ]),
    messageUUID: z.string().nullable(),
    handedOverAt: time.nullable(),
    settledAt: time.nullable(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable().describe('Som modtagersystemet skrev den.'),
    errorText: z.string().nullable().describe('Hvorfor det gik galt, på dansk.'),
  })
  .meta({ id: 'Recipient' });

const problemSchema = z.object({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  parameters: z.record(z.string(), z.unknown()),
});

const countsSchema = z.object({
  delivered: z.number().int(), failed: z.number().int(), stopped: z.number().int(), pending: z.number().int(),
  all: z.number().int(),
});

const summaryFields = {
  id: z.string().meta({ example: 's123' }),
  href: z.string(),
  source: z.enum(['smtp', 'api', 'resend']),
  state: z.enum(['accepted', 'converting', 'expanded', 'refused', 'skipped', 'parked']),
  done: z.boolean().describe('Der sker ikke mere med den.'),
  sentAt: time.describe('Hvornår den blev taget imod.'),
  from: z.string(),
  subject: z.string(),
  messageId: z.string().nullable(),
  mass: z.boolean(),
  writtenBy: z.string().nullable(),
  recipientCount: z.number().int(),
  counts: countsSchema.describe('Hvad der er blevet af den.'),
  to: z.array(z.string()).describe('De første modtagere, CPR-numre skjult; tom for en masseforsendelse.'),
  toNames: z.array(z.string().nullable()).describe('Deres navne, som mailen selv har dem, i samme rækkefølge som to.'),
  settledAt: time.nullable().describe('Hvornår det var afgjort for den eneste modtager; null for flere, og før det er det.'),
  sentAs: z.array(z.string()).describe('Afsenderen, som modtageren ser den; tom, før den er læst.'),
  heldUntil: time.nullable().describe('Intet sendes før da; null: straks, eller ikke før den er godkendt.'),
  approval: z
    .object({ state: z.enum(['pending', 'approved', 'rejected']), by: z.string().nullable(), at: time.nullable() })
    .nullable(),
  stopped: z.object({ by: z.string().nullable(), at: time }).nullable(),
  resendOf: z.string().nullable(),
  problems: z.array(problemSchema).describe('Hvorfor den blev afvist; koderne er fejlkatalogets.'),
};

export const summarySchema = z.object(summaryFields).meta({ id: 'SubmissionSummary' });

/** The same words as NgDPKvittering.json, the receipt for machines that mails carry. */
export const submissionSchema = z
  .object({
    version: z.literal(1),
    ...summaryFields,
    letterSha256: z.string().nullable().describe('Brevets kontroltal.'),
    contentSha256: z.string().nullable().describe('Kontroltal for hele forsendelsen; nævnes, når den godkendes.'),
    statuses: z.record(z.string(), z.number().int()).describe('Antal modtagere i hver status.'),
    recipients: z.array(recipientSchema),
    next: z.number().int().nullable().describe('Værdien af after for næste side; null: ikke flere.'),
  })
  .meta({ id: 'Submission' });

export const listSchema = z
  .object({
    submissions: z.array(summarySchema),
    next: z.string().nullable().describe('Værdien af after for næste side; null: ikke flere.'),
    counts: z
      .object({ all: z.number().int(), failed: z.number().int(), open: z.number().int(), max: z.number().int() })
      .nullable()
      .describe('Antal for hvert filter, når counts=true; der tælles ikke længere end til max.'),
  })
  .meta({ id: 'SubmissionList' });

export type SubmissionSummary = z.infer<typeof summarySchema>;
export type SubmissionStatus = z.infer<typeof submissionSchema>;
export type RecipientStatus = z.infer<typeof recipientSchema>;
