import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pictureFacts } from '../../src/pdf/picture-facts.ts';
import { gif, png, webp } from './letters.ts';

describe('a picture is known by its bytes', () => {
  it('with its size', () => {
    assert.deepEqual(pictureFacts(png(300, 20, false)), { type: 'png', widthPx: 300, heightPx: 20 });
    assert.deepEqual(pictureFacts(gif), { type: 'gif', widthPx: 1, heightPx: 1 });
    assert.deepEqual(pictureFacts(webp), { type: 'webp', widthPx: 1, heightPx: 1 });
    const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc00011080200040003012200021101031101', 'hex');
    assert.deepEqual(pictureFacts(jpeg), { type: 'jpg', widthPx: 1024, heightPx: 512 });
  });

  it('or is none', () => {
    for (const bytes of [Buffer.from(''), Buffer.from('%PDF-1.7'), Buffer.from('<svg/>'), png(0, 5, false), gif.subarray(0, 7)]) {
      assert.equal(pictureFacts(bytes), null);
    }
  });

  it('without an error for any bytes', () => {
    const starts = [png(9, 9), gif, webp, Buffer.from('ffd8ff', 'hex')];
    fc.assert(fc.property(fc.constantFrom(...starts), fc.nat(40), fc.uint8Array({ maxLength: 40 }), (start, length, rest) => {
      const facts = pictureFacts(Buffer.concat([start.subarray(0, length), rest]));
      assert.ok(facts === null || facts.widthPx > 0);
    }));
  });
});
