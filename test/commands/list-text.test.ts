import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { listText } from '../../src/commands/list-text.ts';
import { decodeText } from '../../src/domain/decode-text.ts';
import { readListLines } from '../../src/domain/mass-list-lines.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const countsOf = (text: string) => {
  const { count, badCount, recipients } = readListLines(text, Infinity);
  return { count, badCount, recipients };
};

describe('listText', () => {
  const text = '2512489996\r\n\r\n251248-9996;\r\n87654321\u00a0\r\n100 % Ærø\r\n';

  it('reads a list as the gateway does, however it is written', () => {
    const utf16 = Buffer.from(text, 'utf16le');
    const written: Readonly<Record<string, Buffer>> = {
      'UTF-8': Buffer.from(text), 'UTF-8 with BOM': Buffer.from(`\ufeff${text}`), 'Windows-1252': Buffer.from(text, 'latin1'),
      'UTF-16': utf16, 'UTF-16 with BOM': Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'UTF-16 big-endian': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    };
    for (const [name, bytes] of Object.entries(written)) assert.deepEqual(countsOf(listText(base64(bytes))), countsOf(decodeText(bytes)), name);
  });

  it('counts any lines as the gateway does', () => {
    const line = fc.oneof(fc.constantFrom('2512489996', '251248-9996', '87654321,', '', ' ', 'Æ', '%41', '\u00a02512489996'), fc.string({ unit: 'grapheme', maxLength: 5 }));
    fc.assert(fc.property(fc.array(line.map((each) => each.replace(/\0/g, '')), { maxLength: 8 }), (lines) => {
      const bytes = Buffer.from(lines.join('\r\n'));
      assert.deepEqual(countsOf(listText(base64(bytes))), countsOf(decodeText(bytes)));
    }));
  });

  it('takes whatever it is given', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.string(), (bytes, text) => {
      assert.equal(typeof listText(base64(bytes)), 'string');
      assert.equal(typeof listText(text), 'string');
    }));
  });
});
