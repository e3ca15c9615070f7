import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withoutExif } from '../../../src/gateway/isolate/without-exif.ts';
import { exifOrientation } from '../../../src/pdf/exif-orientation.ts';
import { jpegSample, withOrientation } from './heic-sample.ts';

describe('a JPEG without its EXIF', () => {
  it('is the same picture, not to be turned', async () => {
    const jpeg = await jpegSample(60, 40);
    const turned = withOrientation(jpeg, 6);
    assert.equal(exifOrientation(turned), 6);
    assert.deepEqual(withoutExif(turned), jpeg);
    assert.deepEqual(withoutExif(jpeg), jpeg);
  });

  it('never throws; what is no JPEG stays as it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.ok(withoutExif(Buffer.concat([Buffer.from('ffd8ffe1', 'hex'), bytes])).length <= bytes.length + 4);
      const other = Buffer.from([0, 0, 0, ...bytes]);
      assert.deepEqual(withoutExif(other), other);
    }));
  });
});
