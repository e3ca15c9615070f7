import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { htmlText } from '../../src/commands/html-text.ts';
import { cprNumbersIn } from '../../src/domain/cpr-in-text.ts';
import { readableText } from '../../src/domain/letter-text.ts';

const numbersIn = (html: string): readonly string[] => cprNumbersIn(readableText(htmlText(html))).map(({ cpr }) => cpr);

describe('htmlText', () => {
  it('gives the text on its lines, without code, comments and styles', () => {
    const html = '<html><head><style>p{color:red}</style><title>x</title></head><body><!-- 1 --><p>Kære <b>Nancy</b></p>\n<p>Vi&nbsp;ses<br>i dag &amp; i morgen</p></body></html>';
    assert.deepEqual(htmlText(html).split('\n').map((line) => line.trim()).filter((line) => line !== ''), ['Kære Nancy', 'Vi ses', 'i dag &amp; i morgen']);
  });

  it('keeps a number whole that is written in pieces, and apart what stands in two cells or lines', () => {
    for (const html of [
      '<p>CPR 251248-9996</p>', '<p>CPR <span style="x">251248</span>-<b>9996</b></p>', '<p>CPR&nbsp;251248&#8209;9996</p>', 'CPR 251248&ndash;9996', '<o:p>CPR&#x20;251248-9996</o:p>',
    ]) assert.deepEqual(numbersIn(html), ['2512489996'], html);
    for (const html of ['<td>251248</td><td>9996</td>', '<p>251248</p><p>9996</p>', '<a href="https://example.org/251248-9996">her</a>', '<style>/* 251248-9996 */</style>', '<!-- 251248-9996']) {
      assert.deepEqual(numbersIn(html), [], html);
    }
  });

  it('takes whatever it is given, and is done with a million signs at once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(typeof htmlText(text), 'string')));
    for (const piece of ['<', '<style', '<!--', '&#', '<p ', 'a ']) assert.equal(typeof htmlText(piece.repeat(200_000)), 'string');
  });
});
