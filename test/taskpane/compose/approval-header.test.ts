import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headerWithApproval } from '../../../src/taskpane/compose/approval-header.ts';

describe('the header that carries approvals', () => {
  it('holds each approval once', () => {
    assert.equal(headerWithApproval(['a'], 'b'), 'a b');
    assert.equal(headerWithApproval(['a'], 'a'), 'a');
  });

  it('holds no more than Outlook carries and the gateway reads', () => {
    assert.equal(headerWithApproval(Array.from({ length: 20 }, (_, n) => String(n)), 'b'), null);
    assert.equal(headerWithApproval(['a'.repeat(990)], 'b'.repeat(8)), null);
    assert.notEqual(headerWithApproval(['a'.repeat(990)], 'b'.repeat(7)), null);
  });
});
