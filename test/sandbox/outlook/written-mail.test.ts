import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { bounceMail } from '../../../src/sandbox/outlook/bounce-mail.ts';
import { bytesOfMail, envelopeOf, type WrittenMail } from '../../../src/sandbox/outlook/written-mail.ts';

const MAIL: WrittenMail = {
  from: { name: 'Jobcenter', address: 'jobcenter@kommune.example' },
  to: [{ name: 'Nancy Ann (Digital Post)', address: '2512489996@35833684.ngdp.digital-post.dk' }],
  cc: [], bcc: [{ name: 'Arkiv', address: 'arkiv@kommune.example' }],
  subject: 'Indkaldelse til samtale', html: '<p>Kære <b>Nancy</b> <img src="cid:logo@x"></p>', text: 'Kære Nancy',
  headers: [{ name: 'X-Postbro-Test', value: 'ja' }], inReplyTo: '', references: '',
  files: [
    { name: 'Spørgeskema.pdf', type: 'application/pdf', contentId: null, content: Buffer.from('%PDF') },
    { name: 'logo.png', type: 'image/png', contentId: 'logo@x', content: Buffer.from('png') },
  ],
};

describe('a mail that Outlook sends', () => {
  it('holds text and HTML, files and pictures, and the add-in’s headers', async () => {
    const { sent, messageId } = await bytesOfMail(MAIL);
    const read = await PostalMime.parse(sent);
    assert.equal(read.messageId, messageId);
    assert.deepEqual([read.from?.address, read.from?.name, read.to?.[0]?.name, read.subject], ['jobcenter@kommune.example', 'Jobcenter', 'Nancy Ann (Digital Post)', MAIL.subject]);
    assert.match(read.html ?? '', /<body><p>Kære <b>Nancy<\/b> <img src="cid:logo@x"><\/p><\/body>/);
    assert.equal(read.text?.trim(), 'Kære Nancy');
    assert.deepEqual(read.attachments.map(({ filename, contentId, disposition }) => [filename, contentId, disposition]), [
      ['logo.png', '<logo@x>', 'inline'], ['Spørgeskema.pdf', undefined, 'attachment'],
    ]);
    assert.equal(read.headers.find(({ key }) => key === 'x-postbro-test')?.value, 'ja');
    assert.match(messageId, /^<[0-9a-f-]{36}@kommune\.example>$/);
  });

  it('names those on Bcc in the envelope and in the copy under Sendt post, and nowhere else', async () => {
    const { sent, kept } = await bytesOfMail(MAIL);
    assert.doesNotMatch(sent.toString(), /arkiv@/i);
    assert.match(kept.toString(), /^Bcc: Arkiv <arkiv@kommune\.example>\r$/m);
    assert.deepEqual(envelopeOf(MAIL), ['2512489996@35833684.ngdp.digital-post.dk', 'arkiv@kommune.example']);
    assert.deepEqual(envelopeOf({ ...MAIL, cc: [{ name: '', address: 'ARKIV@kommune.example' }] }).length, 2);
  });

  it('says which mail it answers', async () => {
    const { sent } = await bytesOfMail({ ...MAIL, inReplyTo: '<b@x>', references: '<a@x>' });
    const header = sent.toString().replace(/\r\n[ \t]+/g, ' ');
    assert.match(header, /^In-Reply-To: <b@x>\r$/m);
    assert.match(header, /^References: <a@x> <b@x>\r$/m);
  });

  it('lets nothing in a name, subject or value begin a header field', async () => {
    const wicked = fc.string({ unit: fc.constantFrom('a', '\r', '\n', ':', ' ', 'ø', '"', '<', '>', '\0', '\u2028') });
    await fc.assert(fc.asyncProperty(wicked, wicked, wicked, async (name, subject, value) => {
      const mail: WrittenMail = {
        ...MAIL, subject: `${subject}\r\nX-Wrong: 1`, from: { ...MAIL.from, name: `${name}\nX-Wrong: 1` }, headers: [{ name: 'X-Own', value: `${value}\r\nX-Wrong: 1` }],
      };
      const header = (await bytesOfMail(mail)).sent.toString().split('\r\n\r\n')[0] ?? '';
      assert.doesNotMatch(header, /^X-Wrong:/m);
    }), { numRuns: 100 });
  });
});

describe('a mail that comes back', () => {
  it('says whom it did not reach, in the words of the mail server, for people and for programs', async () => {
    const bounce = await bounceMail({
      from: 'jobcenter@kommune.example', subject: 'Hej\r\nX-Wrong: 1', header: 'Subject: Hej', refused: [
        { address: 'a@kommune.example', reason: '550 5.1.1 Findes ikke' }, { address: 'b@kommune.example', reason: 'ingen svarer' },
      ],
    });
    const read = await PostalMime.parse(bounce);
    assert.equal(read.from?.address, 'postmaster@kommune.example');
    assert.equal(read.subject, 'Kan ikke leveres: Hej X-Wrong: 1');
    for (const words of ['a@kommune.example', 'b@kommune.example', '550 5.1.1 Findes ikke', 'ingen svarer']) assert.ok(read.text?.includes(words), words);
    assert.match(bounce.toString(), /^Auto-Submitted: auto-replied\r$/m);
    const [details] = read.attachments;
    assert.equal(details?.mimeType, 'message/delivery-status');
    assert.match(new TextDecoder().decode(details?.content as ArrayBuffer), /Final-Recipient: rfc822;a@kommune\.example\n[^]*Status: 5\.1\.1\n[^]*Status: 5\.0\.0/);
  });
});
