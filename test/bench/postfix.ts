import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A mail server to compare with. */
export interface RunningPostfix extends AsyncDisposable {
  readonly port: number;
  readonly version: string;
  /** Mails that lie in its queue. */
  queued(): Promise<number>;
  /** Empties its queue, so that one run does not weigh on the next. */
  empty(): Promise<void>;
}

const run = promisify(execFile);
const POSTFIX = '/usr/sbin/postfix';
const DAEMONS = '/usr/lib/postfix/sbin';
const START_PATIENCE_MS = 20_000;

/** Why Postfix cannot be started here; null when it can. */
export function whyNoPostfix(): string | null {
  if (!existsSync(POSTFIX) || !existsSync('/usr/sbin/smtp-source')) return 'Debian’s package postfix is not installed';
  return process.getuid?.() === 0 ? null : 'Postfix starts as root only';
}

/**
 * Starts Postfix with a queue and a configuration of its own. It takes every mail, puts it durably into its queue
 * (smtpd, cleanup, fsync) and leaves it there on hold: what the gateway does with the role `accept` alone.
 */
export async function startPostfix(): Promise<RunningPostfix> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-postfix-'));
  await chmod(folder, 0o755);
  const [config, queue, data] = await Promise.all(['config', 'queue', 'data'].map(async (name) => {
    await mkdir(path.join(folder, name));
    return path.join(folder, name);
  })) as [string, string, string];
  const port = await freePort();
  await writeFile(path.join(config, 'main.cf'), mainSettings({ config, queue, data, log: path.join(folder, 'log') }));
  await writeFile(path.join(config, 'master.cf'), services(port));
  await run('chown', ['postfix', data]);
  const master = spawn(POSTFIX, ['-c', config, 'start-fg'], { stdio: 'ignore', detached: true });
  await untilOpen(port, master);
  const { stdout } = await run('/usr/sbin/postconf', ['-h', 'mail_version']);
  return {
    port,
    version: stdout.trim(),
    async queued() {
      const { stdout: files } = await run('find', [path.join(queue, 'hold'), '-type', 'f'], { maxBuffer: 1e8 });
      return files.split('\n').length - 1;
    },
    async empty() {
      await run('/usr/sbin/postsuper', ['-c', config, '-d', 'ALL']);
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => master.once('exit', resolve));
      await run(POSTFIX, ['-c', config, 'stop']).catch(() => master.kill('SIGTERM'));
      if (master.exitCode === null) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Folders {
  readonly config: string;
  readonly queue: string;
  readonly data: string;
  readonly log: string;
}

// Debian's defaults, but for the places, the hold, and what a local test client needs.
function mainSettings({ queue, data, log }: Folders): string {
  return [
    'compatibility_level = 3.6',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    `daemon_directory = ${DAEMONS}`,
    'command_directory = /usr/sbin',
    'mail_owner = postfix',
    'setgid_group = postdrop',
    `maillog_file = ${log}`,
    `maillog_file_prefixes = ${path.dirname(log)}`,
    'myhostname = bench.example',
    'mydestination =',
    'alias_maps =',
    'inet_interfaces = loopback-only',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    'smtpd_relay_restrictions = permit_mynetworks, reject',
    'smtpd_data_restrictions = check_client_access static:HOLD',
    'message_size_limit = 157286400',
    'queue_minfree = 0',
    'smtpd_client_connection_count_limit = 0',
    '',
  ].join('\n');
}

function services(port: number): string {
  // Columns: name, type, private, unprivileged, chroot, wake-up, most processes, program.
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'showq unix n - n - - showq',
    'rewrite unix - - n - - trivial-rewrite',
    'anvil unix - - n - 1 anvil',
    'proxymap unix - - n - - proxymap',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'error unix - - n - - error',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');
}

async function untilOpen(port: number, master: ChildProcess): Promise<void> {
  for (const deadline = performance.now() + START_PATIENCE_MS; ; ) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    if (master.exitCode !== null || performance.now() > deadline) throw new Error('Postfix did not start');
    await pause(100);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
