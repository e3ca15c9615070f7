import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { DAY_MS, HoldWorld } from './hold-world.ts';
import { stopRun } from './stop-runs.ts';

const MASS_RECIPIENTS = 1_000;
const SINGLES = 60;
const MASS_STOPS_MS = [0, 400, 1_100];
const SINGLE_STOPS_MS = [0, 150, 350];

// T22 in small; test/long/stop-mass-send.test.ts has it at its numbers.
describe('a stop while messages leave', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({ NGDP_CONCURRENCY: '5' });
  });
  after(() => world[Symbol.asyncDispose]());

  it('of a mass send keeps back whatever had not left, and names the others', async () => {
    const content = Array.from({ length: MASS_RECIPIENTS }, (_, n) => citizen(n)).join('\r\n');
    for (const [n, afterMs] of MASS_STOPS_MS.entries()) {
      const to = [`masseforsendelse-${MASS_RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`];
      const mail = await world.hand(to, { subject: `Masse ${n}`, attachments: [{ filename: 'masseforsendelse.txt', content }] });
      const run = await stopRun(world, mail, { afterMs, recipients: MASS_RECIPIENTS });
      if (afterMs === 0) assert.equal(run.stopped, MASS_RECIPIENTS);
    }
  });

  it('of a mail to many keeps back whatever had not left, and names the others', async () => {
    const to = Array.from({ length: SINGLES }, (_, n) => ngdp(citizen(n)));
    for (const [n, afterMs] of SINGLE_STOPS_MS.entries()) {
      const mail = await world.hand(to, { subject: `Enkelte ${n}` });
      await stopRun(world, mail, { afterMs, recipients: SINGLES });
    }
  });

  it('is not undone by a network that is busy, nor by an answer that was lost', async () => {
    // The one lost its answer after NgDP had taken the message, and its receipt tells.
    for (const [subject, fault, status, arrived] of [
      ['Optaget', { mode: 'status', status: 503 }, 'stopped', 0],
      ['Tabt svar', { mode: 'reset' }, 'completed', 2],
    ] as const) {
      await world.inner.ngdp.settings.setFault(fault);
      const mail = await world.hand([ngdp(citizen(0)), ngdp(citizen(1))], { subject });
      const attempts = () => world.inner.number(`select min(attempts) from delivery where submission_id = ${mail.id}`);
      await until(async () => (await attempts()) > 0, 20_000, 'a try of both');
      await world.stop(mail);
      await world.untilStatus(mail, status, 2);
      const tried = await attempts();
      await world.inner.ngdp.settings.setFault({ mode: 'none' });
      world.turnBy(DAY_MS);
      await world.timeIsFollowed();
      assert.equal(await attempts(), tried);
      assert.deepEqual([await world.counts(mail), await world.arrived(mail)], [{ [status]: 2 }, arrived]);
    }
  });
});
