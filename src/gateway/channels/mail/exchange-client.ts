import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Settings } from '../../config.ts';
import { openTlsFiles, type TlsLook, type TlsMaterial } from '../../store/tls-files.ts';
import type { DeliveryAnswer } from '../channel-delivery.ts';
import { answerOfSmtp } from './answers.ts';

/** The way to the organisation's mail server (Exchange), for ordinary mail, receipts and refusals. */
export interface ExchangeClient {
  /** Hands one mail to one recipient over. `from` may be "": a mail that is never answered. Never throws. */
  send(envelope: { readonly from: string; readonly to: string }, raw: AsyncIterable<Uint8Array>): Promise<DeliveryAnswer>;
  close(): void;
}

/** A client that trusts new issuers while it runs. */
export interface RenewableExchangeClient extends ExchangeClient {
  /** Looks at RELAY_CA_FILE: connections from now on go by what is new there, mails under way end as they began. */
  renew(): Promise<TlsLook>;
}

type ClientSettings = Pick<
  Settings,
  'RELAY_HOST' | 'RELAY_PORT' | 'RELAY_TLS' | 'RELAY_CA_FILE' | 'RELAY_CONCURRENCY' | 'RELAY_TIMEOUT_MS' | 'SMTP_NAME'
>;

/** Opens a pool of SMTP connections to RELAY_HOST; a connection is made when the first mail needs it. */
export function openExchangeClient(settings: ClientSettings): RenewableExchangeClient {
  const tls = issuersOf(settings);
  let pool = openPool(settings, tls.material);
  return {
    async send(envelope, raw) {
      const stream = Readable.from(raw, { objectMode: false });
      const used = pool;
      used.mails += 1;
      try {
        await used.transport.sendMail({ envelope: { from: envelope.from, to: [envelope.to] }, raw: stream });
        return { outcome: 'delivered', errorCode: null, errorMessage: null };
      } catch (error) {
        return answerOfSmtp(error);
      } finally {
        stream.destroy();
        used.mails -= 1;
        if (used.replaced && used.mails === 0) used.transport.close();
      }
    },
    async renew() {
      const look = await tls.look();
      if (look !== 'new') return look;
      const old = pool;
      pool = openPool(settings, tls.material);
      old.replaced = true;
      if (old.mails === 0) old.transport.close();
      return look;
    },
    close: () => pool.transport.close(),
  };
}

interface Pool {
  readonly transport: ReturnType<typeof openTransport>;
  /** Under way. */
  mails: number;
  /** Another has taken its place: it closes with its last mail. */
  replaced: boolean;
}

function openPool(settings: ClientSettings, tls: TlsMaterial): Pool {
  return { transport: openTransport(settings, tls), mails: 0, replaced: false };
}

function issuersOf({ RELAY_CA_FILE: caFile }: ClientSettings) {
  return openTlsFiles({ certificateFile: null, keyFile: null, caFile });
}

/** Greets RELAY_HOST, changes to TLS as a mail would, and goes again: no mail is sent. Throws what stood in the way. */
export async function greetExchange(settings: ClientSettings): Promise<void> {
  const transport = openTransport(settings, issuersOf(settings).material);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

function openTransport(settings: ClientSettings, tls: TlsMaterial) {
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
    ...(tls.ca && { tls: { ca: tls.ca } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
