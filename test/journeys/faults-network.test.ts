import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from './citizens.ts';
import { noticesOf } from './receipt-reading.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const FROM = 'sikkerpost@kommune.example';

/** A line of the log, as far as it is looked at here. */
interface LogLine {
  readonly id?: string;
  readonly state?: string;
  readonly reason?: string;
  readonly attempt?: number;
}

describe('NgDP in trouble', () => {
  let sandbox: RunningSandbox;
  let count = 100;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  /** Sends one mail to a citizen of its own under a fault, and answers what the outside has once its receipt is there. */
  async function sendUnder(mode: string, more: Readonly<Record<string, unknown>>) {
    const number = citizen(count++);
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    await sandbox.fault(mode, more);
    const answer = await sandbox.submit(letter({ to: [ngdp(number)], subject: `Under ${mode}`, messageId }), FROM, [ngdp(number)]);
    assert.equal(answer.code, 250);
    await until(async () => (await noticesOf(sandbox, FROM, messageId)).length > 0, 45_000, `a receipt under ${mode}`);
    await sandbox.fault('none');
    const notices = await noticesOf(sandbox, FROM, messageId);
    const messages = (await sandbox.messages()).filter(({ recipientID }) => recipientID === number);
    return { notices, messages, line: notices[0]?.copy?.recipients[0] };
  }

  for (const [mode, more] of [
    ['status', { status: 503, count: 2 }], ['status', { status: 429, count: 2 }], ['status', { status: 500, count: 1 }],
    ['reset', { count: 2 }], ['timeout', { count: 1 }], ['slow', { count: 1 }],
  ] as const) {
    it(`delivers one message and one receipt after ${mode} ${JSON.stringify(more)}`, async () => {
      const { notices, messages, line } = await sendUnder(mode, more);
      assert.equal(messages.length, 1);
      assert.equal(notices.length, 1);
      assert.equal(line?.outcome, 'delivered');
      assert.equal(line?.messageUUID, messages[0]?.messageUUID);
    });
  }

  it('sends the same messageUUID again after a lost answer, and takes 409 as delivered', async () => {
    // The receipt comes late enough that only sending again can settle what became of the message.
    await sandbox.receipts({ delayMs: 6000 });
    const { notices, messages, line } = await sendUnder('reset', { count: 1 });
    await sandbox.receipts({ delayMs: 200 });
    assert.equal(messages.length, 1);
    assert.equal(notices.length, 1);
    assert.equal(line?.outcome, 'delivered');
    assert.equal(line?.messageUUID, messages[0]?.messageUUID);
    const states = sandbox.log.split('\n').filter((said) => said.startsWith('{')).map((said) => JSON.parse(said) as LogLine);
    const lost = states.findLast(({ state, reason }) => state === 'unknown' && reason?.startsWith('network'));
    assert.ok(states.some(({ id, state, attempt }) => id === lost?.id && state === 'sending' && attempt === 2));
  });

  for (const status of [400, 403, 413]) {
    it(`takes ${status} as final, and tells the sender so`, async () => {
      const { notices, messages, line } = await sendUnder('status', { status, count: 1 });
      assert.equal(messages.length, 0);
      assert.equal(notices.length, 1);
      assert.equal(line?.outcome, 'failed');
      assert.match(notices[0]?.subject ?? '', /0 leveret, 1 fejlet$/);
    });
  }

  it('says nothing of delivered before the COMPLETED receipt', async () => {
    await sandbox.receipts({ withhold: true });
    const number = citizen(count++);
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    await sandbox.submit(letter({ to: [ngdp(number)], subject: 'Uden kvittering', messageId }), FROM, [ngdp(number)]);
    const arrived = async () => (await sandbox.messages()).find(({ recipientID }) => recipientID === number);
    await until(async () => (await arrived()) !== undefined, 20_000, 'the message');
    const messageUUID = (await arrived())?.messageUUID;
    // A receipt for another matter is taken after ours would have been: then ours is not late, but absent.
    await sandbox.post('/sandbox/ngdp/receipts/give', { messageUUID, receiptStatus: 'RECEIVED' });
    const other = citizen(count++);
    const otherId = `<${crypto.randomUUID()}@kommune.example>`;
    await sandbox.submit(letter({ to: [ngdp(other)], subject: 'Anden sag', messageId: otherId }), FROM, [ngdp(other)]);
    await until(async () => (await sandbox.messages()).some(({ recipientID }) => recipientID === other), 20_000, 'the other message');
    const otherUuid = (await sandbox.messages()).find(({ recipientID }) => recipientID === other)?.messageUUID;
    await sandbox.post('/sandbox/ngdp/receipts/give', { messageUUID: otherUuid, receiptStatus: 'COMPLETED' });
    await until(async () => (await noticesOf(sandbox, FROM, otherId)).length === 1, 20_000, 'the other receipt');
    assert.equal((await noticesOf(sandbox, FROM, messageId)).length, 0);
    await sandbox.post('/sandbox/ngdp/receipts/give', { messageUUID, receiptStatus: 'COMPLETED' });
    await until(async () => (await noticesOf(sandbox, FROM, messageId)).length === 1, 20_000, 'the receipt');
    await sandbox.receipts({ withhold: false });
  });
});
