import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, chmod } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { until } from '../sandbox/eventually.ts';
import { putCluster } from '../sandbox/test-postgres.ts';

/** What the stand-in networks list of a message. */
export interface MessageRow {
  readonly messageUUID: string;
  readonly recipientID: string;
  readonly senderID: string;
  readonly label: string;
  readonly reply: boolean;
  readonly receivedAt: string;
  readonly container: string | null;
}

/** What a mailbox lists of a mail. */
export interface MailRow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly receivedAt: string;
}

/** The answer of the SMTP door to one hand-over. */
export interface SmtpAnswer {
  readonly code: number;
  readonly text: string;
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

const MAIN = new URL('../../src/sandbox/main.ts', import.meta.url).pathname;
// Ten digits as people write a CPR number; longer numbers and parts of UUIDs are something else.
const CPR_NUMBER = /(?<![0-9a-f.-])\d{6}[- ]?\d{4}(?![0-9a-f.-])/i;
const START_PATIENCE_MS = 150_000;
const STOP_PATIENCE_MS = 12_000;

/**
 * The whole program as `npm start` starts it: a sandbox with a gateway of its own, met only through its doors. Settings
 * in `env` reach sandbox and gateway alike.
 */
export class RunningSandbox {
  readonly dataDir: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #mark = crypto.randomUUID();
  #process: ChildProcess | null = null;
  /** Everything that was said on stdout and stderr. */
  log = '';
  http = '';
  smtpPort = 0;

  private constructor(dataDir: string, env: Readonly<Record<string, string>>) {
    this.dataDir = dataDir;
    this.#env = env;
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<RunningSandbox> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'postbro-test-'));
    await chmod(dataDir, 0o755);
    if (!env['DATABASE_URL']) await putCluster(path.join(dataDir, 'data'));
    const sandbox = new RunningSandbox(dataDir, env);
    await sandbox.restart();
    return sandbox;
  }

  /** Starts (again) on the same data; resolves when every door is open. */
  async restart(): Promise<void> {
    const env = {
      ...process.env, HTTP_PORT: '0', SMTP_PORT: '0', ...this.#env, DATA_DIR: path.join(this.dataDir, 'data'),
      SANDBOX_TEST_MARK: this.#mark,
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    const from = this.log.length;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => void (this.log += text));
    }
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the sandbox ended: ${this.log.slice(-2000)}`);
      const ready = /^ready (http:\/\/localhost:\d+) smtp:\/\/localhost:(\d+)$/m.exec(this.log.slice(from));
      if (!ready) return false;
      this.http = ready[1] ?? '';
      this.smtpPort = Number(ready[2]);
      return true;
    }, START_PATIENCE_MS, 'the ready line');
  }

  /** SIGTERM; resolves with the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return await ended;
  }

  /** SIGKILL to every process of this sandbox at once, or to all but those whose program is named so. */
  async kill9(keep = ''): Promise<void> {
    for (;;) {
      const victims: number[] = [];
      for (const pid of await this.processes()) {
        const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
        if (keep === '' || program.trim() !== keep) victims.push(pid);
      }
      if (victims.length === 0) return;
      for (const pid of victims) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // Gone meanwhile.
        }
      }
      await pause(20);
    }
  }

  /** Living processes of this sandbox, found by a mark in their environment or by their parents. */
  async processes(): Promise<readonly number[]> {
    const parents = new Map<number, number>();
    const ours = new Set<number>(this.#process?.pid === undefined ? [] : [this.#process.pid]);
    for (const entry of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const stat = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!state || state === 'Z') continue;
      parents.set(Number(entry), Number(parent));
      const environment = await readFile(`/proc/${entry}/environ`, 'latin1').catch(() => '');
      if (environment.includes(this.#mark)) ours.add(Number(entry));
    }
    for (let size = -1; size !== ours.size; ) {
      size = ours.size;
      for (const [pid, parent] of parents) if (ours.has(parent)) ours.add(pid);
    }
    return [...ours].filter((pid) => parents.has(pid));
  }

  /** Ends everything, removes its data, and fails when a CPR number was said in the log or the metrics (T15). */
  async [Symbol.asyncDispose](): Promise<void> {
    const patience = AbortSignal.timeout(STOP_PATIENCE_MS);
    const metrics = await fetch(`${this.http}/metrics`, { signal: patience }).then((answer) => answer.text()).catch(() => '');
    await Promise.race([this.stop(), pause(STOP_PATIENCE_MS)]);
    await this.kill9();
    await rm(this.dataDir, { recursive: true, force: true });
    const said = CPR_NUMBER.exec(this.log) ?? CPR_NUMBER.exec((metrics.match(/\{[^}]*\}/g) ?? []).join('\n'));
    if (said) throw new Error(`a CPR number was said: …${said.input.slice(Math.max(0, said.index - 200), said.index + 20)}`);
  }

  async get<T>(at: string): Promise<T> {
    const response = await fetch(this.http + at);
    if (!response.ok) throw new Error(`${response.status} for GET ${at}`);
    return (await response.json()) as T;
  }

  async post(at: string, body: unknown): Promise<Response> {
    return await fetch(this.http + at, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
  }

  messages(channel = 'ngdp'): Promise<readonly MessageRow[]> {
    return this.get(`/sandbox/${channel}/messages`);
  }

  async memo(messageUuid: string, channel = 'ngdp'): Promise<string> {
    return await (await fetch(`${this.http}/sandbox/${channel}/messages/${messageUuid}`)).text();
  }

  mailbox(address: string): Promise<readonly MailRow[]> {
    return this.get(`/sandbox/mailboxes/${encodeURIComponent(address)}`);
  }

  async mail(address: string, id: string): Promise<Buffer> {
    const response = await fetch(`${this.http}/sandbox/mailboxes/${encodeURIComponent(address)}/${id}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async fault(mode: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.post('/sandbox/ngdp/faults', { mode, ...more });
  }

  async receipts(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.post('/sandbox/ngdp/receipts', settings);
  }

  /** Hands one mail over on a connection of its own, as Exchange would. */
  async submit(raw: Buffer | string, from: string, to: readonly string[]): Promise<SmtpAnswer> {
    const transport = createTransport({ host: 'localhost', port: this.smtpPort, ignoreTLS: true });
    try {
      const sent = await transport.sendMail({ envelope: { from, to: [...to] }, raw });
      return { code: 250, text: sent.response, accepted: sent.accepted.map(String), refused: sent.rejected.map(String) };
    } catch (error) {
      const { responseCode = 0, response = String(error) } = error as { responseCode?: number; response?: string };
      return { code: responseCode, text: response, accepted: [], refused: [...to] };
    } finally {
      transport.close();
    }
  }

  /** An SMTP conversation by hand, byte for byte. */
  async wire(): Promise<SmtpWire> {
    return await SmtpWire.open(this.smtpPort);
  }
}

/** SMTP by hand: leaves every byte as it is given. A line that the other side has cut reads as code 0. */
export class SmtpWire {
  readonly socket: Socket;
  #buffer = '';
  #ended = false;
  #ring: (() => void) | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#buffer += text;
      this.#ring?.();
    });
    const end = () => {
      this.#ended = true;
      this.#ring?.();
    };
    socket.on('close', end).on('end', end).on('error', end);
  }

  static async open(port: number): Promise<SmtpWire> {
    const socket = createConnection(port, '127.0.0.1');
    const wire = new SmtpWire(socket);
    await wire.reply();
    return wire;
  }

  /** The next whole answer. */
  async reply(): Promise<{ readonly code: number; readonly text: string }> {
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\n/.exec(this.#buffer);
      if (whole) {
        this.#buffer = this.#buffer.slice(whole[0].length);
        return { code: Number(whole[1]), text: whole[0] };
      }
      if (this.#ended) return { code: 0, text: '' };
      await new Promise<void>((resolve) => (this.#ring = resolve));
      this.#ring = null;
    }
  }

  async say(line: string): Promise<{ readonly code: number; readonly text: string }> {
    this.socket.write(`${line}\r\n`);
    return await this.reply();
  }

  /** EHLO, MAIL, RCPT and DATA, up to 354. */
  async toData(from: string, to: readonly string[]): Promise<void> {
    await this.say('EHLO exchange.kommune.example');
    await this.say(`MAIL FROM:<${from}>`);
    for (const recipient of to) await this.say(`RCPT TO:<${recipient}>`);
    await this.say('DATA');
  }

  /** Cuts the line as a crashed client does. */
  vanish(): void {
    this.socket.resetAndDestroy();
  }
}

/** A plain mail, ready to hand over. */
export function letter(parts: {
  readonly from?: string; readonly to: readonly string[]; readonly subject: string; readonly text?: string;
  readonly messageId?: string; readonly headers?: readonly string[];
}): string {
  const { from = 'sikkerpost@kommune.example', to, subject, text = 'Kære borger\r\n\r\nRødgrød med fløde.\r\n' } = parts;
  return [
    ...(parts.headers ?? []),
    `From: ${from}`,
    `To: ${to.join(', ')}`,
    `Subject: ${subject}`,
    `Message-ID: ${parts.messageId ?? `<${crypto.randomUUID()}@kommune.example>`}`,
    'Date: Wed, 25 Nov 2026 09:30:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
  ].join('\r\n');
}
