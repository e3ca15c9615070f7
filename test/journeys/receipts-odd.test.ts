import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from './citizens.ts';
import { noticesOf, type NoticeRead } from './receipt-reading.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const FROM = 'sikkerpost@kommune.example';

/** Receipts of our own making; everything else the stand-in holds back. */
for (const by of ['pull', 'push'] as const) {
  describe(`business receipts that come oddly, by ${by}`, () => {
    let sandbox: RunningSandbox;
    let count = by === 'pull' ? 500 : 600;
    before(async () => {
      sandbox = await RunningSandbox.start();
      await sandbox.receipts({ withhold: true, by });
    });
    after(async () => {
      await sandbox[Symbol.asyncDispose]();
    });

    async function give(receipt: Readonly<Record<string, unknown>>): Promise<void> {
      const answer = await sandbox.post('/sandbox/ngdp/receipts/give', { timeStamp: '2026-11-25T09:30:00Z', ...receipt });
      assert.equal(answer.status, 200);
    }

    interface Sent {
      readonly messageId: string;
      readonly uuids: readonly string[];
    }

    /** A mail whose messages are handed over and wait for their receipts. */
    async function sent(recipients = 1): Promise<Sent> {
      const numbers = Array.from({ length: recipients }, () => citizen(count++));
      const messageId = `<${crypto.randomUUID()}@kommune.example>`;
      const to = numbers.map((number) => ngdp(number));
      assert.equal((await sandbox.submit(letter({ to, subject: 'Sær kvittering', messageId }), FROM, to)).code, 250);
      const mine = async () => (await sandbox.messages()).filter(({ recipientID }) => numbers.includes(recipientID));
      await until(async () => (await mine()).length === recipients, 30_000, 'the messages');
      const messages = await mine();
      return { messageId, uuids: numbers.map((number) => messages.find((message) => message.recipientID === number)?.messageUUID ?? '') };
    }

    async function receiptsFor({ messageId }: Sent, n: number): Promise<readonly NoticeRead[]> {
      await until(async () => (await noticesOf(sandbox, FROM, messageId)).length >= n, 20_000, `receipt number ${n}`);
      return await noticesOf(sandbox, FROM, messageId);
    }

    /** Everything given before this has been taken when the receipt of this mail is there: they are taken in order. */
    async function allTaken(): Promise<void> {
      const last = await sent();
      await give({ messageUUID: last.uuids[0], receiptStatus: 'COMPLETED' });
      await receiptsFor(last, 1);
    }

    it('tells once of a receipt that comes twice', async () => {
      const mail = await sent();
      await give({ messageUUID: mail.uuids[0], receiptStatus: 'COMPLETED' });
      await give({ messageUUID: mail.uuids[0], receiptStatus: 'COMPLETED' });
      await allTaken();
      const receipts = await receiptsFor(mail, 1);
      assert.equal(receipts.length, 1);
      assert.equal(receipts[0]?.copy?.counts.delivered, 1);
    });

    it('lets the first final receipt stand when others come after it', async () => {
      const mail = await sent();
      for (const receiptStatus of ['COMPLETED', 'RECEIVED', 'INVALID']) await give({ messageUUID: mail.uuids[0], receiptStatus });
      await allTaken();
      const receipts = await receiptsFor(mail, 1);
      assert.deepEqual(receipts.map(({ copy }) => copy?.counts.delivered), [1]);
    });

    it('is not led astray by receipts it cannot use, and takes the next one all the same', async () => {
      const mail = await sent();
      const [messageUUID] = mail.uuids;
      await give({ messageUUID: crypto.randomUUID(), receiptStatus: 'COMPLETED' });
      await give({ messageUUID: 'no uuid', receiptStatus: 'INVALID', errorCode: 'x' });
      await give({ messageUUID, receiptStatus: 'SOMETHING_NEW' });
      await give({ messageUUID });
      await give({ messageUUID, receiptStatus: null });
      await give({ receiptStatus: 'COMPLETED' });
      await give({ messageUUID: crypto.randomUUID(), receiptStatus: 'INVALID', errorMessage: 'a\u0000b', errorCode: '\u0000' });
      await give({ messageUUID: { deep: true }, receiptStatus: ['COMPLETED'] });
      await give({ messageUUID, receiptStatus: 'RECEIVED', errorCode: 17, errorMessage: { text: 'odd' } });
      await give({ messageUUID: messageUUID?.toUpperCase(), receiptStatus: 'COMPLETED' });
      const receipts = await receiptsFor(mail, 1);
      assert.equal(receipts[0]?.copy?.counts.delivered, 1);
    });

    for (const errorCode of [null, '', '0', 0]) {
      it(`takes errorCode ${JSON.stringify(errorCode)} with COMPLETED as delivered`, async () => {
        const mail = await sent();
        await give({ messageUUID: mail.uuids[0], receiptStatus: 'COMPLETED', errorCode, errorMessage: '' });
        const [receipt] = await receiptsFor(mail, 1);
        assert.equal(receipt?.copy?.recipients[0]?.outcome, 'delivered');
        assert.equal(receipt?.copy?.recipients[0]?.errorCode, null);
      });

      it(`takes errorCode ${JSON.stringify(errorCode)} with INVALID as failed`, async () => {
        const mail = await sent();
        await give({ messageUUID: mail.uuids[0], receiptStatus: 'INVALID', errorCode });
        const [receipt] = await receiptsFor(mail, 1);
        assert.equal(receipt?.copy?.recipients[0]?.outcome, 'failed');
        assert.match(receipt?.subject ?? '', /0 leveret, 1 fejlet$/);
      });
    }

    it('waits with the receipt mail for the last recipient, in whatever order they come', async () => {
      const mail = await sent(3);
      await give({ messageUUID: mail.uuids[2], receiptStatus: 'COMPLETED' });
      await give({ messageUUID: mail.uuids[0], receiptStatus: 'NOT_ALLOWED', errorCode: 'recipient.exempt' });
      await allTaken();
      assert.equal((await noticesOf(sandbox, FROM, mail.messageId)).length, 0);
      await give({ messageUUID: mail.uuids[1], receiptStatus: 'COMPLETED' });
      const [receipt] = await receiptsFor(mail, 1);
      assert.deepEqual(receipt?.copy?.recipients.map(({ outcome }) => outcome), ['failed', 'delivered', 'delivered']);
    });

    it('takes a receipt that comes before the answer to the hand-over', async () => {
      await sandbox.fault('slow', { count: 1 });
      const mail = await sent();
      await give({ messageUUID: mail.uuids[0], receiptStatus: 'COMPLETED' });
      await allTaken();
      assert.equal((await receiptsFor(mail, 1)).length, 1);
    });
  });
}
