import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { roughSource, unicodePattern, wellFormed } from '../../src/domain/unicode-pattern.ts';

describe('unicodePattern', () => {
  it('is the pattern itself where the engine knows the properties', () => {
    assert.equal(unicodePattern(String.raw`[\p{L}]`, 'u').source, String.raw`[\p{L}]`);
  });

  it('tells letters and digits from the rest where the engine does not', () => {
    const name = new RegExp(roughSource(String.raw`^[\p{L}\p{N}]+$`), 'u');
    for (const text of ['Afgørelse2', 'дигитал', 'ｄｉｇｉｔａｌ']) assert.match(text, name);
    for (const text of ['a b', 'a.b', 'a@b', 'a-b']) assert.doesNotMatch(text, name);
    assert.match('a1', new RegExp(roughSource(String.raw`a[\p{Nd}]`), 'u'));
    assert.doesNotThrow(() => new RegExp(roughSource(String.raw`[\p{M}\p{Cf}]`), 'u'));
  });
});

describe('wellFormed', () => {
  it('does what toWellFormed does', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => assert.equal(wellFormed(a.slice(1) + b), (a.slice(1) + b).toWellFormed())));
    assert.equal(wellFormed('\ud83d\ude00\ud83d a \ude00'), '\ud83d\ude00\ufffd a \ufffd');
  });
});
