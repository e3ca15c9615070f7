import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCEPTED_STATE, keepAccepted, readAccepted } from '../../../src/taskpane/check/accepted.ts';
import type { Outlook } from '../../../src/taskpane/office/outlook.ts';

/** What a draft keeps, or a client that keeps nothing. */
function draftThatKeeps(kept: Map<string, string> | null): Pick<Outlook, 'draftState' | 'setDraftState'> {
  return {
    draftState: (key: string) => (kept ? Promise.resolve(kept.get(key) ?? null) : Promise.reject(new Error('timeout'))),
    setDraftState: (key: string, value: string | null) => {
      if (!kept) return Promise.reject(new Error('timeout'));
      if (value === null) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
  };
}

describe('what somebody has said is right', () => {
  it('is kept with the draft, and nothing is kept where there is nothing', async () => {
    const kept = new Map<string, string>();
    const draft = draftThatKeeps(kept);
    assert.deepEqual(await readAccepted(draft), []);
    await keepAccepted(draft, ['1abc', 'zz9']);
    assert.deepEqual(await readAccepted(draft), ['1abc', 'zz9']);
    await keepAccepted(draft, []);
    assert.equal(kept.size, 0);
  });

  it('is at most so much that the draft has room for it, the newest', async () => {
    const draft = draftThatKeeps(new Map());
    await keepAccepted(draft, Array.from({ length: 150 }, (_, n) => n.toString(36)));
    const kept = await readAccepted(draft);
    assert.deepEqual([kept.length, kept.at(-1)], [100, (149).toString(36)]);
  });

  it('is read as nothing where somebody else has written there', async () => {
    assert.deepEqual(await readAccepted(draftThatKeeps(new Map([[ACCEPTED_STATE, '<b> 251248-9996 1abc']]))), ['1abc']);
  });

  it('never rejects where the client has no such store', async () => {
    assert.deepEqual(await readAccepted(draftThatKeeps(null)), []);
    await keepAccepted(draftThatKeeps(null), ['1abc']);
  });
});
