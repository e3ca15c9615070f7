import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTypedNumbers } from '../../../src/taskpane/compose/typed-numbers.ts';
import { COMPANY, NANCY, nancyAt } from './compose-world.ts';

const numbersIn = (text: string): readonly string[] => readTypedNumbers(text).numbers.map(({ number }) => number);

describe('what is typed in the field for recipients', () => {
  it('is a number however it is spaced', () => {
    for (const text of ['2512489996', '251248-9996', '251248 9996', ' 251248 - 9996 ', '251248–9996', '２５１２４８-９９９６', 'CPR: 251248-9996', '25 12 48 99 96', '25 12 48 - 99 96', '25 12 48-9996', '25.12.48-9996', '2512 4899 96', '251248 99 96', nancyAt(), `Nancy <${nancyAt()}>`]) {
      assert.deepEqual(readTypedNumbers(text), { numbers: [{ kind: 'cpr', number: NANCY }], rest: '', fault: null }, text);
    }
    for (const text of [COMPANY, '87 65 43 21', '8765 4321', 'CVR 87654321', 'DK87654321', 'CVR-nr.: 87 65 43 21', 'Bergs Tømrer ApS 87654321']) {
      assert.deepEqual(readTypedNumbers(text), { numbers: [{ kind: 'cvr', number: COMPANY }], rest: '', fault: null }, text);
    }
  });

  it('is many numbers, of both kinds, parted by blanks, commas or lines, each once', () => {
    assert.deepEqual(numbersIn('251248-9996 CVR 87654321\n0107729995,2911829996, 12345678\r\n251248 9996'), [NANCY, COMPANY, '0107729995', '2911829996', '12345678']);
  });

  it('passes over the names beside the numbers of a pasted list', () => {
    assert.deepEqual(readTypedNumbers('Nancy Ann Test Berggren\t251248-9996\nBergs Tømrer ApS\t87654321'), {
      numbers: [{ kind: 'cpr', number: NANCY }, { kind: 'cvr', number: COMPANY }], rest: '', fault: null,
    });
  });

  it('is never refused for its date or its modulus', () => {
    assert.deepEqual(numbersIn('1234567890 0000000000 6101851001'), ['1234567890', '0000000000', '6101851001']);
  });

  it('says how many digits there are where they make no number, and offers the zero that a table lost', () => {
    assert.deepEqual(readTypedNumbers('25124-9996'), { numbers: [], rest: '25124 9996', fault: { kind: 'digits', count: 9, withZero: '0251249996' } });
    assert.deepEqual(readTypedNumbers('251248999').fault, { kind: 'digits', count: 9, withZero: '0251248999' });
    assert.deepEqual(readTypedNumbers('25124899961').fault, { kind: 'digits', count: 11, withZero: null });
    assert.deepEqual(readTypedNumbers('1234567').fault, { kind: 'digits', count: 7, withZero: null });
  });

  it('never says that eight digits are not eight: behind "CVR" they are a company however they are grouped', () => {
    assert.deepEqual(readTypedNumbers('87 654 321'), { numbers: [], rest: '87 654 321', fault: { kind: 'maybe-cvr' } });
    assert.deepEqual(readTypedNumbers('251248-99').fault, { kind: 'maybe-cvr' });
    for (const text of ['CVR 87 654 321', 'CVR-nr.: 876 543 21', 'DK 87-65-4321']) assert.deepEqual(readTypedNumbers(text), { numbers: [{ kind: 'cvr', number: COMPANY }], rest: '', fault: null }, text);
  });

  it('passes over the headings of a pasted table, and the places of a numbered list', () => {
    const both = [NANCY, '2911829996'];
    for (const text of ['CPR\tNavn\n2512489996\tNancy\n2911829996\tKirsten', 'Navn;CPR-nummer\r\nNancy;251248-9996\r\nKirsten;291182-9996', 'Personnummer\n2512489996\n2911829996', '1. 2512489996\n2. 291182-9996', '1) 251248 9996\n12) 2911829996']) {
      assert.deepEqual([numbersIn(text), readTypedNumbers(text).rest], [both, ''], text);
    }
    assert.deepEqual(readTypedNumbers('CPR').fault, { kind: 'text' });
    assert.deepEqual(numbersIn('25. 12. 48 9996'), [NANCY]);
  });

  it('takes addresses as they are copied from Til', () => {
    assert.deepEqual(numbersIn(`Nancy (Digital Post) <${nancyAt()}>; 2911829996@35833684.mitdk.digital-post.dk;`), [NANCY, '2911829996']);
    assert.deepEqual(readTypedNumbers(`${nancyAt()}; ven@example.org`), { numbers: [{ kind: 'cpr', number: NANCY }], rest: 'ven@example.org', fault: { kind: 'text' } });
  });

  it('keeps what was not understood, and takes the rest', () => {
    assert.deepEqual(readTypedNumbers('251248-9996, 12345, berggren'), {
      numbers: [{ kind: 'cpr', number: NANCY }], rest: '12345, berggren', fault: { kind: 'digits', count: 5, withZero: null },
    });
    assert.deepEqual(readTypedNumbers('berggren'), { numbers: [], rest: 'berggren', fault: { kind: 'text' } });
    assert.deepEqual(readTypedNumbers('lone12345678@kommune.example').fault, { kind: 'text' });
    assert.deepEqual(readTypedNumbers('  '), { numbers: [], rest: '', fault: null });
  });

  it('takes a bare list with blanks between, companies among persons', () => {
    assert.deepEqual(numbersIn('2512489996 87654321 251248-9996 12345678'), [NANCY, COMPANY, '12345678']);
  });

  it('takes eight digits beside a CPR number for a company only where they are said to be one', () => {
    for (const [text, rest] of [
      ['251248-9996 tlf. 86 12 34 56', '251248-xxxx tlf. 86 12 34 56'], ['Nancy\t251248-9996\t86123456', 'Nancy\t251248-xxxx\t86123456'],
      ['25 12 48 99 96; 8612 3456', '251248-xxxx; 8612 3456'],
    ] as const) {
      const read = readTypedNumbers(text);
      assert.deepEqual(read, { numbers: [{ kind: 'cpr', number: NANCY }], rest, fault: { kind: 'maybe-cvr' } }, text);
      assert.deepEqual(readTypedNumbers(read.rest), { numbers: [], rest, fault: { kind: 'maybe-cvr' } }, `${text}, and Enter again`);
    }
    assert.deepEqual(numbersIn('251248-9996; CVR 87654321'), [NANCY, COMPANY]);
    assert.deepEqual(readTypedNumbers('251248-xxxx CVR 87654321'), { numbers: [{ kind: 'cvr', number: COMPANY }], rest: '', fault: null });
    assert.deepEqual(readTypedNumbers('tlf. 86123456'), { numbers: [], rest: 'tlf. 86123456', fault: { kind: 'maybe-cvr' } });
  });

  it('takes nothing from digits of which some are left over', () => {
    assert.deepEqual(readTypedNumbers('251248-9996 86 12 34 56').numbers, []);
    assert.deepEqual(readTypedNumbers('25124899 9').numbers, []);
    assert.deepEqual(readTypedNumbers('25124899x96').numbers, []);
    assert.deepEqual(readTypedNumbers('87 65 43 21 12 34 56 78').numbers, []);
  });

  it('never makes a company of the digits of a CPR number, however it is written and whatever stands beside it', () => {
    const gap = fc.constantFrom('', '', '', ' ', '-', ' - ', '.', '/', '  ', '\u00a0', '\u2013', '_', '\t', '     ', 'x');
    const beside = fc.constantFrom('', 'Nancy ', ' tlf. 86 12 34 56', '\t86123456', ' 12', '; 8765 4321');
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{10}$/), fc.array(gap, { minLength: 10, maxLength: 10 }), beside, beside, (cpr, gaps, before, after) => {
      const text = `${before}${[...cpr].map((digit, n) => `${n === 0 ? '' : (gaps[n] ?? '')}${digit}`).join('')}${after}`;
      const read = readTypedNumbers(text);
      assert.deepEqual(read.numbers.filter(({ kind }) => kind === 'cvr'), [], text);
      assert.deepEqual(readTypedNumbers(read.rest).numbers.filter(({ kind }) => kind === 'cvr'), [], `${text}, and Enter again: ${read.rest}`);
    }), { numRuns: 2_000 });
  });

  it('gives every number back, whatever parts them', () => {
    const number = fc.oneof(fc.stringMatching(/^[0-9]{10}$/), fc.stringMatching(/^[0-9]{8}$/));
    const spelt = number.chain((digits) => fc.constantFrom(digits, ...(digits.length === 10 ? [`${digits.slice(0, 6)}-${digits.slice(6)}`] : [`CVR ${digits}`])).map((text) => ({ digits, text })));
    fc.assert(fc.property(fc.array(fc.tuple(spelt, fc.constantFrom(',', '\n', '\r\n', ', ', ' \n ')), { maxLength: 30 }), (typed) => {
      const text = typed.map(([{ text: one }, separator]) => one + separator).join('');
      assert.deepEqual(readTypedNumbers(text), { numbers: readTypedNumbers(text).numbers, rest: '', fault: null });
      assert.deepEqual(numbersIn(text), [...new Set(typed.map(([{ digits }]) => digits))]);
    }));
  });

  it('is read without throwing, whatever it is, and quickly', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const { number } of readTypedNumbers(text).numbers) assert.match(number, /^(\d{10}|\d{8})$/);
    }));
    readTypedNumbers('1 '.repeat(200_000));
    readTypedNumbers('1-'.repeat(200_000));
    readTypedNumbers('a@'.repeat(200_000));
  });
});
