import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { maskCprNumber } from '../../src/domain/cpr-number.ts';
import { recipientName } from '../../src/domain/recipient-name.ts';

const cpr = fc.integer({ min: 0, max: 9_999_999_999 }).map((number) => String(number).padStart(10, '0'));
const words = fc.string({ unit: fc.constantFrom(...'abcæøå -.,()') });

describe('the name of a recipient in a mail', () => {
  it('is the display name without the channel that the pane puts behind it', () => {
    for (const channel of ['Digital Post', 'mit.dk', 'e-Boks']) {
      assert.equal(recipientName(`Nancy Ann Test Berggren (${channel})`), 'Nancy Ann Test Berggren');
    }
    assert.equal(recipientName(' Bergs Tømrer (Aarhus) ApS '), 'Bergs Tømrer (Aarhus) ApS');
    assert.equal(recipientName('3F København'), '3F København');
  });

  it('is none for the masked number of somebody protected or unknown, for a number, an address, or nothing', () => {
    for (const text of ['Digital Post', 'modtager', 'CPR', '111111-xxxx (Digital Post)', '87654321 (Digital Post)', '2512489996@x.ngdp.digital-post.dk', '', ' (Digital Post)', '-']) {
      assert.equal(recipientName(text), null, text);
    }
  });

  it('never holds a CPR number, whatever stands around it and between its digits', () => {
    fc.assert(fc.property(cpr, words, words, fc.constantFrom('', '-', ' ', '.', '\u2011'), (number, before, after, between) => {
      for (const written of [number, `${number.slice(0, 6)}${between}${number.slice(6)}`, [...number].join(between), maskCprNumber(number)]) {
        assert.equal(recipientName(`${before}${written}${after}`), null);
      }
    }));
    assert.equal(recipientName('Nancy ٢٥١٢٤٨٩٩٩٦'), null);
  });

  it('is one short line, without signs that turn the writing round', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const name = recipientName(`A${text}`);
      assert.ok(name === null || (Array.from(name).length <= 160 && !/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(name)));
    }));
    assert.equal(recipientName('x'.repeat(1000))?.length, 160);
  });
});
