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
  const transport = gatewayTransport(gateway);
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

/** A mail, written, with its envelope. */
export interface WrittenBytes {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/**
 * Hands a written mail over to the gateway by SMTP, byte for byte.
 * @returns the recipients that it was refused for, with the gateway's own words: all of them where it refused the mail, or
 *   did not answer
 */
export async function handOverBytes(gateway: RunningGateway, { from, to, raw }: WrittenBytes): Promise<readonly { readonly address: string; readonly reason: string }[]> {
  const transport = gatewayTransport(gateway);
  try {
    const { rejected, rejectedErrors } = await transport.sendMail({ envelope: { from, to: [...to] }, raw });
    return rejected.map((address, n) => ({ address, reason: reasonOf(rejectedErrors?.[n]) }));
  } catch (error) {
    return to.map((address) => ({ address, reason: reasonFor(address, error) }));
  } finally {
    transport.close();
  }
}

/** Where every recipient is refused, each has an answer of its own. */
function reasonFor(address: string, error: unknown): string {
  const { rejectedErrors } = error as { readonly rejectedErrors?: unknown };
  const own = Array.isArray(rejectedErrors) ? rejectedErrors.find((one: unknown) => (one as { readonly recipient?: unknown }).recipient === address) : undefined;
  return reasonOf(own ?? error);
}

function gatewayTransport(gateway: RunningGateway) {
  return createTransport({
    host: '127.0.0.1', port: gateway.doors.smtpPort, secure: false, ignoreTLS: true, name: 'outlook.sandbox',
    connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS,
  });
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
  const { response, message } = (error ?? {}) as { readonly response?: unknown; readonly message?: unknown };
  return typeof response === 'string' ? response : String(message);
}
