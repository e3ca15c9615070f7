import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { acceptsPerSecond } from './accepts-per-second.ts';
import type { BenchRow } from './bench-row.ts';
import { checkOfRecipients } from './check-of-recipients.ts';
import { lettersPerSecond } from './letters-per-second.ts';
import { massSends } from './mass-sends.ts';
import { mailToMemo } from './mail-to-memo.ts';
import { massSendContainer } from './mass-send-container.ts';
import { memoryAboveIdle } from './memory-above-idle.ts';

const BENCHES = {
  accepts: acceptsPerSecond, memo: mailToMemo, memory: memoryAboveIdle, letters: lettersPerSecond, mass: massSends, container: massSendContainer,
  check: checkOfRecipients,
} as const;
type BenchName = keyof typeof BENCHES;

/**
 * Prints each figure beside its baseline from the same run, as a table for the README. All benches, or those named as
 * arguments. Ends with 0 also when a goal is missed: a shared machine proves nothing by one run.
 */
async function main(): Promise<void> {
  const named = process.argv.slice(2).filter((name): name is BenchName => name in BENCHES);
  const names = named.length > 0 ? named : (Object.keys(BENCHES) as BenchName[]);
  say(`${new Date().toISOString().slice(0, 10)}, ${machine()}`);
  say('');
  say('| what | ours | baseline | ratio | goal | met |');
  say('|---|---|---|---|---|---|');
  for (const name of names) for (const row of await BENCHES[name]()) say(line(row));
}

function line({ what, ours, baseline, ratio, goal }: BenchRow): string {
  const isLeast = 'atLeast' in goal;
  const target = isLeast ? `≥ ${goal.atLeast}` : `< ${goal.below}`;
  const met = ratio === null ? 'not measured' : (isLeast ? ratio >= goal.atLeast : ratio < goal.below) ? 'yes' : 'no';
  return `| ${what} | ${ours} | ${baseline} | ${ratio === null ? '–' : ratio.toFixed(2)} | ${target} | ${met} |`;
}

/** Processor, memory, system and Node, in one line. */
function machine(): string {
  const cores = cpus();
  const memoryGb = Math.round(totalmem() / 1e9);
  return `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${memoryGb} GB, ${systemName()}, Node ${process.version.slice(1)}`;
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type();
  } catch {
    return `${type()} ${release()}`;
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main();
