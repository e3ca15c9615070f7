import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { HandedMail, HoldWorld } from './hold-world.ts';
import { SIKKERPOST } from './hold-world.ts';
import { until } from '../sandbox/eventually.ts';

/** What one run of T22 showed. */
export interface StopRun {
  readonly left: number;
  readonly stopped: number;
}

const SETTLE_PATIENCE_MS = 60_000;
/** After a stop 0 further messages leave within this time, and none later either. */
const STOP_MS = 2_000;

/**
 * Stops a mail a while after it was handed over, and holds what NgDP got against what the gateway says: nothing arrives
 * later than two seconds after the stop, and receipt and database name exactly those that had left.
 */
export async function stopRun(world: HoldWorld, mail: HandedMail, run: { readonly afterMs: number; readonly recipients: number }): Promise<StopRun> {
  await pause(run.afterMs);
  const pressed = await world.stop(mail);
  const stoppedAt = Date.now();
  const state = await world.read(mail);
  assert.equal(state, 'expanded');
  const settled = async () => {
    const { waiting = 0, sending = 0, unknown = 0, 'handed-over': handedOver = 0 } = await world.counts(mail);
    return waiting + sending + unknown + handedOver === 0;
  };
  await until(settled, SETTLE_PATIENCE_MS, 'everything settled');
  const counts = await world.counts(mail);
  const { completed: left = 0, stopped = 0 } = counts;
  assert.equal(left + stopped, run.recipients, JSON.stringify(counts));
  const arrived = (await world.inner.ngdp.messages.list('ngdp')).filter(({ label }) => label === mail.subject);
  assert.equal(arrived.length, left, `${pressed} after ${run.afterMs} ms`);
  const late = arrived.filter(({ receivedAt }) => new Date(receivedAt).getTime() > stoppedAt + STOP_MS);
  assert.deepEqual(late, []);
  const { rows } = await world.inner.database.query<{ uuid: string }>(
    `select message_uuid as uuid from delivery where submission_id = $1 and status = 'completed'`, [mail.id],
  );
  assert.deepEqual(new Set(arrived.map(({ messageUUID }) => messageUUID)), new Set(rows.map(({ uuid }) => uuid)));
  const receipt = await world.notice(SIKKERPOST, mail, /./);
  assert.equal(receipt.copy?.counts.delivered, left);
  return { left, stopped };
}
