import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { roughSource, unicodePattern, wellFormed } from '../../src/domain/unicode-pattern.ts';

const properties = ['L', 'N', 'Nd', 'M', 'Cc', 'Cf', 'Zs', 'Default_Ignorable_Code_Point', 'Noncharacter_Code_Point'];

describe('unicodePattern', () => {
  it('is the pattern itself where the engine knows the properties', () => {
    assert.equal(unicodePattern(String.raw`[\p{L}]`, 'u').source, String.raw`[\p{L}]`);
  });

  it('has ranges for engines that do not, right for the signs of European mail and for those that cannot be seen', () => {
    const places = [[0, 0x3ff], [0x2000, 0x206f], [0xfe00, 0xfe0f], [0xff00, 0xff60], [0xfff0, 0xffff]] as const;
    for (const property of properties.filter((name) => name !== 'N')) {
      const source = String.raw`[\p{${property}}]`;
      const [exact, rough] = [new RegExp(source, 'u'), new RegExp(roughSource(source), 'u')];
      for (const [first, last] of places) {
        for (let code = first; code <= last; code += 1) {
          if (property === 'L' && code > 0x2af) continue;
          const sign = String.fromCodePoint(code);
          assert.equal(rough.test(sign), exact.test(sign), `${property} U+${code.toString(16)}`);
        }
      }
    }
  });

  it('has ranges that a letter is in, however it is written', () => {
    const letter = new RegExp(roughSource(String.raw`^[\p{L}\p{N}]+$`), 'u');
    for (const text of ['Æøå', 'дигитал', 'ελληνικά', '数字', 'ᴅɪɢɪᴛᴀʟ', 'ｄｉｇｉｔａｌ', '١٢٣']) assert.match(text, letter);
    for (const text of ['a b', 'a→b', '“a”', 'a•b']) assert.doesNotMatch(text, letter);
  });
});

describe('wellFormed', () => {
  it('does what toWellFormed does', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => assert.equal(wellFormed(a.slice(1) + b), (a.slice(1) + b).toWellFormed())));
    assert.equal(wellFormed('\ud83d\ude00\ud83d a \ude00'), '\ud83d\ude00\ufffd a \ufffd');
  });
});
