import { readFileSync, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readRtf } from '../../src/mail/read-rtf.ts';
import { unpackTnef } from '../../src/mail/unpack-tnef.ts';
import { corpusFolder, filesBelow, lines, readMail } from './mail-fixtures.ts';

/** The lists leave some files out, and the texts among them were kept with other line ends. */
const withoutReturns = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\r', '');

function attribute(level: number, id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level, 0);
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  return Buffer.concat([head, data, Buffer.alloc(2)]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function stringProperty(id: number, text: string): Buffer {
  const value = Buffer.from(`${text}\0`, 'utf16le');
  const padding = Buffer.alloc((4 - (value.length % 4)) % 4);
  return Buffer.concat([number(id * 65_536 + 0x1f), number(1), number(value.length), value, padding]);
}

function tnef(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([number(0x223e9f78), Buffer.from([1, 0]), ...attributes]);
}

function oneFile(name: string, bytes: Buffer): Buffer[] {
  return [
    attribute(2, 0x00069002, Buffer.alloc(14)),
    attribute(2, 0x00018010, Buffer.from('KORT~1.PDF\0')),
    attribute(2, 0x0006800f, bytes),
    attribute(2, 0x00069005, Buffer.concat([number(1), stringProperty(0x3707, name)])),
  ];
}

function mailWith(bytes: Buffer, body = ''): string {
  return lines(
    'Content-Type: multipart/mixed; boundary=b', '', ...(body === '' ? [] : ['--b', '', body]), '--b',
    'Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', '', bytes.toString('base64'), '--b--', '',
  );
}

describe('a winmail.dat', () => {
  it('gives its files with long names and right bytes', async () => {
    const mail = await readMail(mailWith(tnef(...oneFile('Afgørelse æøå.pdf', Buffer.from('%PDF'))), 'hej'));
    assert.deepEqual(mail.attachments.map((file) => [file.name, file.facts?.toString(), file.fromTnef, file.unreadableTnef]), [
      ['Afgørelse æøå.pdf', '%PDF', true, false],
    ]);
    assert.equal(mail.text?.text, 'hej');
  });

  it('gives the body where the mail has no other', async () => {
    const body = attribute(1, 0x0002800c, Buffer.from('brød\0', 'latin1'));
    const codepage = attribute(1, 0x00069007, Buffer.concat([number(1252), number(0)]));
    assert.equal((await readMail(mailWith(tnef(codepage, body)))).text?.text, 'brød');
    assert.equal((await readMail(mailWith(tnef(codepage, body), 'hej'))).text?.text, 'hej');
  });

  it('that is cut off or no TNEF is one file, marked unreadable', async () => {
    const whole = tnef(...oneFile('a.pdf', Buffer.from('%PDF')));
    for (const bytes of [whole.subarray(0, -8), Buffer.from('no TNEF'), Buffer.alloc(0)]) {
      const mail = await readMail(mailWith(bytes, 'hej'));
      assert.deepEqual(mail.attachments.map((file) => [file.name, file.unreadableTnef, file.bytes]), [['winmail.dat', true, bytes.length]]);
    }
  });

  it('never throws, whatever its bytes', () => {
    const whole = tnef(...oneFile('a.pdf', Buffer.from('%PDF')), attribute(1, 0x00069003, Buffer.concat([number(1), stringProperty(0x1000, 'hej')])));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(whole.length), (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        const unpacked = unpackTnef(bytes.subarray(0, length));
        assert.ok(unpacked === null || Array.isArray(unpacked.files));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('RTF', () => {
  it('made from HTML gives the HTML back', () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Bl\'e5b\'e6r \u248\'f8{\*\htmltag84 &nbsp;}\htmlrtf\par}\htmlrtf0 \{x\}{\*\htmltag92 </p>}}`;
    assert.deepEqual(readRtf(Buffer.from(rtf)), { kind: 'html', html: '<p>Blåbær ø&nbsp;{x}</p>' });
  });

  it('of its own gives its words', () => {
    const rtf = String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}\f0 K\'e6re\par borger\tab{\b fed}\line\u8211- slut}`;
    assert.deepEqual(readRtf(Buffer.from(rtf)), { kind: 'text', text: 'Kære\nborger\tfed\n– slut' });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('{', '}', '\\', "'", 'u', '1', '-', 'par', 'htmltag', 'fromhtml', '*', ' ', 'x'), maxLength: 80 }), (rtf) => {
      assert.match(readRtf(Buffer.from(rtf)).kind, /html|text/);
    }));
  });
});

describe('the TNEF corpus', () => {
  const folder = corpusFolder('mimekit/tnef');
  const files = folder === null ? [] : filesBelow(folder).filter((path) => path.endsWith('.tnef'));
  it('is unpacked as its lists say', (t) => {
    if (folder === null) return t.skip('the corpora are not on this machine');
    for (const path of files) {
      const unpacked = unpackTnef(readFileSync(path));
      assert.ok(unpacked !== null, path);
      const names = unpacked.files.map((file) => file.name.replaceAll(' ', '_').replace(/\.(html|txt)$/, ''));
      const list = readFileSync(path.replace(/tnef$/, 'list'), 'latin1').split('\n').map((name) => name.trim()).filter((name) => name !== '');
      for (const name of list) {
        if (name === 'body.html') assert.ok(unpacked.body.html !== null, path);
        else if (name === 'body.rtf') assert.ok(unpacked.body.html !== null || unpacked.body.text !== null, path);
        else assert.ok(names.includes(name.replaceAll(' ', '_').replace(/\.(html|txt)$/, '')), `${path}: ${name}`);
      }
    }
  });

  it('gives the bytes that were unpacked from it before', (t) => {
    if (folder === null) return t.skip('the corpora are not on this machine');
    let compared = 0;
    for (const path of files) {
      for (const file of unpackTnef(readFileSync(path))?.files ?? []) {
        const expected = `${path.replace(/\.tnef$/, '')}/${basename(file.name)}`;
        if (file.name === '' || !existsSync(expected)) continue;
        // An object there still has the 16 bytes of its interface's id before its file.
        assert.ok(withoutReturns(readFileSync(expected)).endsWith(withoutReturns(file.bytes)), expected);
        compared += 1;
      }
    }
    assert.ok(compared >= 25, `${compared} compared`);
  });
});
