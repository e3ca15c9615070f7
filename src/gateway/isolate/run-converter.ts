import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnvironment } from './child-environment.ts';

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
  readonly timeMaxMs: number;
  readonly bytesMax: number;
}

export type ConverterOutcome =
  | { readonly kind: 'done'; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly reason: 'time' | 'missing' | 'no-result' | 'too-large' };

/**
 * Runs a converter on one file: in a folder and with a user profile of its own that are gone afterwards, without the gateway's
 * environment, in a namespace without network where the machine allows that, killed with all it started when its time is up.
 */
export async function runConverter(run: ConverterRun): Promise<ConverterOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'postbro-convert-'));
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
    const ended = await ending(await withoutNetwork([run.program, ...args]), folder, run.timeMaxMs);
    if (ended !== 'ended') return { kind: 'failed', reason: ended };
    return await resultOf(places.out, run.bytesMax);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function resultOf(file: string, bytesMax: number): Promise<ConverterOutcome> {
  const bytes = await stat(file).then(({ size }) => size, () => 0);
  if (bytes === 0) return { kind: 'failed', reason: 'no-result' };
  if (bytes > bytesMax) return { kind: 'failed', reason: 'too-large' };
  return { kind: 'done', bytes: await readFile(file) };
}

/** Runs a command to its end, or for its time; everything it started ends with it. */
function ending([program = '', ...args]: readonly string[], folder: string, timeMaxMs: number): Promise<'ended' | 'time' | 'missing'> {
  return new Promise((resolve) => {
    const started = spawn(program, args, {
      cwd: folder,
      stdio: 'ignore',
      // A process group of its own, which is killed as one.
      detached: true,
      // Where a namespace without network cannot be had, a proxy that is not there keeps well-behaved programs off it.
      env: { ...childEnvironment(), HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', http_proxy: NO_PROXY, https_proxy: NO_PROXY },
    });
    let outcome: 'ended' | 'time' | 'missing' = 'ended';
    const killAll = () => {
      try {
        if (started.pid !== undefined) process.kill(-started.pid, 'SIGKILL');
      } catch {
        // All of them have ended.
      }
    };
    const clock = setTimeout(() => {
      outcome = 'time';
      killAll();
    }, timeMaxMs);
    const end = () => {
      clearTimeout(clock);
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
const UNSHARE = ['unshare', '--map-current-user', '--net', '--'] as const;
const UNSHARE_TIME_MAX_MS = 2_000;

let unshares: Promise<boolean> | null = null;

/** The command in a network namespace of its own, where this machine lets us make one (Linux with user namespaces). */
async function withoutNetwork(command: readonly string[]): Promise<readonly string[]> {
  unshares ??= canUnshare();
  return (await unshares) ? [...UNSHARE, ...command] : command;
}

function canUnshare(): Promise<boolean> {
  const [program, ...args] = [...UNSHARE, 'true'];
  return new Promise((resolve) => {
    const tried = spawn(program, args, { stdio: 'ignore', timeout: UNSHARE_TIME_MAX_MS });
    tried.once('error', () => resolve(false));
    tried.once('exit', (code) => resolve(code === 0));
  });
}
