import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rowMark } from '../../../src/taskpane/compose/row-mark.ts';

describe('what a row is called in the page', () => {
  it('holds no number, and is one for each row', () => {
    const mark = rowMark('number 2512489996');
    assert.match(mark, /^row-\d{1,5}$/);
    assert.equal(rowMark('number 2512489996'), mark);
    assert.notEqual(rowMark('number 0107729995'), mark);
  });
});
