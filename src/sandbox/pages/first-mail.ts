import type { RunningGateway } from '../gateway-process.ts';
import type { NetworkName } from '../network/network-profile.ts';
import { handOver, MailNotTaken, organisationOfMailbox, pageFileOf, senderOfMailbox } from './hand-over.ts';

/** A mail as the start page's form has it. */
export interface FirstMail {
  /** Address of the mailbox it is sent from. */
  readonly from: string;
  readonly network: NetworkName;
  /** CPR or CVR numbers of the chosen recipients. */
  readonly persons: readonly string[];
  /** Numbers and addresses written by hand, one a line. */
  readonly others: string;
  readonly reply: boolean;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly File[];
}

/**
 * Hands a mail over to the gateway by SMTP and answers when it said 250: the numbers and addresses that it goes to.
 * Throws MailNotTaken.
 */
export async function sendFirstMail(gateway: RunningGateway, mail: FirstMail): Promise<readonly string[]> {
  const recipients = [...new Set([...mail.persons, ...linesOf(mail.others)])];
  if (recipients.length === 0) throw new MailNotTaken('Vælg mindst én modtager.');
  const files = await Promise.all(mail.files.map(pageFileOf));
  const { from, subject, text } = mail;
  await handOver(gateway, { from, to: recipients.map((one) => addressOf(one, mail)), subject, text, files });
  return recipients.map((one) => /^(\d{10}|\d{8})\b/.exec(one)?.[0] ?? one);
}

/** What stands on the lines of a text field; blanks and hyphens in a number are forgiven. */
function linesOf(text: string): readonly string[] {
  return text
    .split(/[\r\n;,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (/^\d{6}[ -]\d{4}$/.test(line) ? line.replace(/[ -]/, '') : line));
}

/** The exact address of formats.md; e-Boks knows neither contact points nor answers. */
function addressOf(recipient: string, { from, network, reply }: FirstMail): string {
  if (!/^(\d{10}|\d{8})$/.test(recipient)) return recipient;
  if (network === 'eboks') return `${recipient}@${organisationOfMailbox(from).cvr}.eboks.digital-post.dk`;
  return `${recipient}${reply ? '-reply' : ''}@${senderOfMailbox(from)}.${network}.digital-post.dk`;
}
