import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLetterChecked } from '../../../src/taskpane/check/checked-header.ts';

const well = { applies: true, broken: false, checking: false, marks: [] };

describe('the header that says that Tjek was seen', () => {
  it('is there when all has been looked at and no card is open', () => {
    assert.equal(isLetterChecked(well), true);
    for (const part of [{ applies: false }, { broken: true }, { checking: true }, { marks: [{ key: 'one', grade: 'look' as const }] }]) assert.equal(isLetterChecked({ ...well, ...part }), false);
  });
});
