import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { citizen, ngdp } from './citizens.ts';
import { noticesIn, noticesOf } from './receipt-reading.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const FROM = 'sikkerpost@kommune.example';
const WATCH = 'overvaagning@kommune.example';
// T26 has 500 good mails; what is shown here, that they pass while two children are held and killed, shows with 40.
const GOOD_MAILS = 40;

/** A table as large as is allowed: setting it takes far longer than the time that this test gives a mail. */
function poison(messageId: string, to: string): string {
  const cell = '<td>et felt med noget tekst i</td>';
  const table = `<table>${`<tr>${cell.repeat(20)}</tr>\r\n`.repeat(1000)}</table>`;
  return letter({ to: [to], subject: 'Gift', messageId, text: table }).replace('text/plain', 'text/html');
}

describe('a mail that its reader never gets to the end of', () => {
  it('is set aside after two tries, told to its sender and the watch mailbox, and holds no other mail up', async (t) => {
    await using sandbox = await RunningSandbox.start({ ISOLATE_TIME_MAX_MS: '8000' });
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const to = ngdp(citizen(300));
    const handedOver = performance.now();
    assert.equal((await sandbox.submit(poison(messageId, to), FROM, [to])).code, 250);
    for (let n = 0; n < GOOD_MAILS; n++) {
      const good = [ngdp(citizen(301 + n))];
      assert.equal((await sandbox.submit(letter({ to: good, subject: `God ${n}` }), FROM, good)).code, 250);
    }
    await until(async () => (await sandbox.messages()).length === GOOD_MAILS, 60_000, 'the good mails');
    await until(async () => (await noticesOf(sandbox, FROM, messageId)).length > 0, 60_000, 'the sender is told');
    const toldMs = performance.now() - handedOver;
    await until(async () => (await noticesIn(sandbox, WATCH)).length > 0, 20_000, 'the watch mailbox is told');
    t.diagnostic(`told after ${Math.round(toldMs)} ms`);
    assert.ok(toldMs <= 60_000);
    const [notice, ...more] = await noticesOf(sandbox, FROM, messageId);
    assert.equal(more.length, 0);
    assert.match(notice?.subject ?? '', /^Beskeden er ikke sendt: Gift/);
    assert.match(notice?.text ?? '', /sat til side/);
    assert.equal((await noticesIn(sandbox, WATCH)).length, 1);
    assert.equal(sandbox.log.match(/"state":"converter-killed"/g)?.length, 2);
    assert.equal(sandbox.log.includes('ended unasked'), false);
    assert.equal((await sandbox.messages()).length, GOOD_MAILS);
    await until(async () => (await noticesIn(sandbox, FROM)).length === GOOD_MAILS + 1, 30_000, 'a receipt for each good mail');
  });
});
