import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { letter, SmtpWire } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver } from '../journeys/smtp-hand-over.ts';
import { GatewayInWorld } from './gateway-in-world.ts';

const EKSEMPEL = 'sikkerpost@kommune.example';
const NABO = 'sikkerpost@nabo.example';
const NABO_CVR = '97281536';
const PATIENCE_MS = 60_000;
/** Few slots and calls of three seconds (the fault `slow`): whoever gets no turn waits for long. */
const FEW_SLOTS = { NGDP_CONCURRENCY: '4', NGDP_RESERVED_FOR_SINGLE: '1' };

/** Hands mails over on one connection; throws when one is not taken. */
async function hand(world: GatewayInWorld, mails: readonly { readonly from: string; readonly to: readonly string[]; readonly raw: string }[]): Promise<void> {
  const wire = await SmtpWire.open(world.smtpPort);
  await wire.say('EHLO exchange.example');
  for (const { from, to, raw } of mails) {
    const { data, text } = await handOver(wire, { mailFrom: from, to, raw });
    assert.equal(data, 250, text);
  }
  wire.vanish();
}

const single = (from: string, to: readonly string[], subject: string) => ({ from, to, raw: letter({ from, to, subject }) });

/** A mass send with its list as a part beside the text. */
function massSend(from: string, cvr: string, numbers: readonly string[], subject: string) {
  const raw = [
    `From: ${from}`, `Subject: ${subject}`, `Message-ID: <${crypto.randomUUID()}@example>`, 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'Til alle', '--x',
    'Content-Type: text/plain; name=masseforsendelse.txt', 'Content-Disposition: attachment; filename=masseforsendelse.txt', '',
    ...numbers, '--x--', '',
  ].join('\r\n');
  return { from, to: [`masseforsendelse-${numbers.length}@${cvr}.ngdp.digital-post.dk`], raw };
}

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => citizen(from + n));

/** How many of a neighbour's messages have left, and how many of the others still wait. */
async function standing(world: GatewayInWorld): Promise<{ readonly nabo: number; readonly waiting: number }> {
  return {
    nabo: await world.number(`select count(*) from delivery where organisation_cvr = '${NABO_CVR}' and status in ('handed-over', 'completed')`),
    waiting: await world.number(`select count(*) from delivery where organisation_cvr <> '${NABO_CVR}' and status = 'waiting'`),
  };
}

describe('while Eksempel Kommune has thousands of messages waiting and the network is slow', () => {
  it('Nabo Kommune’s letter and its small mass send, one by one, have their turns among single messages', async (t) => {
    // A thousand recipients still count as single here, for two mails are read sooner than two thousand.
    await using world = await GatewayInWorld.start({ env: { ...FEW_SLOTS, BULK_RECIPIENTS: '1000' } });
    await world.ngdp.settings.setFault({ mode: 'slow' });
    const many = [0, 1000].map((from) => single(EKSEMPEL, numbers(1000, from).map((number) => ngdp(number)), `Til tusind ${from}`));
    await hand(world, many);
    await until(async () => (await standing(world)).waiting > 1900, PATIENCE_MS, 'thousands that wait');
    const begin = performance.now();
    await hand(world, [
      massSend(NABO, NABO_CVR, numbers(4, 3000), 'Fire på listen'),
      single(NABO, [ngdp(citizen(3010), NABO_CVR)], 'Et brev'),
    ]);
    await until(async () => (await standing(world)).nabo === 5, PATIENCE_MS, 'five messages of the neighbour');
    const { waiting } = await standing(world);
    t.diagnostic(`${((performance.now() - begin) / 1000).toFixed(1)} s, ${waiting} of Eksempel Kommune's still wait`);
    assert.ok(waiting > 1800);
    assert.equal(await world.number(`select count(*) from delivery where bulk and organisation_cvr = '${NABO_CVR}'`), 4);
  });

  it('Nabo Kommune’s container goes before the rest of Eksempel Kommune’s containers', async (t) => {
    await using world = await GatewayInWorld.start({
      env: { ...FEW_SLOTS, MASS_CONTAINER_RECIPIENTS_MIN: '10', MASS_CONTAINER_MESSAGES_MAX: '20' },
    });
    await world.ngdp.settings.setFault({ mode: 'slow' });
    await hand(world, [massSend(EKSEMPEL, '35833684', numbers(2000), 'Til to tusind')]);
    await until(async () => (await standing(world)).waiting > 1900, PATIENCE_MS, 'thousands that wait');
    const begin = performance.now();
    await hand(world, [
      massSend(NABO, NABO_CVR, numbers(12, 3000), 'Tolv på listen'),
      single(NABO, [ngdp(citizen(3100), NABO_CVR)], 'Et brev'),
    ]);
    await until(async () => (await standing(world)).nabo === 13, PATIENCE_MS, 'thirteen messages of the neighbour');
    const { waiting } = await standing(world);
    t.diagnostic(`${((performance.now() - begin) / 1000).toFixed(1)} s, ${waiting} of Eksempel Kommune's still wait`);
    assert.ok(waiting > 1500);
    assert.equal(await world.number(`select count(*) from container where organisation_cvr = '${NABO_CVR}'`), 1);
  });
});

describe('while hundreds of mails of Eksempel Kommune are unread', () => {
  it('Nabo Kommune’s mail, the last to come, is read with the first', async (t) => {
    await using world = await GatewayInWorld.start({ env: { ROLES: 'accept' } });
    const many = Array.from({ length: 4 }, (_, line) =>
      Array.from({ length: 75 }, (_, n) => single(EKSEMPEL, ['sagsbehandler@kommune.example'], `Nr. ${line}.${n}`)));
    await Promise.all(many.map((mails) => hand(world, mails)));
    await hand(world, [single(NABO, [ngdp(citizen(3200), NABO_CVR)], 'Et brev')]);
    await world.stopGateway();
    await world.startGateway({ env: { ROLES: 'accept,work' } });
    await until(async () => (await standing(world)).nabo === 1, PATIENCE_MS, 'the letter of the neighbour');
    const unread = await world.number(`select count(*) from submission where state = 'accepted'`);
    t.diagnostic(`${unread} mails of Eksempel Kommune are unread`);
    assert.ok(unread > 150, `${unread} unread`);
  });
});
