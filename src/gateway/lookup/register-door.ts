import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { Agent, request as httpRequest } from 'undici';
import type { LookupSettings } from '../settings/lookup-settings.ts';
import { openCallGate } from './call-gate.ts';
import { faultOfCall, faultOfSignal } from './call-faults.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';
import { openRegisterPause } from './register-pause.ts';
import { openSecretFile, type SecretFile } from './secret-files.ts';

export type DoorSettings = Pick<
  LookupSettings, 'REGISTER_CA_FILE' | 'REGISTER_CALL_TIMEOUT_MS' | 'REGISTER_CONCURRENCY' | 'REGISTER_RETRIES'
>;

export interface RegisterRequest {
  readonly method: 'GET' | 'POST';
  /** May hold a key, and for the old REST a CPR number: it goes into the request and nowhere else. */
  readonly url: string | URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Whether an answer with status 5xx is one all the same (SOAP tells its faults so). Absent: never. */
  readonly isAnswer?: (reply: RegisterReply) => boolean;
}

export interface RegisterReply {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | null;
}

/** One address of a register as one organisation calls it. */
export interface RegisterDoor {
  readonly words: DoorWords;
  /**
   * Rejects with a RegisterFault when there is no answer: tried again, no time left, 429 and 5xx to the end, or a register
   * that was down a moment ago. The signal ends every wait.
   */
  call(request: RegisterRequest, signal?: AbortSignal): Promise<RegisterReply>;
  /** Cuts what is under way; nothing is called any more. */
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly settings: DoorSettings;
  readonly words: DoorWords;
  /** What we log on with where the door asks for a certificate (mutual TLS). */
  readonly certificate: { readonly certificateFile: string; readonly keyFile: string } | null;
  /** Wait before the first new try; doubles with each. */
  readonly retryDelayMs?: number | undefined;
  /** How long nobody asks a register that was found down; absent: each finds out by itself. */
  readonly pauseMs?: number;
}

const ANSWER_MAX_BYTES = 8_388_608;
const RETRY_DELAY_MS = 200;
const RETRY_DELAY_MAX_MS = 2_000;

/**
 * Opens a door: a time limit on every call, a bound on every answer, so many calls at once, and new tries with back-off
 * when the register is busy or cuts the line. Silence is not tried again: the one who waits has waited long enough.
 */
export function openRegisterDoor({ settings, words, certificate, retryDelayMs = RETRY_DELAY_MS, pauseMs }: DoorOptions): RegisterDoor {
  const agents = openAgents(settings, words, certificate);
  const gate = openCallGate({
    concurrency: settings.REGISTER_CONCURRENCY,
    waitMaxMs: settings.REGISTER_CALL_TIMEOUT_MS,
    full: () => new RegisterFault('queue-full', words),
  });
  const pause = pauseMs === undefined ? null : openRegisterPause(pauseMs);
  const timeoutMs = settings.REGISTER_CALL_TIMEOUT_MS;
  const oneTry = async (request: RegisterRequest, signal?: AbortSignal): Promise<RegisterReply | RegisterFault> => {
    try {
      return await send(request, agents.current(), AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]));
    } catch (error) {
      return faultOfCall(error, words);
    }
  };
  const tries = async (request: RegisterRequest, signal?: AbortSignal): Promise<RegisterReply> => {
    const begunMs = performance.now();
    for (let n = 0; ; n++) {
      const outcome = await oneTry(request, signal);
      if (signal?.aborted && outcome instanceof RegisterFault) {
        // A register that had this long, in however many tries, is silent, no matter who waits no more.
        throw performance.now() - begunMs < timeoutMs ? faultOfSignal(signal, words) : new RegisterFault('timeout', words);
      }
      if (n >= settings.REGISTER_RETRIES || !mayPass(outcome, request)) return settled(outcome, request, words);
      // Whoever gives up while it is waited is told by the next try, which then makes no call.
      await sleep(retryWaitMs(outcome, retryDelayMs, n), undefined, signal && { signal }).catch(() => undefined);
    }
  };
  return {
    words,
    async call(request, signal) {
      await pause?.check();
      const work = (): Promise<RegisterReply> => tries(request, signal);
      try {
        return await gate.pass(() => (pause ? pause.pass(work) : work()), signal);
      } catch (error) {
        throw signal?.aborted && !(error instanceof RegisterFault) ? faultOfSignal(signal, words) : error;
      }
    },
    close: () => agents.close(),
  };
}

async function send({ method, url, headers, body }: RegisterRequest, dispatcher: Agent, signal: AbortSignal): Promise<RegisterReply> {
  const answer = await httpRequest(url, { method, headers, body, dispatcher, signal });
  const retryAfter = Number(answer.headers['retry-after'] ?? NaN);
  const text = await textOf(answer.body);
  return { status: answer.statusCode, text, retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1_000 : null };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > ANSWER_MAX_BYTES) throw new AnswerTooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

class AnswerTooLarge extends Error {
  readonly code = 'ANSWER_TOO_LARGE';
}

function isBusy({ status }: RegisterReply): boolean {
  return status === 429 || status >= 500;
}

/** Whether it may be over in a moment. */
function mayPass(outcome: RegisterReply | RegisterFault, { isAnswer }: RegisterRequest): boolean {
  if (outcome instanceof RegisterFault) return ['cut-off', 'unreachable', 'host-unknown'].includes(outcome.kind);
  return isBusy(outcome) && !isAnswer?.(outcome);
}

/** Doubles with each try, with a quarter of chance in it; a register that says how long is believed, within bounds. */
function retryWaitMs(outcome: RegisterReply | RegisterFault, retryDelayMs: number, n: number): number {
  const asked = outcome instanceof RegisterFault ? null : outcome.retryAfterMs;
  const wait = asked ?? retryDelayMs * 2 ** n * (0.75 + Math.random() / 2);
  return Math.min(Math.max(wait, 0), RETRY_DELAY_MAX_MS);
}

function settled(outcome: RegisterReply | RegisterFault, { isAnswer }: RegisterRequest, words: DoorWords): RegisterReply {
  if (outcome instanceof RegisterFault) throw outcome;
  if (!isBusy(outcome) || isAnswer?.(outcome)) return outcome;
  throw new RegisterFault(outcome.status === 429 ? 'busy' : 'broken', words, `HTTP ${outcome.status}`);
}

interface Agents {
  /** The agent with the certificate and the issuers as they lie in their files now. */
  current(): Agent;
  /** Cuts what is under way. None is opened any more, whoever still asks for one. */
  close(): Promise<void>;
}

type Tls = Readonly<Partial<Record<'ca' | 'cert' | 'key', string>>>;

function openAgents(settings: DoorSettings, words: DoorWords, certificate: DoorOptions['certificate']): Agents {
  const files = {
    ca: settings.REGISTER_CA_FILE === null ? null : openSecretFile(settings.REGISTER_CA_FILE),
    cert: certificate && openSecretFile(certificate.certificateFile),
    key: certificate && openSecretFile(certificate.keyFile),
  };
  let open: { readonly stamp: string; readonly agent: Agent } | null = null;
  let isClosed = false;
  return {
    current() {
      if (isClosed) throw new RegisterFault('cut-off', words, 'CLOSED');
      try {
        const stamp = Object.values(files).map((file) => file?.stamp() ?? '').join('|');
        if (open?.stamp === stamp) return open.agent;
        const agent = makeAgent(settings, tlsOf(files));
        // Calls under way end on the old certificate.
        if (open) void open.agent.close();
        open = { stamp, agent };
      } catch {
        // While a new certificate lies there and its key does not yet, the old pair goes on.
        if (!open) throw new RegisterFault('certificate-unreadable', words);
      }
      return open.agent;
    },
    async close() {
      isClosed = true;
      await open?.agent.destroy();
    },
  };
}

/** What lies in the files. Throws what OpenSSL says when it is no certificate, no key, or they do not belong together. */
function tlsOf(files: Readonly<Record<'ca' | 'cert' | 'key', SecretFile | null>>): Tls {
  const read = Object.entries(files).flatMap(([name, file]) => (file ? [[name, file.read()]] : []));
  const tls: Tls = Object.fromEntries(read) as Tls;
  createSecureContext(tls);
  return tls;
}

function makeAgent({ REGISTER_CALL_TIMEOUT_MS: timeout, REGISTER_CONCURRENCY: concurrency }: DoorSettings, tls: Tls): Agent {
  return new Agent({
    connections: Math.max(1, concurrency), pipelining: 1, headersTimeout: timeout, bodyTimeout: timeout, connect: { timeout, ...tls },
  });
}
