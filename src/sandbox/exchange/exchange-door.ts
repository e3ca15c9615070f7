import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { BodyTooLarge, type BodyStore } from '../body-store.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import { HEADER_BYTES_MAX, summaryOf } from './mail-summary.ts';
import type { MailboxStore } from './mailbox-store.ts';

/** The stand-in Exchange's SMTP door, to which the gateway relays ordinary mail and receipts. */
export interface ExchangeDoor {
  readonly port: number;
  close(): Promise<void>;
}

export interface ExchangeParts {
  readonly mailboxes: MailboxStore;
  readonly bodies: BodyStore;
  readonly log: SandboxLog;
}

/** More than the gateway takes (150 MB), for it puts header fields on top. */
const MAIL_BYTES_MAX = 160 * 1024 * 1024;
const CLOSE_PATIENCE_MS = 200;

/** Opens the door on a free port. Every address is taken; a mail is stored, byte for byte, before 250 is said. */
export async function openExchangeDoor(parts: ExchangeParts): Promise<ExchangeDoor> {
  const server = new SMTPServer({
    name: 'exchange.sandbox',
    banner: 'Stand-in Exchange',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    size: MAIL_BYTES_MAX,
    closeTimeout: CLOSE_PATIENCE_MS,
    onData: (stream, session, callback) => {
      takeMail(parts, stream, session).then(
        () => callback(null, '2.0.0 Stored'),
        (error: unknown) => callback(answerTo(error, parts.log)),
      );
    },
  });
  // A broken connection is the other side's affair; it will hand the mail over again.
  server.on('error', (error) => parts.log.warn({ error: error.message }, 'a connection to the stand-in Exchange broke'));
  const listening = server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => void listening.once('listening', resolve));
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function takeMail(parts: ExchangeParts, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
  const intake = parts.bodies.intake(stream.iterator({ destroyOnReturn: false }), MAIL_BYTES_MAX);
  try {
    const beginning: Uint8Array[] = [];
    const hash = createHash('sha256');
    let length = 0;
    for await (const chunk of intake.chunks()) {
      if (length < HEADER_BYTES_MAX) beginning.push(chunk);
      length += chunk.length;
      hash.update(chunk);
    }
    const body = await intake.finish();
    const mailboxes = session.envelope.rcptTo.map((recipient) => recipient.address);
    await parts.mailboxes.deliver(mailboxes, summaryOf(Buffer.concat(beginning)), { body, sha256: hash.digest('hex') });
  } catch (error) {
    await intake.abandon();
    stream.resume();
    throw error;
  }
}

function answerTo(error: unknown, log: SandboxLog): Error {
  const tooLarge = error instanceof BodyTooLarge;
  if (!tooLarge) log.error({ error: String(error) }, 'the stand-in Exchange could not store a mail');
  const answer = new Error(tooLarge ? '5.3.4 Message too large' : '4.3.0 Cannot store the message now');
  return Object.assign(answer, { responseCode: tooLarge ? 552 : 451 });
}
