import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Settings } from '../../config.ts';
import type { DeliveryAnswer } from '../channel-delivery.ts';
import { answerOfSmtp } from './answers.ts';

/** The way to the organisation's mail server (Exchange), for ordinary mail, receipts and refusals. */
export interface ExchangeClient {
  /** Hands one mail to one recipient over. `from` may be "": a mail that is never answered. Never throws. */
  send(envelope: { readonly from: string; readonly to: string }, raw: AsyncIterable<Uint8Array>): Promise<DeliveryAnswer>;
  close(): void;
}

type ClientSettings = Pick<
  Settings,
  'RELAY_HOST' | 'RELAY_PORT' | 'RELAY_TLS' | 'RELAY_CA_FILE' | 'RELAY_CONCURRENCY' | 'RELAY_TIMEOUT_MS' | 'SMTP_NAME'
>;

/** Opens a pool of SMTP connections to RELAY_HOST; a connection is made when the first mail needs it. */
export function openExchangeClient(settings: ClientSettings): ExchangeClient {
  const transport = openTransport(settings);
  return {
    async send(envelope, raw) {
      const stream = Readable.from(raw, { objectMode: false });
      try {
        await transport.sendMail({ envelope: { from: envelope.from, to: [envelope.to] }, raw: stream });
        return { outcome: 'delivered', errorCode: null, errorMessage: null };
      } catch (error) {
        return answerOfSmtp(error);
      } finally {
        stream.destroy();
      }
    },
    close: () => transport.close(),
  };
}

/** Greets RELAY_HOST, changes to TLS as a mail would, and goes again: no mail is sent. Throws what stood in the way. */
export async function greetExchange(settings: ClientSettings): Promise<void> {
  const transport = openTransport(settings);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

function openTransport(settings: ClientSettings) {
  return createTransport({
    pool: true,
    host: settings.RELAY_HOST,
    port: settings.RELAY_PORT,
    name: settings.SMTP_NAME,
    maxConnections: settings.RELAY_CONCURRENCY,
    maxMessages: Infinity,
    maxRequeues: 0,
    secure: false,
    requireTLS: settings.RELAY_TLS === 'required',
    ignoreTLS: settings.RELAY_TLS === 'off',
    connectionTimeout: settings.RELAY_TIMEOUT_MS,
    greetingTimeout: settings.RELAY_TIMEOUT_MS,
    socketTimeout: settings.RELAY_TIMEOUT_MS,
    ...(settings.RELAY_CA_FILE && { tls: { ca: readFileSync(settings.RELAY_CA_FILE) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
