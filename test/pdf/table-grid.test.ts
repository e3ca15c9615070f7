import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tableGrid } from '../../src/pdf/table-grid.ts';

const cell = fc.record({ content: fc.nat(9), colspan: fc.integer({ min: -1, max: 12 }), rowspan: fc.integer({ min: 0, max: 12 }) });

describe('the grid of a table', () => {
  it('has each place covered at most once, and no span beyond it, whatever the spans say', () => {
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 }), (rows) => {
      const grid = tableGrid(rows, 200);
      const covered = new Set<string>();
      for (const { x, y, colspan, rowspan } of grid.cells) {
        assert.ok(colspan >= 1 && rowspan >= 1 && x + colspan <= grid.columns && y + rowspan <= grid.rows);
        for (let row = y; row < y + rowspan; row++) {
          for (let column = x; column < x + colspan; column++) {
            assert.ok(!covered.has(`${column},${row}`));
            covered.add(`${column},${row}`);
          }
        }
      }
      const kept = grid.cells.filter(({ content }) => content !== null).length;
      assert.equal(kept, rows.flat().length);
    }));
  });

  it('is no wider than its cells, whatever a colspan promises', () => {
    const one = { content: 'a', colspan: 1, rowspan: 1 };
    assert.equal(tableGrid([[{ ...one, colspan: 1_000 }], [one, one]], 100).columns, 2);
  });
});
