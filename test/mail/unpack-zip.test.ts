import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { unpackZip } from '../../src/mail/unpack-zip.ts';
import { zipOf } from './inspect-samples.ts';

const LIMITS = { filesMax: 5, bytesMax: 100_000 };
const reasonOf = (zip: Buffer): string => {
  const unpacked = unpackZip(zip, LIMITS);
  assert.equal(unpacked.kind, 'refused');
  return unpacked.kind === 'refused' ? unpacked.reason : '';
};

describe('a zip that is unpacked', () => {
  it('gives its files with their folders, without what systems leave in it', () => {
    const unpacked = unpackZip(zipOf([{ name: 'a/', stored: true }, { name: 'a/b.txt', data: 'b' }, { name: 'c.zip', data: zipOf([]) }, { name: '__MACOSX/a/._b.txt', data: 'x' }, { name: 'a/Thumbs.db', data: 'x' }]), LIMITS);
    assert.ok(unpacked.kind === 'files');
    assert.deepEqual(unpacked.files.map(({ name }) => name), ['a/b.txt', 'c.zip']);
    assert.deepEqual(unpacked.leftOut, ['__MACOSX/a/._b.txt', 'a/Thumbs.db']);
  });

  it('is refused with the reason when locked, empty, broken, of too many files or too large, whatever it claims', () => {
    assert.match(reasonOf(zipOf([{ name: 'a', encrypted: true }])), /låst med adgangskode/);
    assert.match(reasonOf(zipOf([{ name: 'a/' }])), /er tom/);
    assert.match(reasonOf(zipOf([{ name: 'a', data: 'abc' }]).subarray(0, 20)), /beskadiget/);
    assert.match(reasonOf(zipOf(Array.from({ length: 6 }, (_none, n) => ({ name: `${n}` })))), /6 filer i zip-filen \(højst 5\)/);
    assert.match(reasonOf(zipOf([{ name: 'a', data: Buffer.alloc(60_000) }, { name: 'b', data: Buffer.alloc(60_000) }])), /fylder for meget/);
    assert.match(reasonOf(zipOf([{ name: 'a', data: Buffer.alloc(10_000_000), claimedBytes: 5 }])), /»a« i zip-filen kan ikke pakkes ud/);
  });

  it('never throws, whatever its bytes', () => {
    const whole = zipOf([{ name: 'a.txt', data: 'abc'.repeat(50) }, { name: 'b.txt', data: 'x' }]);
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), (place, value) => {
      const broken = Buffer.from(whole);
      broken[place] = value;
      unpackZip(broken, LIMITS);
    }), { numRuns: 300 });
  });
});
