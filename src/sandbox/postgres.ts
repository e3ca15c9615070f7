import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { takeFolder } from './folder-owner.ts';
import { endLeftoverPostgres } from './postgres-leftover.ts';
import { findPostgres, giveTo, makePassable, runProgram, type PostgresProgram } from './postgres-program.ts';
import type { SandboxLog } from './sandbox-log.ts';

/** A PostgreSQL that runs. */
export interface RunningPostgres {
  /** Connection string with password; loopback only. */
  readonly url: string;
  /** Process id of the server, for tests that kill it. */
  pid(): number | null;
  /** Ends it in order (connections are cut, nothing is lost); returns when the process is gone. */
  stop(): Promise<void>;
}

const DATABASE_USER = 'postbro';
const PASSWORD_BYTES = 24;
const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 4_000;
const RESPAWN_DELAY_MS = 500;
const START_ATTEMPTS_MAX = 5;

/**
 * Durable as in production (fsync and synchronous_commit on), small in memory, loopback only with a password. The log
 * is terse and without statements and errors of statements, for those can hold CPR numbers.
 */
const SERVER_SETTINGS = [
  'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on', 'synchronous_commit=on', 'full_page_writes=on',
  'shared_buffers=48MB', 'wal_buffers=16MB', 'max_connections=60', 'work_mem=4MB', 'maintenance_work_mem=32MB', 'max_wal_size=512MB',
  'wal_level=minimal', 'max_wal_senders=0', 'wal_compression=off', 'io_method=sync', 'jit=off', 'autovacuum=on',
  'max_parallel_workers_per_gather=0', 'timezone=UTC', 'lc_messages=C', 'log_min_messages=log',
  'log_min_error_statement=panic', 'log_error_verbosity=terse', 'log_statement=none', 'logging_collector=off',
] as const;

/**
 * Starts the embedded PostgreSQL on `dataDir`/postgres, made at the first start. Goes on where the last start ended,
 * however that was: a server left behind is ended first, a half-made cluster is made anew. A server that dies without
 * being asked is started again on the same port. Throws when the folder is in use by another living process, or when
 * the server does not come up within a minute.
 */
export async function startPostgres(options: { readonly dataDir: string; readonly log: SandboxLog }): Promise<RunningPostgres> {
  const program = await findPostgres();
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const giveBack = await takeFolder(dataDir);
  try {
    const { server, password } = await startOn(dataDir, program, options.log);
    return {
      url: `postgres://${DATABASE_USER}:${password}@127.0.0.1:${server.port}/postgres`,
      pid: () => server.pid,
      stop: () => server.stop().finally(giveBack),
    };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

async function startOn(
  dataDir: string,
  program: PostgresProgram,
  log: SandboxLog,
): Promise<{ readonly server: PostgresServer; readonly password: string }> {
  if (program.runAs) await makePassable(dataDir, program.runAs);
  const folder = path.join(dataDir, 'postgres');
  const leftover = await endLeftoverPostgres(folder);
  if (leftover > 0) log.warn({ processes: leftover }, 'ended a PostgreSQL left behind by an earlier start');
  const password = await passwordIn(dataDir, program);
  if (!(await exists(folder))) await initialise(folder, password.file, program);
  const server = new PostgresServer(folder, program, log);
  await server.start();
  return { server, password: password.text };
}

/** Made once, kept beside the cluster, readable by its owner alone. */
async function passwordIn(dataDir: string, program: PostgresProgram): Promise<{ readonly file: string; readonly text: string }> {
  const file = path.join(dataDir, 'postgres-password');
  if (!(await exists(file))) {
    await writeFile(`${file}.new`, randomBytes(PASSWORD_BYTES).toString('hex'), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  await giveTo(program.runAs, file);
  return { file, text: (await readFile(file, 'utf8')).trim() };
}

/** Makes the cluster beside its place and moves it there whole, so that a kill in between leaves nothing half-made. */
async function initialise(folder: string, passwordFile: string, program: PostgresProgram): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await giveTo(program.runAs, unfinished);
  await runProgram(
    program.initdb,
    [
      `--pgdata=${unfinished}`, `--username=${DATABASE_USER}`, `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions',
    ],
    program.runAs,
  );
  await chmod(unfinished, 0o700);
  await rename(unfinished, folder);
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}

/** One server process and its successors on one port. */
class PostgresServer {
  port = 0;
  #child: ChildProcess | null = null;
  #stopping = false;
  readonly #folder: string;
  readonly #program: PostgresProgram;
  readonly #log: SandboxLog;

  constructor(folder: string, program: PostgresProgram, log: SandboxLog) {
    this.#folder = folder;
    this.#program = program;
    this.#log = log;
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Tries other ports where the free one was taken meanwhile, and waits for a dead predecessor's memory to be freed. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      this.port = await freePort();
      const ended = await this.#launch();
      if (ended === null) return;
      if (attempt === START_ATTEMPTS_MAX) throw new Error(`PostgreSQL did not start: ${ended}`);
      await pause(RESPAWN_DELAY_MS);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    const harder = setTimeout(() => child.kill('SIGQUIT'), STOP_PATIENCE_MS);
    child.kill('SIGINT');
    await gone;
    clearTimeout(harder);
  }

  /** Null when the server takes connections; what it last said when it ended instead. */
  async #launch(): Promise<string | null> {
    const settings = [...SERVER_SETTINGS, `port=${this.port}`].flatMap((setting) => ['-c', setting]);
    const child = spawn(this.#program.postgres, ['-D', this.#folder, ...settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: '/',
      ...(this.#program.runAs ?? {}),
    });
    this.#child = child;
    const ended = await readyOrEnded(child, this.#log);
    if (ended === null) child.once('exit', (code, signal) => this.#onExit(code, signal));
    return ended;
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#stopping) return;
    this.#log.error({ code, signal }, 'PostgreSQL ended unasked; starting it again');
    void this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    for (;;) {
      await pause(RESPAWN_DELAY_MS);
      if (this.#stopping) return;
      await endLeftoverPostgres(this.#folder);
      if (this.#stopping) return;
      const ended = await this.#launch();
      if (ended === null) return;
      this.#log.error({ said: ended }, 'PostgreSQL did not start again');
    }
  }
}

async function readyOrEnded(child: ChildProcess, log: SandboxLog): Promise<string | null> {
  let said = '';
  return new Promise<string | null>((resolve, reject) => {
    const tooLate = setTimeout(() => {
      child.kill('SIGQUIT');
      resolve(`no answer within ${START_PATIENCE_MS} ms: ${said}`);
    }, START_PATIENCE_MS);
    child.stderr?.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      said = (said + text).slice(-1_000);
      for (const line of text.split('\n')) if (/ (FATAL|PANIC): /.test(line)) log.warn({ postgres: line }, 'PostgreSQL says');
      if (said.includes('ready to accept connections')) {
        clearTimeout(tooLate);
        resolve(null);
      }
    });
    child.once('error', reject);
    child.once('exit', () => {
      clearTimeout(tooLate);
      resolve(said);
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => void probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise<void>((resolve) => void probe.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no free port to be had');
  return address.port;
}
