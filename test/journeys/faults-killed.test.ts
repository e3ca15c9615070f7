import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { citizens } from './citizens.ts';
import { faultsIn, handOver, killGateway, seededRandom, settled, SHORT_LEASES, type QueuedMail } from './kill-gateway.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

function queued(n: number, recipients: readonly string[]): QueuedMail {
  return { messageId: `<drab-${n}-${crypto.randomUUID()}@kommune.example>`, subject: `Drab ${n}`, recipients };
}

describe('a gateway killed in the middle of handing over', () => {
  it('loses nothing, sends nothing twice and tells each sender once, killed five times', async (t) => {
    await using sandbox = await RunningSandbox.start(SHORT_LEASES);
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    t.diagnostic(`SEED=${seed}`);
    const mails = [0, 1, 2, 3, 4].map((n) => queued(n, citizens(20)));
    for (const [n, mail] of mails.entries()) {
      // A slow NgDP stores at once and answers late: what is killed meanwhile has lost its answers for certain.
      await sandbox.fault(n % 2 === 0 ? 'slow' : 'none');
      const before = (await sandbox.messages()).length;
      const taken = handOver(sandbox, mail);
      await until(async () => (await sandbox.messages()).length > before, 30_000, 'the first message');
      await pause(random() * 250);
      await killGateway(sandbox);
      await taken;
    }
    await sandbox.fault('none');
    const seen = await settled(sandbox, mails, 60_000);
    assert.deepEqual(faultsIn(seen, mails), []);
    assert.equal(seen.messages.length, 100);
  });

  it('goes on where it was when everything is killed but PostgreSQL, and when everything is killed', async () => {
    await using sandbox = await RunningSandbox.start(SHORT_LEASES);
    const mails = [queued(10, citizens(20)), queued(11, citizens(20))];
    for (const [n, mail] of mails.entries()) {
      await sandbox.fault('slow');
      const before = (await sandbox.messages()).length;
      await handOver(sandbox, mail);
      await until(async () => (await sandbox.messages()).length > before, 30_000, 'the first message');
      await sandbox.kill9(n === 0 ? 'postgres' : '');
      await sandbox.restart();
    }
    await sandbox.fault('none');
    const seen = await settled(sandbox, mails, 60_000);
    assert.deepEqual(faultsIn(seen, mails), []);
    assert.equal(seen.messages.length, 40);
  });
});
