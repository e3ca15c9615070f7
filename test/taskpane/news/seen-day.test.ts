import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { isNew, keepSeenDay, seenDay } from '../../../src/taskpane/news/seen-day.ts';

/** Runs with a browser's storage in place, or with one that throws at every touch. */
function withStorage(storage: Pick<Storage, 'getItem' | 'setItem'> | null, run: () => void): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    get: () => {
      if (storage === null) throw new Error('SecurityError');
      return storage;
    },
  });
  try {
    run();
  } finally {
    if (before) Object.defineProperty(globalThis, 'localStorage', before);
    else Reflect.deleteProperty(globalThis, 'localStorage');
  }
}

describe('the day of the newest note that was seen', () => {
  it('is a day, in clear, and nothing else', () => {
    const setItem = mock.fn<(key: string, value: string) => void>();
    withStorage({ getItem: () => '2026-11-26', setItem }, () => {
      assert.equal(seenDay(), '2026-11-26');
      keepSeenDay('2026-11-27');
    });
    assert.deepEqual(setItem.mock.calls.map((call) => call.arguments), [['postbro-news', '2026-11-27']]);
  });

  it('is "" before the first look: everything is new then', () => {
    withStorage({ getItem: () => null, setItem: () => undefined }, () => assert.equal(seenDay(), ''));
    assert.deepEqual([isNew('2026-11-26', ''), isNew('2026-11-26', '2026-11-26'), isNew('2026-11-27', '2026-11-26')], [true, false, true]);
  });

  it('is not known where the browser shuts its storage, and nothing is counted as new', () => {
    withStorage(null, () => {
      assert.equal(seenDay(), null);
      assert.doesNotThrow(() => keepSeenDay('2026-11-26'));
    });
    assert.equal(isNew('2026-11-26', null), false);
  });
});
