import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { printApproval, readApprovals } from '../../../src/gateway/addin/approval-token.ts';
import { testKeys } from '../test-keys.ts';

describe('an approval in a header', () => {
  const keys = testKeys();

  it('is read back, alone and among others, whatever stands between them', () => {
    const three = [1, 22, 333].map((id) => printApproval(keys, id));
    assert.deepEqual(readApprovals(keys, three[0] ?? ''), [1]);
    assert.deepEqual(readApprovals(keys, three.join(' ')), [1, 22, 333]);
    assert.deepEqual(readApprovals(keys, `noget andet,${three.join(';\t')} `), [1, 22, 333]);
  });

  it('is nothing under another gateway’s key', () => {
    assert.deepEqual(readApprovals(testKeys(), printApproval(keys, 1)), []);
  });

  it('is nothing when one sign of it is another', () => {
    const token = printApproval(keys, 12345);
    fc.assert(fc.property(fc.nat(token.length - 2), fc.constantFrom('0', '9', 'A', '.', 'g'), (place, sign) => {
      const changed = `${token.slice(0, place)}${sign}${token.slice(place + 1)}`;
      assert.deepEqual(readApprovals(keys, changed), changed === token ? [12345] : []);
    }));
  });

  it('is nothing in any other text, and no text is too much', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.deepEqual(readApprovals(keys, text), [])));
    assert.equal(readApprovals(keys, `${printApproval(keys, 1)} `.repeat(1_000)).length, 20);
  });
});
