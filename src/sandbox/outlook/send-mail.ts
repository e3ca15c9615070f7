import { createHash } from 'node:crypto';
import type { StoredBody } from '../body-store.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { summaryOf } from '../exchange/mail-summary.ts';
import type { RunningGateway } from '../gateway-process.ts';
import { handOverBytes } from '../pages/hand-over.ts';
import { bounceMail } from './bounce-mail.ts';
import type { OutlookStore } from './outlook-store.ts';
import { bytesOfMail, envelopeOf, type WrittenMail } from './written-mail.ts';

export interface SendingParts {
  readonly gateway: RunningGateway;
  readonly exchange: Exchange;
  readonly store: OutlookStore;
}

/** What became of a mail at the gateway's door. */
export interface SentResult {
  readonly messageId: string;
  /** Recipients that the gateway took the mail for; for the others a mail says why it did not. */
  readonly taken: number;
  readonly refused: number;
}

const MAIL_BYTES_MAX = 200 * 1024 * 1024;

/**
 * Sends a mail as Exchange does: kept under Sendt post, handed over to the gateway by SMTP, and where it is refused a mail
 * back in the sender's own mailbox.
 */
export async function sendMail({ gateway, exchange, store }: SendingParts, mail: WrittenMail): Promise<SentResult> {
  const { messageId, sent, kept } = await bytesOfMail(mail);
  const mailbox = mail.from.address.toLowerCase();
  await store.keepSent({
    mailbox, summary: summaryOf(kept), recipients: [...mail.to, ...mail.cc, ...mail.bcc], body: await stored(exchange, kept),
  });
  const recipients = envelopeOf(mail);
  const refused = await handOverBytes(gateway, { from: mail.from.address, to: recipients, raw: sent });
  if (refused.length > 0) {
    const header = sent.subarray(0, sent.indexOf('\r\n\r\n')).toString('utf8');
    const bounce = await bounceMail({ from: mail.from.address, subject: mail.subject, header, refused });
    const sha256 = createHash('sha256').update(bounce).digest('hex');
    await exchange.mailboxes.deliver([mailbox], summaryOf(bounce), { body: await stored(exchange, bounce), sha256 });
  }
  return { messageId, taken: recipients.length - refused.length, refused: refused.length };
}

async function stored({ bodies }: Exchange, bytes: Buffer): Promise<StoredBody> {
  const writer = bodies.writer(MAIL_BYTES_MAX);
  await writer.write(bytes);
  return await writer.finish();
}
