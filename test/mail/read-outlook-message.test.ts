import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mailFileHeading } from '../../src/mail/mail-file.ts';
import { readOutlookMessage } from '../../src/mail/read-outlook-message.ts';
import { compoundOf, type CompoundNode, outlookMessageOf } from './inspect-samples.ts';

const wide = (id: string, text: string): CompoundNode => ({ name: `__substg1.0_${id}001F`, data: Buffer.from(text, 'utf16le') });
const binary = (id: string, data: Buffer | string): CompoundNode => ({ name: `__substg1.0_${id}0102`, data: Buffer.from(data as string) });

/** A property list: a head of its own, then tag, flags, value ([MS-OXMSG] 2.4). */
function list(headBytes: number, ...properties: readonly (readonly [tag: number, value: Buffer])[]): CompoundNode {
  const rows = properties.map(([tag, value]) => {
    const row = Buffer.alloc(16);
    row.writeUInt32LE(tag);
    value.copy(row, 8);
    return row;
  });
  return { name: '__properties_version1.0', data: Buffer.concat([Buffer.alloc(headBytes), ...rows]) };
}

const fileTime = (date: string): Buffer => {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(BigInt(Date.parse(date) + 11_644_473_600_000) * 10_000n);
  return value;
};
const codepage = (number: number): Buffer => Buffer.from(Uint32Array.of(number).buffer);

describe('an Outlook message file', () => {
  it('tells who, to whom, when, and its HTML in the code page it names', () => {
    const message = readOutlookMessage(compoundOf([
      list(32, [0x0039_0040, fileTime('2026-11-25T09:30:00Z')], [0x3fde_0003, codepage(28_591)]),
      wide('0037', 'Afgørelse'), wide('0C1A', 'Søren'), wide('5D01', 'soeren@kommune.example'), wide('0E04', 'Nancy; Bo'), wide('0E03', ''),
      binary('1013', Buffer.from('<p>Kære Nancy, rødgrød</p>', 'latin1')), wide('1000', 'Kære Nancy'),
    ]));
    assert.ok(message);
    assert.deepEqual([message.subject, message.from, message.to, message.cc], ['Afgørelse', 'Søren <soeren@kommune.example>', 'Nancy; Bo', '']);
    assert.equal(message.date?.toISOString(), '2026-11-25T09:30:00.000Z');
    assert.deepEqual([message.html, message.text?.text], ['<p>Kære Nancy, rødgrød</p>', 'Kære Nancy']);
    const heading = mailFileHeading({ ...message, subject: 'a < b & c' });
    assert.equal(heading, '<h1>a &lt; b &amp; c</h1><p><b>Fra:</b> Søren &lt;soeren@kommune.example&gt;<br><b>Til:</b> Nancy; Bo<br><b>Dato:</b> 25. november 2026 kl. 10.30</p>');
  });

  it('says no address that only Exchange understands', () => {
    const message = readOutlookMessage(compoundOf([list(32), wide('0C1A', 'Bo'), wide('0C1F', '/O=EX/CN=BO')]));
    assert.equal(message?.from, 'Bo');
  });

  it('gives its attachments, the pictures of its text apart, and messages within it', () => {
    const attachment = (n: number, ...children: readonly CompoundNode[]): CompoundNode => ({ name: `__attach_version1.0_#0000000${n}`, children: [list(8), ...children] });
    const message = readOutlookMessage(compoundOf([
      list(32), wide('0037', 'Ydre'), binary('1013', '<img src="cid:Logo@x">'),
      attachment(0, wide('3707', 'Bilag æ.txt'), binary('3701', 'bilag')),
      attachment(1, wide('3707', 'logo.png'), wide('3712', 'logo@X'), wide('370E', 'image/png'), binary('3701', 'png')),
      attachment(2, { name: '__substg1.0_3701000D', children: [list(24, [0x0039_0040, fileTime('2026-01-02T00:00:00Z')]), wide('0037', 'Indre'), wide('1000', 'tekst')] }),
    ]));
    assert.ok(message);
    assert.deepEqual(message.files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]), [['Bilag æ.txt', 'bilag']]);
    assert.deepEqual(message.images.map(({ contentId, type }) => [contentId, type]), [['logo@X', 'image/png']]);
    assert.deepEqual(message.messages.map(({ subject, text, date }) => [subject, text?.text, date?.getUTCFullYear()]), [['Indre', 'tekst', 2026]]);
  });

  it('is none where the bytes are another thing, and never more than null for broken ones', () => {
    assert.equal(readOutlookMessage(Buffer.from('hej')), null);
    assert.equal(readOutlookMessage(compoundOf([{ name: 'WordDocument', data: Buffer.alloc(9) }])), null);
    const whole = outlookMessageOf([{ name: 'a.txt', data: 'a'.repeat(9_000) }]);
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (place, value, length) => {
      const broken = Buffer.from(whole.subarray(0, length));
      if (place < broken.length) broken[place] = value;
      readOutlookMessage(broken);
    }), { numRuns: 300 });
  });
});
