import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cprNumbersIn } from '../../../src/domain/cpr-in-text.ts';
import { readableText } from '../../../src/domain/letter-text.ts';
import { subjectWithoutCpr } from '../../../src/taskpane/check/mend-subject.ts';

describe('a subject without its CPR number', () => {
  const cases = [
    ['Vedr. 251248-9996, opfølgning', 'Vedr. opfølgning'],
    ['Opfølgning, 251248-9996', 'Opfølgning'],
    ['251248-9996: Afgørelse', 'Afgørelse'],
    ['Afgørelse (251248-9996)', 'Afgørelse'],
    ['Afgørelse (CPR-nr. 2512489996) om hjælp', 'Afgørelse om hjælp'],
    ['Sag om CPR 251248 9996 og 010101-0101', 'Sag om og'],
    ['SV: 251248-9996 - møde', 'SV: møde'],
    ['Møde den 5. december kl. 10.30', 'Møde den 5. december kl. 10.30'],
    ['251248-9996', ''],
    ['. 2512489996', ''],
    ['Orientering 2512489996', 'Orientering'],
  ] as const;
  for (const [before, after] of cases) {
    it(`"${before}" becomes "${after}"`, () => assert.equal(subjectWithoutCpr(before), after));
  }

  it('holds no CPR number any more, whatever stood around it', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), fc.constantFrom('251248-9996', '2512489996', '251248 9996'), (before, after, cpr) => {
      const text = subjectWithoutCpr(`${before} ${cpr} ${after}`);
      assert.equal(cprNumbersIn(readableText(text), { inSubject: true }).length, 0, text);
    }));
  });
});
