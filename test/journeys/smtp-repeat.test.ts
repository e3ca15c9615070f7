import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { FROM, PATIENCE_MS, Repeating, to } from './smtp-repeating.ts';

describe('the same mail handed over again', () => {
  let sandbox: RunningSandbox;
  let repeating: Repeating;
  before(async () => {
    sandbox = await RunningSandbox.start();
    repeating = new Repeating(sandbox);
  });
  after(async () => sandbox[Symbol.asyncDispose]());

  it('with other trace headers is still the same', async () => {
    const label = 'Samme vej om';
    const raw = letter({ to: [to('0101010001')], subject: label });
    const hop = (n: number): string => `Received: from vej${n}.example by mail.kommune.example; Wed, 25 Nov 2026 09:3${n}:00 +0100\r\n`;
    for (const variant of [raw, hop(1) + raw, hop(2) + hop(3) + raw, `Return-Path: <${FROM}>\r\nX-MS-Exchange-Nr: 7\r\n${hop(4)}${raw}`]) {
      assert.equal(await repeating.give(variant, [to('0101010001')]), 250);
    }
    await repeating.settled([label]);
    assert.equal((await repeating.labels()).get(label), 1);
  });

  it('with the same Message-ID but another body or subject is another mail (T25)', async () => {
    const messageId = `<genbrugt.${crypto.randomUUID()}@kommune.example>`;
    const recipients = [to('0201010002')];
    const mail = (subject: string, text: string) => letter({ to: recipients, subject, text, messageId });
    for (const raw of [mail('Skabelon A', 'Et\r\n'), mail('Skabelon A', 'To\r\n'), mail('Skabelon B', 'Et\r\n'), mail('Skabelon B', 'Et\r\n')]) {
      assert.equal(await repeating.give(raw, recipients), 250);
    }
    await repeating.settled(['Skabelon A', 'Skabelon B']);
    await until(async () => (await repeating.labels()).get('Skabelon A') === 2, PATIENCE_MS, 'both bodies');
    const counts = await repeating.labels();
    assert.deepEqual([counts.get('Skabelon A'), counts.get('Skabelon B')], [2, 1]);
  });

  it('to further recipients goes to those alone who had not got it, digital and ordinary', async () => {
    const label = 'Til flere';
    const [first, second, third] = [to('0301010003'), to('0401010004'), to('0501010005')] as const;
    const [jens, hanne] = ['jens@andetsteds.example', 'hanne@andetsteds.example'] as const;
    const raw = letter({ to: [first, second], subject: label });
    for (const recipients of [[first, jens], [first, second, jens], [second, third, hanne, jens], [third, hanne]]) {
      assert.equal(await repeating.give(raw, recipients), 250);
    }
    await repeating.settled([label]);
    await until(async () => (await repeating.labels()).get(label) === 3, PATIENCE_MS, 'three messages');
    const numbers = (await sandbox.messages()).filter((message) => message.label === label).map(({ recipientID }) => recipientID);
    assert.deepEqual(numbers.toSorted(), ['0301010003', '0401010004', '0501010005']);
    for (const person of [jens, hanne]) assert.equal((await sandbox.mailbox(person)).length, 1, person);
  });

  it('one recipient at a time, as Exchange splits a mail, reaches each once', async () => {
    const label = 'Delt op';
    const recipients = Array.from({ length: 12 }, (_, n) => to(`0601010${String(100 + n)}`));
    const raw = letter({ to: recipients, subject: label });
    await Promise.all(recipients.map(async (recipient) => assert.equal(await repeating.give(raw, [recipient]), 250)));
    assert.equal(await repeating.give(raw, recipients), 250);
    await repeating.settled([label]);
    await until(async () => ((await repeating.labels()).get(label) ?? 0) >= 12, PATIENCE_MS, 'all of them');
    const numbers = (await sandbox.messages()).filter((message) => message.label === label).map(({ recipientID }) => recipientID);
    assert.deepEqual(numbers.toSorted(), recipients.map((address) => address.slice(0, 10)).toSorted());
  });

  it('by another mailbox is another mail', async () => {
    const label = 'Fra to postkasser';
    const messageId = `<to.${crypto.randomUUID()}@kommune.example>`;
    const recipient = to('0701010007');
    for (const from of [FROM, 'jobcenter@kommune.example']) {
      assert.equal(await repeating.give(letter({ from, to: [recipient], subject: label, messageId }), [recipient], from), 250);
    }
    await repeating.settled([label]);
    await until(async () => (await repeating.labels()).get(label) === 2, PATIENCE_MS, 'both');
  });
});
