import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { citizen, OWN_CVR } from '../journeys/citizens.ts';
import { killGateway, seededRandom, SHORT_LEASES } from '../journeys/kill-gateway.ts';
import { attachmentOf, noticesOf } from '../journeys/receipt-reading.ts';
import { RunningSandbox } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { arrivals, send, SIKKERPOST } from '../journeys/sent-mail.ts';

const RECIPIENTS = 10_000;
const UNREGISTERED = 100;
const KILLS = Number(process.env['KILLS'] ?? 20);
const PATIENCE_MS = 600_000;

/**
 * T27. Containers are small here, so that there are many calls to go wrong in: 500 of 20 messages, of which NgDP answers
 * some with 503, some with 400, cuts some off after it has stored them, and lets some wait for ever.
 */
describe('a mass send to ten thousand, through faults and kills', () => {
  it(`reaches everyone once, and the receipt names exactly those who could not be reached: ${KILLS} kills`, async (t) => {
    await using sandbox = await RunningSandbox.start({
      ...SHORT_LEASES, MASS_CONTAINER_MESSAGES_MAX: '20', MASS_CONTAINER_CONCURRENCY: '4', NGDP_CALL_TIMEOUT_MS: '1500',
      DELIVERY_RETRY_FIRST_MS: '200', DELIVERY_RETRY_MAX_MS: '2000',
    });
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = seededRandom(seed);
    t.diagnostic(`SEED=${seed}`);
    const registered = Array.from({ length: RECIPIENTS - UNREGISTERED }, (_, n) => citizen(n));
    // What ends in 99 is not registered (design.md, "The world in it").
    const unregistered = Array.from({ length: UNREGISTERED }, (_, n) => `${String(1 + (n % 28)).padStart(2, '0')}0101${90 + Math.floor(n / 28)}99`);
    const numbers = [...registered, ...unregistered];
    const mail = await send(sandbox, [`masseforsendelse-${numbers.length}@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Til ti tusind', attachments: [{ filename: 'masseforsendelse.txt', content: numbers.join('\n') }],
    });
    const arrived = async () => (await arrivals(sandbox, mail)).length;
    const notices = () => noticesOf(sandbox, SIKKERPOST, mail.messageId);
    const faults = ['none', 'reset', 'none', 'status 503', 'none', 'timeout', 'none', 'status 400'];
    let kills = 0;
    for (let turn = 0; (await notices()).length === 0 && kills < KILLS; turn++) {
      const [mode = 'none', status] = (faults[turn % faults.length] ?? 'none').split(' ');
      await sandbox.fault(mode, { ...(status && { status: Number(status) }), ...(mode !== 'none' && { count: 3 }) });
      await pause(200 + random() * 600);
      if (turn % 2 === 0) continue;
      const before = await arrived();
      await killGateway(sandbox);
      kills += 1;
      await sandbox.fault('none');
      await until(async () => (await arrived()) > before || before === numbers.length, 60_000, 'a message after the kill').catch(() => undefined);
    }
    await sandbox.fault('none');
    t.diagnostic(`${kills} kills`);
    await until(async () => (await notices()).length > 0, PATIENCE_MS, 'the receipt');
    const rows = await arrivals(sandbox, mail);
    assert.equal(new Set(rows.map(({ messageUUID }) => messageUUID)).size, rows.length);
    assert.equal(new Set(rows.map(({ recipientID }) => recipientID)).size, rows.length, 'nobody twice');
    const [receipt, ...more] = await notices();
    assert.equal(new Set(more.map((one) => one.mail.messageId)).size, 0, 'one receipt');
    assert.ok(receipt?.copy);
    const { counts } = receipt.copy;
    assert.equal(counts.delivered + counts.failed, numbers.length, 'nobody forgotten');
    const file = attachmentOf(receipt.mail, 'NgDPKvitteringsDetaljerMedFejl.txt')?.toString('utf8') ?? '';
    const failedLines = new Set(file.trim().split('\r\n').slice(1).map((line) => Number(line.split('\t')[1])));
    assert.equal(failedLines.size, counts.failed);
    const had = new Set(rows.map(({ recipientID }) => recipientID));
    const wanted = numbers.flatMap((number, n) => (number.endsWith('99') || !had.has(number) ? [n + 1] : []));
    assert.deepEqual([...failedLines].sort((a, b) => a - b), wanted);
  });
});
