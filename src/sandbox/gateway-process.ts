import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { GatewaySettings } from './gateway-settings.ts';
import type { SandboxLog } from './sandbox-log.ts';

/** Where the gateway's doors are. */
export interface GatewayDoors {
  readonly httpPort: number;
  readonly smtpPort: number;
  /** Where pushed receipts are taken, or null. */
  readonly pushUrl: string | null;
}

/** The gateway as a child process. */
export interface RunningGateway {
  readonly doors: GatewayDoors;
  /** Whether it has said that its doors are open and lives. */
  isReady(): boolean;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  readonly log: SandboxLog;
  /** The program to run; the gateway unless a test says otherwise. */
  readonly program?: string;
}

/** As `npm run gateway` starts it: a small nursery keeps its memory flat through a mass send of any size. */
const GATEWAY_NODE_FLAGS = ['--max-semi-space-size=16'];
const GATEWAY_PROGRAM = fileURLToPath(new URL('../gateway/main.ts', import.meta.url));
const READY_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 5_000;
const RESTART_DELAY_MS = { first: 300, max: 5_000 } as const;
const READY_LINE = /^ready http:\/\/localhost:(\d+) smtp:\/\/localhost:(\d+)(?: push=(https:\/\/\S+))?\s*$/;

/**
 * The gateway, not yet started: its ports are 0, and it is not ready. Once started it is started again, on the same
 * ports, whenever it dies unasked. It gets an IPC channel for one reason: when the sandbox is killed, the channel
 * closes, and the gateway knows that it must end too.
 */
export class GatewayProcess implements RunningGateway {
  doors: GatewayDoors = { httpPort: 0, smtpPort: 0, pushUrl: null };
  #environment: NodeJS.ProcessEnv = {};
  #child: ChildProcess | null = null;
  #ready = false;
  #stopping = false;
  readonly #options: GatewayOptions;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  isReady(): boolean {
    return this.#ready;
  }

  /**
   * Starts it and waits until its doors are open; throws when it ends before that. What stands in the environment of
   * the sandbox itself wins over `adjustable` settings, and `tied` ones over that.
   */
  async start({ tied, adjustable }: GatewaySettings): Promise<void> {
    const chosen = Object.entries(process.env).filter(([, value]) => value !== '');
    this.#environment = { ...adjustable, ...Object.fromEntries(chosen), ...tied };
    if (!(await this.#launch({}))) throw new Error('Gatewayen kom ikke i gang; dens log ovenfor siger hvorfor.');
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#ready = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    const harder = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
    child.kill('SIGTERM');
    await gone;
    clearTimeout(harder);
  }

  /** True when the child has said its ready line, false when it ended or stayed silent instead. */
  async #launch(ports: Readonly<Record<string, string>>): Promise<boolean> {
    const child = spawn(process.execPath, [...GATEWAY_NODE_FLAGS, this.#options.program ?? GATEWAY_PROGRAM], {
      env: { ...this.#environment, ...ports },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    this.#child = child;
    const doors = await doorsOf(child);
    if (doors === null) {
      child.kill('SIGKILL');
      return false;
    }
    this.doors = doors;
    this.#ready = !this.#stopping;
    child.once('exit', (code, signal) => this.#onExit(code, signal));
    return true;
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    this.#ready = false;
    if (this.#stopping) return;
    this.#options.log.error({ code, signal }, 'the gateway ended unasked; starting it again');
    void this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    const ports = { HTTP_PORT: String(this.doors.httpPort), SMTP_PORT: String(this.doors.smtpPort) };
    let delayMs: number = RESTART_DELAY_MS.first;
    for (;;) {
      await pause(delayMs);
      if (this.#stopping || (await this.#launch(ports))) return;
      delayMs = Math.min(delayMs * 2, RESTART_DELAY_MS.max);
    }
  }
}

/** The doors of the ready line; null when the child ended without one. Its other lines go to stderr. */
async function doorsOf(child: ChildProcess): Promise<GatewayDoors | null> {
  return new Promise((resolve) => {
    const tooLate = setTimeout(() => resolve(null), READY_PATIENCE_MS);
    const settle = (doors: GatewayDoors | null): void => {
      clearTimeout(tooLate);
      resolve(doors);
    };
    child.once('error', () => settle(null));
    child.once('exit', () => settle(null));
    if (!child.stdout) return settle(null);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, http, smtp, push] = READY_LINE.exec(line) ?? [];
      if (http && smtp) settle({ httpPort: Number(http), smtpPort: Number(smtp), pushUrl: push ?? null });
      else process.stderr.write(`${line}\n`);
    });
  });
}
