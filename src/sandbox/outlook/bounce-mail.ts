import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';

/** A recipient that a mail could not be handed over for, and what the mail server said. */
export interface RefusedRecipient {
  readonly address: string;
  readonly reason: string;
}

/**
 * The mail that Exchange writes to a sender when the next mail server refused a mail (RFC 3464): what the server said, for
 * people and for programs, and the header of the mail.
 */
export async function bounceMail(
  { from, subject, header, refused }: {
    readonly from: string; readonly subject: string; readonly header: string; readonly refused: readonly RefusedRecipient[];
  },
): Promise<Buffer> {
  const domain = from.split('@')[1] ?? 'outlook.sandbox';
  const status = [`Reporting-MTA: dns;exchange.${domain}`, ...refused.map(({ address, reason }) => [
    '', `Final-Recipient: rfc822;${address}`, 'Action: failed', `Status: ${/\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(reason)?.[0] ?? '5.0.0'}`,
    `Diagnostic-Code: smtp;${oneLine(reason)}`].join('\n'))].join('\n');
  const text = ['Din mail kunne ikke leveres til:', ...refused.map(({ address }) => `- ${address}`), '',
    'Mailserveren svarede:', ...new Set(refused.map(({ reason }) => reason))].join('\n');
  return await new MailComposer({
    from: { name: 'Microsoft Outlook', address: `postmaster@${domain}` },
    to: from,
    subject: `Kan ikke leveres: ${oneLine(subject)}`,
    messageId: `<${randomUUID()}@${domain}>`,
    text,
    headers: [{ key: 'Auto-Submitted', value: 'auto-replied' }, { key: 'X-MS-Exchange-Message-Is-Ndr', value: '1' }],
    attachments: [
      { filename: 'details.txt', content: status, contentType: 'message/delivery-status' },
      { filename: 'header.txt', content: header, contentType: 'text/rfc822-headers' },
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  }).compile().build();
}

function oneLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f]+/g, ' ').trim();
}
