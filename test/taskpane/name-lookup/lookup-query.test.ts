import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readLookupQuery, shownQuery } from '../../../src/taskpane/name-lookup/lookup-query.ts';

const digits = (count: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });

describe('what is typed in Slå op', () => {
  it('reads a CPR number however it is spaced', () => {
    for (const typed of ['2512489996', '251248-9996', ' 251248 9996 ', '25 12 48 99 96', '251248–9996', 'CPR: 251248-9996']) {
      assert.deepEqual(readLookupQuery(typed), { kind: 'cpr', number: '2512489996' }, typed);
    }
  });

  it('reads a CVR number with and without its prefix', () => {
    for (const typed of ['12345678', 'DK12345678', 'DK-12345678', 'cvr 12 34 56 78', 'CVR:12345678', '1234 5678']) {
      assert.deepEqual(readLookupQuery(typed), { kind: 'cvr', number: '12345678' }, typed);
    }
  });

  it('reads everything else with letters as a name', () => {
    assert.deepEqual(readLookupQuery(' Tømrer Dahl ApS '), { kind: 'name', name: 'Tømrer Dahl ApS' });
    assert.deepEqual(readLookupQuery('7-Eleven'), { kind: 'name', name: '7-Eleven' });
    assert.deepEqual(readLookupQuery('DK Lift'), { kind: 'name', name: 'DK Lift' });
    assert.deepEqual(readLookupQuery('CVR 12345678 A/S'), { kind: 'name', name: 'CVR 12345678 A/S' });
  });

  it('counts the digits of what is no whole number', () => {
    assert.deepEqual(readLookupQuery('251248-999'), { kind: 'bad-digits', count: 9 });
    assert.deepEqual(readLookupQuery('1'), { kind: 'bad-digits', count: 1 });
  });

  it('takes no CPR number that is not whole for a company', () => {
    assert.deepEqual(readLookupQuery('251248-99'), { kind: 'bad-digits', count: 8 });
    assert.deepEqual(readLookupQuery('251248 99'), { kind: 'bad-digits', count: 8 });
  });

  it('asks for more where there is too little', () => {
    assert.deepEqual(readLookupQuery('  '), { kind: 'too-short' });
    assert.deepEqual(readLookupQuery('a'), { kind: 'too-short' });
  });

  it('never leaves a CPR number in the field, whatever stands between its digits', () => {
    const between = fc.array(fc.constantFrom('', ' ', '-', '.', '\u2011'), { minLength: 11, maxLength: 11 });
    fc.assert(fc.property(digits(10), between, (number, gaps) => {
      const typed = [...number].map((digit, n) => `${gaps[n] ?? ''}${digit}`).join('');
      const query = readLookupQuery(typed);
      assert.deepEqual(query, { kind: 'cpr', number });
      assert.equal(shownQuery(query, typed), `${number.slice(0, 6)}-xxxx`);
    }));
  });

  it('reads any text without failing', () => {
    fc.assert(fc.property(fc.string(), (typed) => {
      readLookupQuery(typed);
    }));
  });
});
