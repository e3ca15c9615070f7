import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningSandbox } from './running-sandbox.ts';

/** Where the kernel tells no proportional set size, pages that processes share would be counted many times. */
export const canWatchMemory = existsSync('/proc/self/smaps_rollup');

const LOOK_MS = 100;

/** What a process tree took while it was watched, in MB (2^20 bytes). */
export interface WatchedMemory {
  readonly firstMb: number;
  readonly highestMb: number;
  /** What each process had when all together had most, the largest first. */
  readonly atHighest: readonly string[];
}

/** Resident memory of every process of the sandbox while `work` runs; pages that they share count once. */
export async function watchMemory(sandbox: RunningSandbox, work: () => Promise<void>): Promise<WatchedMemory> {
  const first = await treeMemory(sandbox);
  let highest = first;
  let done = false;
  const watch = (async () => {
    while (!done) {
      const now = await treeMemory(sandbox);
      if (now.totalMb > highest.totalMb) highest = now;
      await pause(LOOK_MS);
    }
  })();
  try {
    await work();
  } finally {
    done = true;
    await watch;
  }
  return { firstMb: first.totalMb, highestMb: highest.totalMb, atHighest: highest.processes };
}

async function treeMemory(sandbox: RunningSandbox): Promise<{ readonly totalMb: number; readonly processes: readonly string[] }> {
  const processes = await Promise.all((await sandbox.processes()).map(async (pid) => {
    const [rollup, command] = await Promise.all(['smaps_rollup', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')));
    const mb = Number(/^Pss:\s+(\d+)/m.exec(rollup ?? '')?.[1] ?? 0) / 1024;
    const name = (command ?? '').replaceAll('\0', ' ').trim().split('/').slice(-2).join('/').slice(0, 60);
    return { mb, text: `${Math.round(mb)} ${name}` };
  }));
  processes.sort((a, b) => b.mb - a.mb);
  return { totalMb: processes.reduce((sum, { mb }) => sum + mb, 0), processes: processes.map(({ text }) => text) };
}
