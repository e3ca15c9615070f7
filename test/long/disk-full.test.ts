import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { SHORT_LEASES } from '../journeys/kill-gateway.ts';
import { letter, RunningSandbox } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const run = promisify(execFile);
const FROM = 'sikkerpost@kommune.example';
const MEGABYTE = 1_048_576;

/** Hands one mail over to a citizen of its own; true when it was taken. Any other answer must say "later". */
async function taken(sandbox: RunningSandbox, n: number, subject: string, bytes = 500): Promise<boolean> {
  const to = [ngdp(citizen(n))];
  const raw = letter({ to, subject, text: `${'x'.repeat(70)}\r\n`.repeat(Math.ceil(bytes / 72)) });
  const { code, text } = await sandbox.submit(raw, FROM, to);
  assert.ok(code === 250 || (code >= 400 && code < 500), `answered ${code} ${text}`);
  return code === 250;
}

/** Everything that was taken is there, each once. */
async function allDelivered(sandbox: RunningSandbox, subjects: readonly string[], patienceMs: number): Promise<void> {
  const labels = async () => (await sandbox.messages().catch(() => [])).map(({ label }) => label);
  const missing = async () => {
    const there = new Set(await labels());
    return subjects.filter((subject) => !there.has(subject));
  };
  await until(async () => (await missing()).length === 0, patienceMs, `all of ${subjects.length} mails`);
  const there = await labels();
  assert.deepEqual(subjects.filter((subject) => there.filter((label) => label === subject).length !== 1), []);
}

/** A small file system of its own for the data, as the folder for temporary files; null where none may be mounted. */
async function smallDisk(t: TestContext, megabytes: number): Promise<AsyncDisposable & { readonly folder: string } | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'postbro-disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]).then(() => true, () => false);
  if (!mounted) {
    await rm(folder, { recursive: true });
    t.skip('no file system may be mounted here');
    return null;
  }
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  return {
    folder,
    async [Symbol.asyncDispose]() {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('a full disk', () => {
  it('makes the gateway answer 4xx while it is full, go on by itself afterwards, and lose nothing it took', async (t) => {
    await using disk = await smallDisk(t, 400);
    if (disk === null) return;
    await using sandbox = await RunningSandbox.start(SHORT_LEASES);
    const subjects: string[] = [];
    const { bavail, bsize } = await statfs(disk.folder);
    const ballast = path.join(disk.folder, 'ballast');
    // What is left is filled by some mails of 1 MB, each of which is stored several times on its way.
    await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 24 * MEGABYTE)));
    let refusals = 0;
    for (let n = 0; n < 60 && refusals < 5; n++) {
      const subject = `Fuld disk ${n}`;
      if (await taken(sandbox, 2000 + n, subject, MEGABYTE)) subjects.push(subject);
      else refusals += 1;
      await pause(50);
    }
    t.diagnostic(`${subjects.length} taken, ${refusals} refused for now`);
    assert.ok(refusals > 0, 'the disk never became full');
    await rm(ballast);
    const freed = performance.now();
    await until(() => taken(sandbox, 2100, 'Plads igen'), 40_000, 'a mail taken again');
    t.diagnostic(`took mail again after ${Math.round(performance.now() - freed)} ms`);
    await allDelivered(sandbox, [...subjects, 'Plads igen'], 60_000);
  });
});

describe('a disk that fails', () => {
  it('never makes the gateway take a mail that is then lost: fdatasync of the database answers EIO', async (t) => {
    const may = await run('strace', ['-qq', '-e', 'inject=fdatasync:error=EIO', 'true']).then(() => true, () => false);
    if (!may) {
      t.skip('no system call may be tampered with here (strace)');
      return;
    }
    await using sandbox = await RunningSandbox.start(SHORT_LEASES);
    const subjects: string[] = [];
    let refusals = 0;
    // T30 goes to the 200th call; a mail makes a handful of commits, so the first calls of every process meet all steps.
    for (const nth of [1, 2, 3, 4]) {
      const processes = await postgres(sandbox);
      const tracer = spawn('strace', [
        '-f', '-qq', '-o', '/dev/null', '-e', `inject=fdatasync:error=EIO:when=${nth}`, ...processes.flatMap((pid) => ['-p', String(pid)]),
      ], { stdio: 'ignore' });
      const gone = new Promise((resolve) => tracer.once('exit', resolve));
      await until(async () => (await tracedBy(processes)) > 0, 10_000, 'strace at work');
      for (let n = 0; n < 6; n++) {
        const subject = `Fejl på disken ${nth}-${n}`;
        if (await taken(sandbox, 2200 + nth * 10 + n, subject)) subjects.push(subject);
        else refusals += 1;
        await pause(150);
      }
      tracer.kill('SIGTERM');
      await gone;
      await until(async () => (await fetch(`${sandbox.http}/readyz`)).status === 200, 30_000, 'the database is back');
    }
    t.diagnostic(`${subjects.length} taken, ${refusals} refused for now`);
    assert.match(sandbox.log, /PANIC/);
    await allDelivered(sandbox, subjects, 60_000);
  });
});

async function postgres(sandbox: RunningSandbox): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of await sandbox.processes()) {
    const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (program.trim() === 'postgres') found.push(pid);
  }
  return found;
}

/** How many of these processes are traced. */
async function tracedBy(pids: readonly number[]): Promise<number> {
  const states = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')));
  return states.filter((text) => /^TracerPid:\t[1-9]/m.test(text)).length;
}
