import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLetterChecked } from '../../../src/taskpane/check/checked-header.ts';
import type { Finding } from '../../../src/taskpane/check/finding.ts';

const well = { applies: true, broken: false, checking: false, findings: [] };
const open = [{ key: 'one', grade: 'look' }] as unknown as readonly Finding[];

describe('the header that says that Tjek was seen', () => {
  it('is there when all has been looked at and no card is open', () => {
    assert.equal(isLetterChecked(well), true);
    for (const part of [{ applies: false }, { broken: true }, { checking: true }, { findings: open }]) assert.equal(isLetterChecked({ ...well, ...part }), false);
  });
});
