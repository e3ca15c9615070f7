import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newsList, type Note } from '../../../src/taskpane/news/news-list.ts';

const words = { title: 't', text: 't.' };
const note = (id: string, date: string, component: Note['component'] = 'add-in'): Note => ({ id, date, component, words: { da: words, en: words } });
const notes = [note('c', '2026-11-28'), note('s', '2026-11-27', 'gateway'), note('b', '2026-11-26'), note('a', '2026-11-25')];
const ids = (list: readonly Note[]): readonly string[] => list.map(({ id }) => id);

describe('the notes that the pane shows', () => {
  it('are those about the add-in, with what came since the last look first', () => {
    const { fresh, earlier, newest } = newsList({ notes }, '2026-11-25');
    assert.deepEqual([ids(fresh), ids(earlier), newest], [['c', 'b'], ['a'], '2026-11-28']);
  });

  it('are all new where nobody has looked, and none where the browser keeps nothing', () => {
    assert.deepEqual(ids(newsList({ notes }, '').fresh), ['c', 'b', 'a']);
    assert.deepEqual([ids(newsList({ notes }, null).fresh), ids(newsList({ notes }, null).earlier)], [[], ['c', 'b', 'a']]);
  });

  it('stand newest first however they came, and are none without a note about the add-in', () => {
    assert.deepEqual(ids(newsList({ notes: [...notes].reverse() }, '2026-11-28').earlier), ['c', 'b', 'a']);
    assert.deepEqual(newsList({ notes: [note('s', '2026-11-27', 'gateway')] }, ''), { fresh: [], earlier: [], newest: null });
  });
});
