import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { fork } from 'node:child_process';
import pg from 'pg';
import { pino } from 'pino';
import { startTestPostgres } from '../sandbox/test-postgres.ts';
import { median, type BenchRow } from './bench-row.ts';
import type { MassJob, MassResult } from './expand-mass-send.ts';

/** Recipients, and how often: a short run says little by itself. */
const SIZES = [[1_000, 7], [10_000, 5], [100_000, 1]] as const;
const EXPANDER = new URL('./expand-mass-send.ts', import.meta.url);
const LETTER_BYTES = 8_000;

/**
 * The gateway's own part of a mass send: list read, rows written, containers claimed, every MeMo written into its tar,
 * containers ended. Compression is a bench of its own. Against COPY of the same rows, indexes and all, and the same bytes
 * written to a file.
 */
export async function massSends(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-mass-'));
  // PostgreSQL runs as another user where the bench runs as root, and writes its rows here.
  await chmod(folder, 0o777);
  const postgres = await startTestPostgres({ dataDir: folder, log: pino({ level: 'silent' }) });
  try {
    const rows: BenchRow[] = [];
    const results: MassResult[] = [];
    for (const [recipients, rounds] of SIZES) {
      const pairs: { readonly ours: MassResult; readonly theirs: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        const ours = await expand({ databaseUrl: postgres.url, recipients, letterBytes: LETTER_BYTES });
        pairs.push({ ours, theirs: await copyAndWrite(postgres.url, folder, ours) });
      }
      const middle = (pick: (pair: (typeof pairs)[number]) => number) => median(pairs.map(pick));
      const tarMb = middle(({ ours }) => ours.tarBytes) / 1e6;
      const totalS = middle(({ ours }) => ours.totalMs) / 1000;
      const queuedS = middle(({ ours }) => ours.queuedMs) / 1000;
      rows.push({
        what: `mass send, own part, ${recipients} recipients (${tarMb.toFixed(0)} MB of MeMo)`,
        ours: `${totalS.toFixed(2)} s (${queuedS.toFixed(2)} s to queued)`,
        baseline: `COPY and write, ${(middle(({ theirs }) => theirs) / 1000).toFixed(2)} s`,
        ratio: middle(({ ours, theirs }) => ours.totalMs / theirs),
        goal: { below: 3 },
      });
      results.push(...pairs.slice(-1).map(({ ours }) => ours));
    }
    const [small, , large] = results;
    if (small && large) {
      rows.push({
        what: 'mass send, memory of 100,000 above that of 1,000',
        ours: `${((large.peakBytes - small.peakBytes) / 1e6).toFixed(0)} MB`,
        baseline: '150 MB',
        ratio: (large.peakBytes - small.peakBytes) / 150e6,
        goal: { below: 1 },
      });
    }
    return rows;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, so that its memory is its own, with the flags that the gateway is started with. */
async function expand(job: MassJob): Promise<MassResult> {
  const child = fork(EXPANDER, { stdio: 'inherit', execArgv: ['--max-semi-space-size=16'] });
  child.send(job);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the gateway's part ended with ${String(code)}`);
  });
  const [result] = (await Promise.race([once(child, 'message'), ended])) as [MassResult];
  ended.catch(() => undefined);
  child.disconnect();
  return result;
}

/** The rows as text into a table that is like ours, and as many bytes into a file, as fast as each can be done. */
async function copyAndWrite(databaseUrl: string, folder: string, { recipients, tarBytes }: MassResult): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=postbro' });
  await client.connect();
  try {
    const file = path.join(folder, 'rows.tsv');
    const columns = 'submission_id, position, channel, address, named_in_header, organisation_cvr, recipient_key, message_uuid, bulk, due_at, container';
    await client.query('create table if not exists raw_delivery (like delivery including all)');
    await client.query('truncate raw_delivery');
    await client.query(`copy (select ${columns} from delivery where submission_id = (select max(id) from submission)) to '${file}'`);
    await client.query('checkpoint');
    const begin = performance.now();
    await client.query(`copy raw_delivery (${columns}) from '${file}'`);
    await writeBytes(path.join(folder, 'bytes'), tarBytes);
    const tookMs = performance.now() - begin;
    const { rows } = await client.query<{ copied: number }>('select count(*)::int as copied from raw_delivery');
    if (rows[0]?.copied !== recipients) throw new Error(`${rows[0]?.copied} rows of ${recipients}`);
    return tookMs;
  } finally {
    await client.end();
    await writeFile(path.join(folder, 'bytes'), '');
  }
}

async function writeBytes(file: string, bytes: number): Promise<void> {
  const out = createWriteStream(file);
  const piece = Buffer.alloc(65_536, 'x');
  for (let left = bytes; left > 0; left -= piece.length) {
    if (!out.write(left < piece.length ? piece.subarray(0, left) : piece)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
