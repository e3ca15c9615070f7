import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openRegisters, type OpenRegisters, type RetiredRegister } from '../../../src/gateway/lookup/open-registers.ts';
import { lookupFields, type OrganisationLookup } from '../../../src/gateway/settings/lookup-settings.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import { organisationsFileSchema, type OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import { makeClientAuthority, type ClientAuthority, type ClientCertificate } from '../accept/client-certificates.ts';

/** What a stand-in was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The common name of the client's certificate; null without one. */
  readonly certificateName: string | null;
}

/** What it answers; `hang`: nothing at all; `cut`: the line is cut. */
export type Answer =
  | { readonly status?: number; readonly body: string | object; readonly headers?: Readonly<Record<string, string>>; readonly delayMs?: number }
  | 'hang' | 'cut';

export interface StandIn {
  readonly url: string;
  readonly asked: Asked[];
  /** Replaced by a test as it likes. */
  answer: (asked: Asked) => Answer | Promise<Answer>;
}

/** A folder with certificates, secrets and servers, all gone again at the end. */
export interface RegisterWorld extends AsyncDisposable {
  readonly folder: string;
  readonly authority: ClientAuthority;
  readonly caFile: string;
  file(name: string, content: string): Promise<string>;
  /** A client certificate of this name, in two files. */
  certificate(name: string): Promise<{ readonly certificateFile: string; readonly keyFile: string }>;
  /** A server of its own; `mutual`: with TLS only for those who bring a certificate; `plain`: HTTP. */
  standIn(kind?: 'tls' | 'mutual' | 'plain'): Promise<StandIn>;
  /** The registers with these settings, closed at the end; log lines and retired versions are kept. */
  registers(settings: Readonly<Record<string, string>>, options?: { readonly now?: () => Date }): OpenedRegisters;
}

export interface OpenedRegisters extends OpenRegisters {
  readonly lines: readonly string[];
  readonly retired: readonly RetiredRegister[];
}

export async function openRegisterWorld(): Promise<RegisterWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'registers-test-'));
  const open = new AsyncDisposableStack();
  open.defer(() => rm(folder, { recursive: true, force: true }));
  const authority = await makeClientAuthority('Test-CA');
  const server = await authority.issue('localhost');
  const file = async (name: string, content: string): Promise<string> => {
    const place = path.join(folder, name);
    await writeFile(place, content);
    return place;
  };
  const caFile = await file('ca.pem', authority.pem);
  return {
    folder, authority, caFile, file,
    async certificate(name) {
      const { cert, key } = await authority.issue(name);
      return { certificateFile: await file(`${name}.pem`, cert), keyFile: await file(`${name}.key`, key) };
    },
    async standIn(kind = 'tls') {
      const one = await openStandIn(kind, authority, server);
      open.use(one);
      return one;
    },
    registers(settings, options = {}) {
      const lines: string[] = [];
      const retired: RetiredRegister[] = [];
      const registers = openRegisters({
        settings: z.object(lookupFields).parse({ REGISTER_CA_FILE: caFile, REGISTER_CALL_TIMEOUT_MS: '5000', REGISTER_PAUSE_MS: '0', VIRK_ENCRYPTED_ALL_THE_WAY: 'on', ...settings }),
        log: makeLog('warn', (line) => lines.push(line)),
        onRetired: (one) => void retired.push(one),
        retryDelayMs: 1,
        ...options,
      });
      open.defer(() => registers.close());
      return { ...registers, lines, retired };
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function openStandIn(kind: 'tls' | 'mutual' | 'plain', authority: ClientAuthority, server: ClientCertificate): Promise<StandIn & AsyncDisposable> {
  const asked: Asked[] = [];
  const listener: RequestListener = (request, response) => {
    void readAsked(request).then(async (one) => {
      asked.push(one);
      const answer = await standIn.answer(one);
      if (answer === 'hang') return undefined;
      if (answer === 'cut') return request.socket.destroy();
      const { status = 200, body, headers = {}, delayMs = 0 } = answer;
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      return response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  };
  const listening = kind === 'plain'
    ? createHttpServer(listener)
    : createServer({ cert: server.cert, key: server.key, ca: authority.pem, requestCert: true, rejectUnauthorized: kind === 'mutual' }, listener);
  await new Promise<void>((resolve) => listening.listen(0, 'localhost', resolve));
  const { port } = listening.address() as AddressInfo;
  const standIn = {
    url: `${kind === 'plain' ? 'http' : 'https'}://localhost:${port}`,
    asked,
    answer: (): Answer | Promise<Answer> => ({ status: 500, body: '' }),
    async [Symbol.asyncDispose]() {
      listening.closeAllConnections();
      await new Promise((resolve) => listening.close(resolve));
    },
  } as StandIn & AsyncDisposable;
  return standIn;
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const peer = 'getPeerCertificate' in request.socket ? (request.socket as TLSSocket).getPeerCertificate() : null;
  return {
    method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers,
    body: Buffer.concat(pieces).toString('utf8'), certificateName: peer?.subject?.CN?.toString() ?? null,
  };
}

/** An organisation with this access to the registers, as the organisations file gives it. */
export function organisationWith(lookup: Readonly<Record<string, unknown>>, cvr = '35833684'): OrganisationEntry {
  const { organisations: [organisation] } = organisationsFileSchema.parse({
    organisations: [{
      name: `Kommune ${cvr}`, cvrNumbers: [cvr], mailDomains: ['kommune.example'], mainMailbox: 'post@kommune.example',
      watchMailbox: 'post@kommune.example', helpContact: 'it@kommune.example', secureMailboxes: [], lookup,
    }],
  });
  if (!organisation) throw new Error('no organisation');
  return organisation;
}

/** Datafordeleren with its two token services and one place for data: what most tests need. */
export interface Datafordeler {
  readonly tokens: StandIn;
  readonly certificateTokens: StandIn;
  readonly data: StandIn;
  readonly settings: Readonly<Record<string, string>>;
  readonly bySecret: (access?: OrganisationLookup['access'], cvr?: string) => OrganisationEntry;
  readonly byCertificate: (access?: OrganisationLookup['access']) => OrganisationEntry;
}

export async function openDatafordeler(world: RegisterWorld): Promise<Datafordeler> {
  const [tokens, certificateTokens, data] = [await world.standIn(), await world.standIn('mutual'), await world.standIn()];
  const giveToken = (): Answer => ({ body: { access_token: 'et-token', expires_in: 300, token_type: 'Bearer' } });
  tokens.answer = giveToken;
  certificateTokens.answer = giveToken;
  const secretFile = await world.file('secret', 'en-hemmelighed\n');
  const certificate = await world.certificate('klient');
  return {
    tokens, certificateTokens, data,
    settings: {
      DATAFORDELER_GRAPHQL_URL: data.url, DATAFORDELER_REST_URL: data.url,
      DATAFORDELER_TOKEN_URL: `${tokens.url}/realms/distribution/protocol/openid-connect/token`,
      DATAFORDELER_CERTIFICATE_TOKEN_URL: `${certificateTokens.url}/realms/distribution/protocol/openid-connect/token`,
    },
    bySecret: (access = 'authority', cvr = '35833684') =>
      organisationWith({ access, cpr: { adapter: 'datafordeler', client: { clientId: 'klient-1', secretFile } } }, cvr),
    byCertificate: (access = 'authority') =>
      organisationWith({ access, cpr: { adapter: 'datafordeler', client: { clientId: 'klient-1', ...certificate } } }),
  };
}

const DATA = new URL('../../../../shared/data/registers/', import.meta.url);

/** Whether the recorded answers are here: they are not part of the project. */
export const recordedAreHere = existsSync(DATA);
export const SKIP_RECORDED = recordedAreHere ? false : 'the recorded answers are not beside the project';

export function recorded(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, DATA)), 'utf8');
}
