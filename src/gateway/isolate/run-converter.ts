import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment } from './child-environment.ts';
import { confinedCommand, type ProgramLimits } from './confined-command.ts';

/** A program beside the gateway that makes one file of another. */
export interface ConverterRun {
  readonly program: string;
  /** Its arguments; {in}, {out} (a file), {outDir} and {profile} (folders) are filled in. */
  readonly args: readonly string[];
  /** Names of the files in its folder, without any sign of the sender's: "in.docx", "in.pdf". */
  readonly inName: string;
  readonly outName: string;
  readonly bytes: Uint8Array;
  /** Files of the profile folder, by name. */
  readonly profile: Readonly<Record<string, string>>;
  readonly limits: ProgramLimits;
  /** Of the result. */
  readonly bytesMax: number;
  /** Aborted when nobody waits for the result any more. */
  readonly signal: AbortSignal;
}

export type ConverterOutcome =
  | { readonly kind: 'done'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly reason: 'time' | 'missing' | 'no-result' | 'too-large' | 'aborted' };

/** What the names of converters' folders begin with (leftover-folders.ts). */
export const CONVERTER_FOLDER = 'postbro-convert-';

/**
 * Runs a converter on one file: in a folder and with a user profile of its own that are gone afterwards, without the gateway's
 * environment, confined as far as the machine allows that, killed with all it started when its time is up or nobody waits.
 */
export async function runConverter(run: ConverterRun): Promise<ConverterOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), CONVERTER_FOLDER));
  try {
    const outDir = path.join(folder, 'out');
    const places = {
      in: path.join(folder, run.inName), out: path.join(outDir, run.outName), outDir, profile: path.join(folder, 'profile'),
    };
    await mkdir(places.outDir);
    await mkdir(path.join(places.profile, 'user'), { recursive: true });
    await writeFile(places.in, run.bytes);
    for (const [name, content] of Object.entries(run.profile)) await writeFile(path.join(places.profile, 'user', name), content);
    const args = run.args.map((arg) => arg.replace(/\{(in|out|outDir|profile)\}/g, (_all, place: keyof typeof places) => places[place]));
    const ended = await ending(await confinedCommand([run.program, ...args], run.limits), folder, run);
    if (ended !== 'ended') return { kind: 'failed', reason: ended };
    return await resultOf(places.out, run);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The program may have left anything there: a link to another file, a pipe that nobody writes to. */
async function resultOf(file: string, { bytesMax, limits }: ConverterRun): Promise<ConverterOutcome> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) return { kind: 'failed', reason: 'no-result' };
  try {
    const facts = await handle.stat();
    if (!facts.isFile() || facts.size === 0) return { kind: 'failed', reason: 'no-result' };
    // One that is as large as any may be was cut off there.
    if (facts.size > bytesMax || facts.size >= limits.fileMaxBytes) return { kind: 'failed', reason: 'too-large' };
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(facts.size) });
    return bytesRead === facts.size ? { kind: 'done', bytes: buffer } : { kind: 'failed', reason: 'no-result' };
  } finally {
    await handle.close();
  }
}

type Ended = 'ended' | 'time' | 'missing' | 'aborted';

/** Runs a command to its end, for its time, or for as long as somebody waits; everything it started ends with it. */
function ending(
  [program = '', ...args]: readonly string[],
  folder: string,
  { limits, signal }: Pick<ConverterRun, 'limits' | 'signal'>,
): Promise<Ended> {
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    const started = spawn(program, args, {
      cwd: folder,
      stdio: 'ignore',
      // A process group of its own, which is killed as one.
      detached: true,
      // Where a namespace without network cannot be had, a proxy that is not there keeps well-behaved programs off it.
      env: { ...childEnvironment(), HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', http_proxy: NO_PROXY, https_proxy: NO_PROXY },
    });
    let outcome: Ended = 'ended';
    const killAll = () => {
      try {
        if (started.pid !== undefined) process.kill(-started.pid, 'SIGKILL');
      } catch {
        // All of them have ended.
      }
    };
    const stop = (why: Ended) => {
      outcome = why;
      killAll();
    };
    const clock = setTimeout(stop, limits.timeMaxMs, 'time');
    const onAbort = () => stop('aborted');
    signal.addEventListener('abort', onAbort);
    const end = () => {
      clearTimeout(clock);
      signal.removeEventListener('abort', onAbort);
      killAll();
      resolve(outcome);
    };
    started.once('error', () => {
      outcome = 'missing';
      end();
    });
    started.once('exit', end);
  });
}

const NO_PROXY = 'http://127.0.0.1:9';
