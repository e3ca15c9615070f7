import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seenHeader } from '../../../src/taskpane/check/seen-header.ts';

describe('the header that lists what somebody has said is right', () => {
  it('has a sign for each finding of the letter, once, and none for others', () => {
    assert.equal(seenHeader([{ signs: ['zz9'] }, {}, { signs: ['1abc', '2'] }, { signs: ['zz9'] }]), '1abc 2 zz9');
  });

  it('is left out where there is nothing to list, and where there is more than is listed', () => {
    const many = (n: number) => Array.from({ length: n }, (_, place) => ({ signs: [place.toString(36)] }));
    assert.equal(seenHeader([]), null);
    assert.equal(seenHeader([{}]), null);
    assert.equal(seenHeader(many(20))?.split(' ').length, 20);
    assert.equal(seenHeader(many(21)), null);
  });
});
