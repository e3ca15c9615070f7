import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldedRows } from '../../../src/taskpane/compose/folded-rows.ts';
import type { ShownRow } from '../../../src/taskpane/compose/use-compose.ts';
import { readRecipients } from '../../../src/taskpane/compose/read-recipients.ts';
import { draft, nancyAt, NANCY, person } from './compose-world.ts';

function rows(...states: readonly Partial<ShownRow['state']>[]): readonly ShownRow[] {
  const to = states.map((_, n) => person(nancyAt().replace(NANCY, String(1_000_000_000 + n))));
  return readRecipients(draft({ to }), { own: { domains: [], guessed: false }, header: null }).map((row, n) => ({
    row, check: null, state: { icon: 'ok', name: `n ${String(n)}`, number: null, status: null, notes: [], grade: null, gets: true, fixes: [], ...states[n] },
  }));
}
const well = Array.from({ length: 6 }, () => ({}));

describe('rows that fold into one line', () => {
  it('are those that are well, where there are more than eight', () => {
    const all = rows(...well, { grade: 'look', gets: false }, { grade: 'stop' }, { gets: false });
    assert.deepEqual(foldedRows(all), all.slice(0, 6));
    assert.deepEqual(foldedRows(rows(...well, {}, {})), []);
  });

  it('never hide what one must know to write to somebody protected', () => {
    const all = rows(...well, {}, {}, { icon: 'protected' });
    assert.equal(foldedRows(all).includes(all.at(-1) as ShownRow), false);
  });
});
