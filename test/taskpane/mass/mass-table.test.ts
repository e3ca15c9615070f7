import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Company, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import { readRecipientRows, type RecipientRows } from '../../../src/domain/recipient-sheet-rows.ts';
import { sheetOfText } from '../../../src/domain/recipient-sheet-text.ts';
import { massListOf, massTable, shownRows, type TableRow } from '../../../src/taskpane/mass/mass-table.ts';
import { checkOf } from './mass-fixtures.ts';

const rowsOf = (text: string, inMail: readonly string[] = []): RecipientRows =>
  readRecipientRows({ sheet: sheetOfText(text), column: 0, zeroPut: new Set(), inMail: inMail.map((number) => ({ kind: 'cpr', number })) });
const told = ({ kind, status: { key, parameters, day } }: TableRow): string => [kind, key, ...Object.values(parameters ?? {}), ...(day === undefined ? [] : [day])].join(' ');

const number = '0101011234';
const stateOf = (check: RecipientCheck | null): string => {
  const [row] = massTable(rowsOf(number).rows, new Map(check ? [[number, check]] : [])).rows;
  return told(row ?? assert.fail('there is no row'));
};
const person = (state: 'alive' | 'dead' | 'emigrated' | 'disappeared' | 'inactive', since: string | null = null): RecipientCheck['person'] =>
  ({ kind: 'found', name: null, nameState: 'not-delivered', protected: null, state, since, currentCpr: null });

describe('how a row stands', () => {
  it('is by what the contact registry says', () => {
    assert.equal(stateOf(null), 'unchecked mass.r.unchecked');
    const states = ['registered', 'exempt', 'closed', 'awaiting', 'not-registered', 'not-known'] as const;
    assert.deepEqual(states.map((state) => stateOf(checkOf(0, state))), [
      'ok mass.f.ok', 'no mass.r.exempt', 'no mass.r.closed', 'ok mass.r.awaiting.undated', 'no mass.r.notRegistered', 'unchecked mass.r.unchecked',
    ]);
    assert.equal(stateOf({ ...checkOf(0), reach: { state: 'awaiting', from: '2026-12-01' } }), 'ok mass.r.awaiting 2026-12-01');
  });

  it('is by what a register says first', () => {
    assert.equal(stateOf(checkOf(0, 'registered', { person: person('dead', '2024-04-03') })), 'no mass.r.dead 2024-04-03');
    assert.equal(stateOf(checkOf(0, 'not-registered', { person: person('dead') })), 'no mass.r.dead.undated');
    assert.equal(stateOf(checkOf(0, 'registered', { person: person('disappeared') })), 'ok mass.r.gone');
    assert.equal(stateOf(checkOf(0, 'registered', { person: person('emigrated', '2020-01-01') })), 'ok mass.f.ok');
    assert.equal(stateOf(checkOf(0, 'not-registered', { person: { kind: 'not-found' } })), 'no mass.r.unknown');
    assert.equal(stateOf(checkOf(0, 'registered', { person: { kind: 'not-found' } })), 'ok mass.f.ok');
    assert.equal(stateOf(checkOf(0, 'not-registered', { person: { kind: 'p-number', cvr: '12345678', name: null } })), 'no mass.r.pNumber');
    const company: Company = { cvr: '12345678', name: 'x', state: 'ceased', stateText: null, ceasedOn: '2025-01-31', address: [], phone: null, email: null };
    assert.equal(stateOf(checkOf(0, 'registered', { company: { kind: 'found', company } })), 'no mass.r.ceased 2025-01-31');
    assert.equal(stateOf(checkOf(0, 'registered', { company: { kind: 'found', company: { ...company, state: 'active', ceasedOn: null } } })), 'ok mass.f.ok');
  });

  it('is by the cell where that is no number, or stands there twice', () => {
    const { rows } = massTable(rowsOf('0101011234\n102011235\n1,23E+09\n12345\nx\n0101011234', ['0101011234']).rows, new Map());
    assert.deepEqual(rows.map(told), [
      'unchecked mass.r.unchecked', 'bad mass.bad.zero', 'bad mass.bad.exp', 'bad mass.bad.digits 5', 'bad mass.bad.text', 'twice mass.twice 1', 'twice mass.twice 1',
    ]);
  });
});

describe('a cell with the digits of a number, written as a date or a case', () => {
  it('is not said to have 8 where there should be 8', () => {
    const { rows } = massTable(rowsOf('0101011234\n25-12-1948\n2026-1001\n2512-489996').rows, new Map());
    assert.deepEqual(rows.slice(1).map(told), ['bad mass.bad.text', 'bad mass.bad.text', 'bad mass.bad.text']);
  });
});

describe('the rows that are shown', () => {
  const text = '0101011234\n102011235\n0202021235\n0303011236\n0202021235';
  const table = massTable(rowsOf(text).rows, new Map([['0101011234', checkOf(0)], ['0202021235', checkOf(1, 'exempt')]]));
  const lines = (filter: Parameters<typeof shownRows>[1]): readonly unknown[] => shownRows(table, filter).map(({ row }) => row.line);

  it('are those that are wrong first, then the list’s own order', () => assert.deepEqual(lines('all'), [2, 3, 5, 1, 4]));

  it('are those of the filter, as many as it says', () => {
    assert.deepEqual((['ok', 'no', 'twice', 'bad'] as const).map(lines), [[1], [3], [5], [2]]);
    assert.deepEqual(table.counts, { ok: 1, no: 1, twice: 1, bad: 1, unchecked: 1 });
    assert.deepEqual(table.zeros, [1]);
  });
});

describe('the list that goes on', () => {
  it('has who can receive and who is not checked, and says who was left out and why', () => {
    const rows = rowsOf('CPR\tNavn\tSag\n0101011234\tAnna\t2026-1\n102011235\tBo\t2026-2\n0202021235\tCarl\t2026-3\n0101011234\tAnna\t2026-4', ['0404041237', '0505051238']);
    const table = massTable(rows.rows, new Map([['0101011234', checkOf(0)], ['0202021235', checkOf(1, 'exempt')], ['0404041237', checkOf(2, 'not-known')], ['0505051238', checkOf(3)]]));
    assert.deepEqual(massListOf(table, rows), {
      recipients: [
        { id: { kind: 'cpr', number: '0101011234' }, line: 2, cells: ['Anna', '2026-1'] },
        { id: { kind: 'cpr', number: '0404041237' }, line: null, cells: [] },
        { id: { kind: 'cpr', number: '0505051238' }, line: null, cells: [] },
      ],
      columns: ['Navn', 'Sag'],
      takenOut: [
        { line: 3, shown: '10201-xxxx', why: 'no-number' },
        { line: 4, shown: '020202-xxxx', why: 'cannot-receive' },
        { line: 5, shown: '010101-xxxx', why: 'twice' },
      ],
      unchecked: 1,
      fromMail: [{ kind: 'cpr', number: '0404041237' }, { kind: 'cpr', number: '0505051238' }],
    });
  });

  it('and those that are left out are together all rows; each number is there once', () => {
    const cell = fc.stringMatching(/^0[1-3]0[1-2]01123[0-4]$|^10201123[0-4]$|^x$/);
    const state = fc.constantFrom('registered', 'exempt', 'not-known', null);
    fc.assert(fc.property(fc.array(fc.tuple(cell, state), { minLength: 1, maxLength: 40 }), (cells) => {
      const rows = rowsOf(cells.map(([one]) => one).join('\n'));
      const checks = cells.flatMap(([one, known]) => (known === null ? [] : [[one, checkOf(0, known as 'registered')] as const]));
      const table = massTable(rows.rows, new Map(checks));
      const { recipients, takenOut, unchecked } = massListOf(table, rows);
      assert.equal(recipients.length + takenOut.length, table.rows.length);
      assert.equal(new Set(recipients.map(({ id }) => id.number)).size, recipients.length);
      assert.equal(recipients.length, table.counts.ok + table.counts.unchecked);
      assert.equal(unchecked, table.counts.unchecked);
      assert.equal(shownRows(table, 'all').length, table.rows.length);
    }));
  });
});
