import { createTransport } from 'nodemailer';
import type { RunningGateway } from '../gateway-process.ts';
import { ORGANISATIONS, type WorldOrganisation } from '../world.ts';

/** A mail as the start page's form has it. */
export interface FirstMail {
  /** Address of the mailbox it is sent from. */
  readonly from: string;
  /** CPR or CVR number of the chosen recipient. */
  readonly person: string;
  /** An address written by hand, or empty; it counts instead of the person. */
  readonly address: string;
  readonly reply: boolean;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly File[];
}

/** The gateway, or the form itself, did not take the mail; the message is for whoever wrote it. */
export class FirstMailRefused extends Error {}

const PATIENCE_MS = 30_000;

/**
 * Hands a mail over to the gateway by SMTP, as Exchange would, and answers when it said 250: the number or address
 * that it goes to. Throws FirstMailRefused with the gateway's own words.
 */
export async function sendFirstMail(gateway: RunningGateway, mail: FirstMail): Promise<string> {
  const organisation = organisationOfMailbox(mail.from);
  if (!organisation) throw new FirstMailRefused('Vælg en postkasse at sende fra.');
  const to = mail.address || gatewayAddress(organisation, mail);
  const transport = createTransport({
    host: '127.0.0.1', port: gateway.doors.smtpPort, secure: false, ignoreTLS: true, name: 'outlook.sandbox',
    connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS,
  });
  try {
    const attachments = await Promise.all(mail.files.map(attachmentOf));
    await transport.sendMail({ from: mail.from, to, subject: mail.subject, text: mail.text, attachments });
  } catch (error) {
    throw new FirstMailRefused(reasonOf(error), { cause: error });
  } finally {
    transport.close();
  }
  return /^(\d{10}|\d{8})\b/.exec(to)?.[0] ?? to;
}

function organisationOfMailbox(address: string): WorldOrganisation | null {
  return ORGANISATIONS.find((one) => one.mailDomains.some((domain) => address.endsWith(`@${domain}`))) ?? null;
}

/** The sender is the mailbox's own contact point, so that the answer comes back to it; else the organisation. */
function gatewayAddress(organisation: WorldOrganisation, mail: FirstMail): string {
  const contactPoint = organisation.contactPoints.find((point) => point.mailbox === mail.from);
  return `${mail.person}${mail.reply ? '-reply' : ''}@${contactPoint?.id ?? organisation.cvr}.ngdp.digital-post.dk`;
}

async function attachmentOf(file: File): Promise<{ filename: string; content: Buffer; contentType?: string }> {
  const content = Buffer.from(await file.arrayBuffer());
  return { filename: file.name, content, ...(file.type === '' ? {} : { contentType: file.type }) };
}

function reasonOf(error: unknown): string {
  const { response, message } = error as { readonly response?: unknown; readonly message?: unknown };
  return typeof response === 'string' ? response : String(message);
}
