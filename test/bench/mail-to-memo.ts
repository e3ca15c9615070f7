import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, skippedRow, type BenchRow } from './bench-row.ts';
import type { ConvertJob } from './convert-mail.ts';
import { makeLargeMail, type LargeKind } from './large-mail.ts';

const CONVERTER = new URL('./convert-mail.ts', import.meta.url);
const BYTES = 50_000_000;
const ROUNDS = 7;

/**
 * Mail to MeMo, file to file, in a process that is kept, as the gateway's children are; against the program `base64`,
 * file to file, on the bytes of the attachment. The mail is larger than those bytes by a third.
 */
export async function mailToMemo(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const kind of ['txt', 'pdf'] as const) rows.push(await compare(kind));
  return rows;
}

async function compare(kind: LargeKind): Promise<BenchRow> {
  const what = `mail → MeMo, 50 MB ${kind}`;
  const goal = { atLeast: 0.5 };
  if (spawnSync('base64', ['--version']).error) return skippedRow(what, goal, 'the program base64 is not installed');
  const converter = fork(CONVERTER, { stdio: 'inherit' });
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-memo-'));
  const inFolder = (name: string) => path.join(folder, name);
  try {
    const { raw, content } = makeLargeMail(kind, BYTES, 'Sagens akter');
    writeFileSync(inFolder('mail.eml'), raw);
    writeFileSync(inFolder('attachment'), content);
    const rounds: { readonly ours: number; readonly theirs: number }[] = [];
    // The first rounds warm up and do not count.
    for (let round = -2; round < ROUNDS; round++) {
      const theirs = encode(inFolder('attachment'), inFolder('base64'));
      const begin = performance.now();
      await convert(converter, { mailFile: inFolder('mail.eml'), memoFile: inFolder('memo.xml') });
      const ours = performance.now() - begin;
      if (round >= 0) rounds.push({ ours, theirs });
    }
    const ours = median(rounds.map((round) => round.ours));
    const theirs = median(rounds.map((round) => round.theirs));
    return {
      what,
      ours: `${(BYTES / 1000 / ours).toFixed(0)} MB/s`,
      baseline: `base64, ${(BYTES / 1000 / theirs).toFixed(0)} MB/s`,
      ratio: median(rounds.map((round) => round.theirs / round.ours)),
      goal,
    };
  } finally {
    converter.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function convert(converter: ChildProcess, job: ConvertJob): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    converter.once('message', () => resolve()).once('exit', () => reject(new Error('the converter ended')));
    converter.send(job);
  });
  converter.removeAllListeners('exit');
}

function encode(from: string, to: string): number {
  const out = openSync(to, 'w');
  const begin = performance.now();
  const { status } = spawnSync('base64', [from], { stdio: ['ignore', out, 'inherit'] });
  const tookMs = performance.now() - begin;
  closeSync(out);
  if (status !== 0) throw new Error(`base64 ended with ${status}`);
  return tookMs;
}
