import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { gatewayProcesses } from './kill-gateway.ts';
import type { RunningSandbox } from './running-sandbox.ts';

const PROGRAM = new URL('../../src/gateway/main.ts', import.meta.url).pathname;

/** One more gateway process on the database and in the world of a running sandbox, with doors of its own. */
export interface SecondGateway extends AsyncDisposable {
  readonly http: string;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** How many deliveries this process has handed over to NgDP. */
  handedOver(): Promise<number>;
}

/** Starts one with the settings of the sandbox's own gateway, and what `env` says otherwise. */
export async function startSecondGateway(
  sandbox: RunningSandbox,
  env: Readonly<Record<string, string>> = {},
): Promise<SecondGateway> {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...(await settingsOfGateway(sandbox)), HTTP_PORT: '0', SMTP_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const http = await readyAt(child);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  return { http, kill, handedOver: () => handedOverBy(http), [Symbol.asyncDispose]: kill };
}

/** The value of the metric that counts messages that a gateway process handed over to NgDP. */
export async function handedOverBy(http: string): Promise<number> {
  const text = await (await fetch(`${http}/metrics`)).text();
  return Number(/^postbro_deliveries_total\{channel="ngdp",state="handed-over"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}

async function settingsOfGateway(sandbox: RunningSandbox): Promise<Readonly<Record<string, string>>> {
  for (const pid of await gatewayProcesses(sandbox)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes('/src/gateway/main.ts')) continue;
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    const pairs = environment.split('\0').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
    return Object.fromEntries(pairs.filter(([name]) => name !== '' && !name?.startsWith('NODE_'))) as Record<string, string>;
  }
  throw new Error('the sandbox has no gateway');
}

async function readyAt(child: ChildProcess): Promise<string> {
  let said = '';
  return await new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const http = /^ready (http:\S+)/m.exec(said)?.[1];
      if (http) resolve(http);
    });
    child.once('exit', (code) => reject(new Error(`the second gateway ended with ${code}: ${said}`)));
  });
}
