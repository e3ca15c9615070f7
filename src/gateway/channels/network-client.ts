import { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import type { NetworkSettings } from '../settings/network-settings.ts';
import type { NetworkCredentials } from '../settings/organisations-file.ts';
import { openTlsFiles, type TlsLook, type TlsMaterial } from '../store/tls-files.ts';

export interface NetworkAnswer {
  readonly status: number;
  readonly body: string;
}

/** A network's REST interface as one registered system sees it (memo-ngdp.md 3.2–3.4). */
export interface NetworkClient {
  call(method: Dispatcher.HttpMethod, path: string, body?: NetworkBody): Promise<NetworkAnswer>;
  close(): Promise<void>;
}

/** A client that takes a new certificate into use while it runs. */
export interface RenewableNetworkClient extends NetworkClient {
  /** Looks at the certificate's files: calls from now on use what is new there, those under way end as they began. */
  renew(): Promise<TlsLook>;
  /** Closes when the calls under way have ended. */
  finish(): Promise<void>;
}

/** A body that is sent as it is made. */
export interface NetworkBody {
  readonly contentType: string;
  /** Its exact length. */
  readonly bytes: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

const ANSWER_MAX_BYTES = 16_777_216;

/**
 * Opens a client with the system's certificate (mutual TLS) and its Basic token. `call` rejects when there is no whole
 * answer within the time limit; whether the network received the request is then not known.
 */
export function openNetworkClient(settings: NetworkSettings, credentials: NetworkCredentials): RenewableNetworkClient {
  const { certificateFile, keyFile } = credentials;
  const files = openTlsFiles({ certificateFile, keyFile, caFile: settings.caFile });
  let agent = openAgent(settings, files.material);
  /** Replaced ones whose last calls are under way. */
  const ending = new Set<Agent>();
  const authorization = `Basic ${Buffer.from(`${credentials.systemId}:${credentials.apiKey}`).toString('base64')}`;
  return {
    async call(method, path, body) {
      const answer = await request(new URL(path, settings.url), {
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
    async renew() {
      const look = await files.look();
      if (look !== 'new') return look;
      const old = agent;
      agent = openAgent(settings, files.material);
      // Resolves only when its last call has ended, which nobody need wait for.
      ending.add(old);
      void old.close().finally(() => ending.delete(old));
      return look;
    },
    finish: () => agent.close(),
    async close() {
      await Promise.all([agent, ...ending].map((one) => one.destroy()));
    },
  };
}

function openAgent(settings: NetworkSettings, material: TlsMaterial): Agent {
  return new Agent({
    connections: settings.concurrency + 2,
    pipelining: 1,
    headersTimeout: settings.callTimeoutMs,
    bodyTimeout: settings.callTimeoutMs,
    connect: { timeout: settings.callTimeoutMs, ...material },
  });
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
