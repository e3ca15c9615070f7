import { z } from 'zod';
import { isContactPointId } from '../../domain/contact-point.ts';
import { isCvrNumber } from '../../domain/cvr-number.ts';
import { printGatewayAddress, type MassAddress, type SenderReference } from '../../domain/gateway-address.ts';
import { readMassSendList, writeMassSendList, type MassRecipient } from '../../domain/mass-send-list.ts';
import { MERGE_COLUMNS_FILE } from '../../domain/merge-columns.ts';
import type { Problem } from '../../domain/problem.ts';
import type { OutgoingFile } from '../../mail/compose-mail.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { defineRoute, FAULTS_TOLD_MAX, invalidRequest, type ApiCall, type ApiRoute } from './api-route.ts';
import { envelopeRefusal, refusalOf } from './judge-mail.ts';
import { columnProblems } from './column-problems.ts';
import { acceptedSchema, bytesSchema, commonFields } from './mail-schemas.ts';
import { addressOnly, outgoingMail } from './message-routes.ts';
import { storeMail } from './store-mail.ts';

const numberSchema = z.string().min(8).max(20).regex(/^[^\p{Cc}]+$/u, 'skal være et CPR- eller CVR-nummer');

/**
 * A list may have a million lines: it is judged as one value, up to the first hundred that are no numbers, for each fault
 * of an element would be an object of its own.
 */
const recipientsSchema = z
  .custom<readonly string[]>()
  .superRefine((list: unknown, context) => {
    if (!Array.isArray(list) || list.length === 0) return void context.addIssue({ code: 'custom', message: 'skal være en liste af numre' });
    let faults = 0;
    for (const [n, number] of list.entries()) {
      if (faults >= FAULTS_TOLD_MAX) return;
      const { error } = numberSchema.safeParse(number);
      if (!error) continue;
      faults += 1;
      context.addIssue({ code: 'custom', path: [n], message: error.issues[0]?.message ?? '' });
    }
  })
  .meta({ type: 'array', minItems: 1, items: { type: 'string', minLength: 8, maxLength: 20 } });

/** Letters to single recipients in one call; more do not fit in its size. */
const OWN_LETTERS_MAX = 20_000;

const massSendSchema = z
  .strictObject({
    ...commonFields,
    sender: z
      .string()
      .transform((text) => text.toLowerCase())
      .refine((text) => isCvrNumber(text) || isContactPointId(text), 'skal være et CVR-nummer eller et kontaktpunkts id')
      .describe('Hvem der sendes som: organisationens CVR-nummer eller et kontaktpunkts id.'),
    recipients: recipientsSchema.optional().describe('CPR- og CVR-numre, ét for hver modtager.'),
    listBase64: bytesSchema.optional().describe('I stedet for recipients: masseforsendelse.txt, som den er, base64.'),
    bodyPdfBase64: bytesSchema.optional().describe('Brevet som PDF, base64; gælder frem for html og text.'),
    ownLetters: z
      .array(z.strictObject({ recipient: numberSchema, contentBase64: bytesSchema }))
      .max(OWN_LETTERS_MAX)
      .default([])
      .describe('Et brev (PDF) til hver modtager. Så skal hver modtager have netop ét, og bodyPdfBase64 udelades.'),
    columnsBase64: bytesSchema
      .optional()
      .describe('masseforsendelse.csv, som den er, base64: felter som {Navn} i subject og i html eller text udfyldes for hver modtager fra kolonnerne. Overskrifter i første linje, numre i første kolonne, ; imellem.'),
  })
  .refine(({ recipients, listBase64 }) => (recipients === undefined) !== (listBase64 === undefined), {
    path: ['recipients'],
    message: 'angiv enten recipients eller listBase64',
  })
  .meta({ id: 'MassSend' });

type MassSendRequest = z.infer<typeof massSendSchema>;

/** POST /api/mass-sends: one letter to a list, one letter each, or one that is filled in for each. */
export const massSendRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/mass-sends',
  summary: 'Send en masseforsendelse',
  callers: ['program'],
  right: 'mass-send',
  audit: null,
  body: 'list',
  remembers: true,
  bodySchema: massSendSchema,
  querySchema: null,
  answers: { 202: { description: 'Taget imod og gemt. Hvad der bliver af den, står under href.', schema: acceptedSchema } },
  handle: sendToList,
});

/**
 * Writes the very mail that formats.md describes, with its list and its letters as files, so that a mass send has one
 * road, whoever it comes from. The list is judged here too, for a program is better told at once.
 */
async function sendToList(parts: ApiParts, { caller, body, remember }: ApiCall<MassSendRequest, unknown>): Promise<ApiAnswer> {
  const max = parts.settings.API_ATTACHMENTS_MAX;
  if (body.attachments.length > max) return invalidRequest(parts, [{ path: 'attachments', message: `højst ${max} filer` }]);
  const list = listOf(body);
  if (list.kind === 'problems') return refusalOf(parts, list.problems) ?? invalidRequest(parts, []);
  const address = massAddress(body.sender, list.recipients.length);
  const envelope = { peerCvrs: caller.cvrNumbers, mailFrom: body.from, recipients: [address] };
  const refusal = envelopeRefusal(parts, { caller, envelope }, [{ path: 'sender', address }])
    ?? refusalOf(parts, columnsRefused(parts, body, list.recipients));
  if (refusal) return refusal;
  const mail = outgoingMail(parts, body);
  const files = [{ name: 'masseforsendelse.txt', type: 'text/plain', bytes: list.bytes }, ...columnsFile(body), ...letterFiles(body)];
  const attachments = [...files, ...mail.attachments];
  const whole = { ...mail, to: [addressOnly(address)], attachments };
  return await storeMail(parts, { caller, envelope, mail: whole, recipientCount: list.recipients.length }, remember);
}

type GivenList =
  | { readonly kind: 'list'; readonly recipients: readonly MassRecipient[]; readonly bytes: Uint8Array }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

function listOf({ recipients, listBase64 }: MassSendRequest): GivenList {
  if (listBase64 !== undefined) {
    const read = readMassSendList(listBase64, lineCount(listBase64));
    return read.kind === 'list' ? { ...read, bytes: listBase64 } : read;
  }
  const lines = recipients ?? [];
  const read = readMassSendList(Buffer.from(lines.join('\r\n')), lines.length);
  return read.kind === 'list' ? { ...read, bytes: writeMassSendList(read.recipients.map(({ id }) => id)) } : read;
}

/** How many recipients the list itself has: the address must say the same, and here it is we who write it. */
function lineCount(list: Uint8Array): number {
  const read = readMassSendList(list, 0);
  if (read.kind === 'list') return 0;
  const count = read.problems.find(({ code }) => code === 'mass-list-count')?.parameters['listCount'];
  return typeof count === 'number' ? count : 0;
}

function massAddress(sender: string, recipientCount: number): string {
  const reference: SenderReference = isCvrNumber(sender) ? { kind: 'cvr', cvr: sender } : { kind: 'contact-point', id: sender };
  const address: MassAddress = { kind: 'mass', channel: 'ngdp', recipientCount, sender: reference };
  return printGatewayAddress(address);
}

function columnsFile({ columnsBase64 }: MassSendRequest): readonly OutgoingFile[] {
  return columnsBase64 === undefined ? [] : [{ name: MERGE_COLUMNS_FILE, type: 'text/csv', bytes: columnsBase64 }];
}

function columnsRefused(parts: ApiParts, body: MassSendRequest, recipients: readonly MassRecipient[]): readonly Problem[] {
  const { subject, html, text, columnsBase64: columns } = body;
  const letters = letterFiles(body).map(({ name }) => name);
  return columns === undefined ? [] : columnProblems(parts, { subject, html, text, columns, recipients, letters });
}

function letterFiles({ bodyPdfBase64, ownLetters }: MassSendRequest): readonly OutgoingFile[] {
  return [
    ...(bodyPdfBase64 === undefined ? [] : [{ name: 'body.pdf', type: PDF, bytes: bodyPdfBase64 }]),
    ...ownLetters.map(({ recipient, contentBase64 }) => ({
      name: `${recipient.replaceAll(/\D/g, '')}.pdf`, type: PDF, bytes: contentBase64,
    })),
  ];
}

const PDF = 'application/pdf';
