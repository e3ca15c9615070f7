import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from './citizens.ts';
import { attachmentOf, noticesOf, type NoticeRead } from './receipt-reading.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const FROM = 'sikkerpost@kommune.example';
const ERROR_FILE = 'NgDPKvitteringsDetaljerMedFejl.txt';
const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';

describe('the receipt that a sender gets', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  interface Mailing {
    readonly to: readonly string[];
    readonly bcc?: readonly string[];
    readonly subject: string;
    readonly from?: string;
  }

  async function receiptFor({ to, bcc = [], subject, from = FROM }: Mailing) {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const raw = letter({ from, to, subject, messageId });
    assert.equal((await sandbox.submit(raw, from, [...to, ...bcc])).code, 250);
    await until(async () => (await noticesOf(sandbox, from, messageId)).length > 0, 30_000, 'the receipt');
    const receipts = await noticesOf(sandbox, from, messageId);
    assert.equal(receipts.length, 1);
    return { receipt: receipts[0] as NoticeRead, messageId };
  }

  const headerOf = ({ mail }: NoticeRead, name: string) => mail.headers.find(({ key }) => key === name)?.value ?? null;

  it('answers its mail: From mailbox, In-Reply-To, References, subject, and from nobody who reads answers', async () => {
    const { receipt, messageId } = await receiptFor({ to: [ngdp(citizen(0))], subject: 'Pladsanvisning æøå' });
    assert.equal(receipt.subject, 'Kvittering: Pladsanvisning æøå – 1 leveret');
    assert.match(receipt.text, /Du sendte »Pladsanvisning æøå« som Eksempel Kommune/);
    assert.equal(receipt.mail.inReplyTo, messageId);
    assert.equal(receipt.mail.references, messageId);
    assert.equal(receipt.mail.to?.[0]?.address, FROM);
    assert.equal(headerOf(receipt, 'auto-submitted'), 'auto-replied');
    assert.equal(receipt.mail.attachments.length, 1);
    assert.equal(attachmentOf(receipt.mail, ERROR_FILE), null);
  });

  it('names citizens by a masked number, companies by their CVR number, and each with its MeMo-id', async () => {
    const [person, company] = ['2512489996', '87654321'];
    const { receipt } = await receiptFor({ to: [ngdp(person), ngdp(company)], subject: 'Til to' });
    const uuidOf = async (number: string) =>
      (await sandbox.messages()).find((row) => row.recipientID === number && row.label === 'Til to')?.messageUUID ?? 'none';
    for (const body of [receipt.text, receipt.mail.html ?? '', JSON.stringify(receipt.copy)]) {
      assert.match(body, /251248-xxxx/);
      assert.match(body, /87654321/);
      assert.ok(body.includes(await uuidOf(person)) && body.includes(await uuidOf(company)));
      assert.doesNotMatch(body, /9996/);
    }
  });

  it('lists exactly the failed ones in the file of errors: BOM, CRLF, tabs, heading', async () => {
    const to = ['2911829996', '1509819996', '3103979995', '0101851001', '56781234', '12345678'].map((number) => ngdp(number));
    const { receipt } = await receiptFor({ to, subject: 'Seks modtagere' });
    assert.equal(receipt.subject, 'Kvittering: Seks modtagere – 2 leveret, 4 fejlet');
    const bytes = attachmentOf(receipt.mail, ERROR_FILE);
    assert.ok(bytes);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const text = bytes.subarray(3).toString('utf8');
    assert.ok(text.endsWith('\r\n'));
    assert.equal(text.split('\n').length, text.split('\r\n').length);
    const [heading, ...lines] = text.trimEnd().split('\r\n').map((line) => line.split('\t'));
    assert.deepEqual(heading, ['Modtager', 'Linje', 'Kanal', 'Tidspunkt', 'Fejlkode', 'Fejltekst', 'MeMo-id']);
    assert.deepEqual(lines.map(([recipient, line]) => [recipient, line]), [
      ['150981-xxxx', '2'], ['310397-xxxx', '3'], ['010185-xxxx', '4'], ['56781234', '5'],
    ]);
    assert.deepEqual(lines.map((cells) => cells[4]), [
      'recipient.not.registered', 'recipient.exempt', 'recipient.deceased', 'recipient.closed',
    ]);
    const messages = (await sandbox.messages()).filter(({ label }) => label === 'Seks modtagere');
    const failed = ['1509819996', '3103979995', '0101851001', '56781234'];
    assert.deepEqual(lines.map((cells) => cells[6]), failed.map((one) => messages.find((row) => row.recipientID === one)?.messageUUID));
    assert.ok(lines.every((cells) => cells.length === 7 && cells[2] === 'Digital Post'));
    assert.match(lines[0]?.[3] ?? '', /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d$/);
    assert.deepEqual(receipt.copy?.counts, { delivered: 2, failed: 4, stopped: 0, pending: 0, all: 6 });
    // Failures first, as a caseworker must act on them.
    assert.ok(receipt.text.indexOf('150981-xxxx') < receipt.text.indexOf('291182-xxxx'));
  });

  it('has no file of errors when the only recipient failed', async () => {
    const { receipt } = await receiptFor({ to: [ngdp('1509819996')], subject: 'Ene' });
    assert.equal(receipt.subject, 'Kvittering: Ene – 0 leveret, 1 fejlet');
    assert.equal(attachmentOf(receipt.mail, ERROR_FILE), null);
    assert.match(receipt.text, /Modtageren er ikke tilmeldt Digital Post/);
  });

  it('goes to the mailbox in From when someone sends on its behalf', async () => {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const to = [ngdp(citizen(1), JOBCENTER)];
    const raw = letter({ from: 'jobcenter@kommune.example', to, subject: 'På vegne af', messageId, headers: ['Sender: sagsbehandler@kommune.example'] });
    assert.equal((await sandbox.submit(raw, 'sagsbehandler@kommune.example', to)).code, 250);
    await until(async () => (await noticesOf(sandbox, 'jobcenter@kommune.example', messageId)).length === 1, 30_000, 'the receipt');
    assert.equal((await noticesOf(sandbox, 'sagsbehandler@kommune.example', messageId)).length, 0);
    const [receipt] = await noticesOf(sandbox, 'jobcenter@kommune.example', messageId);
    assert.match(receipt?.text ?? '', /som Jobcenter/);
  });

  it('keeps a recipient in Bcc hidden: in the MeMo, in the relayed mail, in the receipt', async () => {
    const colleague = 'sagsbehandler@kommune.example';
    const hidden = 'skjult@kommune.example';
    const person = citizen(2);
    const { receipt, messageId } = await receiptFor({ to: [ngdp(person), colleague], bcc: [hidden], subject: 'Med skjult' });
    await until(async () => (await sandbox.mailbox(hidden)).length === 1, 20_000, 'the hidden copy');
    for (const text of [receipt.text, receipt.mail.html ?? '', JSON.stringify(receipt.copy)]) assert.doesNotMatch(text, /skjult@/);
    assert.equal(receipt.copy?.counts.all, 2);
    const uuid = (await sandbox.messages()).find(({ recipientID }) => recipientID === person)?.messageUUID ?? '';
    assert.doesNotMatch(await sandbox.memo(uuid), /skjult@/);
    const relayed = (await sandbox.mailbox(colleague)).at(-1);
    const bytes = (await sandbox.mail(colleague, relayed?.id ?? '')).toString('latin1');
    assert.ok(bytes.includes(messageId));
    assert.doesNotMatch(bytes, /skjult@/);
  });

  it('sends no receipt for ordinary mail that was delivered', async () => {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const raw = letter({ to: ['nogen@udenfor.example'], subject: 'Almindelig', messageId });
    assert.equal((await sandbox.submit(raw, FROM, ['nogen@udenfor.example'])).code, 250);
    await until(async () => (await sandbox.mailbox('nogen@udenfor.example')).length === 1, 20_000, 'the mail');
    // A receipt would have come before that of the next mail.
    await receiptFor({ to: [ngdp(citizen(3))], subject: 'Den næste' });
    assert.equal((await noticesOf(sandbox, FROM, messageId)).length, 0);
  });

  it('masks a CPR number in the subject and survives a subject of odd signs', async () => {
    const { receipt } = await receiptFor({ to: [ngdp(citizen(4))], subject: 'Sag 2512489996 <b>"fed"</b> & co' });
    assert.match(receipt.subject, /^Kvittering: Sag 251248-xxxx <b>"fed"<\/b> & co – 1 leveret$/);
    assert.match(receipt.mail.html ?? '', /Sag 251248-xxxx &lt;b&gt;&quot;fed&quot;&lt;\/b&gt; &amp; co/);
    assert.doesNotMatch(JSON.stringify(receipt), /2512489996/);
  });

  it('sends one message to a person whose address is named twice, and tells of it once', async () => {
    const person = citizen(5);
    const { receipt } = await receiptFor({ to: [ngdp(person), ngdp(person), ngdp(person).toUpperCase()], subject: 'To gange' });
    const messages = (await sandbox.messages()).filter(({ recipientID }) => recipientID === person);
    assert.equal(messages.length, 1);
    assert.equal(receipt.copy?.counts.all, 1);
  });
});
