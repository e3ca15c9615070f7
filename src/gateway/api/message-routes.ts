import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { mailDomainOf } from '../../domain/mail-address.ts';
import type { OutgoingMail } from '../../mail/compose-mail.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, invalidRequest, type ApiCall, type ApiRoute } from './api-route.ts';
import { envelopeRefusal } from './judge-mail.ts';
import { acceptedSchema, addressSchema, commonFields } from './mail-schemas.ts';
import { storeMail } from './store-mail.ts';

const messageSchema = z
  .strictObject({
    ...commonFields,
    to: z.array(addressSchema).default([]).describe('Modtagere som ved SMTP: adresser i Digital Post, mit.dk og e-Boks, og almindelig mail.'),
    cc: z.array(addressSchema).default([]),
    bcc: z.array(addressSchema).default([]),
  })
  .refine(({ to, cc, bcc }) => to.length + cc.length + bcc.length > 0, { path: ['to'], message: 'mangler modtagere' })
  .meta({ id: 'Message' });

type MessageRequest = z.infer<typeof messageSchema>;

/** POST /api/messages: one message, to one or some recipients. */
export const messageRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/messages',
  summary: 'Send en besked',
  callers: ['program'],
  right: 'send',
  audit: null,
  body: 'large',
  remembers: true,
  bodySchema: messageSchema,
  querySchema: null,
  answers: { 202: { description: 'Taget imod og gemt. Hvad der bliver af den, står under href.', schema: acceptedSchema } },
  handle: sendMessage,
});

async function sendMessage(parts: ApiParts, { caller, body, remember }: ApiCall<MessageRequest, unknown>): Promise<ApiAnswer> {
  const max = parts.settings.API_ATTACHMENTS_MAX;
  if (body.attachments.length > max) return invalidRequest(parts, [{ path: 'attachments', message: `højst ${max} filer` }]);
  const recipients = (['to', 'cc', 'bcc'] as const).flatMap((field) =>
    body[field].map((address, n) => ({ path: `${field}.${n}`, address })),
  );
  if (!caller.may.has('mass-send') && recipients.some(({ address }) => isMassAddress(address))) {
    return callProblem(parts.settings.PUBLIC_URL, 'right-missing', 'Programmet mangler retten »mass-send«.');
  }
  const envelope = {
    peerCvrs: caller.cvrNumbers,
    mailFrom: body.from,
    recipients: recipients.map(({ address }) => address),
  };
  const refusal = envelopeRefusal(parts, { caller, envelope }, recipients);
  if (refusal) return refusal;
  const mail = { ...outgoingMail(parts, body), to: body.to.map(addressOnly), cc: body.cc.map(addressOnly) };
  return await storeMail(parts, { caller, envelope, mail, recipientCount: recipients.length }, remember);
}

function isMassAddress(address: string): boolean {
  const parsed = parseGatewayAddress(address);
  return parsed.kind === 'gateway-address' && parsed.address.kind === 'mass';
}

type CommonRequest = Pick<MessageRequest, 'from' | 'subject' | 'text' | 'html' | 'attachments' | 'messageId' | 'sendAt'>;

/** The mail that a call describes, without its recipients. */
export function outgoingMail(parts: ApiParts, request: CommonRequest): Omit<OutgoingMail, 'to'> {
  const { from, subject, text, html, attachments, messageId, sendAt } = request;
  return {
    from: addressOnly(from),
    subject,
    text: text ?? null,
    html: html ?? null,
    messageId: messageId ?? `<api.${randomUUID()}@${mailDomainOf(from)}>`,
    date: parts.now(),
    inReplyTo: null,
    autoReplied: false,
    attachments: attachments.map((file) => ({ name: file.filename, type: file.contentType ?? null, bytes: file.contentBase64 })),
    original: null,
    headers: sendAt === undefined ? [] : [{ name: 'X-Postbro-Send-At', value: sendAt }],
  };
}

/** An address as a mail's header names it, with nothing beside. */
export function addressOnly(address: string): { readonly name: string; readonly address: string } {
  return { name: '', address };
}
