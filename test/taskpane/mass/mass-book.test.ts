import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sheetOfText } from '../../../src/domain/recipient-sheet-text.ts';
import { bookOf, checkOf, openBook, scope } from './mass-fixtures.ts';

/** Lets what was answered be taken. */
const settled = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('what was read', () => {
  it('becomes a table at once where there is one column with numbers', () => {
    const { book } = bookOf('CPR\tNavn\n0101011234\tAnna');
    assert.deepEqual([book.state().step, book.state().table.rows.length, book.state().rows.columns], ['table', 1, ['Navn']]);
  });

  it('is asked about where several sheets or columns may be meant', () => {
    const { book } = openBook();
    const uge1 = { ...sheetOfText('0101011234'), name: 'Uge 1' };
    const uge2 = { ...sheetOfText('CPR a\tCPR b\n0101011234\t0202021235'), name: 'Uge 2' };
    assert.equal(book.take([uge1, uge2], []), true);
    assert.deepEqual([book.state().step, book.state().sheets.length, book.state().sheet], ['list', 2, null]);
    book.chooseSheet(uge2);
    assert.deepEqual([book.state().step, book.state().sheet?.name], ['list', 'Uge 2']);
    book.chooseColumn(1);
    assert.deepEqual([book.state().step, book.state().table.rows.map(({ row }) => row.shown)], ['table', ['020202-xxxx']]);
  });

  it('is not taken where there are no numbers in it', () => {
    const { book } = openBook();
    assert.equal(book.take([sheetOfText('Navn\nAnna')], []), false);
    assert.equal(book.state().step, 'list');
  });

  it('is forgotten when one goes back, or begins anew with what was pasted elsewhere', () => {
    const { book } = bookOf('0101011234');
    book.goBack();
    assert.deepEqual([book.state().step, book.state().sheets, book.state().table.rows], ['list', [], []]);
    book.begin('0202021235');
    assert.equal(book.state().pasted, '0202021235');
  });

  it('gets its zeros by the press, one or all, and is then asked about', async () => {
    const { book, calls } = bookOf('102011235\n203011236\n304011237');
    assert.equal(book.state().unasked, 0);
    book.putZero([1]);
    assert.deepEqual([book.state().table.zeros, book.state().unasked], [[0, 2], 1]);
    void book.check(scope);
    assert.deepEqual(calls[0]?.numbers, ['0203011236']);
    book.putZero(book.state().table.zeros);
    assert.deepEqual([book.state().table.zeros, book.state().unasked], [[], 2]);
    calls[0]?.end();
    await settled();
    void book.check(scope);
    assert.deepEqual(calls[1]?.numbers, ['0102011235', '0304011237']);
  });
});

describe('the check of the list', () => {
  it('asks about each number once, with names, and tells as it comes', async () => {
    const world = bookOf('0101011234\n0202021235\n0101011234\nx');
    const { book, calls } = world;
    const checked = book.check(scope);
    assert.deepEqual([calls[0]?.numbers, calls[0]?.names], [['0101011234', '0202021235'], true]);
    assert.deepEqual(book.state().check, { kind: 'checking', done: 0, total: 2 });
    calls[0]?.tell(checkOf(1, 'exempt'));
    assert.equal(book.state().table.counts.no, 0, 'not drawn at every line');
    world.clock.now = 1_000;
    calls[0]?.tell(checkOf(0));
    assert.deepEqual([book.state().check, book.state().table.counts], [{ kind: 'checking', done: 2, total: 2 }, { ok: 1, no: 1, twice: 1, bad: 1, unchecked: 0 }]);
    calls[0]?.end();
    await checked;
    assert.deepEqual([book.state().check, book.state().unasked], [{ kind: 'done' }, 0]);
  });

  it('is as many calls as the gateway takes numbers', async () => {
    const { book, calls } = bookOf(Array.from({ length: 5 }, (_, n) => `010101123${String(n)}`).join('\n'));
    const checked = book.check({ ...scope, batchMax: 2 });
    for (const n of [0, 1, 2]) {
      calls[n]?.tell(...(calls[n]?.numbers ?? []).map((_, position) => checkOf(position)));
      calls[n]?.end();
      await settled();
    }
    await checked;
    assert.deepEqual(calls.map(({ numbers }) => numbers.length), [2, 2, 1]);
    assert.equal(book.state().table.counts.ok, 5);
  });

  it('is stopped by the press, keeps what it has, and goes on with the rest', async () => {
    const { book, calls } = bookOf('0101011234\n0202021235');
    const checked = book.check(scope);
    calls[0]?.tell(checkOf(0));
    book.stopCheck();
    await checked;
    assert.deepEqual([book.state().check, book.state().table.counts.ok, book.state().table.counts.unchecked], [{ kind: 'stopped' }, 1, 1]);
    assert.equal(calls[0]?.signal.aborted, true);
    void book.check(scope, true);
    assert.deepEqual(calls[1]?.numbers, ['0202021235']);
  });

  it('ends where nobody answers, says so to the pane, and asks again about those that were not answered', async () => {
    const { book, calls, noted } = bookOf('0101011234\n0202021235');
    const checked = book.check(scope);
    calls[0]?.tell(checkOf(0));
    calls[0]?.end({ kind: 'away' });
    await checked;
    assert.deepEqual([book.state().check.kind, noted, book.state().unasked], ['unanswered', ['away'], 1]);
    void book.check(scope);
    assert.deepEqual(calls[1]?.numbers, ['0202021235']);
  });

  it('does without names where these are refused', async () => {
    const { book, calls } = bookOf('0101011234');
    const checked = book.check(scope);
    calls[0]?.end({ kind: 'too-many', retryAt: new Date(0) });
    await settled();
    assert.deepEqual(calls.map(({ names }) => names), [true, false]);
    calls[1]?.tell(checkOf(0));
    calls[1]?.end();
    await checked;
    assert.equal(book.state().table.counts.ok, 1);
  });

  it('asks once about those that nobody can say anything of, and again when it is pressed', async () => {
    const { book, calls } = bookOf('0101011234');
    const checked = book.check(scope);
    calls[0]?.tell(checkOf(0, 'not-known'));
    calls[0]?.end();
    await checked;
    assert.deepEqual([book.state().table.counts.unchecked, book.state().unasked], [1, 0]);
    await book.check(scope);
    assert.equal(calls.length, 1);
    void book.check(scope, true);
    assert.equal(calls.length, 2);
  });

  it('of a list that is no longer there changes nothing', async () => {
    const { book, calls } = bookOf('0101011234');
    const checked = book.check(scope);
    book.begin();
    book.take([sheetOfText('0202021235')], []);
    void book.check(scope);
    calls[0]?.tell(checkOf(0));
    await checked;
    assert.deepEqual([book.state().check.kind, book.state().table.counts.unchecked], ['checking', 1]);
    calls[1]?.tell(checkOf(0));
    calls[1]?.end();
    await settled();
    assert.deepEqual([book.state().check.kind, book.state().table.counts.ok], ['done', 1]);
  });
});

describe('going on', () => {
  it('hands over who remains, ends the check, and can be gone back from', async () => {
    const { book, calls } = bookOf('0101011234\n0202021235\nx');
    const checked = book.check(scope);
    calls[0]?.tell(checkOf(0), checkOf(1, 'exempt'));
    const list = book.goOn();
    await checked;
    assert.equal(calls[0]?.signal.aborted, true);
    assert.deepEqual([list.recipients.length, list.takenOut.length, list.unchecked], [1, 2, 0]);
    assert.deepEqual([book.state().step, book.state().list], ['before', list]);
    book.goBack();
    assert.equal(book.state().step, 'table');
    assert.equal(book.state().table.rows.length, 3);
  });

  it('tells every change to who listens, until they no longer do', () => {
    const { book } = bookOf('0101011234');
    let changes = 0;
    const stop = book.onChange(() => (changes += 1));
    book.goOn();
    stop();
    assert.ok(changes > 0);
    const before = changes;
    book.goBack();
    assert.equal(changes, before);
  });
});
