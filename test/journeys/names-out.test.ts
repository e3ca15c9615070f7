import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { told, type SentMail } from './sent-mail.ts';

const COLLEAGUE = 'sagsbehandler@kommune.example';
const OUTSIDER = 'ven@example.org';
const HIDDEN = 'skjult@example.org';
const NANCY = `2512489996@${OWN_CVR}.ngdp.digital-post.dk`;
const PATIENCE_MS = 60_000;
const MAILBOX = 'sikkerpost@kommune.example';
/** Any of the invented numbers below, however it is written, also in base64 of its beginning. */
const numbers = /010180\D{0,6}1234|251248\D{0,6}9996|MDEwMTgw/;

/** The numbers in every field that a reader sees, in each way a name is written. */
const names: Readonly<Record<string, string>> = {
  quoted: '"010180-1234 Ole"',
  bare: '010180-1234 Ole',
  encoded: '=?utf-8?B?MDEwMTgwLTEyMzQgT2xl?=',
  folded: '"010180-\r\n 1234 Ole"',
};

describe('a name with a CPR number in a mail to Digital Post, a colleague and outsiders', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  async function sendRaw(subject: string, header: readonly string[], to: readonly string[]): Promise<SentMail> {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const raw = [
      `From: ${MAILBOX}`, ...header, `Subject: ${subject}`, `Message-ID: ${messageId}`, 'Date: Wed, 25 Nov 2026 09:30:00 +0100', 'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8', '', 'Et brev uden numre.', '',
    ].join('\r\n');
    const answer = await sandbox.submit(raw, MAILBOX, to);
    assert.equal(answer.code, 250, answer.text);
    return { messageId, from: MAILBOX, subject };
  }

  async function received(mailbox: string, { subject }: SentMail): Promise<string> {
    const rows = async () => (await sandbox.mailbox(mailbox)).filter((one) => one.subject === subject);
    await until(async () => (await rows()).length > 0, PATIENCE_MS, `${subject} at ${mailbox}`);
    const [row] = await rows();
    assert.ok(row);
    return (await sandbox.mail(mailbox, row.id)).toString('latin1');
  }

  for (const [way, name] of Object.entries(names)) {
    it(`written ${way}, reaches neither an outsider, nor the receipt, nor the log; the address behind it stays`, async () => {
      const mail = await sendRaw(`Navne ${way}`, [
        `To: ${name} <${OUTSIDER}>, ${name} <${NANCY}>, ${COLLEAGUE} (${name})`,
        `Cc: Borger ${name === names['folded'] ? '010180-1234' : name}: <${NANCY}>, "251248-9996" <tredje@example.org>;`,
        `Reply-To: ${name} <${MAILBOX}>`,
        `Bcc: ${name} <${HIDDEN}>`,
      ], [OUTSIDER, HIDDEN, COLLEAGUE, NANCY]);
      const notice = await told(sandbox, mail);
      // A Bcc is in no receipt.
      assert.equal(notice.copy?.counts.delivered, 3, notice.text);
      for (const said of [notice.subject, notice.text, JSON.stringify(notice.copy)]) assert.doesNotMatch(said, numbers);
      for (const mailbox of [OUTSIDER, HIDDEN]) {
        const bytes = await received(mailbox, mail);
        assert.doesNotMatch(bytes, numbers, `${mailbox} ${way}`);
        assert.doesNotMatch(bytes, /digital-post\.dk/);
        assert.match(bytes, /^To: <ven@example\.org>,\r\n <sagsbehandler@kommune\.example>\r\n/m);
        assert.match(bytes, /^Cc: <tredje@example\.org>\r\n/m);
        assert.match(bytes, /^Reply-To: <sikkerpost@kommune\.example>\r\n/m);
      }
      // A colleague gets the mail as it was written, as within Exchange.
      assert.match(await received(COLLEAGUE, mail), new RegExp(`^Reply-To: ${name.replace(/[?=+.*]/g, '\\$&')}`, 'm'));
      assert.doesNotMatch(sandbox.log, numbers);
    });
  }

  it('of outsiders alone, without Digital Post, reaches none of them', async () => {
    const mail = await sendRaw('Navne uden Digital Post', [`To: "010180-1234 Ole" <${OUTSIDER}>`, `Cc: Ole (0101801234) <${HIDDEN}>`], [OUTSIDER, HIDDEN]);
    for (const mailbox of [OUTSIDER, HIDDEN]) assert.doesNotMatch(await received(mailbox, mail), numbers);
    assert.doesNotMatch(sandbox.log, numbers);
  });

  it('is in no refusal', async () => {
    const mail = await sendRaw('Navne i et afslag', [`To: "010180-1234 Ole" <masseforsendelse-3@${OWN_CVR}.ngdp.digital-post.dk>, "010180-1234" <${OUTSIDER}>`], [
      `masseforsendelse-3@${OWN_CVR}.ngdp.digital-post.dk`, OUTSIDER,
    ]);
    const notice = await told(sandbox, mail);
    assert.match(notice.subject, /^Beskeden er ikke sendt/);
    assert.doesNotMatch(`${notice.subject} ${notice.text}`, numbers);
  });
});
