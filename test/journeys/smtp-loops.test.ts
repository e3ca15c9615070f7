import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { letter, RunningSandbox, type SmtpWire } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver, type HandOverAnswers } from './smtp-hand-over.ts';

const FROM = 'sikkerpost@kommune.example';
const CITIZEN = '1234567890@35833684.ngdp.digital-post.dk';
const PATIENCE_MS = 60_000;

describe('mail that could go in a ring (T36)', () => {
  let sandbox: RunningSandbox;
  let wire: SmtpWire;
  before(async () => {
    sandbox = await RunningSandbox.start();
    wire = await sandbox.wire();
    await wire.say('EHLO exchange.kommune.example');
  });
  after(async () => {
    wire.vanish();
    await sandbox[Symbol.asyncDispose]();
  });

  const give = (raw: string | Buffer, to: readonly string[], mailFrom = FROM): Promise<HandOverAnswers> =>
    handOver(wire, { mailFrom, to, raw });
  const hops = (count: number): string[] =>
    Array.from({ length: count }, (_, n) => `Received: from a${n}.example by b${n}.example; Wed, 25 Nov 2026 09:30:00 +0100`);

  /** Every mail in every mailbox; when a last mail has come back nothing else is under way. */
  async function everything(): Promise<readonly { readonly address: string; readonly subject: string }[]> {
    const end = `Sidst ${crypto.randomUUID()}`;
    assert.equal((await give(letter({ to: [CITIZEN], subject: end }), [CITIZEN])).data, 250);
    await until(async () => (await sandbox.mailbox(FROM)).some(({ subject }) => subject.includes(end)), PATIENCE_MS, end);
    const boxes = await sandbox.get<{ address: string }[]>('/sandbox/mailboxes');
    const mails = await Promise.all(boxes.map(async ({ address }) =>
      (await sandbox.mailbox(address)).map(({ subject }) => ({ address, subject }))));
    return mails.flat().filter(({ subject }) => !subject.includes('Sidst'));
  }

  it('50 Received fields pass, 51 are refused with 554', async () => {
    assert.equal((await give(letter({ to: [CITIZEN], subject: 'Halvtreds', headers: hops(50) }), [CITIZEN])).data, 250);
    const answers = await give(letter({ to: [CITIZEN], subject: 'Enoghalvtreds', headers: hops(51) }), [CITIZEN]);
    assert.equal(answers.data, 554);
    assert.match(answers.text, /51 mailservere/);
    const outside = await give(letter({ to: ['nogen@andetsteds.example'], subject: 'Enoghalvtreds', headers: hops(51) }), ['nogen@andetsteds.example']);
    assert.equal(outside.data, 554);
  });

  it('an ordinary mail that comes back in a ring has one Received field more, and is not relayed again', async () => {
    const outside = 'ring@andetsteds.example';
    assert.equal((await give(letter({ to: [outside], subject: 'Ring', headers: hops(48) }), [outside])).data, 250);
    await until(async () => (await sandbox.mailbox(outside)).length === 1, PATIENCE_MS, 'the first pass');
    const [row] = await sandbox.mailbox(outside);
    const passed = await sandbox.mail(outside, row?.id ?? '');
    assert.equal(passed.toString('latin1').match(/^Received:/gm)?.length, 49);
    assert.equal((await give(passed, [outside])).data, 250);
    assert.equal((await everything()).filter(({ address }) => address === outside).length, 1);
  });

  it('an empty MAIL FROM is 5xx for Digital Post and passes to ordinary recipients once', async () => {
    const raw = letter({ to: [CITIZEN], subject: 'Ikke til stede', headers: ['Auto-Submitted: auto-replied'] });
    const digital = await give(raw, [CITIZEN], '');
    assert.match(String(digital.recipients[0]), /^5\d\d$/);
    const mixed = await give(raw, [CITIZEN, 'svar@andetsteds.example'], '');
    assert.match(String(mixed.recipients[0]), /^5\d\d$/);
    assert.equal(mixed.data, 250);
    const mails = await everything();
    assert.equal(mails.filter(({ address }) => address === 'svar@andetsteds.example').length, 1);
    assert.equal(mails.filter(({ address, subject }) => address !== 'svar@andetsteds.example' && subject.includes('Ikke til stede')).length, 0);
  });

  it('a receipt fed back to the door is relayed as the ordinary mail it is, and answered by nobody', async () => {
    assert.equal((await give(letter({ to: [CITIZEN], subject: 'Kvitteres' }), [CITIZEN])).data, 250);
    await until(async () => (await sandbox.mailbox(FROM)).some(({ subject }) => subject.includes('Kvitteres')), PATIENCE_MS, 'the receipt');
    const row = (await sandbox.mailbox(FROM)).find(({ subject }) => subject.includes('Kvitteres'));
    const receipt = await sandbox.mail(FROM, row?.id ?? '');
    assert.match(receipt.toString('latin1'), /^Auto-Submitted: auto-(generated|replied)/mi);
    const before = (await everything()).length;
    for (const mailFrom of ['', FROM]) await give(receipt, [FROM], mailFrom);
    // At most the receipt itself comes back, once for the same content; never an answer to it.
    const mails = await everything();
    assert.ok(mails.length <= before + 1, `${mails.length - before} more`);
    for (const mailFrom of ['', FROM]) {
      const digital = await give(receipt, [CITIZEN], mailFrom);
      assert.ok(mailFrom !== '' || digital.data !== 250);
    }
  });

  it('a receipt of a message that failed says that no person wrote it', async () => {
    await give(letter({ to: ['1509819996@35833684.ngdp.digital-post.dk'], subject: 'Utilmeldt' }), ['1509819996@35833684.ngdp.digital-post.dk']);
    await until(async () => (await sandbox.mailbox(FROM)).some(({ subject }) => subject.includes('Utilmeldt')), PATIENCE_MS, 'the receipt');
    const row = (await sandbox.mailbox(FROM)).find(({ subject }) => subject.includes('Utilmeldt'));
    assert.match((await sandbox.mail(FROM, row?.id ?? '')).toString('latin1'), /^Auto-Submitted: auto-(generated|replied)/mi);
  });

  it('a mail from a program, marked so, is sent as any other and answered with one receipt', async () => {
    const raw = letter({ to: [CITIZEN], subject: 'Fagsystem', headers: ['Auto-Submitted: auto-generated', 'Precedence: bulk', 'X-Auto-Response-Suppress: All'] });
    assert.equal((await give(raw, [CITIZEN])).data, 250);
    await until(async () => (await sandbox.messages()).some(({ label }) => label === 'Fagsystem'), PATIENCE_MS, 'the message');
    await until(async () => (await sandbox.mailbox(FROM)).some(({ subject }) => subject.includes('Fagsystem')), PATIENCE_MS, 'its receipt');
    assert.equal((await everything()).filter(({ subject }) => subject.includes('Fagsystem')).length, 1);
  });
});
