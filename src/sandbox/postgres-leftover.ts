import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a server that was left behind may take for each way of asking it to end. */
const PATIENCE_MS = { fast: 5_000, immediate: 2_000, killed: 2_000 } as const;
const LOOK_AGAIN_MS = 20;

/**
 * Ends whatever PostgreSQL still runs on `folder` (the cluster's own folder) since an earlier sandbox was killed, and
 * removes a `postmaster.pid` that nobody stands behind any more. PostgreSQL removes a stale one by itself, except
 * where its number now belongs to another process; so the file alone is never believed: a process counts only when it
 * runs a program named postgres and works in this very folder.
 */
export async function endLeftoverPostgres(folder: string): Promise<number> {
  const found = await serversOn(folder);
  const postmaster = await pidInFile(folder);
  if (found.length > 0) {
    // SIGINT to the postmaster is PostgreSQL's fast shutdown; its own children follow it.
    await endThem(folder, () => (postmaster !== null && found.includes(postmaster) ? [postmaster] : found), 'SIGINT', PATIENCE_MS.fast);
    await endThem(folder, (left) => left, 'SIGQUIT', PATIENCE_MS.immediate);
    await endThem(folder, (left) => left, 'SIGKILL', PATIENCE_MS.killed);
  }
  await rm(path.join(folder, 'postmaster.pid'), { force: true });
  return found.length;
}

async function endThem(
  folder: string,
  choose: (left: readonly number[]) => readonly number[],
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<void> {
  let left = await serversOn(folder);
  for (const pid of left.length > 0 ? choose(left) : []) sendSignal(pid, signal);
  for (const deadline = Date.now() + patienceMs; left.length > 0 && Date.now() < deadline; left = await serversOn(folder)) {
    await pause(LOOK_AGAIN_MS);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile, which is what was wanted.
  }
}

/** Process ids of PostgreSQL processes at work in `folder`. Where there is no /proc, the one in postmaster.pid if it lives. */
async function serversOn(folder: string): Promise<readonly number[]> {
  const entries = await readdir('/proc').catch(() => null);
  if (entries === null) return livingByFileAlone(folder);
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number);
  const checked = await Promise.all(pids.map(async (pid) => ((await worksIn(pid, folder)) ? [pid] : [])));
  return checked.flat();
}

async function worksIn(pid: number, folder: string): Promise<boolean> {
  try {
    const [cwd, program] = await Promise.all([readlink(`/proc/${pid}/cwd`), readlink(`/proc/${pid}/exe`)]);
    return cwd === folder && path.basename(program).replace(' (deleted)', '') === 'postgres';
  } catch {
    // Gone, a zombie, or another user's: none of them holds our data.
    return false;
  }
}

async function livingByFileAlone(folder: string): Promise<readonly number[]> {
  const pid = await pidInFile(folder);
  if (pid === null) return [];
  try {
    process.kill(pid, 0);
    return [pid];
  } catch {
    return [];
  }
}

async function pidInFile(folder: string): Promise<number | null> {
  const content = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(content.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}
