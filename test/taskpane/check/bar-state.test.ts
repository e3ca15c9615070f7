import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Connection } from '../../../src/taskpane/pane-parts.ts';
import { barState, inLeadingOrder, type BarState } from '../../../src/taskpane/check/bar-state.ts';

const marks = (grades: string): { key: string; grade: 'stop' | 'look' }[] => [...grades].map((grade, n) => ({ key: `${grade}${String(n)}`, grade: grade === 's' ? 'stop' : 'look' }));
const bar = (grades: string, connection: Connection = 'there', checking = false): BarState | null => barState({ applies: true, checking, connection, notSeen: false, marks: marks(grades) });

describe('the bar', () => {
  it('is absent until there is somebody outside or in Digital Post, or a wrong address', () => {
    assert.equal(barState({ applies: false, checking: false, connection: 'there', notSeen: false, marks: [] }), null);
    assert.equal(barState({ applies: false, checking: false, connection: 'there', notSeen: false, marks: marks('s') })?.kind, 'stop');
  });

  it('says first what must be put right, and how much there is to look at', () => {
    assert.deepEqual(bar('lsls'), { kind: 'stop', title: ['bar.stop', 2], more: ['bar.also', 2] });
    assert.deepEqual(bar('sl'), { kind: 'stop', title: ['bar.stop1'], more: ['bar.also1'] });
    assert.deepEqual(bar('s'), { kind: 'stop', title: ['bar.stop1'], more: ['bar.then'] });
  });

  it('says that it is ready where there is only something to look at', () => {
    assert.deepEqual(bar('l'), { kind: 'look', title: ['bar.look1'], more: null });
    assert.deepEqual(bar('ll', 'away'), { kind: 'look', title: ['bar.look', 2], more: null });
  });

  it('does not say that all is well while nobody could ask', () => {
    for (const connection of ['away', 'log-on-needed', 'log-on-failed', 'no-right'] as const) assert.equal(bar('', connection)?.kind, 'offline', connection);
    assert.equal(bar('')?.kind, 'ready');
    assert.equal(bar('', 'there', true)?.kind, 'checking');
    assert.equal(bar('s', 'there', true)?.kind, 'checking');
  });

  it('does not say that all is well while there are attachments that only the gateway can look at', () => {
    const unseen = (grades: string, connection: Connection = 'there'): BarState | null => barState({ applies: true, checking: false, connection, notSeen: true, marks: marks(grades) });
    assert.deepEqual(unseen(''), { kind: 'offline', title: ['bar.offline'], more: ['bar.unseen.do'] });
    assert.deepEqual(unseen('l'), { kind: 'look', title: ['bar.look1'], more: ['bar.unseen.do'] });
    assert.deepEqual(unseen('s'), { kind: 'stop', title: ['bar.stop1'], more: ['bar.then'] });
    assert.deepEqual(unseen('', 'away')?.more, ['bar.offline.do']);
  });

  it('leads through the stops before the rest, each in its order on the screen', () => {
    assert.deepEqual(inLeadingOrder(marks('lsls')).map(({ key }) => key), ['s1', 's3', 'l0', 'l2']);
  });
});
