import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { citizens } from './citizens.ts';
import { faultsIn, handOver, settled, type QueuedMail } from './kill-gateway.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handedOverBy, startSecondGateway } from './second-gateway.ts';

function queued(subject: string, recipients: readonly string[]): QueuedMail {
  return { messageId: `<${crypto.randomUUID()}@kommune.example>`, subject, recipients };
}

describe('two gateway processes on one database', () => {
  it('share the work: both hand over, and nobody gets a message twice', async (t) => {
    await using sandbox = await RunningSandbox.start();
    await using second = await startSecondGateway(sandbox);
    // Each call takes 3 s, so that one process alone has its hands full.
    await sandbox.fault('slow');
    // Receipts come after the answers, so that each process counts what it handed over itself.
    await sandbox.receipts({ delayMs: 4000 });
    const mails = [1, 2].map((n) => queued(`Delt arbejde ${n}`, citizens(20, n * 20)));
    for (const mail of mails) await handOver(sandbox, mail);
    const seen = await settled(sandbox, mails, 60_000);
    assert.deepEqual(faultsIn(seen, mails), []);
    assert.equal(seen.messages.length, 40);
    const shares = [await handedOverBy(sandbox.http), await second.handedOver()];
    t.diagnostic(`shares ${shares.join(' and ')}`);
    assert.ok(shares.every((share) => share > 0), `shares ${shares.join(' and ')}`);
    assert.equal(shares.reduce((sum, share) => sum + share, 0), 40);
  });

  it('do the work of one that was killed within about 10 s', async (t) => {
    // The sandbox's own gateway only takes mail in: what is handed over, the other two do.
    await using sandbox = await RunningSandbox.start({ ROLES: 'accept' });
    await using first = await startSecondGateway(sandbox, { ROLES: 'work' });
    await sandbox.fault('timeout');
    const mail = queued('Overtaget arbejde', citizens(10));
    await handOver(sandbox, mail);
    // All ten are on their way in one process, and none has been answered.
    await until(async () => (await waitingDeliveries(first.http)) === 0 && (await claimedOnce(first.http)), 30_000, 'ten calls');
    await using _second = await startSecondGateway(sandbox, { ROLES: 'work' });
    await first.kill();
    const killed = performance.now();
    await sandbox.fault('none');
    await until(async () => (await sandbox.messages()).length === 10, 25_000, 'the work of the dead process');
    t.diagnostic(`done ${Math.round(performance.now() - killed)} ms after the kill`);
    const seen = await settled(sandbox, [mail], 30_000);
    assert.deepEqual(faultsIn(seen, [mail]), []);
  });
});

async function waitingDeliveries(http: string): Promise<number> {
  const text = await (await fetch(`${http}/metrics`)).text();
  return Number(/^postbro_waiting\{queue="delivery"\} (\d+)$/m.exec(text)?.[1] ?? -1);
}

async function claimedOnce(http: string): Promise<boolean> {
  const text = await (await fetch(`${http}/metrics`)).text();
  return /^postbro_submissions_total\{state="expanded"\} 1$/m.test(text);
}
