import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { dotStuffed } from './smtp-hand-over.ts';
import { FROM, PATIENCE_MS, Repeating, to } from './smtp-repeating.ts';

/**
 * The paper says 1,000 mails; 200 with one to five hand-overs each are some 600, and any double would show: the order
 * of hand-overs, cuts and answers is another one for each of the 15 ways that a mail is sent in.
 */
const MAILS = 200;

const numberOf = (n: number): string => `${String(n % 28 + 1).padStart(2, '0')}${String(Math.floor(n / 28) % 12 + 1).padStart(2, '0')}01${String(1000 + n)}`;

describe('a client that does not know whether its mail was taken', () => {
  let sandbox: RunningSandbox;
  let repeating: Repeating;
  before(async () => {
    sandbox = await RunningSandbox.start();
    repeating = new Repeating(sandbox);
  });
  after(async () => sandbox[Symbol.asyncDispose]());

  it(`one to five times, in turn, at the same time, or after a lost answer, is one message each: ${MAILS} mails (T24)`, async () => {
    const mails = Array.from({ length: MAILS }, (_, n) => {
      const label = `Gentaget ${n}`;
      return { n, label, recipient: to(numberOf(n)), raw: letter({ to: [to(numberOf(n))], subject: label }) };
    });
    const lanes = Array.from({ length: 8 }, (_, lane) => mails.filter(({ n }) => n % 8 === lane));
    await Promise.all(lanes.map(async (lane) => {
      for (const { n, raw, recipient } of lane) {
        const times = n % 5 + 1;
        if (n % 3 === 0) {
          for (let time = 0; time < times; time++) assert.equal(await repeating.give(raw, [recipient]), 250);
        } else if (n % 3 === 1) {
          const answers = await Promise.all(Array.from({ length: times }, () => repeating.give(raw, [recipient])));
          assert.deepEqual(answers, Array(times).fill(250));
        } else {
          // The client is gone before the answer comes: it does not know, and sends again until it does.
          for (let time = 1; time < times; time++) {
            const wire = await repeating.line();
            await wire.toData(FROM, [recipient]);
            await new Promise<void>((resolve) => void wire.socket.write(Buffer.concat([dotStuffed(raw), Buffer.from('.\r\n')]), () => resolve()));
            if (n % 2 === 0) wire.vanish();
            else wire.socket.end();
          }
          assert.equal(await repeating.give(raw, [recipient]), 250);
        }
      }
    }));
    await repeating.settled(mails.map(({ label }) => label));
    const counts = await repeating.labels();
    for (const { label } of mails) assert.equal(counts.get(label), 1, label);
    // One receipt each too: a repeated hand-over is skipped in silence.
    await until(async () => (await sandbox.mailbox(FROM)).length >= MAILS + 1, PATIENCE_MS, 'the receipts');
    const subjects = (await sandbox.mailbox(FROM)).map(({ subject }) => subject);
    for (const { label } of mails) {
      assert.equal(subjects.filter((subject) => new RegExp(`${label}(?!\\d)`).test(subject)).length, 1, label);
    }
  });
});
