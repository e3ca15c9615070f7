import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rowWindow, ROWS_BEYOND } from '../../../src/taskpane/mass/row-window.ts';

const places = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
const windowOf = (top: number, count = 5_000, heights = new Map<number, number>()) => rowWindow({ heights, places: places(count), usual: 50, top, bottom: top + 500 });

describe('the rows that are drawn', () => {
  it('are those in view, and a few at either end', () => {
    assert.deepEqual(windowOf(0), { first: 0, end: 10 + ROWS_BEYOND, above: 0, below: (5_000 - 10 - ROWS_BEYOND) * 50 });
    assert.deepEqual(windowOf(100_000), { first: 2_000 - ROWS_BEYOND, end: 2_010 + ROWS_BEYOND, above: (2_000 - ROWS_BEYOND) * 50, below: (5_000 - 2_010 - ROWS_BEYOND) * 50 });
  });

  it('are the last ones at the end, and beyond it', () => {
    assert.equal(windowOf(249_500).end, 5_000);
    const beyond = windowOf(900_000, 30);
    assert.deepEqual([beyond.first, beyond.end, beyond.below], [29 - ROWS_BEYOND, 30, 0]);
  });

  it('are all of a few, and none of none', () => {
    assert.deepEqual(windowOf(0, 5), { first: 0, end: 5, above: 0, below: 0 });
    assert.deepEqual(windowOf(0, 0), { first: 0, end: 0, above: 0, below: 0 });
  });

  it('cover what is seen, leave the height of the whole as it is, and are few, whatever the heights', () => {
    const heights = fc.dictionary(fc.nat(299).map(String), fc.integer({ min: 20, max: 200 }));
    fc.assert(fc.property(heights, fc.nat(299), fc.nat(20_000), (known, count, top) => {
      const seen = new Map(Object.entries(known).map(([place, height]) => [Number(place), height]));
      const heightOf = (n: number): number => seen.get(n) ?? 50;
      const { first, end, above, below } = windowOf(top, count, seen);
      const sum = (from: number, to: number): number => places(count).slice(from, to).reduce((all, n) => all + heightOf(n), 0);
      assert.deepEqual([above, below], [sum(0, first), sum(end, count)]);
      const total = sum(0, count);
      if (top < total) assert.ok(above <= top && total - below >= Math.min(top + 500, total));
      assert.ok(end - first <= 500 / 20 + 2 + 2 * ROWS_BEYOND);
    }));
  });
});
