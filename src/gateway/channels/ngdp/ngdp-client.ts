import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import type { Settings } from '../../config.ts';
import type { NgdpCredentials } from '../../organisations-file.ts';

export interface NgdpAnswer {
  readonly status: number;
  readonly body: string;
}

/** NgDP's REST interface as one registered system sees it (memo-ngdp.md 3.2–3.4). */
export interface NgdpClient {
  call(method: Dispatcher.HttpMethod, path: string, body?: NgdpBody): Promise<NgdpAnswer>;
  close(): Promise<void>;
}

/** A body that is sent as it is made; `bytes` is its exact length. */
export interface NgdpBody {
  readonly contentType: string;
  readonly bytes: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

const ANSWER_MAX_BYTES = 16_777_216;

type ClientSettings = Pick<Settings, 'NGDP_URL' | 'NGDP_CA_FILE' | 'NGDP_CALL_TIMEOUT_MS' | 'NGDP_CONCURRENCY'>;

/**
 * Opens a client with the system's certificate (mutual TLS) and its Basic token. `call` rejects when there is no whole
 * answer within the time limit; whether NgDP received the request is then not known.
 */
export function openNgdpClient(settings: ClientSettings, credentials: NgdpCredentials): NgdpClient {
  const agent = new Agent({
    connections: settings.NGDP_CONCURRENCY + 2,
    pipelining: 1,
    headersTimeout: settings.NGDP_CALL_TIMEOUT_MS,
    bodyTimeout: settings.NGDP_CALL_TIMEOUT_MS,
    connect: {
      timeout: settings.NGDP_CALL_TIMEOUT_MS,
      cert: readFileSync(credentials.certificateFile),
      key: readFileSync(credentials.keyFile),
      ...(settings.NGDP_CA_FILE && { ca: readFileSync(settings.NGDP_CA_FILE) }),
    },
  });
  const authorization = `Basic ${Buffer.from(`${credentials.systemId}:${credentials.apiKey}`).toString('base64')}`;
  return {
    async call(method, path, body) {
      const answer = await request(new URL(path, settings.NGDP_URL), {
        method,
        dispatcher: agent,
        headers: {
          authorization,
          accept: 'application/json',
          ...(body && { 'content-type': body.contentType, 'content-length': String(body.bytes) }),
        },
        body: body ? Readable.from(body.chunks(), { objectMode: false }) : null,
      });
      return { status: answer.statusCode, body: await textOf(answer.body) };
    },
    close: () => agent.destroy(),
  };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > ANSWER_MAX_BYTES) throw new Error('an answer larger than allowed');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
