import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { citizen, OWN_CVR } from '../journeys/citizens.ts';
import { HoldWorld } from '../gateway/hold-world.ts';
import { stopRun } from '../gateway/stop-runs.ts';

// T22 (reliability.md): a job for 10,000, stopped after a random time, 50 times.
const RECIPIENTS = Number(process.env['T22_RECIPIENTS'] ?? 10_000);
const RUNS = Number(process.env['T22_RUNS'] ?? 50);
const STOP_MAX_MS = 8_000;

describe('a mass send to 10,000 that is stopped after a random time', () => {
  it('sends 0 further messages within two seconds, and tells exactly who had got it', async (t) => {
    await using world = await HoldWorld.start({});
    const content = Array.from({ length: RECIPIENTS }, (_, n) => citizen(n)).join('\r\n');
    const to = [`masseforsendelse-${RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`];
    let partly = 0;
    for (let n = 0; n < RUNS; n++) {
      const mail = await world.hand(to, { subject: `Stoppet ${n}`, attachments: [{ filename: 'masseforsendelse.txt', content }] });
      const afterMs = Math.round(Math.random() * STOP_MAX_MS);
      const { left, stopped } = await stopRun(world, mail, { afterMs, recipients: RECIPIENTS });
      if (left > 0 && stopped > 0) partly += 1;
      t.diagnostic(`stopped after ${afterMs} ms: ${left} had left, ${stopped} stayed`);
    }
    assert.ok(RUNS < 10 || partly > 0, 'some stops came while messages left');
  });
});
