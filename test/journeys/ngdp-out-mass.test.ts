import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { pdfOf } from '../mail/inspect-samples.ts';
import { citizen, OWN_CVR } from './citizens.ts';
import { attachmentOf } from './receipt-reading.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { arrivals, JOBCENTER_POINT, memoOf, refused, send, SIKKERPOST, told } from './sent-mail.ts';

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => citizen(from + n));
const list = (lines: readonly string[], filename = 'masseforsendelse.txt') => ({ filename, content: lines.join('\r\n') });
const mass = (count: number | string, sender = OWN_CVR) => [`masseforsendelse-${count}@${sender}.ngdp.digital-post.dk`];
/** A PDF that differs by what it says. */
const pdfSaying = (text: string) => pdfOf({ objects: [`<< /Said (${text}) >>`] });
const BODY = { filename: 'body.pdf', content: pdfSaying('Det samme brev') };

describe('a mass send', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('brings body.pdf, the same bytes, and the attachments to everyone on the list, one by one below a hundred', async () => {
    const attachments = [list(numbers(30)), BODY, { filename: 'vejledning.txt', content: 'Læs den' }];
    const mail = await send(sandbox, mass(30, JOBCENTER_POINT), { subject: 'Til tredive', attachments });
    const notice = await told(sandbox, mail);
    assert.equal(notice.copy?.counts.delivered, 30);
    const rows = await arrivals(sandbox, mail);
    assert.deepEqual(new Set(rows.map(({ recipientID }) => recipientID)), new Set(numbers(30)));
    assert.deepEqual(new Set(rows.map(({ container }) => container)), new Set([null]));
    const [row] = rows;
    assert.ok(row);
    const { xml, header } = await memoOf(sandbox, row);
    assert.ok(xml.includes(BODY.content.toString('base64')));
    assert.ok(xml.includes('vejledning.txt') && !xml.includes('masseforsendelse'));
    assert.deepEqual([header.sender.label, header.reply], ['Jobcenter', false]);
    assert.equal(notice.copy.letterSha256, createHash('sha256').update(BODY.content).digest('hex'));
  });

  it('makes one PDF of the text, the same in every message, and travels in containers from a hundred up', async () => {
    const to = [...numbers(700, 100), '1509819996', '3103979995', '0101851001'];
    const mail = await send(sandbox, mass(703), { subject: 'Til syvhundrede', attachments: [list(to)], text: 'Kære alle' });
    const notice = await told(sandbox, mail);
    assert.deepEqual([notice.copy?.counts.delivered, notice.copy?.counts.failed], [700, 3]);
    assert.match(notice.subject, /700 leveret, 3 fejlet/);
    const rows = await arrivals(sandbox, mail);
    assert.equal(new Set(rows.map(({ recipientID }) => recipientID)).size, 703);
    assert.equal(rows.length, 703);
    assert.equal(new Set(rows.map(({ container }) => container)).size, 2);
    const letters = await Promise.all(rows.slice(0, 5).map(async (row) => (await memoOf(sandbox, row)).xml));
    assert.equal(new Set(letters.map((xml) => /<memo:content>([^<]+)/.exec(xml)?.[1])).size, 1);
    const file = attachmentOf(notice.mail, 'NgDPKvitteringsDetaljerMedFejl.txt')?.toString('utf8') ?? '';
    const lines = file.trim().split('\r\n').slice(1).map((line) => line.split('\t'));
    assert.deepEqual(lines.map(([, line]) => line).sort(), ['701', '702', '703']);
    assert.doesNotMatch(file, /1509819996|3103979995|0101851001/);
  });

  it('counts physical lines and reads numbers as people write them', async () => {
    const odd = ['', ' 2512489996 ', '291182-9996;', '', '87654321,'];
    const content = Buffer.from(`\ufeff${odd.join('\r')}`, 'utf16le');
    const mail = await send(sandbox, mass(3), { subject: 'Skrevet af mennesker', attachments: [{ filename: 'Masseforsendelse.TXT', content }, BODY] });
    const notice = await told(sandbox, mail);
    assert.deepEqual(notice.copy?.recipients.map(({ position }) => position), [2, 3, 5]);
  });

  it('gives each recipient their own letter where every row has its file', async () => {
    const to = numbers(3, 900);
    const attachments = [list(to), ...to.map((number) => ({ filename: `${number}.pdf`, content: pdfSaying(`Brev til ${number.slice(-4)}`) })), { filename: 'fælles.txt', content: 'Til alle' }];
    const mail = await send(sandbox, mass(3), { subject: 'Hver sit brev', attachments });
    await told(sandbox, mail);
    for (const row of await arrivals(sandbox, mail)) {
      const { xml } = await memoOf(sandbox, row);
      assert.ok(xml.includes(pdfSaying(`Brev til ${row.recipientID.slice(-4)}`).toString('base64')));
      for (const other of to) if (other !== row.recipientID) assert.ok(!xml.includes(other), 'nobody else’s number');
      assert.ok(xml.includes('fælles.txt'));
    }
    assert.equal((await arrivals(sandbox, mail)).length, 3);
  });

  it('reaches a colleague in the same mail as it is, and is refused when the list would leave the house', async () => {
    const attachments = [list(numbers(2, 950)), BODY];
    const inside = await send(sandbox, [...mass(2), 'sagsbehandler@kommune.example'], { subject: 'Masse og kollega', attachments });
    assert.equal((await told(sandbox, inside)).copy?.counts.delivered, 3);
    const outside = await send(sandbox, [...mass(2), 'ven@example.org'], { subject: 'Masse og fremmed', attachments });
    await refused(sandbox, outside, 'masseforsendelse.txt');
  });

  const refusals: readonly (readonly [string, readonly string[], Parameters<typeof send>[2], readonly string[]])[] = [
    ['without a list', mass(2), { subject: 'Ingen liste', attachments: [BODY] }, ['masseforsendelse.txt', 'mangler']],
    ['with two lists', mass(2), { subject: 'To lister', attachments: [list(numbers(2)), list(numbers(2)), BODY] }, ['masseforsendelse.txt']],
    ['with an empty list', mass(2), { subject: 'Tom liste', attachments: [list(['', ' ']), BODY] }, ['masseforsendelse.txt']],
    ['with one more than the address says', mass(2), { subject: 'For mange', attachments: [list(numbers(3)), BODY] }, ['2', '3']],
    ['with a line that is no number', mass(2), { subject: 'Forkert linje', attachments: [list(['', '0101011234', 'Hansen']), BODY] }, ['Linje 3', 'Hansen']],
    ['with a number twice', mass(3), { subject: 'Dublet', attachments: [list(['0101011234', '', '010101-1234', '0201011234']), BODY] }, ['linje 1 og 3']],
    ['that says nothing', mass(2), { subject: 'Tomt brev', text: '', attachments: [list(numbers(2))] }, ['Tomt brev', 'body.pdf']],
    ['beside a single recipient', [...mass(2), `1234567890@${OWN_CVR}.ngdp.digital-post.dk`], { subject: 'Ikke alene', attachments: [list(numbers(2)), BODY] }, ['alene']],
    ['with a letter for some only', mass(2), { subject: 'Halve breve', attachments: [list(numbers(2)), { filename: `${citizen(0)}.pdf`, content: pdfSaying('x') }] }, ['linje 2']],
  ];
  for (const [how, to, mail, words] of refusals) {
    it(`${how} is refused whole, in words, by mail`, async () => {
      await refused(sandbox, await send(sandbox, to, mail), ...words);
    });
  }

  it('to a foreign contact point, from an ordinary mailbox, with -reply, count 0, mit.dk or e-Boks is refused at the door', async () => {
    const at = async (address: string, from = 'sikkerpost@kommune.example') =>
      (await sandbox.submit(`From: ${from}\r\nSubject: x\r\n\r\nx`, from, [address])).code;
    assert.ok((await at(`masseforsendelse-2@${OWN_CVR}.ngdp.digital-post.dk`, 'sagsbehandler@kommune.example')) >= 500);
    assert.ok((await at(`masseforsendelse-2@${JOBCENTER_POINT}.ngdp.digital-post.dk`, 'borgerservice@kommune.example')) >= 500);
    for (const local of ['masseforsendelse-0', 'masseforsendelse-02', 'masseforsendelse-2-reply', 'masseforsendelse']) {
      assert.ok((await at(`${local}@${OWN_CVR}.ngdp.digital-post.dk`)) >= 500, local);
    }
    for (const channel of ['mitdk', 'eboks']) assert.ok((await at(`masseforsendelse-2@${OWN_CVR}.${channel}.digital-post.dk`)) >= 500);
  });

  it('handed over twice goes once', async () => {
    const raw = [
      'From: sikkerpost@kommune.example', 'Subject: To gange', 'Message-ID: <to-gange@kommune.example>',
      'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'Hej', '--x',
      'Content-Type: text/plain; name=masseforsendelse.txt', '', ...numbers(4, 970), '--x--', '',
    ].join('\r\n');
    for (let time = 0; time < 2; time++) assert.equal((await sandbox.submit(raw, SIKKERPOST, mass(4))).code, 250);
    const first = { subject: 'To gange', messageId: '<to-gange@kommune.example>', from: SIKKERPOST };
    await told(sandbox, first);
    const later = await send(sandbox, mass(1), { subject: 'Bagefter', attachments: [list(numbers(1, 980)), BODY] });
    await told(sandbox, later);
    await told(sandbox, first);
    assert.equal((await arrivals(sandbox, first)).length, 4);
  });
});
