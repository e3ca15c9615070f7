import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../config.ts';
import { childEnvironment } from './child-environment.ts';
import type { ChildJob, Unreadable } from './child-job.ts';
import { readFrames, writeFrame, type Frame } from './frames.ts';

/** Takes the files of a job as the child hands them out, each after what it says of it. */
export interface FileTaker<Head> {
  open(file: Head): { write(bytes: Buffer): Promise<void>; end(): Promise<void> };
}

/** What a child gets besides its job: pieces of files, which are numbered where there are several. */
export interface InputPiece {
  readonly file: number;
  readonly bytes: Uint8Array;
}

export interface ChildWork<Head> {
  readonly job: ChildJob;
  readonly input: AsyncIterable<InputPiece> | Iterable<InputPiece>;
  readonly files: FileTaker<Head>;
  /** Time that this job may take, however much it reads, where it is another than ISOLATE_TIME_MAX_MS and that for each MB. */
  readonly timeMaxMs?: number;
  /** Aborted when nobody waits for the job any more: it leaves the line, or its child is killed. */
  readonly signal?: AbortSignal;
}

/**
 * How a job ended: `killed` means that it took its process down, or would not end; `stages` counts how often the child said
 * that it had come further.
 */
export type ChildOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'unreadable'; readonly unreadable: Unreadable }
  | { readonly kind: 'killed'; readonly reason: 'time' | 'memory' | 'crash' | 'aborted'; readonly stages: number };

export interface ChildPool {
  /**
   * Does one job in a child process. Throws when the input or `files` throw, or the pool is closed meanwhile: our trouble,
   * not the job's.
   */
  run<Head, Result>(work: ChildWork<Head>): Promise<ChildOutcome<Result>>;
  /** Jobs that wait for a child. */
  waiting(): number;
  close(): void;
}

export type ChildSettings = Pick<
  Settings,
  'ISOLATE_TIME_MAX_MS' | 'ISOLATE_TIME_PER_MB_MS' | 'ISOLATE_MEMORY_MAX_BYTES' | 'ISOLATE_REPLACE_BYTES' | 'ISOLATE_JOBS_MAX'
>;

type ChildProcess = ChildProcessByStdio<Writable, Readable, null>;

interface Child {
  readonly process: ChildProcess;
  /** Everything the child says in its whole life, read by one job after another. */
  readonly frames: AsyncGenerator<Frame, void, undefined>;
  /** Its first word: fonts and typesetter are loaded. Until then no job's time runs. */
  readonly ready: Promise<unknown>;
  jobs: number;
}

const PROGRAM = fileURLToPath(new URL('./child.ts', import.meta.url));
const LOOK_MS = 100;
const RESTART_PAUSE_MS = 1_000;
/** A machine that needs longer to start a process has other troubles. */
const START_TIME_MAX_MS = 60_000;

/**
 * Keeps a few killable child processes in which everything that eats strangers' bytes runs. A child is killed when its job
 * takes too long or too much memory, and is replaced after some jobs, for the PDF engine leaks (pdf.md 3, trap 8). More
 * jobs than children wait in line. Children are `ready` from the start and always, or started when a job comes.
 */
export function openChildPool(
  settings: ChildSettings,
  { processes, ready }: { readonly processes: number; readonly ready: boolean },
): ChildPool {
  const idle: Child[] = [];
  const all = new Set<Child>();
  const waiting = openSleepers();
  let closed = false;

  const start = (): Child => {
    const program = startChild(settings.ISOLATE_MEMORY_MAX_BYTES);
    const frames = readFrames(program.stdout);
    const child = { process: program, frames, ready: frames.next().catch(() => null), jobs: 0 };
    all.add(child);
    child.process.once('close', () => {
      all.delete(child);
      const at = idle.indexOf(child);
      if (at !== -1) idle.splice(at, 1);
      const isWanted = () => !closed && all.size < processes && (ready || waiting.count() > 0);
      // A machine that has no room for one more process is asked again in a while.
      if (program.pid === undefined) setTimeout(() => isWanted() && release(start()), RESTART_PAUSE_MS);
      else if (isWanted()) release(start());
    });
    return child;
  };
  const release = (child: Child) => {
    idle.push(child);
    waiting.wakeNext();
  };
  const take = async (signal: AbortSignal | undefined): Promise<Child | null> => {
    for (;;) {
      if (closed) throw new Error('the pool is closed');
      if (signal?.aborted) return waiting.wakeNext();
      const child = idle.pop() ?? (all.size < processes ? start() : null);
      if (child && child.process.exitCode === null && !child.process.killed) return child;
      if (!child) await waiting.sleep(signal);
    }
  };
  if (ready) for (let n = 0; n < processes; n++) idle.push(start());

  return {
    async run<Head, Result>(work: ChildWork<Head>) {
      const child = await take(work.signal);
      if (!child) return { kind: 'killed', reason: 'aborted', stages: 0 };
      child.jobs += 1;
      const outcome = await runJob<Head, Result>(child, settings, work);
      // A child that ends with the gateway says nothing about its job.
      if (closed) throw new Error('the pool is closed');
      if (outcome.kind === 'killed' || isWorn(child, settings)) child.process.kill('SIGKILL');
      else release(child);
      return outcome;
    },
    waiting: () => waiting.count(),
    close() {
      closed = true;
      for (const child of all) child.process.kill('SIGKILL');
      while (waiting.count() > 0) waiting.wakeNext();
    },
  };
}

function isWorn({ jobs, process }: Child, settings: ChildSettings): boolean {
  return jobs >= settings.ISOLATE_JOBS_MAX || residentBytes(process.pid) > settings.ISOLATE_REPLACE_BYTES;
}

/** Those who wait in line, each until woken or until its signal is aborted; who is woken in vain wakes the next. */
function openSleepers() {
  const line = new Set<() => void>();
  return {
    count: () => line.size,
    sleep: (signal: AbortSignal | undefined) =>
      new Promise<void>((resolve) => {
        const end = () => {
          line.delete(end);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        line.add(end);
        signal?.addEventListener('abort', end);
      }),
    wakeNext(): null {
      const [next] = line;
      next?.();
      return null;
    },
  };
}

function startChild(memoryMaxBytes: number): ChildProcess {
  const heapMb = Math.floor(memoryMaxBytes / 1_048_576 / 2);
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, PROGRAM], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...childEnvironment(), MALLOC_ARENA_MAX: '1' },
  });
  // A child that dies, or cannot be started, breaks its pipes; what that means is told by its end.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  child.stdout.on('error', () => {});
  return child;
}

async function runJob<Head, Result>(child: Child, settings: ChildSettings, work: ChildWork<Head>): Promise<ChildOutcome<Result>> {
  let reason: 'time' | 'memory' | 'crash' | 'aborted' = 'crash';
  let trouble: { readonly error: unknown } | null = null;
  const kill = (why: 'time' | 'memory' | 'aborted') => {
    reason = why;
    child.process.kill('SIGKILL');
  };
  const onAbort = () => kill('aborted');
  if (work.signal?.aborted) onAbort();
  work.signal?.addEventListener('abort', onAbort);
  // Our own trouble in the middle of a job: the child is killed, for nobody will read or feed it to the end.
  const ours = (error: unknown) => {
    trouble ??= { error };
    child.process.kill('SIGKILL');
  };
  const clock = setTimeout(kill, START_TIME_MAX_MS, 'time');
  await child.ready;
  clearTimeout(clock);
  const startedAt = performance.now();
  let takenBytes = 0;
  const took = (bytes: number) => (takenBytes += bytes);
  const timeMaxMs = () => work.timeMaxMs ?? settings.ISOLATE_TIME_MAX_MS + (takenBytes / 1_000_000) * settings.ISOLATE_TIME_PER_MB_MS;
  const watch = setInterval(() => {
    if (performance.now() - startedAt > timeMaxMs()) kill('time');
    else if (residentBytes(child.process.pid) > settings.ISOLATE_MEMORY_MAX_BYTES) kill('memory');
  }, LOOK_MS);
  try {
    const [outcome] = await Promise.all([listen<Head, Result>(child, work.files, ours), feed(child.process, work, { ours, took })]);
    const failed = trouble as { readonly error: unknown } | null;
    if (failed) throw failed.error;
    return outcome.kind === 'killed' ? { ...outcome, reason } : outcome;
  } finally {
    clearInterval(watch);
    work.signal?.removeEventListener('abort', onAbort);
  }
}

interface Feeding {
  readonly ours: (error: unknown) => void;
  /** Called with what the child has taken of the input. */
  readonly took: (bytes: number) => void;
}

/** Gives the child its job. A child that died meanwhile is noticed by the one who listens. */
async function feed<Head>(child: ChildProcess, { job, input }: ChildWork<Head>, { ours, took }: Feeding): Promise<void> {
  await writeFrame(child.stdin, { kind: 'job', payload: JSON.stringify(job) }).catch(() => {});
  try {
    for await (const { file, bytes } of input) {
      if (child.stdin.destroyed) return;
      await writeFrame(child.stdin, { kind: 'raw', file, payload: bytes }).catch(() => {});
      took(bytes.length);
    }
  } catch (error) {
    ours(error);
  }
  await writeFrame(child.stdin, { kind: 'raw-end' }).catch(() => {});
}

type OpenFile = ReturnType<FileTaker<never>['open']>;

async function listen<Head, Result>(child: Child, files: FileTaker<Head>, ours: (error: unknown) => void): Promise<ChildOutcome<Result>> {
  const open = new Map<number, OpenFile>();
  let stages = 0;
  for (;;) {
    const next = await child.frames.next().catch(() => null);
    if (next === null || next.done) return { kind: 'killed', reason: 'crash', stages };
    const { kind, payload } = next.value;
    if (kind === 'result') return { kind: 'done', result: parsed<Result>(payload) };
    if (kind === 'unreadable') return { kind: 'unreadable', unreadable: parsed<Unreadable>(payload) };
    if (kind === 'stage') stages += 1;
    else await takeFile(next.value, open, files).catch(ours);
  }
}

async function takeFile<Head>({ kind, file, payload }: Frame, open: Map<number, OpenFile>, files: FileTaker<Head>): Promise<void> {
  if (kind === 'file') open.set(file, files.open(parsed<Head>(payload)));
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
