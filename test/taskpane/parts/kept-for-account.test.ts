import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keptForAccount } from '../../../src/taskpane/parts/kept-for-account.ts';

describe('what outlives a screen', () => {
  it('is the same for one account, and new for the next', () => {
    const bookOf = keptForAccount<{ readonly names: string[] }>();
    const gateway = { me: async () => await Promise.resolve({ kind: 'away' as const }) };
    const open = () => ({ names: [] });
    const book = bookOf(gateway, 0, open);
    assert.equal(bookOf(gateway, 0, open), book);
    const next = bookOf(gateway, 1, open);
    book.names.push('Nancy, whose answer came late');
    assert.deepEqual(bookOf(gateway, 1, open), { names: [] });
    assert.equal(bookOf(gateway, 1, open), next);
  });
});
