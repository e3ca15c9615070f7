import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { startAcceptingGateway, type AcceptingGateway } from './accepting-gateway.ts';
import { median, skippedRow, type BenchRow } from './bench-row.ts';
import { startPostfix, whyNoPostfix, type RunningPostfix } from './postfix.ts';

interface Load {
  readonly what: string;
  readonly sessions: number;
  readonly bytes: number;
  readonly mails: number;
  readonly goal: number;
}

const LOADS: readonly Load[] = [
  { what: 'durable accepts/s, 4 kB mails, 20 sessions', sessions: 20, bytes: 4_096, mails: 6_000, goal: 2 },
  { what: 'durable accepts/s, 2 MB mails, 8 sessions', sessions: 8, bytes: 2_000_000, mails: 240, goal: 0.8 },
];
const ROUNDS = 5;
const ROUND_PATIENCE_MS = 120_000;

/** Mails per second that are on disk when 250 is said: the gateway against Postfix, by turns, on the same machine. */
export async function acceptsPerSecond(): Promise<readonly BenchRow[]> {
  const why = whyNoPostfix();
  if (why !== null) return LOADS.map(({ what, goal }) => skippedRow(what, { atLeast: goal }, why));
  await using gateway = await startAcceptingGateway();
  await using postfix = await startPostfix();
  const rows: BenchRow[] = [];
  for (const load of LOADS) rows.push(await compare(load, gateway, postfix));
  return rows;
}

async function compare(load: Load, gateway: AcceptingGateway, postfix: RunningPostfix): Promise<BenchRow> {
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  // The first round warms both up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await send(load, gateway.port);
    await forget(gateway, load.mails);
    const theirs = await send(load, postfix.port);
    const queued = await postfix.queued();
    if (queued !== load.mails) throw new Error(`Postfix holds ${queued} mails of ${load.mails}`);
    await postfix.empty();
    if (round > 0) rounds.push({ ours, theirs });
  }
  return {
    what: load.what,
    ours: `${median(rounds.map(({ ours }) => ours)).toFixed(0)}/s`,
    baseline: `Postfix ${postfix.version}, ${median(rounds.map(({ theirs }) => theirs)).toFixed(0)}/s`,
    ratio: median(rounds.map(({ ours, theirs }) => ours / theirs)),
    goal: { atLeast: load.goal },
  };
}

async function send({ sessions, bytes, mails }: Load, port: number): Promise<number> {
  const begin = performance.now();
  await promisify(execFile)('/usr/sbin/smtp-source', [
    '-d', '-s', String(sessions), '-l', String(bytes), '-m', String(mails),
    '-f', 'sikkerpost@kommune.example', '-t', '1234567890@35833684.ngdp.digital-post.dk', `127.0.0.1:${port}`,
  ], { timeout: ROUND_PATIENCE_MS });
  return mails / ((performance.now() - begin) / 1000);
}

/** Sees that every mail of the round is there, and empties the store as Postfix's queue is emptied. */
async function forget({ databaseUrl }: AcceptingGateway, mails: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ stored: number }>('select count(*)::int as stored from postbro.submission');
    if (rows[0]?.stored !== mails) throw new Error(`the gateway stored ${rows[0]?.stored} mails of ${mails}`);
    await client.query('truncate postbro.submission, postbro.blob_chunk cascade');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
