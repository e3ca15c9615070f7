import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isContactPointId, normaliseContactPointId } from '../../src/domain/contact-point.ts';
import { cprShape, isCprNumber, maskCprNumber, maskCprNumbersIn } from '../../src/domain/cpr-number.ts';
import { isCvrNumber, passesCvrModulus11 } from '../../src/domain/cvr-number.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

describe('CPR numbers', () => {
  it('are ten ASCII digits, whatever the date and check digit', () => {
    for (const good of ['1234567890', '0000000000', '2512489996']) assert.ok(isCprNumber(good));
    for (const bad of ['123456789', '12345678901', '123456-7890', '１２３４５６７８９０', '1234567890\n', '']) {
      assert.ok(!isCprNumber(bad), JSON.stringify(bad));
    }
  });

  it('begin with a birth date of the century that the seventh digit tells, or with 60 more on the day', () => {
    for (const date of ['2512489996', '0101851001', '2902000004', '2902004000', '1111111118', '0107250000', '2902569999']) {
      assert.equal(cprShape(date), date === '2902000004' ? 'no-date' : 'birth-date', date);
    }
    for (const replacement of ['6101851001', '9112481234', '8512489996']) assert.equal(cprShape(replacement), 'replacement', replacement);
    for (const none of ['1234567890', '0000000000', '3102990000', '1019601052', '9999999999', '6013850000', '3004310000'.replace('3004', '3104')]) {
      assert.equal(cprShape(none), 'no-date', none);
    }
  });

  it('are a birth date for every day of every year, whatever comes after it', () => {
    const days = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('1999-12-31T00:00:00Z'), noInvalidDate: true });
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 3_999 }), (day, serial) => {
      const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
      assert.equal(cprShape(`${date}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`), 'birth-date');
    }));
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{10}$/), (text) => assert.ok(['birth-date', 'replacement', 'no-date'].includes(cprShape(text)))));
  });

  it('are masked as DDMMYY-xxxx', () => {
    assert.equal(maskCprNumber('2512489996'), '251248-xxxx');
    assert.equal(maskCprNumber('251248-9996'), '251248-xxxx');
  });

  it('are masked wherever they stand in free text', () => {
    const masked: [string, string][] = [
      ['Om 2512489996.', 'Om 251248-xxxx.'],
      ['251248-9996', '251248-xxxx'],
      ['251248 9996', '251248-xxxx'],
      ['251248–9996', '251248-xxxx'],
      ['251248\u00a0-\u00a09996', '251248-xxxx'],
      ['12 251248-9996', '12 251248-xxxx'],
      ['2512489996-reply@35833684.ngdp.digital-post.dk', '251248-xxxx-reply@35833684.ngdp.digital-post.dk'],
      ['to=%3C2512489996%40x&y=%202512489996', 'to=%3C251248-xxxx%40x&y=%20251248-xxxx'],
      ['251248%2D9996', '251248-xxxx'],
      ['CPR2512489996', 'CPR251248-xxxx'],
      ['2512489996a', '251248-xxxxa'],
      ['2512489996,2911829996', '251248-xxxx,291182-xxxx'],
      ['2512489996.163710ae-5078-350c-0000-000000000440@x', '251248-xxxx.163710ae-5078-350c-0000-000000000440@x'],
      ['２５１２４８９９９６', '２５１２４８-xxxx'],
    ];
    for (const [text, expected] of masked) assert.equal(maskCprNumbersIn(text), expected);
  });

  it('are not seen in identifiers, times and longer numbers', () => {
    const kept = [
      '163710ae-5078-350c-0000-000000000440',
      '12345678-1234-1234-1234-123456789012',
      'A1234567-1234-4234-9234-1234567890AB',
      '2026-11-25T17:02:06.123456-0500',
      '20261125170206',
      '12345678901',
      '123456789',
      '35833684',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      'deadbeef1234567890deadbeef',
      '+45 12 34 56 78',
    ];
    for (const text of kept) assert.equal(maskCprNumbersIn(text), text);
  });

  it('never come through, whatever is around them, and masking twice is masking once', () => {
    const around = fc.string({ unit: fc.constantFrom(...' .,:;@-%/()<>"=x\næz') });
    fc.assert(
      fc.property(around, fc.stringMatching(/^[0-9]{10}$/), around, (before, cpr, after) => {
        const masked = maskCprNumbersIn(`${before}${cpr}${after}`);
        assert.ok(!masked.includes(cpr));
        assert.equal(maskCprNumbersIn(masked), masked);
      }),
      { numRuns: 5000 },
    );
  });

  it('hang nothing where they are sought', () => {
    for (const text of ['1'.repeat(1_000_000), '1 '.repeat(500_000), 'ab12-'.repeat(200_000), '123456 '.repeat(150_000)]) {
      withoutHanging(() => maskCprNumbersIn(text));
    }
  });
});

describe('CVR numbers', () => {
  it('are eight ASCII digits', () => {
    assert.ok(isCvrNumber('87654321'));
    for (const bad of ['8765432', '876543210', '８７６５４３２１', 'DK87654321']) assert.ok(!isCvrNumber(bad));
  });

  it('pass modulus 11 when real, and the examples of the documentation do not', () => {
    for (const real of ['35833684', '29189420', '66137112', '34485771', '33647166']) assert.ok(passesCvrModulus11(real));
    for (const example of ['12345678', '87654321', 'x']) assert.ok(!passesCvrModulus11(example));
  });
});

describe('contact point ids', () => {
  it('may be UUIDs of any version, in either letter case', () => {
    assert.ok(isContactPointId('163710ae-5078-350c-0000-000000000440'));
    assert.ok(isContactPointId('DFEBD0CA-E211-47E4-AF3A-F0D3344F018E'));
    for (const bad of ['dfebd0ca-e211-47e4-af3a-f0d3344f018', '{dfebd0ca-e211-47e4-af3a-f0d3344f018e}', 'x']) {
      assert.ok(!isContactPointId(bad));
    }
    assert.equal(normaliseContactPointId('DFEBD0CA-E211-47E4-AF3A-F0D3344F018E'), 'dfebd0ca-e211-47e4-af3a-f0d3344f018e');
  });
});
