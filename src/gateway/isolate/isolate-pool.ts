import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../config.ts';
import { readFrames, writeFrame, type Frame } from './frames.ts';
import type { FileHead, ReadMailJob, ReadMailResult, Unreadable } from './read-mail-job.ts';

/** Takes the files of a mail as the child hands them out. */
export interface FileTaker {
  open(file: FileHead): { write(bytes: Buffer): Promise<void>; end(): Promise<void> };
}

/** How the reading of a mail ended: `killed` means that it took its process down, or would not end. */
export type ReadMailOutcome =
  | { readonly kind: 'read'; readonly result: ReadMailResult }
  | { readonly kind: 'unreadable'; readonly unreadable: Unreadable }
  | { readonly kind: 'killed'; readonly reason: 'time' | 'memory' | 'crash'; readonly stage: 'mail' | 'letter' };

export interface IsolatePool {
  /**
   * Reads one mail in a child process of its own. Throws when `raw` or `files` throw, or the pool is closed meanwhile:
   * our trouble, not the mail's.
   */
  readMail(job: ReadMailJob, raw: AsyncIterable<Buffer>, files: FileTaker): Promise<ReadMailOutcome>;
  close(): void;
}

type PoolSettings = Pick<
  Settings,
  'ISOLATE_PROCESSES' | 'ISOLATE_TIME_MAX_MS' | 'ISOLATE_MEMORY_MAX_BYTES' | 'ISOLATE_REPLACE_BYTES' | 'ISOLATE_JOBS_MAX'
>;

type ChildProcess = ChildProcessByStdio<Writable, Readable, null>;

interface Child {
  readonly process: ChildProcess;
  /** Everything the child says in its whole life, read by one job after another. */
  readonly frames: AsyncGenerator<Frame, void, undefined>;
  jobs: number;
}

const PROGRAM = fileURLToPath(new URL('./child.ts', import.meta.url));
const MEMORY_LOOK_MS = 100;

/**
 * Keeps a few killable child processes in which everything that eats strangers' bytes runs: MIME, TNEF, archives, HTML
 * to PDF. A child is killed when its mail takes too long or too much memory, and is replaced after some mails, for the
 * PDF engine leaks (pdf.md 3, trap 8). More mails than children wait in line.
 */
export function openIsolatePool(settings: PoolSettings): IsolatePool {
  const idle: Child[] = [];
  const all = new Set<Child>();
  const waiting: (() => void)[] = [];
  let closed = false;

  const start = (): Child => {
    const program = startChild(settings.ISOLATE_MEMORY_MAX_BYTES);
    const child = { process: program, frames: readFrames(program.stdout), jobs: 0 };
    all.add(child);
    child.process.once('close', () => {
      all.delete(child);
      const at = idle.indexOf(child);
      if (at !== -1) idle.splice(at, 1);
      if (!closed && all.size < settings.ISOLATE_PROCESSES) release(start());
    });
    return child;
  };
  const release = (child: Child) => {
    idle.push(child);
    waiting.shift()?.();
  };
  const take = async (): Promise<Child> => {
    for (;;) {
      const child = idle.pop();
      if (child && child.process.exitCode === null && !child.process.killed) return child;
      if (closed) throw new Error('the pool is closed');
      if (!child) await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  for (let n = 0; n < settings.ISOLATE_PROCESSES; n++) idle.push(start());

  return {
    async readMail(job, raw, files) {
      const child = await take();
      child.jobs += 1;
      const outcome = await runJob(child, settings, { job, raw, files });
      // A child that ends with the gateway says nothing about its mail.
      if (closed) throw new Error('the pool is closed');
      const worn =
        outcome.kind === 'killed' ||
        child.jobs >= settings.ISOLATE_JOBS_MAX ||
        residentBytes(child.process.pid) > settings.ISOLATE_REPLACE_BYTES;
      if (worn) child.process.kill('SIGKILL');
      else release(child);
      return outcome;
    },
    close() {
      closed = true;
      for (const child of all) child.process.kill('SIGKILL');
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

function startChild(memoryMaxBytes: number): ChildProcess {
  const heapMb = Math.floor(memoryMaxBytes / 1_048_576 / 2);
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, PROGRAM], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Nothing of the gateway's secrets is in a child's environment.
    env: { PATH: process.env['PATH'] ?? '', TZ: 'Europe/Copenhagen', MALLOC_ARENA_MAX: '1' },
  });
  // A child that dies breaks its pipes; what that means is told by its end.
  child.stdin.on('error', () => {});
  child.stdout.on('error', () => {});
  return child;
}

interface JobParts {
  readonly job: ReadMailJob;
  readonly raw: AsyncIterable<Buffer>;
  readonly files: FileTaker;
}

async function runJob(child: Child, settings: PoolSettings, parts: JobParts): Promise<ReadMailOutcome> {
  let reason: 'time' | 'memory' | 'crash' = 'crash';
  let trouble: { readonly error: unknown } | null = null;
  const kill = (why: 'time' | 'memory') => {
    reason = why;
    child.process.kill('SIGKILL');
  };
  // Our own trouble in the middle of a mail: the child is killed, for nobody will read or feed it to the end.
  const ours = (error: unknown) => {
    trouble ??= { error };
    child.process.kill('SIGKILL');
  };
  const clock = setTimeout(kill, settings.ISOLATE_TIME_MAX_MS, 'time');
  const scales = setInterval(() => {
    if (residentBytes(child.process.pid) > settings.ISOLATE_MEMORY_MAX_BYTES) kill('memory');
  }, MEMORY_LOOK_MS);
  try {
    const [outcome] = await Promise.all([listen(child, parts.files, ours), feed(child.process, parts, ours)]);
    const failed = trouble as { readonly error: unknown } | null;
    if (failed) throw failed.error;
    return outcome.kind === 'killed' ? { ...outcome, reason } : outcome;
  } finally {
    clearTimeout(clock);
    clearInterval(scales);
  }
}

/** Gives the child its mail. A child that died meanwhile is noticed by the one who listens. */
async function feed(child: ChildProcess, { job, raw }: JobParts, ours: (error: unknown) => void): Promise<void> {
  await writeFrame(child.stdin, { kind: 'job', payload: JSON.stringify(job) }).catch(() => {});
  try {
    for await (const piece of raw) {
      if (child.stdin.destroyed) return;
      await writeFrame(child.stdin, { kind: 'raw', payload: piece }).catch(() => {});
    }
  } catch (error) {
    ours(error);
  }
  await writeFrame(child.stdin, { kind: 'raw-end' }).catch(() => {});
}

async function listen(child: Child, files: FileTaker, ours: (error: unknown) => void): Promise<ReadMailOutcome> {
  const open = new Map<number, ReturnType<FileTaker['open']>>();
  let stage: 'mail' | 'letter' = 'mail';
  for (;;) {
    const next = await child.frames.next().catch(() => null);
    if (next === null || next.done) return { kind: 'killed', reason: 'crash', stage };
    const { kind, payload } = next.value;
    if (kind === 'result') return { kind: 'read', result: parsed<ReadMailResult>(payload) };
    if (kind === 'unreadable') return { kind: 'unreadable', unreadable: parsed<Unreadable>(payload) };
    if (kind === 'stage') stage = 'letter';
    else await takeFile(next.value, open, files).catch(ours);
  }
}

async function takeFile(
  { kind, file, payload }: Frame,
  open: Map<number, ReturnType<FileTaker['open']>>,
  files: FileTaker,
): Promise<void> {
  if (kind === 'file') open.set(file, files.open(parsed<FileHead>(payload)));
  if (kind === 'data') await open.get(file)?.write(payload);
  if (kind === 'file-end') await open.get(file)?.end();
}

function parsed<T>(payload: Buffer): T {
  return JSON.parse(payload.toString('utf8')) as T;
}

/** Resident memory of a process; 0 where the system does not tell it in /proc. */
function residentBytes(pid: number | undefined): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return pages * 4096;
  } catch {
    return 0;
  }
}
