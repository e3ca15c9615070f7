import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../../config.ts';
import type { BusinessReceipt } from '../../store/receipts.ts';
import { openTlsFiles, type TlsLook } from '../../store/tls-files.ts';
import { readReceipt } from '../held-receipts.ts';

export interface PushDoor {
  readonly port: number;
  /** Looks at the certificate's files: connections from now on are shown what is new there. */
  renew(): Promise<TlsLook>;
  close(): Promise<void>;
}

const BODY_MAX_BYTES = 65_536;

type PushSettings = Pick<
  Settings,
  'NGDP_PUSH_HOST' | 'NGDP_PUSH_PORT' | 'NGDP_PUSH_CERTIFICATE_FILE' | 'NGDP_PUSH_KEY_FILE' | 'NGDP_PUSH_CLIENT_CA_FILE'
>;

/**
 * Opens the door where NgDP pushes business receipts: `POST /ngdp/receipts`, a Receipt as JSON, over TLS with NgDP's
 * client certificate (memo-ngdp.md 4). 200 when the receipt is safely kept; 400 for what is no Receipt; 500 for trouble
 * of ours, so that it is pushed again.
 */
export async function openPushDoor(settings: PushSettings, take: (receipt: BusinessReceipt) => Promise<void>): Promise<PushDoor> {
  const tls = openTlsFiles({
    certificateFile: settings.NGDP_PUSH_CERTIFICATE_FILE, keyFile: settings.NGDP_PUSH_KEY_FILE, caFile: settings.NGDP_PUSH_CLIENT_CA_FILE,
  });
  const server = createServer(
    { ...tls.material, requestCert: true, rejectUnauthorized: true },
    (request, response) => void answer(request, response, take),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.NGDP_PUSH_PORT ?? 0, settings.NGDP_PUSH_HOST, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async renew() {
      const look = await tls.look();
      if (look === 'new') server.setSecureContext(tls.material);
      return look;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: (receipt: BusinessReceipt) => Promise<void>,
): Promise<void> {
  const say = (status: number) => response.writeHead(status, { 'content-length': 0 }).end();
  if (request.method !== 'POST' || request.url !== '/ngdp/receipts') {
    say(404);
    return;
  }
  try {
    const receipt = readReceipt('ngdp', JSON.parse(await bodyOf(request)));
    if (receipt) await take(receipt);
    say(receipt ? 200 : 400);
  } catch (error) {
    say(error instanceof SyntaxError ? 400 : 500);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += (piece as Buffer).length;
    if (bytes > BODY_MAX_BYTES) throw new SyntaxError('a receipt larger than allowed');
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}
