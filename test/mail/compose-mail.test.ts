import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import PostalMime from 'postal-mime';
import { composeMail, type OutgoingMail } from '../../src/mail/compose-mail.ts';
import { readHeaderBlock } from '../../src/mail/read-header-block.ts';
import { corpusFolder, readMail } from './mail-fixtures.ts';

const receipt: OutgoingMail = {
  from: { name: 'Postbro', address: 'postbro@kommune.example' },
  to: [{ name: 'Jobcenter', address: 'jobcenter@kommune.example' }],
  subject: 'Kvittering: Rød grød – 1 leveret',
  text: 'Beskeden er afleveret.\n.\nFrom æøå',
  html: '<p>Beskeden er afleveret: æøå</p>',
  messageId: '<kvittering-1@postbro.example>',
  date: new Date('2026-11-03T09:00:00Z'),
  inReplyTo: '<1@kommune.example>',
  autoReplied: true,
  attachments: [],
  original: null,
  headers: [{ name: 'X-Postbro-Channel', value: 'ngdp' }],
};

/** Header names of the mail itself, in lower case. */
function headerNames(raw: Buffer): string[] {
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  return head.split(/\r\n(?![ \t])/).map((line) => line.split(':')[0]?.toLowerCase() ?? '').toSorted();
}

describe('a composed mail', () => {
  it('says who, what, when and to what it answers', async () => {
    const raw = await composeMail(receipt);
    const mail = await readMail(raw);
    assert.deepEqual([mail.subject, mail.messageId, mail.date?.getTime(), mail.autoSubmitted], [receipt.subject, receipt.messageId, receipt.date.getTime(), true]);
    const value = (name: string) => mail.headers.find((field) => field.name === name)?.value;
    assert.deepEqual([value('in-reply-to'), value('references'), value('auto-submitted'), value('x-auto-response-suppress'), value('x-postbro-channel')], ['<1@kommune.example>', '<1@kommune.example>', 'auto-replied', 'All', 'ngdp']);
    assert.equal(mail.text?.text.replaceAll('\r\n', '\n'), receipt.text);
    assert.equal(mail.html, receipt.html);
  });

  it('has only whole line ends', async () => {
    const raw = (await composeMail({ ...receipt, text: 'en\nto\rtre\r\nfire', html: '<p>a\nb\rc' })).toString('latin1');
    assert.doesNotMatch(raw, /[^\r]\n|\r[^\n]/);
  });

  it('carries files with Danish names, and the original mail whole', async () => {
    const original = Buffer.from('From: a@b.dk\r\nSubject: Sag\r\n\r\nhej æ\r\n');
    const file = { name: 'Afgørelse om børnetilskud – Åse Ærø og en lang hale af ord der skal deles.txt', type: 'text/plain', bytes: Buffer.from('\uFEFFlinje\næ\r\n') };
    const mail = await readMail(await composeMail({ ...receipt, attachments: [file], original: { name: 'Sag.eml', bytes: original } }));
    assert.deepEqual(mail.attachments.map((each) => [each.name, each.declaredType]), [[file.name, 'text/plain'], ['Sag.eml', 'message/rfc822']]);
    assert.ok(mail.attachments[0]?.facts?.equals(file.bytes));
    assert.ok(mail.attachments[1]?.facts?.toString().startsWith(original.toString().trimEnd()));
  });

  it('takes no header field from a hostile subject, name or file name', async (t) => {
    const folder = corpusFolder('naughty-strings');
    if (folder === null) return t.skip('the corpora are not on this machine');
    const hostile = [
      'a\r\nBcc: evil@x.dk', 'a\nX-Evil: 1\n\n<script>', 'a\rBcc: e@x.dk', 'x\u2028Bcc: e@x.dk', 'a\0b', '"; filename="b.exe', "a'b\\", '>, <evil@x.dk', 'a, evil@x.dk', '\uD800', '',
      ...(JSON.parse(readFileSync(`${folder}/blns.json`, 'utf8')) as string[]),
    ];
    const expected = headerNames(await composeMail(receipt));
    for (const text of hostile) {
      const raw = await composeMail({
        ...receipt,
        subject: `K ${text}`,
        from: { name: text, address: 'postbro@kommune.example' },
        to: [{ name: text, address: 'jobcenter@kommune.example' }],
        attachments: [{ name: `n${text}.txt`, type: 'text/plain', bytes: Buffer.from('x') }],
        headers: [{ name: 'X-Postbro-Channel', value: `v${text}` }],
      });
      assert.deepEqual(headerNames(raw), expected, JSON.stringify(text));
      const other = await PostalMime.parse(raw);
      assert.deepEqual([other.from?.address, other.to?.map((each) => each.address), other.bcc, other.attachments.length], ['postbro@kommune.example', ['jobcenter@kommune.example'], undefined, 1], JSON.stringify(text));
      assert.deepEqual(readHeaderBlock(raw).from, { headerCount: 1, addresses: ['postbro@kommune.example'], ambiguous: false });
    }
  });
});
