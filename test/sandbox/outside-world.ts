import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent, request, type Dispatcher } from 'undici';
import { writeMemoContainer } from '../../src/memo/memo-container.ts';
import { openCertificates, type Certificates } from '../../src/sandbox/certificates.ts';
import { openEntra, type Entra } from '../../src/sandbox/entra/entra.ts';
import { openExchange, type Exchange } from '../../src/sandbox/exchange/exchange.ts';
import { openFrontDoor, type FrontDoor } from '../../src/sandbox/front-door.ts';
import type { RunningGateway } from '../../src/sandbox/gateway-process.ts';
import { senderSystems } from '../../src/sandbox/network-credentials.ts';
import type { NetworkName } from '../../src/sandbox/network/network-profile.ts';
import { openNetworks, type Networks } from '../../src/sandbox/network/networks.ts';
import { PageKeys } from '../../src/sandbox/page-keys.ts';
import { openRegisters, type Registers } from '../../src/sandbox/registers/registers.ts';
import { openSandboxDatabase } from '../../src/sandbox/sandbox-database.ts';
import type { SandboxLog } from '../../src/sandbox/sandbox-log.ts';
import { ORGANISATIONS } from '../../src/sandbox/world.ts';
import { startTestPostgres } from './test-postgres.ts';

/** A log that keeps what it is told, so that a test can look whether a number slipped in. */
export interface KeptLog extends SandboxLog {
  readonly lines: string[];
}

export function keptLog(): KeptLog {
  const lines: string[] = [];
  const keep = (...said: unknown[]): void => void lines.push(JSON.stringify(said));
  return { lines, info: keep, warn: keep, error: keep };
}

/** The stand-ins without a gateway, on one PostgreSQL; a test plays the gateway itself. */
export interface OutsideWorld extends AsyncDisposable {
  readonly front: FrontDoor;
  readonly networks: Networks;
  readonly registers: Registers;
  readonly exchange: Exchange;
  readonly entra: Entra;
  readonly keys: PageKeys;
  readonly certificates: Certificates;
  readonly log: KeptLog;
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'sandbox-test-'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** A gateway that is not there; `smtpPort` is where pages hand their mail over. */
export function noGateway(smtpPort = 1): RunningGateway {
  return { doors: { httpPort: 1, smtpPort, pushUrl: null }, isReady: () => false, stop: async () => undefined };
}

/** Opens the stand-ins on `dataDir`; opened again on the same folder they go on where they stopped. */
export async function openOutsideWorld(dataDir: string, gateway: RunningGateway = noGateway()): Promise<OutsideWorld> {
  const log = keptLog();
  const postgres = await startTestPostgres({ dataDir, log });
  const database = await openSandboxDatabase(postgres.url, () => undefined);
  const certificates = await openCertificates(path.join(dataDir, 'certificates'), ORGANISATIONS.map((one) => one.cvr));
  const exchange = await openExchange(database, path.join(dataDir, 'mails'), log);
  const keys = await PageKeys.open(database);
  const networks = await openNetworks({ certificates, database, keys, dataDir, log });
  const registers = await openRegisters({ certificates, database, log });
  const entra = await openEntra({ certificates, dataDir });
  const front = await openFrontDoor({ port: 0, gateway, networks, registers, exchange, entra, database, keys, log });
  return {
    front, networks, registers, exchange, entra, keys, certificates, log,
    [Symbol.asyncDispose]: async () => {
      await front.close();
      await entra.close();
      await networks.close();
      await registers.close();
      await exchange.close();
      await database.end();
      await postgres.stop();
    },
  };
}

/** What a stand-in answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  json<T>(): T;
}

/** Calls the front door. */
export async function ask(world: OutsideWorld, method: Dispatcher.HttpMethod, url: string, value?: unknown): Promise<Answer> {
  const json = value === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
  return answerOf(await request(`http://127.0.0.1:${world.front.port}${url}`, { method, ...json }));
}

export async function answerOf(response: Dispatcher.ResponseData): Promise<Answer> {
  const text = await response.body.text();
  return { status: response.statusCode, text, json: <T>() => JSON.parse(text) as T };
}

/** A network's door as the system of one organisation meets it. */
export class SystemClient implements AsyncDisposable {
  readonly #port: number;
  readonly #agent: Agent;
  readonly authorization: string;

  private constructor(port: number, agent: Agent, authorization: string) {
    this.#port = port;
    this.#agent = agent;
    this.authorization = authorization;
  }

  /** `as` and `withCertificateOf` differ only where a test lies about who it is. */
  static async open(
    world: OutsideWorld, as: number, { withCertificateOf = as, network = 'ngdp' as NetworkName } = {},
  ): Promise<SystemClient> {
    const files = world.certificates.organisations.get(ORGANISATIONS[withCertificateOf]?.cvr ?? '');
    const [cert, key, ca] = await Promise.all(
      [files?.certificateFile, files?.keyFile, world.certificates.authorityFile].map((file) => readFile(file ?? '')),
    );
    const system = (await senderSystems(world.certificates, network))[as];
    const basic = Buffer.from(`${system?.systemId}:${system?.apiKey}`).toString('base64');
    return new SystemClient(world.networks.ports[network], new Agent({ connect: { cert, key, ca } }), `Basic ${basic}`);
  }

  async call(method: Dispatcher.HttpMethod, path: string, options: Partial<Dispatcher.RequestOptions> = {}): Promise<Answer> {
    const { headers, ...rest } = options;
    const response = await request(`https://localhost:${this.#port}/apis/v1/${path}`, {
      ...rest, method, dispatcher: this.#agent,
      headers: { authorization: this.authorization, ...(headers as Record<string, string> | undefined) },
    });
    return answerOf(response);
  }

  /** Hands a message over. */
  async send(xml: string | Buffer, messageUUID: string, options: Partial<Dispatcher.RequestOptions> = {}): Promise<Answer> {
    return this.call('POST', `memos/?memo-message-uuid=${messageUUID}`, {
      headers: { 'content-type': 'application/xml' }, body: xml, ...options,
    });
  }

  /** Hands a container over. */
  async sendContainer(bytes: Buffer): Promise<Answer> {
    return this.call('POST', 'memos/', { headers: { 'content-type': 'application/x-lzma' }, body: bytes });
  }

  async receipts(): Promise<readonly Readonly<Record<string, string>>[]> {
    return (await this.call('GET', 'receipts-bulk/?page=0&size=500')).json<{ receipts: Record<string, string>[] }>().receipts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}

/** A message; what a test does not say is the smallest that is right. */
export function memoXml(given: Partial<MemoParts> = {}): { readonly xml: string; readonly messageUUID: string } {
  const memo = {
    messageUUID: randomUUID(), label: 'Pladsanvisning', reply: false, senderId: '35833684', senderLabel: 'Eksempel Kommune',
    recipientId: '1234567890', files: [{ name: 'brev.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.4 brev') }], ...given,
  };
  const [main, ...others] = memo.files.map((file) => `<memo:File><memo:encodingFormat>${file.type}</memo:encodingFormat>
    <memo:filename>${file.name}</memo:filename><memo:language>da</memo:language>
    <memo:content>${file.content.toString('base64')}</memo:content></memo:File>`);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<memo:Message xmlns:memo="https://DigitalPost.dk/MeMo-1" memoVersion="1.2"><memo:MessageHeader>
<memo:messageType>DIGITALPOST</memo:messageType><memo:messageUUID>${memo.messageUUID}</memo:messageUUID>
<memo:label>${memo.label}</memo:label><memo:reply>${memo.reply}</memo:reply>
<memo:Sender><memo:senderID>${memo.senderId}</memo:senderID><memo:idType>CVR</memo:idType><memo:label>${memo.senderLabel}</memo:label></memo:Sender>
<memo:Recipient><memo:recipientID>${memo.recipientId}</memo:recipientID>
<memo:idType>${memo.recipientId.length === 8 ? 'CVR' : 'CPR'}</memo:idType></memo:Recipient>
</memo:MessageHeader><memo:MessageBody><memo:createdDateTime>2026-05-03T12:00:00Z</memo:createdDateTime>
<memo:MainDocument>${main}</memo:MainDocument>
${others.map((file) => `<memo:AdditionalDocument>${file}</memo:AdditionalDocument>`).join('\n')}
</memo:MessageBody></memo:Message>`;
  return { xml, messageUUID: memo.messageUUID };
}

/** A .tar.lzma of messages, each entry named by `messageUUID`. */
export async function containerOf(memos: readonly { readonly xml: string; readonly messageUUID: string }[]): Promise<Buffer> {
  const messages = memos.map(({ xml, messageUUID }) => {
    const bytes = Buffer.from(xml);
    return { messageUUID, bytes: bytes.length, chunks: async function* () { yield bytes; } };
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of writeMemoContainer(messages, { modifiedAt: new Date(0) })) pieces.push(piece);
  return Buffer.concat(pieces);
}

export interface MemoParts {
  readonly messageUUID: string;
  readonly label: string;
  readonly reply: boolean;
  readonly senderId: string;
  readonly senderLabel: string;
  readonly recipientId: string;
  readonly files: readonly { readonly name: string; readonly type: string; readonly content: Buffer }[];
}
