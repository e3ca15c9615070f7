import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isLetterOutdated, isMadeLetter, letterSource, printLetterMark, readLetterMark } from '../../src/domain/letter-mark.ts';

const sum = (sign: string): string => sign.repeat(64);
const mark = { pdfSha256: sum('a'), sourceSha256: sum('b') };
const sums = fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 }).map((digits) => digits.join(''));

describe('the mark of a letter', () => {
  it('is read as it is written, folded or not', () => {
    fc.assert(fc.property(sums, sums, (pdfSha256, sourceSha256) => {
      const written = printLetterMark({ pdfSha256, sourceSha256 });
      assert.deepEqual(readLetterMark(written), { pdfSha256, sourceSha256 });
      assert.deepEqual(readLetterMark(written.replace(' ', '\r\n\t')), { pdfSha256, sourceSha256 });
    }));
  });

  it('is nothing where anything else stands in the field, and no text makes it throw', () => {
    for (const value of [null, '', sum('a'), `${sum('a')} ${sum('B')}`, `${printLetterMark(mark)} x`]) assert.equal(readLetterMark(value), null, String(value));
    fc.assert(fc.property(fc.string(), (value) => assert.equal(readLetterMark(value), null)));
  });
});

describe('a letter that was made of the mail', () => {
  const source = { subject: 'Takster', text: 'Kære borger\n\nHilsen', hasPictures: false };

  it('is the same however Outlook lays the text out, and another with other words, subject or a picture', () => {
    assert.equal(letterSource({ ...source, text: ' Kære\u00a0borger \n Hilsen\n' }), letterSource(source));
    for (const other of [{ text: 'Kære borger\n\nHilsner' }, { subject: 'Takst' }, { hasPictures: true }]) assert.notEqual(letterSource({ ...source, ...other }), letterSource(source));
    assert.notEqual(letterSource({ ...source, subject: 'Takster Kære', text: 'borger Hilsen' }), letterSource(source));
  });

  it('is outdated when the mail says something else, and not before that is known', () => {
    const now = { mark, pdfSha256: mark.pdfSha256, sourceSha256: sum('c') };
    assert.equal(isLetterOutdated(now), true);
    assert.equal(isLetterOutdated({ ...now, sourceSha256: mark.sourceSha256 }), false);
    assert.equal(isLetterOutdated({ ...now, sourceSha256: null }), false);
  });

  it('is none of ours where the writer has attached another body.pdf, or none is there', () => {
    for (const other of [{ mark, pdfSha256: sum('d') }, { mark, pdfSha256: null }, { mark: null, pdfSha256: sum('a') }]) {
      assert.equal(isMadeLetter(other), false);
      assert.equal(isLetterOutdated({ ...other, sourceSha256: sum('c') }), false);
    }
  });
});
