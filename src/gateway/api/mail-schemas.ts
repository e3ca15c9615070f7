import { z } from 'zod';

/** The parts that the calls to send have in common: what they look like, in words for those who write programs. */

const ADDRESS_CHARACTERS_MAX = 320;
const SUBJECT_CHARACTERS_MAX = 1_000;
const FILENAME_CHARACTERS_MAX = 255;
/** Beyond these no file is looked at; API_ATTACHMENTS_MAX is what may be sent. */
const ATTACHMENTS_MAX = 1_000;
const BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;

export const addressSchema = z
  .string()
  .min(3)
  .max(ADDRESS_CHARACTERS_MAX)
  .regex(/^[^\p{Cc}]+$/u, 'en adresse har ingen linjeskift og styretegn');

/** Bytes as base64; comes out as bytes, so that the text can be forgotten at once. */
export const bytesSchema = z
  .string()
  .transform((text, context): Buffer => {
    // One look at each sign: a pattern of groups of four would need a stack as deep as the file is long.
    const bytes = Buffer.from(text, 'base64');
    const signs = BASE64.test(text) ? signCount(text) : Number.NaN;
    if (bytes.length === Math.floor((signs * 3) / 4)) return bytes;
    context.addIssue({ code: 'custom', message: 'er ikke base64' });
    return z.NEVER;
  })
  .meta({ contentEncoding: 'base64' });

function signCount(text: string): number {
  let count = text.length;
  for (let at = text.length - 1; at >= 0 && '=\r\n'.includes(text.charAt(at)); at -= 1) count -= 1;
  const body = text.slice(0, count);
  return body.includes('\n') || body.includes('\r') ? body.replaceAll(/[\r\n]/g, '').length : count;
}

export const attachmentSchema = z.strictObject({
  filename: z.string().min(1).max(FILENAME_CHARACTERS_MAX).describe('Filens navn. `body.pdf` er selve brevet.'),
  contentType: z
    .string()
    .regex(/^(?!multipart\/|message\/)[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/i, 'skal være som application/pdf')
    .optional()
    .describe('Udelades: efter navnet.'),
  contentBase64: bytesSchema.describe('Filens indhold, base64.'),
});

/** What both a message and a mass send have. */
export const commonFields = {
  from: addressSchema.describe('Postkassen, der sendes fra. Rettighederne er dem, postkassen har ved SMTP.'),
  subject: z.string().min(1).max(SUBJECT_CHARACTERS_MAX).describe('Brevets titel. Aldrig et CPR-nummer.'),
  text: z.string().optional().describe('Brevet som tekst; bliver til en PDF.'),
  html: z.string().optional().describe('Brevet som HTML; gælder frem for text.'),
  attachments: z.array(attachmentSchema).max(ATTACHMENTS_MAX).default([]).describe('Bilag. Højst 10 til Digital Post.'),
  messageId: z
    .string()
    .max(250)
    .regex(/^<[^\s<>@\p{Cc}]{1,120}@[A-Za-z0-9.-]{1,120}>$/u, 'skal være som <noget@domæne>')
    .optional()
    .describe('Message-ID; udelades: dannes her. Kvitteringen svarer på den.'),
  sendAt: z.iso.datetime({ offset: true }).optional().describe('Tidligste afsendelse, ISO 8601 med tidszone.'),
};

export const acceptedSchema = z
  .object({
    id: z.string().meta({ example: 's123' }),
    state: z.literal('accepted'),
    href: z.string().describe('Hvor status hentes.'),
    messageId: z.string(),
    recipientCount: z.number().int(),
  })
  .meta({ id: 'Accepted' });

export type Accepted = z.infer<typeof acceptedSchema>;
