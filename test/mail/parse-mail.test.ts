import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import MailComposer from 'nodemailer/lib/mail-composer';
import fc from 'fast-check';
import { MailUnreadable } from '../../src/mail/mail-unreadable.ts';
import { parseMail } from '../../src/mail/parse-mail.ts';
import { corpusFolder, filesBelow, lines, readInPieces, readMail } from './mail-fixtures.ts';

function part(headers: readonly string[], body: string): string {
  return lines('--b', ...headers, '', body, '');
}

function multipart(type: string, ...parts: readonly string[]): string {
  return lines('From: a@b.dk', `Content-Type: multipart/${type}; boundary=b`, '', parts.join('')) + '--b--\r\n';
}

const plain = (body: string) => part(['Content-Type: text/plain; charset=utf-8'], body);
const html = (body: string) => part(['Content-Type: text/html; charset=utf-8'], body);
const pdf = part(['Content-Type: application/pdf; name=a.pdf', 'Content-Transfer-Encoding: base64'], 'JVBERg==');

describe('the body', () => {
  it('of a text and an HTML version is given as both, to let the HTML count', async () => {
    const mail = await readMail(multipart('alternative', plain('hej'), html('<p>hej</p>')));
    assert.equal(mail.text?.text, 'hej');
    assert.equal(mail.html, '<p>hej</p>');
    assert.deepEqual(mail.attachments, []);
  });

  it('of text, file and text is both texts in order', async () => {
    const mail = await readMail(multipart('mixed', plain('en'), pdf, plain('to')));
    assert.equal(mail.text?.text, 'en\nto');
    assert.equal(mail.html, null);
    assert.deepEqual(mail.attachments.map((file) => file.name), ['a.pdf']);
  });

  it('of HTML followed by a text that a mail server added holds both', async () => {
    const mail = await readMail(multipart('mixed', html('<p>brev</p>'), plain('fortrolig < & >')));
    assert.match(mail.html ?? '', /<p>brev<\/p>\n<div>fortrolig &lt; &amp; &gt;<\/div>/);
  });

  it('is the text where the HTML version is empty', async () => {
    const mail = await readMail(multipart('alternative', plain('hej'), html(' ')));
    assert.equal(mail.html, null);
    assert.equal(mail.text?.text, 'hej');
  });

  it('keeps the marks of flowed text, and unfolds it where it meets text that is not', async () => {
    const flowed = part(['Content-Type: text/plain; format=flowed; delsp=yes'], 'hej \r\nmed dig');
    const one = await readMail(multipart('mixed', flowed));
    assert.deepEqual(one.text, { text: 'hej \r\nmed dig', flowed: true, delSp: true });
    const two = await readMail(multipart('mixed', flowed, plain('slut')));
    assert.deepEqual(two.text, { text: 'hejmed dig\nslut', flowed: false, delSp: false });
  });

  for (const [label, bytes] of [
    ['utf-8', Buffer.from('æøå “€”')], ['iso-8859-1', Buffer.from([0xe6, 0xf8, 0xe5, 0x20, 0x93, 0x80, 0x94])],
    ['us-ascii', Buffer.from([0xe6, 0xf8, 0xe5, 0x20, 0x93, 0x80, 0x94])], ['us-ascii', Buffer.from('æøå “€”')],
    ['cp-1252', Buffer.from([0xe6, 0xf8, 0xe5, 0x20, 0x93, 0x80, 0x94])], ['nonsense', Buffer.from('æøå “€”')],
    ['utf-8', Buffer.from([0xe6, 0xf8, 0xe5, 0x20, 0x93, 0x80, 0x94])], ['utf-16le', Buffer.from('æøå “€”', 'utf16le')],
    ['utf-8', Buffer.from('æøa\u030A “€”')],
  ] as const) {
    it(`in ${label} of ${bytes.length} bytes reads as written`, async () => {
      const head = lines('From: a@b.dk', `Content-Type: text/plain; charset=${label}`, '', '');
      const mail = await readMail(Buffer.concat([Buffer.from(head), bytes]));
      assert.equal(mail.text?.text, 'æøå “€”');
    });
  }

  it('of undeclared 8-bit text is UTF-8 where valid, else windows-1252', async () => {
    assert.equal((await readMail('Subject: x\r\n\r\nblåbær')).text?.text, 'blåbær');
    assert.equal((await readMail(Buffer.from('Subject: x\r\n\r\nblåbær', 'latin1'))).text?.text, 'blåbær');
  });

  it('in UTF-8 with one broken byte keeps the good letters', async () => {
    const broken = Buffer.concat([Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\næ'), Buffer.from([0xe6]), Buffer.from('ø')]);
    assert.equal((await readMail(broken)).text?.text, 'ææø');
  });
});

describe('the structure of a mail', () => {
  it('survives bare LF line ends, a missing final delimiter and remarks before and after', async () => {
    const raw = multipart('mixed', plain('hej'), pdf).replaceAll('\r\n', '\n').replace('--b--\n', '');
    const mail = await readMail(raw.replace('\n\n--b', '\n\nindledning\n--b'));
    assert.equal(mail.text?.text, 'hej');
    assert.equal(mail.attachments[0]?.facts?.toString(), '%PDF');
  });

  it('tells boundaries apart of which one begins the other', async () => {
    const raw = lines(
      'Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: multipart/alternative; boundary="bb"', '',
      '--bb', '', 'tekst', '--bb', 'Content-Type: text/html', '', '<p>x', '--bb--', '--b',
      'Content-Type: application/pdf; name=x.pdf', '', '--bbb', '--b--', '',
    );
    const mail = await readMail(raw);
    assert.equal(mail.text?.text, 'tekst');
    assert.equal(mail.html, '<p>x');
    assert.equal(mail.attachments[0]?.facts?.toString(), '--bbb');
  });

  for (const [name, type] of [
    ['in pieces', 'multipart/mixed; boundary*1=b; boundary*0="a"'], ['by RFC 2231', "multipart/mixed; boundary*=us-ascii''%61b"],
    ['first of two', 'multipart/mixed; boundary=ab; boundary=cd'], ['after a comment', 'multipart/mixed (x); BOUNDARY="ab" (y)'],
    ['without a semicolon', 'multipart/mixed boundary=ab'],
  ] as const) {
    it(`is found by a boundary written ${name}`, async () => {
      const mail = await readMail(lines(`Content-Type: ${type}`, '', '--ab', '', 'hej', '--ab bemærkning', 'Content-Type: a/b; name=f', 'content-transfer-encoding: (x) "Base64" ', '', 'aGVq', '--ab-- slut', '', '--ab', '', 'skjult'));
      assert.equal(mail.text?.text, 'hej');
      assert.deepEqual(mail.attachments.map((file) => file.facts?.toString()), ['hej']);
    });
  }

  it('goes on where a header runs into a delimiter or into its text', async () => {
    const mail = await readMail(lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html', '--b', 'Her er ingen tom linje.', 'Slut', '--b--'));
    assert.equal(mail.text?.text, 'Her er ingen tom linje.\r\nSlut');
  });

  it('is guessed where a multipart names no boundary', async () => {
    const mail = await readMail(multipart('mixed', plain('hej'), pdf).replace('; boundary=b', ''));
    assert.equal(mail.text?.text, 'hej');
    assert.equal(mail.attachments.length, 1);
  });

  it('without any part shows its content as text', async () => {
    const mail = await readMail('Content-Type: multipart/mixed; boundary=nowhere\r\n\r\nhej\r\n');
    assert.equal(mail.text?.text, 'hej\r\n');
    assert.equal(mail.warnings.length, 1);
  });

  it('may be wrapped in base64 as a whole', async () => {
    const inner = multipart('mixed', plain('hej'), pdf).split('\r\n\r\n').slice(1).join('\r\n\r\n');
    const raw = lines('Content-Type: multipart/mixed; boundary=b', 'Content-Transfer-Encoding: base64', '', Buffer.from(inner).toString('base64'));
    const mail = await readMail(raw);
    assert.equal(mail.text?.text, 'hej');
    assert.equal(mail.attachments.length, 1);
  });

  it('drops a detached signature and reads what it signs', async () => {
    const signature = part(['Content-Type: application/pkcs7-signature; name=smime.p7s'], 'AAAA');
    const mail = await readMail(multipart('signed', plain('hej'), signature));
    assert.equal(mail.signed, 'detached');
    assert.equal(mail.text?.text, 'hej');
    assert.deepEqual(mail.attachments, []);
  });

  it('names a mail within the mail by its subject and keeps it whole', async () => {
    const inner = 'From: x@y.dk\r\nSubject: =?utf-8?Q?R=C3=B8d?= gr=?=d\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nhej\r\n--c--';
    for (const [encoding, written] of [['7bit', inner], ['base64', Buffer.from(inner).toString('base64')]] as const) {
      const mail = await readMail(multipart('mixed', plain('se'), part(['Content-Type: message/rfc822', `Content-Transfer-Encoding: ${encoding}`], written)));
      assert.equal(mail.attachments[0]?.name, 'Rød gr=?=d.eml');
      assert.equal(mail.attachments[0]?.facts?.toString(), inner);
    }
  });

  it('gives an unnamed calendar part a name, and a text with a file name as a file', async () => {
    const calendar = part(['Content-Type: text/calendar; method=REQUEST'], 'BEGIN:VCALENDAR');
    const named = part(['Content-Type: text/plain', 'Content-Disposition: inline; filename=n.txt'], 'notat');
    const mail = await readMail(multipart('mixed', plain('hej'), calendar, named));
    assert.deepEqual(mail.attachments.map((file) => file.name), ['invitation.ics', 'n.txt']);
    assert.equal(mail.text?.text, 'hej');
  });

  it('keeps images that the HTML shows apart from those it does not', async () => {
    const image = (id: string) => part(['Content-Type: image/png; name=i.png', `Content-ID: <${id}>`, 'Content-Transfer-Encoding: base64'], 'iVBORw==');
    const mail = await readMail(multipart('related', image('Tidlig@x'), html('<img src="cid:tidlig%40x">'), image('ukendt@x')));
    assert.deepEqual(mail.inlineImages.map((shown) => shown.contentId), ['Tidlig@x']);
    assert.deepEqual(mail.attachments.map((file) => [file.index, file.usedInBody, file.bytes]), [[0, true, 4], [1, false, 4]]);
    assert.equal(mail.attachments[0]?.facts, null);
  });

  it('refuses shown images beyond the limit, and passes unshown ones on', async () => {
    const image = (id: string) => part(['Content-Type: image/png', `Content-ID: <${id}>`], 'x'.repeat(2000));
    await assert.rejects(
      readMail(multipart('related', html('<img src="cid:a">'), image('a')), { heldImageBytesMax: 1000 }),
      (error) => error instanceof MailUnreadable && error.code === 'inline-images-too-large',
    );
    const mail = await readMail(multipart('mixed', html('<p>x'), image('a')), { heldImageBytesMax: 1000 });
    assert.equal(mail.attachments[0]?.bytes, 2000);
  });
});

describe('transfer encodings', () => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, at) => (at * 7) % 256));
  const encoded = bytes.toString('base64');
  for (const [name, written] of [
    ['without line breaks', encoded], ['with junk', encoded.replace(/(.{50})/g, '$1!\r\n * ')],
    ['without padding', encoded.replace(/=+$/, '')], ['in lines of odd length', encoded.replace(/(.{61})/g, '$1\r\n')],
    ['in pieces with padding of their own', bytes.subarray(0, 100).toString('base64') + '\r\n' + bytes.subarray(100).toString('base64')],
    ['in the URL alphabet', bytes.toString('base64url')],
  ] as const) {
    it(`base64 ${name} gives the right bytes`, async () => {
      const mail = await readMail(lines('Content-Type: application/x; name=a', 'Content-Transfer-Encoding: BASE64', '', written));
      assert.ok(mail.attachments[0]?.facts?.equals(bytes));
    });
  }

  it('quoted-printable with soft breaks, padding and broken escapes is read', async () => {
    const mail = await readMail(lines('Content-Transfer-Encoding: quoted-printable', 'Content-Type: text/plain; charset=utf-8', '', 'bl=C3=   ', '=A5b=c3=a6r 100% =ZZ  ', 'slut='));
    assert.equal(mail.text?.text, 'blåbær 100% =ZZ\r\nslut');
  });

  it('an unknown encoding passes the bytes on', async () => {
    const mail = await readMail(lines('Content-Type: application/x; name=a', 'Content-Transfer-Encoding: x-odd', '', 'abc'));
    assert.equal(mail.attachments[0]?.facts?.toString(), 'abc');
  });

  it('uuencode is read', async () => {
    const mail = await readMail(lines('Content-Type: application/x; name=a', 'Content-Transfer-Encoding: x-uuencode', '', 'begin 644 a', '#:&5J', '`', 'end', ''));
    assert.equal(mail.attachments[0]?.facts?.toString(), 'hej');
  });
});

describe('file names', () => {
  for (const [header, name] of [
    ['Content-Disposition: attachment; filename="=?utf-8?Q?r=C3=B8d.pdf?="', 'rød.pdf'],
    ['Content-Disposition: attachment; filename="=?utf-8?Q?r=C3?= =?utf-8?Q?=B8d.pdf?="', 'rød.pdf'],
    ['Content-Disposition: attachment; filename="=?utf-8?B?csO?= =?utf-8?B?4ZC5wZGY=?="', 'rød.pdf'],
    ['Content-Disposition: attachment; filename==?iso-8859-1?Q?r=F8d.pdf?=', 'rød.pdf'],
    ["Content-Disposition: attachment; filename*=utf-8''r%C3%B8d.pdf", 'rød.pdf'],
    ["Content-Disposition: attachment; filename*=iso-8859-1'da'r%F8d.pdf", 'rød.pdf'],
    ["Content-Disposition: attachment; filename*=iso-8859-1''r%C3%B8d.pdf", 'rød.pdf'],
    ["Content-Disposition: attachment; filename*=utf-8''r%F8d.pdf", 'rød.pdf'],
    ["Content-Disposition: attachment; filename*1*=%B8d; filename*2=.pdf; filename*0*=utf-8''r%C3", 'rød.pdf'],
    ["Content-Disposition: attachment; filename=fallback.pdf; filename*=utf-8''r%C3%B8d.pdf", 'rød.pdf'],
    ['Content-Disposition: attachment; filename="rød.pdf"', 'rød.pdf'],
    ['Content-Disposition: attachment; filename="ro\u0308d.pdf"', 'röd.pdf'],
    ['Content-Disposition: attachment; filename=en fil (1).pdf', 'en fil (1).pdf'],
    ['Content-Disposition: attachment; filename="a;b.pdf"; size=3', 'a;b.pdf'],
    ['Content-Disposition: attachment; filename="C:\\temp\\a.pdf"', 'C:\\temp\\a.pdf'],
    ['Content-Disposition: attachment; filename="en \\"fil\\".pdf"', 'en "fil".pdf'],
    ['Content-Disposition: attachment; filename="../../etc/passwd"', '../../etc/passwd'],
    ['Content-Disposition: attachment; filename="a\u202Efdp.exe"', 'a\u202Efdp.exe'],
    ['Content-Disposition: attachment; filename="uden slut', 'uden slut'],
    ['Content-Disposition: attachment; filename="100%25.pdf"', '100%25.pdf'],
    ['Content-Disposition: attachment; FILENAME=A.PDF', 'A.PDF'],
    ['Content-Disposition: attachment', 'fra-type.pdf'],
  ] as const) {
    it(`${header} is ${JSON.stringify(name)}`, async () => {
      const mail = await readMail(multipart('mixed', part(['Content-Type: application/pdf; name=fra-type.pdf', header], 'x')));
      assert.equal(mail.attachments[0]?.name, name);
      const latin = await readMail(Buffer.from(multipart('mixed', part(['Content-Type: application/pdf', header], 'x')), 'latin1'));
      assert.equal(latin.attachments.length, 1);
    });
  }
});

describe('the header of a mail', () => {
  it('is decoded field by field', async () => {
    const mail = await readMail(lines(
      'Received: a', 'Received: b', 'From: "=?utf-8?Q?J=C3=B8rgen?=" <jb@kommune.example>', 'To: a@b.dk, Gruppe: c@d.dk, "e, f" <e@f.dk>;',
      'Subject: =?utf-8?B?UsO4ZA==?=', ' =?utf-8?B?IGdyw7hk?= =?iso-8859-1?Q?_med?= =?x?=', 'Message-ID: <1@x>', 'Auto-Submitted: auto-generated',
      'Date: Tue, 03 Nov 2026 10:00:00 +0100 (CET)', '', '',
    ));
    assert.deepEqual(mail.from, { headerCount: 1, addresses: [{ name: 'Jørgen', address: 'jb@kommune.example' }] });
    assert.deepEqual(mail.to.map((each) => each.address), ['a@b.dk', 'c@d.dk', 'e@f.dk']);
    assert.equal(mail.subject, 'Rød grød med =?x?=');
    assert.equal(mail.date?.toISOString(), '2026-11-03T09:00:00.000Z');
    assert.deepEqual([mail.messageId, mail.autoSubmitted, mail.receivedCount], ['<1@x>', true, 2]);
  });

  it('of nothing at all is no mail that throws', async () => {
    const mail = await readMail('');
    assert.deepEqual([mail.subject, mail.text, mail.messageId, mail.date], ['', null, null, null]);
  });
});

describe('the content key', () => {
  const key = async (raw: string) => (await readMail(raw)).contentKey;
  const raw = lines('From: a@b.dk', 'Subject: en', ' to', 'Message-ID: <1@x>', '', 'hej');

  it('is the same whatever way the mail came', async () => {
    const other = lines('Received: x', 'X-MS-Exchange: y', 'DKIM-Signature: z', 'FROM:  a@b.dk', 'ARC-Seal: z', 'Subject: en to', 'Message-ID: <1@x>', '', 'hej');
    assert.equal(await key(other), await key(raw));
  });

  it('differs with subject, recipient, order and every byte of the body', async () => {
    const others = [raw.replace('en', 'em'), raw.replace('From', 'To'), `${raw}\n`, raw.replace('hej', 'Hej')];
    assert.equal(new Set(await Promise.all([raw, ...others].map(key))).size, 5);
  });
});

describe('reading', () => {
  it('gives the same wherever the bytes are cut', async () => {
    const raw = Buffer.from(multipart('mixed', plain('hej\r\n--\r\n-- \r\n--bx\r\n-'), pdf, html('<p>æ'), part(['Content-Transfer-Encoding: quoted-printable'], 'a=\r\n=C3=\r\n=A6')));
    const whole = await readInPieces(raw, [raw.length]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
        assert.deepEqual(await readInPieces(raw, sizes), whole);
      }),
      { numRuns: 100 },
    );
  });

  it('never throws, whatever the bytes', async () => {
    const words = ['Content-Type: ', 'multipart/mixed; boundary=b', '\r\n', '\n', '--b', '--', 'text/html', 'Content-Transfer-Encoding: base64', '=?utf-8?Q?', '?=', '"', '<', '(', ':', ';', 'a@b', ' ', '\0', 'message/rfc822', 'æ', 'AAAA', 'Content-Disposition: inline; filename*0*=', 'From: '];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 60 }), async (all) => {
        const mail = await readMail(all.join(''));
        assert.equal(typeof mail.contentKey, 'string');
      }),
      { numRuns: 300 },
    );
  });

  it('waits for a slow sink', async () => {
    let open = 0;
    let most = 0;
    const slow = {
      open: () => ({
        write: async () => {
          open += 1;
          most = Math.max(most, open);
          await Promise.resolve();
          open -= 1;
        },
        end: () => null,
      }),
    };
    const raw = Buffer.from(multipart('mixed', part(['Content-Type: application/x; name=a'], 'x'.repeat(2_000_000))));
    await parseMail((async function* () { yield raw; })(), slow);
    assert.equal(most, 1);
  });

  it('gives back what nodemailer wrote', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map((text) => `${text.replace(/[\p{C}\p{Z}"\\?=]/gu, 'x')}å.pdf`.normalize('NFC'));
    await fc.assert(
      fc.asyncProperty(name, fc.uint8Array({ maxLength: 500 }), fc.lorem(), async (filename, bytes, text) => {
        const raw = await new MailComposer({ from: 'a@b.dk', subject: filename, text, html: `<p>${text}æ`, attachments: [{ filename, content: Buffer.from(bytes), contentType: 'application/pdf' }] }).compile().build();
        const mail = await readMail(raw);
        assert.deepEqual([mail.subject, mail.text?.text, mail.html, mail.attachments[0]?.name], [filename, text, `<p>${text}æ`, filename]);
        assert.ok(mail.attachments[0]?.facts?.equals(Buffer.from(bytes)));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the corpora', () => {
  for (const name of ['mailparser', 'postal-mime', 'mime4j', 'mimekit', 'repro']) {
    it(`of ${name} are read, or refused for a limit`, async (t) => {
      const folder = corpusFolder(name);
      if (folder === null) return t.skip('the corpora are not on this machine');
      for (const path of filesBelow(folder)) {
        const outcome = await readMail(readFileSync(path)).catch((error: unknown) => error);
        assert.ok(!(outcome instanceof Error) || outcome instanceof MailUnreadable, path);
      }
    });
  }
});

