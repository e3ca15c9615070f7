import { createTransport } from 'nodemailer';
import type { RunningGateway } from '../gateway-process.ts';
import { ORGANISATIONS, type WorldOrganisation } from '../world.ts';

/** A mail as a page's form has it, addresses and all. */
export interface PageMail {
  /** Address of the mailbox it is sent from. */
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly PageFile[];
}

export interface PageFile {
  readonly name: string;
  /** MIME type; empty: by the name. */
  readonly type: string;
  readonly content: Buffer;
}

/** The gateway, or the form itself, did not take the mail; the message is for whoever wrote it. */
export class MailNotTaken extends Error {}

const PATIENCE_MS = 120_000;

/**
 * Hands a mail over to the gateway by SMTP, as Exchange or a line-of-business system would, and returns when it said
 * 250. Throws MailNotTaken with the gateway's own words, also when it refused some of the recipients only.
 */
export async function handOver(gateway: RunningGateway, mail: PageMail): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1', port: gateway.doors.smtpPort, secure: false, ignoreTLS: true, name: 'outlook.sandbox',
    connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS,
  });
  const attachments = mail.files.map(({ name, type, content }) => ({
    filename: name, content, contentTransferEncoding: 'base64' as const, ...(type === '' ? {} : { contentType: type }),
  }));
  try {
    const { from, to, subject, text } = mail;
    const sent = await transport.sendMail({ from, to: [...to], subject, text, attachments });
    if (sent.rejected.length > 0) throw new MailNotTaken(partlyTaken(sent.accepted.length, sent.rejectedErrors ?? []));
  } catch (error) {
    throw error instanceof MailNotTaken ? error : new MailNotTaken(reasonOf(error), { cause: error });
  } finally {
    transport.close();
  }
}

/** A file that came with a form. */
export async function pageFileOf(file: File): Promise<PageFile> {
  return { name: file.name, type: file.type, content: Buffer.from(await file.arrayBuffer()) };
}

/** The organisation of a mailbox in our world. Throws MailNotTaken for a mailbox from elsewhere. */
export function organisationOfMailbox(address: string): WorldOrganisation {
  const found = ORGANISATIONS.find((one) => one.mailDomains.some((domain) => address.endsWith(`@${domain}`)));
  if (!found) throw new MailNotTaken('Vælg en postkasse at sende fra.');
  return found;
}

/** As whom a mailbox writes: its own contact point, so that the answer comes back to it; else the organisation's CVR number. */
export function senderOfMailbox(address: string): string {
  const organisation = organisationOfMailbox(address);
  return organisation.contactPoints.find((point) => point.mailbox === address)?.id ?? organisation.cvr;
}

function partlyTaken(accepted: number, errors: readonly Error[]): string {
  return [`Taget imod for ${accepted} af modtagerne; de får mailen. For de andre svarede gatewayen:`, ...errors.map(reasonOf)].join('\n');
}

function reasonOf(error: unknown): string {
  const { response, message } = error as { readonly response?: unknown; readonly message?: unknown };
  return typeof response === 'string' ? response : String(message);
}
