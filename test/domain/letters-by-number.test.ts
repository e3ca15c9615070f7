import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lettersByNumber } from '../../src/domain/letters-by-number.ts';

const nancy = '2512489996';
const bo = '1111111118';
const firm = '12345678';
const told = (pages: readonly string[], ...numbers: readonly string[]) => lettersByNumber(pages, new Set(numbers));
const kindsOf = (pages: readonly string[], ...numbers: readonly string[]) => told(pages, ...numbers).faults.map(({ kind }) => kind);

describe('letters that stand one after another in a file', () => {
  it('begin at a page with a recipient’s number, and go on over the pages without', () => {
    const pages = ['Kære Nancy\nCPR-nr. 251248-9996', 'side 2', 'CVR 12 34 56 78', `Bo, cpr ${bo}`, 'side 2', 'side 3'];
    assert.deepEqual(told(pages, nancy, bo, firm), {
      letters: [{ number: nancy, firstPage: 1, pages: 2 }, { number: firm, firstPage: 3, pages: 1 }, { number: bo, firstPage: 4, pages: 3 }], faults: [],
    });
  });

  it('may say their number on every page', () => {
    const pages = [`cpr ${nancy}`, `cpr ${nancy} side 2`, `cpr ${bo}`, '', `cpr ${bo}`];
    assert.deepEqual(told(pages, nancy, bo).letters.map(({ pages: count }) => count), [2, 3]);
  });

  it('know a recipient’s number however it is written, also where nothing says whose it is', () => {
    for (const written of ['2512489996', '251248-9996', '251248 9996', '251248 - 9996', '251248-\n9996', '25 12 48 9996', '25 12 48-9996', '25.12.48-9996', '2 5 1 2 4 8 9 9 9 6', '2 5 1 2 4 8 - 9 9 9 6']) {
      assert.deepEqual(told([`cpr ${bo}`, `Ref ${written} x`], nancy, bo), { letters: [{ number: bo, firstPage: 1, pages: 1 }, { number: nancy, firstPage: 2, pages: 1 }], faults: [] }, written);
    }
    assert.deepEqual(told([`cpr ${bo}`, 'Ref 12512489996, 25124899961, 25 12 48 99961'], bo).faults, []);
  });

  it('take the sender’s own CVR number and other eight digits for nobody', () => {
    assert.deepEqual(told([`CVR 35833684, tlf. 70 20 00 00, cpr ${nancy}`], nancy).faults, []);
  });

  it('have a fault wherever there is a doubt', () => {
    assert.deepEqual(kindsOf(['forside', `cpr ${nancy}`], nancy), ['before-first']);
    assert.deepEqual(kindsOf([`cpr ${nancy}`, `cpr ${bo}`], nancy), ['not-listed']);
    assert.deepEqual(kindsOf([`cpr ${nancy}`, `cpr ${bo}`, `cpr ${nancy}`], nancy, bo), ['again']);
    assert.deepEqual(kindsOf([`cpr ${nancy} og barnet, cpr ${bo}`], nancy, bo), ['several', 'missing']);
    assert.deepEqual(kindsOf([`cpr ${nancy}`], nancy, bo), ['missing']);
    assert.deepEqual(kindsOf([], nancy), ['missing']);
  });

  it('never share a page, whatever stands on the pages: each is in one letter at most, in order', () => {
    const page = fc.constantFrom(`cpr ${nancy}`, `cpr ${bo}`, firm, 'side', '', `cpr ${nancy} cpr ${bo}`, 'cpr 2911829996');
    fc.assert(fc.property(fc.array(page), (pages) => {
      const { letters, faults } = told(pages, nancy, bo, firm);
      let next = (faults[0]?.kind === 'before-first' ? faults[0].pages : 0) + 1;
      for (const { firstPage, pages: count } of letters) {
        assert.equal(firstPage, next);
        next += count;
      }
      assert.equal(next, pages.length + 1);
      if (faults.length === 0) assert.equal(letters.length, 3);
    }));
  });
});
