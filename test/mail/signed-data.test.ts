import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { lines, readInPieces, readMail } from './mail-fixtures.ts';

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x83, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

function endless(tag: number, ...content: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);
}

const oid = (last: number) => Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);
const version = Buffer.from([2, 1, 1]);
const digests = der(0x31, der(0x30, Buffer.from([6, 1, 1])));
const signers = der(0x31);

const inner = Buffer.from(lines('Content-Type: multipart/mixed; boundary=c', '', '--c', '', 'hej', '--c', 'Content-Type: application/pdf; name=a.pdf', '', '%PDF', '--c--', ''));
const halves = [inner.subarray(0, 20), inner.subarray(20)];

const definite = der(0x30, oid(2), der(0xa0, der(0x30, version, digests, der(0x30, oid(1), der(0xa0, der(4, inner))), signers)));
const indefinite = endless(0x30, oid(2), endless(0xa0, endless(0x30, version, endless(0x31, endless(0x30, Buffer.from([6, 1, 1]))), endless(0x30, oid(1), endless(0xa0, endless(0x24, ...halves.map((half) => der(4, half))))), signers)));
const pieces = der(0x30, oid(2), der(0xa0, der(0x30, version, digests, der(0x30, oid(1), der(0xa0, der(0x24, ...halves.map((half) => der(4, half))))), signers)));
const enveloped = der(0x30, oid(3), der(0xa0, der(0x30, version)));

const p7m = (bytes: Buffer) => lines('From: a@b.dk', 'Content-Type: application/pkcs7-mime; name=smime.p7m', 'Content-Transfer-Encoding: base64', '', bytes.toString('base64').replace(/.{76}/g, '$&\r\n'), '');

describe('S/MIME signed-data', () => {
  for (const [name, bytes] of [['definite lengths', definite], ['indefinite lengths', indefinite], ['pieces', pieces]] as const) {
    it(`with ${name} is opened and read`, async () => {
      const mail = await readMail(p7m(bytes));
      assert.equal(mail.signed, 'opaque');
      assert.equal(mail.text?.text, 'hej');
      assert.deepEqual(mail.attachments.map((file) => [file.index, file.name, file.facts?.toString()]), [[0, 'a.pdf', '%PDF']]);
      const cut = await readInPieces(Buffer.from(p7m(bytes)), [5]);
      assert.deepEqual(cut.attachments, mail.attachments);
    });
  }

  it('that is enveloped, cut before its content or something else stays a file', async () => {
    for (const bytes of [enveloped, definite.subarray(0, 30), Buffer.from('x'), Buffer.alloc(0)]) {
      const mail = await readMail(p7m(bytes));
      assert.deepEqual([mail.signed, mail.attachments.map((file) => [file.name, file.facts?.equals(bytes)])], ['none', [['smime.p7m', true]]]);
    }
  });
});
