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

  it('has its files under the names that their owner sees, in old code pages too', () => {
    const nameOf = (file: Parameters<typeof zipOf>[0][number]) => {
      const unpacked = unpackZip(zipOf([{ ...file, data: 'x' }]), LIMITS);
      return unpacked.kind === 'files' ? unpacked.files[0]?.name : null;
    };
    const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
    const inCodePage850 = bytes('72 9b 67 72 9b 64');
    assert.equal(nameOf({ name: inCodePage850 }), 'røgrød');
    // As Windows writes ø in code page 437, which has none; æ and å have their places in both.
    assert.equal(nameOf({ name: bytes('72 ed 67 72 ed 64') }), 'røgrød');
    assert.equal(nameOf({ name: bytes('91 92 86 8f 9d') }), 'æÆåÅØ');
    assert.equal(nameOf({ name: bytes('72 f8 67 72 f8 64 20 e6 e5') }), 'røgrød æå');
    assert.equal(nameOf({ name: 'røgrød' }), 'røgrød');
    assert.equal(nameOf({ name: 'røgrød', utf8Flag: true }), 'røgrød');
    assert.equal(nameOf({ name: inCodePage850, unicodeName: 'rødgrød med fløde' }), 'rødgrød med fløde');
    // The name was changed by a program that did not know the field.
    assert.equal(nameOf({ name: inCodePage850, unicodeName: 'andet', unicodeNameFor: 'et gammelt navn' }), 'røgrød');
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
