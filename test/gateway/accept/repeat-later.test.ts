import assert from 'node:assert/strict';
import { it } from 'node:test';
import { letter, SmtpWire } from '../../journeys/running-sandbox.ts';
import { until } from '../../sandbox/eventually.ts';
import { handOver } from '../../journeys/smtp-hand-over.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';

const FROM = 'sikkerpost@kommune.example';
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 60_000;

it('a mail handed over again an hour, a day and 30 days later is answered 250 and sent once (T24, turned clock)', async () => {
  await using world = await GatewayInWorld.start();
  const to = '1234567890@35833684.ngdp.digital-post.dk';
  const raw = letter({ to: [to], subject: 'Igen i morgen' });
  for (const [n, hours] of [0, 1, 24, 30 * 24].entries()) {
    if (n > 0) {
      await world.stopGateway();
      await world.startGateway({ surroundings: { now: () => new Date(Date.now() + hours * HOUR_MS), random: Math.random } });
    }
    const wire = await SmtpWire.open(world.smtpPort);
    await wire.say('EHLO exchange.kommune.example');
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [to], raw })).data, 250, `${hours} h`);
    wire.vanish();
    await until(async () => (await world.number(`select count(*) from submission where state in ('expanded', 'skipped')`)) === n + 1, PATIENCE_MS, 'the mail is read');
  }
  const { rows } = await world.database.query('select state from submission order by id');
  assert.deepEqual(rows.map(({ state }: { state: string }) => state), ['expanded', 'skipped', 'skipped', 'skipped']);
  await until(async () => (await world.exchange.mailboxes.list(FROM)).length === 1, PATIENCE_MS, 'the receipt');
  assert.equal((await world.ngdp.messages.list('ngdp')).length, 1);
});
