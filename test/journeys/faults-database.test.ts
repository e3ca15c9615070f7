import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { citizens } from './citizens.ts';
import { faultsIn, handOver, settled, SHORT_LEASES, type QueuedMail } from './kill-gateway.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const FROM = 'sikkerpost@kommune.example';

function queued(subject: string, recipients: readonly string[]): QueuedMail {
  return { messageId: `<${crypto.randomUUID()}@kommune.example>`, subject, recipients };
}

/** The processes of the sandbox's PostgreSQL. */
async function postgres(sandbox: RunningSandbox): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of await sandbox.processes()) {
    const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (program.trim() === 'postgres') found.push(pid);
  }
  return found;
}

/** State T of proc(5): the signal has taken effect, which may be a little later than it was sent. */
async function allStopped(pids: readonly number[]): Promise<boolean> {
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')));
  return stats.every((stat) => stat === '' || stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'T');
}

async function signal(pids: readonly number[], name: NodeJS.Signals): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Gone meanwhile.
    }
  }
}

const status = async (sandbox: RunningSandbox, path: string) =>
  (await fetch(sandbox.http + path, { signal: AbortSignal.timeout(5_000) }).catch(() => ({ status: 0 }))).status;

describe('a database that is away', () => {
  for (const [what, down, up] of [
    ['stopped', 'SIGSTOP', 'SIGCONT'], ['killed again and again', 'SIGKILL', null],
  ] as const) {
    it(`${what}: mails are refused for now within 10 s, readiness goes red, and what was accepted is delivered`, async (t) => {
      await using sandbox = await RunningSandbox.start(SHORT_LEASES);
      const before = queued('Før', citizens(20));
      await sandbox.fault('slow', { count: 10 });
      await handOver(sandbox, before);
      // Many mails at once leave many connections open and idle: those are the ones that hang when the database stops.
      await Promise.all(citizens(12, 800).map((to) => sandbox.submit(letter({ to: [to], subject: 'Først' }), FROM, [to])));
      let away = true;
      const holding = (async () => {
        while (away) {
          await signal(await postgres(sandbox), down);
          await pause(100);
        }
      })();
      // Also a test that fails lets the database go on, or nothing of it would ever end.
      await using _release = {
        [Symbol.asyncDispose]: async () => {
          away = false;
          await holding;
          if (up) await signal(await postgres(sandbox), up);
        },
      };
      await signal(await postgres(sandbox), down);
      if (up) await until(async () => allStopped(await postgres(sandbox)), 5_000, 'a database that stands still');
      const started = performance.now();
      const asking = Array.from({ length: 12 }, async (_, n) => {
        const to = citizens(1, 900 + n);
        const { code } = await sandbox.submit(letter({ to, subject: `Under ${n}` }), FROM, to);
        return { code, ms: Math.round(performance.now() - started) };
      });
      await until(async () => (await status(sandbox, '/readyz')) !== 200, 5_000, 'readiness red within 5 s');
      assert.equal(await status(sandbox, '/healthz'), 200);
      const latest = pause(12_000).then(() => ({ code: 0, ms: 12_000 }));
      const answers = await Promise.all(asking.map((answer) => Promise.race([answer, latest])));
      t.diagnostic(JSON.stringify(answers));
      assert.ok(answers.some(({ code }) => code === 451));
      for (const { code, ms } of answers) {
        // One that was stored before the signal reached the last process is rightly taken.
        assert.ok([250, 451, 452].includes(code), `answered ${code}`);
        assert.ok(ms <= 10_000, `answered after ${ms} ms`);
      }
      await pause(Math.max(0, 6_000 - (performance.now() - started)));
      away = false;
      await holding;
      if (up) await signal(await postgres(sandbox), up);
      const during = queued('Efter', citizens(20, 40));
      await handOver(sandbox, during);
      await until(async () => (await status(sandbox, '/readyz')) === 200, 20_000, 'readiness green again');
      const takenDuring = answers.flatMap(({ code }, n) => (code === 250 ? [`Under ${n}`] : []));
      const labels = async () => (await sandbox.messages()).map(({ label }) => label);
      await until(async () => (await labels()).filter((label) => takenDuring.includes(label)).length === takenDuring.length, 60_000,
        'what was taken while the database went');
      const mails = [before, during];
      const seen = await settled(sandbox, mails, 60_000);
      assert.deepEqual(faultsIn(seen, mails), []);
      assert.equal(sandbox.log.includes('the gateway ended unasked'), false);
    });
  }
});
