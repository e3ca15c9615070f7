import { z } from 'zod';

const time = z.iso.datetime();
const count = z.number().int();

export const mailboxesSchema = z
  .object({
    group: z
      .object({
        address: z.string().describe('Gruppen i Exchange.'),
        triedAt: time.nullable(),
        succeededAt: time.nullable().describe('Hvornår listen sidst kom hel.'),
        error: z.string().nullable().describe('Hvorfor den sidste søgning ikke lykkedes.'),
      })
      .nullable()
      .describe('null: postkasserne er dem, der står i ORGANISATIONS_FILE.'),
    mailboxes: z.array(
      z.object({
        address: z.string(),
        name: z.string().nullable(),
        state: z.enum(['sat op', 'ikke sat op', 'ikke i gruppen']),
        missing: z.array(z.string()).describe('Hvad der mangler, i sætninger.'),
        channels: z.array(z.string()),
        senders: z.array(z.object({ key: z.string(), label: z.string().nullable().describe('null: kendes ikke.') })),
        people: count.describe('Personer, der må bruge den i tilføjelsesprogrammet; grupper ikke medregnet.'),
        groups: count.describe('Grupper i Entra, hvis medlemmer må.'),
      }),
    ),
  })
  .meta({ id: 'AdminMailboxes' });
export type AdminMailboxes = z.infer<typeof mailboxesSchema>;

const certificateSchema = z
  .object({
    kind: z.enum(['certificate', 'secret']),
    uses: z.array(z.string()),
    own: z.boolean().describe('false: gatewayens eget, fælles for alle organisationer.'),
    file: z.string().nullable(),
    subject: z.string().nullable(),
    serialNumber: z.string().nullable(),
    until: time.nullable(),
    daysLeft: count.nullable(),
    state: z.string().describe('gyldig, udløber snart, udløbet, kan ikke bruges, ukendt udløb.'),
    fault: z.string().nullable(),
  })
  .meta({ id: 'AdminCertificate' });
export type AdminCertificate = z.infer<typeof certificateSchema>;
export const certificatesSchema = z.object({ certificates: z.array(certificateSchema) });

const testSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['ok', 'fault']),
    note: z.string().nullable().describe('Hvad der skal vides om forbindelsen, før alt andet.'),
    text: z.string().describe('Hvilken del der er forkert, på dansk.'),
  })
  .meta({ id: 'ConnectionTest' });
export type ConnectionTestResult = z.infer<typeof testSchema>;
export const testsSchema = z.object({ tests: z.array(testSchema) });

/** The guides there are; what else stands in such a path is kept nowhere. */
export const GUIDE_IDS = ['cpr', 'cvr', 'log-on'] as const;

export const guideSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    intro: z.string(),
    steps: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        text: z.string(),
        links: z.array(z.object({ title: z.string(), url: z.string() })),
        done: z.boolean(),
        doneAt: time.nullable(),
        doneBy: z.string().nullable(),
        self: z.boolean().describe('true: ses af sig selv i opsætningen eller ved en test, og kan ikke sættes.'),
        hint: z.string().nullable().describe('Hvad gatewayen selv kan se om trinnet.'),
      }),
    ),
  })
  .meta({ id: 'Guide' });
export type Guide = z.infer<typeof guideSchema>;

export const guideStepSchema = z.strictObject({ step: z.string().min(1).max(64), done: z.boolean() });
