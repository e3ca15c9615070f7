import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { letter, RunningSandbox, type SmtpWire } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver } from './smtp-hand-over.ts';

const FROM = 'sikkerpost@kommune.example';
const GUID = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const NGDP = '35833684.ngdp.digital-post.dk';
const PATIENCE_MS = 60_000;

// Source: formats.md, "Address grammar and its corner cases"; the numbers are its.
const MALFORMED: readonly string[] = [
  // 1, 2: -reply stands before the contact point; hyphens within GUIDs.
  `87654321.${GUID}-reply@${NGDP}`, `87654321-reply-reply@${NGDP}`, `87654321-svar@${NGDP}`, `87654321-${GUID}@${NGDP}`,
  `87654321.${GUID.slice(0, -1)}@${NGDP}`, `87654321.${GUID}0@${NGDP}`, `87654321.${GUID.replaceAll('-', '')}@${NGDP}`,
  // 3: the documentation's own blank.
  `"87654321. ${GUID}"@${NGDP}`, `87654321. ${GUID}@${NGDP}`, ` 87654321@${NGDP}`,
  // 5: a citizen has no contact points.
  `1234567890.${GUID}@${NGDP}`,
  // 8: a sender that is not ours.
  '1234567890@12345678.ngdp.digital-post.dk', '1234567890@97281536.ngdp.digital-post.dk', `1234567890@${GUID}.ngdp.digital-post.dk`,
  // 9: mass sends.
  `masseforsendelse-0@${NGDP}`, `masseforsendelse-007@${NGDP}`, `masseforsendelse@${NGDP}`, `masseforsendelse--5@${NGDP}`,
  `masseforsendelse-5-reply@${NGDP}`, 'masseforsendelse-5@35833684.mitdk.digital-post.dk', `masseforsendelse-fem@${NGDP}`,
  // 11: forms that must never fall through to ordinary mail.
  `1234567890+sag@${NGDP}`, `1234567890@${NGDP}.`, `SMTP:1234567890@${NGDP}`, `IMCEAEX-1234567890@${NGDP}`,
  '1234567890@35833684.ngdp.digital-p\u043est.dk', '1234567890@35833684.ngdp.digital-post.xn--dk', '1234567890@35833684.ngdp.xn--digital-pst-znj.dk',
  '1234567890@35833684.sms.digital-post.dk', '1234567890@ngdp.digital-post.dk', '1234567890@35833684.digital-post.dk',
  'nogen@digital-post.dk', 'postmaster@digital-post.dk', 'nogen@intern.digital-post.dk', `1234567890@x.${NGDP}`,
  `"1234567890"@${NGDP}`, `1234567890(jens)@${NGDP}`, `1234567890%${NGDP}@kommune.example`, `1234567890@${NGDP}@kommune.example`,
  `1234567890@${NGDP}@digital-post.dk`, `120345-6789@${NGDP}`, `123456789@${NGDP}`, `12345678901@${NGDP}`, `@${NGDP}`, `abc@${NGDP}`,
  '1234567890@3583368.ngdp.digital-post.dk', '1234567890@358336844.ngdp.digital-post.dk', '1234567890@35833684.ngdp.digital-post.dk.dk@digital-post.dk',
  '1234567890-reply@35833684.eboks.digital-post.dk', `1234567890@${GUID}.eboks.digital-post.dk`, '12345678-reply@digital-post.dk',
];

describe('addresses at RCPT', () => {
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

  it('every malformed one is 5xx, with and without SMTPUTF8, and right recipients beside them still get the mail', async () => {
    const good = `1234567890@${NGDP}`;
    for (const [n, parameters] of ['', 'SMTPUTF8 BODY=8BITMIME'].entries()) {
      const subject = `Ved siden af ${n}`;
      const answers = await handOver(wire, {
        mailFrom: FROM, parameters, to: [good, ...MALFORMED, 'nogen@andetsteds.example'],
        raw: letter({ to: [good], subject }),
      });
      assert.deepEqual([answers.recipients[0], answers.recipients.at(-1), answers.data], [250, 250, 250]);
      MALFORMED.forEach((address, place) => {
        assert.match(String(answers.recipients[place + 1]), /^5\d\d$/, address);
      });
      await until(async () => (await sandbox.messages()).length === n + 1, PATIENCE_MS, subject);
      await until(async () => (await sandbox.mailbox('nogen@andetsteds.example')).length === n + 1, PATIENCE_MS, subject);
    }
  });

  it('a refused address is told in words, with an example, and its CPR number is masked', async () => {
    await wire.say(`MAIL FROM:<${FROM}>`);
    const malformed = await wire.say(`RCPT TO:<2512489996x@${NGDP}>`);
    assert.match(malformed.text, /^553 5\.1\.3 Beskeden er ikke sendt: .* Rigtigt er fx 12345678@35833684\.ngdp\.digital-post\.dk\.\r\n$/);
    const contactPoint = await wire.say(`RCPT TO:<2512489996.${GUID}@${NGDP}>`);
    assert.match(contactPoint.text, /^553 .*kontaktpunkt/);
    for (const { text } of [malformed, contactPoint]) assert.doesNotMatch(text, /2512489996/);
    await wire.say('RSET');
  });

  it('an address that SMTP itself does not allow is told in words too, also the documentation’s own with its blank', async () => {
    await wire.say(`MAIL FROM:<${FROM}>`);
    for (const [address, reason] of [
      [`"87654321. ${GUID}"@${NGDP}`, 'Der maa ikke vaere mellemrum i adressen'],
      [`87654321. ${GUID}@${NGDP}`, 'Der maa ikke vaere mellemrum i adressen'],
      [`2512489996 @${NGDP}`, 'Der maa ikke vaere mellemrum i adressen'],
      [`.2512489996@${NGDP}`, 'Modtagerens nummer mangler'],
      [`2512489996@${NGDP}@kommune.example`, 'Der maa kun vaere et @ i adressen'],
    ] as const) {
      const { text } = await wire.say(`RCPT TO:<${address}>`);
      assert.match(text, /^553 5\.1\.3 Beskeden er ikke sendt: adressen /, address);
      assert.ok(text.includes(reason), text);
      assert.doesNotMatch(text, /2512489996/);
    }
    assert.match((await wire.say('RCPT TO:<nogen@andetsteds..example>')).text, /^501 5\.1\.3 /);
    await wire.say('RSET');
    assert.match((await wire.say(`RCPT TO:<2512489996 @${NGDP}>`)).text, /^50[13] /);
  });

  it('upper case in GUID, domain and -reply is taken, and a recipient named twice in two spellings gets it once', async () => {
    const upper = `87654321-REPLY.${GUID.toUpperCase()}@${JOBCENTER.toUpperCase()}.NGDP.Digital-Post.DK`;
    const lower = upper.toLowerCase();
    const answers = await handOver(wire, { mailFrom: FROM, to: [upper, lower], raw: letter({ to: [upper], subject: 'Store bogstaver' }) });
    assert.deepEqual([...answers.recipients, answers.data], [250, 250, 250]);
    await until(async () => (await sandbox.messages()).some(({ label }) => label === 'Store bogstaver'), PATIENCE_MS, 'the message');
    // The receipt is written when all recipients are final, so a second message would have come before it.
    await until(async () => (await sandbox.mailbox(FROM)).some(({ subject }) => subject.includes('Store bogstaver')), PATIENCE_MS, 'the receipt');
    const messages = (await sandbox.messages()).filter(({ label }) => label === 'Store bogstaver');
    assert.deepEqual(messages.map(({ recipientID, reply }) => [recipientID, reply]), [['87654321', true]]);
  });

  it('the full stops of IDNA are dots (RFC 3490 3.1): such an address is the citizen’s own, and never leaves as a mail', async () => {
    const wide = '0101010001@35833684\uff0engdp\uff0edigital-post\u3002dk';
    const answers = await handOver(wire, { mailFrom: FROM, parameters: 'SMTPUTF8', to: [wide], raw: letter({ to: [wide], subject: 'Brede punktummer' }) });
    assert.deepEqual([...answers.recipients, answers.data], [250, 250]);
    await until(async () => (await sandbox.messages()).some(({ recipientID }) => recipientID === '0101010001'), PATIENCE_MS, 'the message');
  });

  it('ordinary recipients in UTF-8 pass by SMTPUTF8, and in punycode without', async () => {
    const wide = 'j\u00f8rgen@\u00e6blegr\u00f8d.example';
    const answers = await handOver(wire, { mailFrom: FROM, parameters: 'SMTPUTF8', to: [wide, 'jens@xn--blegrd-oua3m.example'], raw: letter({ to: [wide], subject: 'Bredt' }) });
    assert.deepEqual([...answers.recipients, answers.data], [250, 250, 250]);
    await until(async () => {
      const boxes = await sandbox.get<{ address: string }[]>('/sandbox/mailboxes');
      return boxes.filter(({ address }) => /^(j\u00f8rgen|jens)@/.test(address)).length === 2;
    }, PATIENCE_MS, 'both mails');
  });

  it('no address under digital-post.dk, however written, ever left as ordinary mail', async () => {
    for (const { address } of await sandbox.get<{ address: string }[]>('/sandbox/mailboxes')) {
      assert.ok(!/digital|[0-9]{6}|@.*@|%/.test(address), address);
    }
  });
});
