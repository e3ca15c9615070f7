import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { startTestPostgres } from '../sandbox/test-postgres.ts';
import { keptLog, removeFolder, temporaryFolder } from '../sandbox/outside-world.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver } from './smtp-hand-over.ts';

/** The paper says 500 mails; 100 show the same order of calls under ptrace, which slows every call down tenfold. */
const MAILS = 100;
/** Stored in pieces, which need not be on disk one by one; the commit at the end makes them all so. */
const LARGE_MAILS = 5;
const LARGE_BYTES = 2_500_000;
/** A read of the gateway's is at most 64 KiB, and its last bytes tell whether the mail ended in it. */
const TRACED_STRING_BYTES = '66000';
const PATIENCE_MS = 60_000;
const FROM = 'sikkerpost@kommune.example';

describe('250 means that the mail is on disk', () => {
  it('knows a 250 that no sync came before', () => {
    assert.deepEqual(syncedAnswers([LAST_BYTES, ANSWER]), { answers: 1, synced: 0 });
    assert.deepEqual(syncedAnswers([SYNC, LAST_BYTES, ANSWER]), { answers: 1, synced: 0 });
    assert.deepEqual(syncedAnswers([LAST_BYTES, SYNC, ANSWER, LAST_BYTES, ANSWER]), { answers: 2, synced: 1 });
  });

  it(`a sync of PostgreSQL ends between the final dot and each of ${MAILS + LARGE_MAILS} answers 250 (T46)`, async (t) => {
    if (spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status !== 0) {
      t.skip('strace is not here, or may not trace');
      return;
    }
    const folder = await temporaryFolder();
    const postgres = await startTestPostgres({ dataDir: folder, log: keptLog() });
    try {
      // Only the door writes: no loops, no heartbeat, whose syncs could be mistaken for a mail's.
      await using sandbox = await RunningSandbox.start({
        DATABASE_URL: postgres.url, ROLES: 'accept', WORKER_HEARTBEAT_MS: '3600000', WORKER_LEASE_MS: '3600000',
      });
      const gateway = await pidOfGateway(sandbox);
      const traced = [gateway, ...(await familyOf(postgres.pid() ?? 0))];
      const file = path.join(folder, 'trace');
      const strace = spawn('strace', [
        '-f', '-ttt', '-s', TRACED_STRING_BYTES, '-e', 'trace=fdatasync,fsync,read,recvfrom,write,writev,sendto', '-o', file,
        ...traced.flatMap((pid) => ['-p', String(pid)]),
      ], { stdio: ['ignore', 'ignore', 'pipe'] });
      let said = '';
      strace.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text));
      await until(() => (said.match(/attached/g)?.length ?? 0) >= traced.length || strace.exitCode !== null, PATIENCE_MS, `strace: ${said}`);
      if (strace.exitCode !== null) {
        t.skip(`strace may not attach: ${said.trim().slice(0, 200)}`);
        return;
      }
      const wire = await sandbox.wire();
      await wire.say('EHLO exchange.kommune.example');
      for (let n = 0; n < MAILS; n++) {
        const raw = letter({ to: ['nogen@andetsteds.example'], subject: `Mail ${n}` });
        assert.equal((await handOver(wire, { mailFrom: FROM, to: ['nogen@andetsteds.example'], raw })).data, 250);
      }
      for (let n = 0; n < LARGE_MAILS; n++) {
        const raw = `Subject: stor ${n}\r\nFrom: ${FROM}\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(LARGE_BYTES / 78)}`;
        assert.equal((await handOver(wire, { mailFrom: FROM, to: ['nogen@andetsteds.example'], raw })).data, 250);
      }
      wire.vanish();
      strace.kill('SIGINT');
      await new Promise((resolve) => strace.once('close', resolve));
      const events = eventsOf(await readFile(file, 'latin1'), gateway);
      assert.deepEqual(syncedAnswers(events), { answers: MAILS + LARGE_MAILS, synced: MAILS + LARGE_MAILS });
    } finally {
      await postgres.stop();
      await removeFolder(folder);
    }
  });
});

const LAST_BYTES = 'last bytes';
const SYNC = 'sync';
const ANSWER = 'answer';
type TraceEvent = typeof LAST_BYTES | typeof SYNC | typeof ANSWER;

/** What of a trace tells: the gateway reads a final dot, somebody ends a sync, the gateway says that it has the mail. */
function eventsOf(trace: string, gateway: number): TraceEvent[] {
  const events: TraceEvent[] = [];
  for (const line of trace.split('\n')) {
    const [pid, , call = ''] = line.split(/\s+/, 3);
    const ended = /(fdatasync|fsync)(\(\d+\)| resumed>\)).*= 0$/.test(line);
    if (ended) events.push(SYNC);
    if (Number(pid) !== gateway) continue;
    if (/^(read|recvfrom|<\.\.\.)/.test(call) && /(?:"|\\r\\n)\.\\r\\n",/.test(line)) events.push(LAST_BYTES);
    if (/^(write|writev|sendto)/.test(call) && line.includes('250 2.6.0 ')) events.push(ANSWER);
  }
  return events;
}

function syncedAnswers(events: readonly TraceEvent[]): { readonly answers: number; readonly synced: number } {
  let answers = 0;
  let synced = 0;
  let syncedSince = false;
  let dot = false;
  for (const event of events) {
    if (event === LAST_BYTES) {
      dot = true;
      syncedSince = false;
    } else if (event === SYNC) {
      syncedSince = dot;
    } else {
      answers += 1;
      if (syncedSince) synced += 1;
      dot = false;
      syncedSince = false;
    }
  }
  return { answers, synced };
}

async function pidOfGateway(sandbox: RunningSandbox): Promise<number> {
  for (const pid of await sandbox.processes()) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    if (command.includes('gateway/main.ts')) return pid;
  }
  throw new Error('no gateway among the processes');
}

/** A process and its children: a server's backends that live already must be traced each for itself. */
async function familyOf(parent: number): Promise<readonly number[]> {
  const family = [parent];
  for (const entry of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${entry}/stat`, 'latin1').catch(() => '');
    if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent) family.push(Number(entry));
  }
  return family;
}
