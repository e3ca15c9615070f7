import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Found } from '../../../src/taskpane/name-lookup/look-up.ts';
import { LookupBook, newestOfCase } from '../../../src/taskpane/name-lookup/lookup-book.ts';

const of = (cpr: string): Found => ({ kind: 'person', cpr, answer: { kind: 'not-found' }, reach: null });

const companies = (name: string, ...cvrs: readonly string[]): Found => ({
  kind: 'companies', name, more: false, reaches: new Map(), companies: cvrs.map((cvr) => ({ cvr, name, state: 'active', stateText: null, ceasedOn: null, address: [], phone: null, email: null })),
});

function put(book: LookupBook, caseNumber: string, found: Found): void {
  book.put({ id: book.next(), caseNumber, found });
}

const cprs = (lookups: ReturnType<LookupBook['lookups']>): readonly string[] => lookups.map(({ found }) => (found.kind === 'person' ? found.cpr : found.kind));

describe('what was looked up in this session', () => {
  it('stands newest first', () => {
    const book = new LookupBook();
    put(book, 'a', of('1'));
    put(book, 'a', of('2'));
    assert.deepEqual(cprs(book.lookups()), ['2', '1']);
  });

  it('has the same number of a case once, with the newest answer', () => {
    const book = new LookupBook();
    put(book, 'a', of('1'));
    put(book, 'a', of('2'));
    put(book, 'a', of('1'));
    put(book, 'b', of('1'));
    assert.deepEqual(book.lookups().map(({ id, caseNumber }) => [id, caseNumber]), [[4, 'b'], [3, 'a'], [2, 'a']]);
  });

  it('takes a later answer to the same look-up in its place', () => {
    const book = new LookupBook();
    const id = book.next();
    book.put({ id, caseNumber: 'a', found: of('1') });
    book.put({ id, caseNumber: 'a', found: { ...of('1'), kind: 'person', cpr: '1', answer: { kind: 'not-found' }, reach: { state: 'exempt', from: null } } });
    assert.equal(book.lookups().length, 1);
  });

  it('shows beneath the newest those of the same case alone', () => {
    const book = new LookupBook();
    put(book, 'a', of('1'));
    put(book, 'b', of('2'));
    put(book, 'a', of('3'));
    const { newest, earlier } = newestOfCase(book.lookups());
    assert.deepEqual([newest?.id, cprs(earlier)], [3, ['1']]);
    assert.deepEqual(newestOfCase([]), { newest: null, earlier: [] });
  });

  it('shows nobody twice beneath it, found by number or by name, and no name that nobody has', () => {
    const book = new LookupBook();
    put(book, 'a', companies('Nobody'));
    put(book, 'a', companies('Two', '11', '12'));
    put(book, 'a', { kind: 'company', cvr: '11', answer: { kind: 'not-found' }, reach: null });
    put(book, 'a', companies('Three', '12', '13'));
    const { newest, earlier } = newestOfCase(book.lookups());
    assert.deepEqual([newest?.id, earlier.map(({ id }) => id)], [4, [3]]);
    put(book, 'a', of('1'));
    assert.deepEqual(newestOfCase(book.lookups()).earlier.map(({ id }) => id), [4, 3]);
  });

  it('tells whoever shows it of each change, and does not grow for ever', () => {
    const book = new LookupBook();
    let told = 0;
    const stop = book.onChange(() => (told += 1));
    for (let n = 0; n < 60; n += 1) put(book, 'a', of(String(n)));
    stop();
    put(book, 'a', of('x'));
    assert.equal(told, 60);
    assert.equal(book.lookups().length, 50);
  });
});
