import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SentSummary } from '../../../src/domain/gateway-api.ts';
import { boardEnd, boardFailures, boardFigures, minutesLeft, PACE_AFTER_MS, settledQuarters } from '../../../src/taskpane/sent/board-standing.ts';
import { messageOf, type KnownDetail, type SentMessage } from '../../../src/taskpane/sent/sent-message.ts';
import { counted, recipient, summary } from './sent-fixtures.ts';

const mail = (facts: Partial<SentSummary>): SentMessage => messageOf(summary('s1', { mass: true, ...facts }));
const waiting = (n: number): KnownDetail => ({ statuses: { waiting: n, 'handed-over': 39 }, recipients: [], next: null });
const underWay = mail({ counts: counted({ delivered: 214, failed: 3, pending: 179 }) });

describe('the board of a mass send', () => {
  it('has four figures while it goes, which make up the whole, also where the detail is older than the counts', () => {
    assert.deepEqual(boardFigures(underWay, waiting(140)), [['board.waiting', 140], ['board.handed', 39], ['board.done', 214], ['board.failed', 3]]);
    assert.deepEqual(boardFigures(underWay, waiting(300))?.slice(0, 2), [['board.waiting', 179], ['board.handed', 0]]);
    assert.equal(boardFigures(underWay, null), null);
  });

  it('has what was delivered, failed and stopped when all is over, and what was stopped as soon as something was', () => {
    assert.deepEqual(boardFigures(mail({ counts: counted({ delivered: 389, failed: 7 }) }), null), [['board.done', 389], ['board.failed', 7], ['board.stopped', 0]]);
    const stopped = mail({ counts: counted({ delivered: 3, stopped: 5, pending: 1 }), stopped: { by: null, at: '2026-11-25T09:40:00.000Z' } });
    assert.deepEqual(boardFigures(stopped, waiting(0))?.at(-1), ['board.stopped', 5]);
  });

  it('says the end when all is over, and leaves what was stopped or refused to the words of Sendt', () => {
    assert.equal(boardEnd(underWay), null);
    assert.deepEqual(boardEnd(mail({ counts: counted({ delivered: 396 }) })), { state: 'ok', text: 'board.end.all', parameters: { n: 396 } });
    assert.deepEqual(boardEnd(mail({ counts: counted({ delivered: 389, failed: 7 }) })), { state: 'look', text: 'board.end', parameters: { a: 389, b: 7 } });
    assert.equal(boardEnd(mail({ counts: counted({ delivered: 3, stopped: 5 }) })), null);
    assert.equal(boardEnd(mail({ state: 'refused', counts: counted({}), done: true })), null);
  });

  it('is told in quarters of what is settled, and the last one is the end alone', () => {
    const quarters = [0, 98, 99, 198, 297, 395, 396].map((settled) => settledQuarters(mail({ counts: counted({ delivered: settled, pending: 396 - settled }) })));
    assert.deepEqual(quarters, [0, 0, 1, 2, 3, 3, 4]);
    assert.equal(settledQuarters(mail({ counts: counted({}) })), 0);
  });

  it('guesses the time that is left from the pace that was seen, and never before there is one', () => {
    const first = { atMs: 1_000, settled: 100 };
    assert.equal(minutesLeft(first, { atMs: 1_000 + PACE_AFTER_MS - 1, settled: 200 }, 1_000), null);
    assert.equal(minutesLeft(first, { atMs: 61_000, settled: 100 }, 1_000), null);
    assert.equal(minutesLeft(first, { atMs: 61_000, settled: 400 }, 1_000), 2);
    assert.equal(minutesLeft(first, { atMs: 61_000, settled: 990 }, 1_000), 1);
    assert.equal(minutesLeft(first, { atMs: 61_000, settled: 1_000 }, 1_000), null);
  });

  it('shows those alone who did not get it, and says whether there are more of them', () => {
    const failed = recipient({ position: 41, outcome: 'failed' });
    const few = mail({ counts: counted({ delivered: 99, failed: 1 }) });
    assert.deepEqual(boardFailures(few, { statuses: {}, recipients: [recipient(), failed], next: 100 }), { failures: [failed], hasMore: false });
    const many = mail({ counts: counted({ delivered: 600, failed: 400 }) });
    assert.equal(boardFailures(many, { statuses: {}, recipients: [failed], next: 41 }).hasMore, true);
    assert.deepEqual(boardFailures(many, null), { failures: [], hasMore: false });
  });
});
