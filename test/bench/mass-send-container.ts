import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, createWriteStream, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compressLzmaAlone } from '../../src/memo/lzma-alone.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';
import { writeMemoTar, type ContainerMessage } from '../../src/memo/write-memo-tar.ts';
import { uuidOf } from '../memo/container-examples.ts';
import { exampleFile, exampleMemo } from '../memo/memo-examples.ts';
import { median, skippedRow, type BenchRow } from './bench-row.ts';

/** The PDF of one message; base64 makes it 100 kB. */
const LETTER_BYTES = 74_000;
const ROUNDS = 3;
/**
 * No goal is set for compression, which is counted apart from the gateway's own work. lzma-native brings a liblzma
 * that was built without optimisation, and works in a thread beside the event loop; a fifth of xz tells us when more
 * than that goes wrong.
 */
const GOAL = { atLeast: 0.2 } as const;

/** Compression of containers alone, tar file to file, against `xz --format=lzma -0` of the same tar. */
export async function massSendContainer(): Promise<readonly BenchRow[]> {
  const letter = randomBytes(LETTER_BYTES);
  return [
    await compare('container, 500 × 100 kB, one letter to all', messages(500, () => letter)),
    await compare('container, 100 × 100 kB, a letter each', messages(100, () => randomBytes(LETTER_BYTES))),
  ];
}

async function compare(what: string, contents: Iterable<ContainerMessage>): Promise<BenchRow> {
  if (spawnSync('xz', ['--version']).error) return skippedRow(what, GOAL, 'the program xz is not installed');
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-container-'));
  const [tar, ours, theirs] = ['tar', 'ours', 'theirs'].map((name) => path.join(folder, name)) as [string, string, string];
  try {
    await pipeline(writeMemoTar(contents, new Date(0)), createWriteStream(tar));
    const rounds: { readonly oursMs: number; readonly theirsMs: number }[] = [];
    // The first round warms up and does not count.
    for (let round = -1; round < ROUNDS; round++) {
      const theirsMs = packWithXz(tar, theirs);
      const begin = performance.now();
      await pipeline(compressLzmaAlone(createReadStream(tar)), createWriteStream(ours));
      const oursMs = performance.now() - begin;
      if (round >= 0) rounds.push({ oursMs, theirsMs });
    }
    const told = (file: string, tookMs: number): string =>
      `${(size(tar) / 1000 / tookMs).toFixed(1)} MB/s, ${(size(file) / 1e6).toFixed(2)} MB`;
    return {
      what,
      ours: told(ours, median(rounds.map((round) => round.oursMs))),
      baseline: `xz -0, ${told(theirs, median(rounds.map((round) => round.theirsMs)))}`,
      ratio: median(rounds.map((round) => round.theirsMs / round.oursMs)),
      goal: GOAL,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packWithXz(from: string, to: string): number {
  const out = openSync(to, 'w');
  const begin = performance.now();
  const { status } = spawnSync('xz', ['--format=lzma', '-0', '--threads=1', '-c', from], { stdio: ['ignore', out, 'inherit'] });
  const tookMs = performance.now() - begin;
  closeSync(out);
  if (status !== 0) throw new Error(`xz ended with ${status}`);
  return tookMs;
}

function size(file: string): number {
  return statSync(file).size;
}

function* messages(count: number, makeLetter: () => Buffer): Generator<ContainerMessage> {
  for (let index = 0; index < count; index++) {
    const messageUUID = uuidOf(index);
    const mainDocument = { files: [exampleFile('brev.pdf', makeLetter())] };
    yield { messageUUID, ...writeMemo(exampleMemo({ header: { messageUUID }, body: { mainDocument } })) };
  }
}
