import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mailBytes } from '../../../src/mail/parse-mail.ts';
import { htmlForShowing, mailForReading, pictureOfMail } from '../../../src/sandbox/outlook/read-mail.ts';

const PNG = Buffer.from('iVBORw0KGgo=', 'base64');
const MAIL = [
  'From: Nancy <nancy@example.org>', 'Reply-To: svar@example.org', 'To: Jobcenter <jobcenter@kommune.example>', 'Subject: =?utf-8?Q?Sp=C3=B8rgsm=C3=A5l?=',
  'Message-ID: <a@example.org>', 'References: <b@example.org>', 'X-Own: ja', 'MIME-Version: 1.0', 'Content-Type: multipart/related; boundary=b', '',
  '--b', 'Content-Type: text/html; charset=utf-8', '',
  '<p onclick="x()">Hej <img src="cid:p@x"><script>x()</script><a href=" javascript:x()">her</a></p>',
  '--b', 'Content-Type: image/png; name=p.png', 'Content-ID: <p@x>', 'Content-Disposition: inline', 'Content-Transfer-Encoding: base64', '', PNG.toString('base64'), '--b--', '',
].join('\r\n');
const read = () => mailBytes(Buffer.from(MAIL));

describe('a mail that Outlook shows', () => {
  it('has senders, recipients, headers and files by name', async () => {
    const mail = await mailForReading(read());
    assert.deepEqual(mail?.from, { displayName: 'Nancy', emailAddress: 'nancy@example.org' });
    assert.deepEqual(mail?.replyTo, [{ displayName: 'svar@example.org', emailAddress: 'svar@example.org' }]);
    assert.deepEqual([mail?.subject, mail?.messageId, mail?.references], ['Spørgsmål', '<a@example.org>', '<b@example.org>']);
    assert.match(mail?.headers ?? '', /^x-own: ja\r?$/m);
    assert.deepEqual(mail?.files, [{ index: 0, name: 'p.png', type: 'image/png', bytes: PNG.length, isInline: true, contentId: 'p@x' }]);
  });

  it('is shown with its pictures, and without anything that would run', async () => {
    const html = (await htmlForShowing(read())) ?? '';
    assert.ok(html.includes(`<p>Hej <img src="data:image/png;base64,${PNG.toString('base64')}"><a>her</a></p>`), html);
    assert.deepEqual((await pictureOfMail(read(), 0))?.content, PNG);
    assert.equal(await pictureOfMail(read(), 1), null);
  });

  it('of text has no HTML', async () => {
    const text = () => mailBytes(Buffer.from('From: a@b.example\r\nSubject: x\r\n\r\nHej\r\n'));
    assert.deepEqual([(await mailForReading(text()))?.html, (await mailForReading(text()))?.text.trim(), await htmlForShowing(text())], [null, 'Hej', null]);
  });
});
