import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { laterOf, releaseTime, type ReleaseQuestion } from '../../../src/gateway/assess/release-time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const now = new Date('2026-11-25T10:00:00Z');

function release(more: Partial<ReleaseQuestion> & { readonly own?: readonly string[]; readonly deferred?: readonly string[] } = {}) {
  const { own = [], deferred = [], ...question } = more;
  return releaseTime({ now, sendAt: { own, deferred }, digital: true, holdMs: 0, sendAtMaxMs: 366 * DAY_MS, ...question });
}

function timeOf(more: Parameters<typeof release>[0]): string {
  const time = release(more);
  return time.kind === 'at' ? time.releaseAt.toISOString() : time.kind === 'refused' ? time.problem.code : time.kind;
}

describe('the time at which a mail goes', () => {
  it('is at once without a wait and without a chosen time', () => {
    assert.deepEqual(release(), { kind: 'at-once' });
  });

  it('is after the wait, for Digital Post alone', () => {
    assert.equal(timeOf({ holdMs: 2 * MINUTE_MS }), '2026-11-25T10:02:00.000Z');
    assert.equal(timeOf({ holdMs: 2 * MINUTE_MS, digital: false }), 'at-once');
  });

  it('is the chosen one, in Danish time where no zone is given, summer and winter', () => {
    assert.equal(timeOf({ own: ['2026-12-01T08:00'] }), '2026-12-01T07:00:00.000Z');
    assert.equal(timeOf({ own: ['2027-06-01 08:00:30'] }), '2027-06-01T06:00:30.000Z');
    assert.equal(timeOf({ own: ['2026-12-01T08:00:00+0300'] }), '2026-12-01T05:00:00.000Z');
    assert.equal(timeOf({ own: [' 2026-12-01t08:00:00.250z '] }), '2026-12-01T08:00:00.000Z');
  });

  it('is what Outlook asks for in Deferred-Delivery', () => {
    assert.equal(timeOf({ deferred: ['Tue, 1 Dec 2026 08:00:00 +0100'] }), '2026-12-01T07:00:00.000Z');
    assert.equal(timeOf({ deferred: ['1 Dec 2026 08:00 GMT (Greenwich)'] }), '2026-12-01T08:00:00.000Z');
  });

  it('is never before the end of the wait', () => {
    assert.equal(timeOf({ own: ['2026-11-25T10:01:00Z'], holdMs: 10 * MINUTE_MS }), '2026-11-25T10:10:00.000Z');
    assert.equal(timeOf({ own: ['2026-11-25T10:30:00Z'], holdMs: 10 * MINUTE_MS }), '2026-11-25T10:30:00.000Z');
  });

  it('is at once when the chosen one has passed', () => {
    assert.equal(timeOf({ own: ['2026-11-25T09:59:59Z'] }), 'at-once');
    assert.equal(timeOf({ deferred: ['Mon, 1 Jan 2024 08:00:00 +0100'] }), 'at-once');
  });

  it('is of one mind: two fields that differ are refused, two that agree are one', () => {
    const own = ['2026-12-01T08:00+01:00'];
    assert.equal(timeOf({ own, deferred: ['Tue, 1 Dec 2026 07:00:00 +0000'] }), '2026-12-01T07:00:00.000Z');
    assert.equal(timeOf({ own, deferred: ['Tue, 1 Dec 2026 08:00:00 +0000'] }), 'send-at-unreadable');
    assert.equal(timeOf({ own: [...own, '2026-12-02T08:00'] }), 'send-at-unreadable');
  });

  it('that cannot be read, that no clock shows, or that lies too far ahead, refuses the mail', () => {
    const unreadable = [
      '', 'i morgen', '2026-12-01', '01-12-2026 08:00', '2026-13-01T08:00', '2026-02-30T08:00Z', '2027-03-28T02:30', '2026-12-01T24:01',
      '2026-12-01T08:60Z', '2026-12-01T08:00+25:00', '1764576000',
    ];
    for (const text of unreadable) assert.equal(timeOf({ own: [text] }), 'send-at-unreadable', text);
    for (const text of ['', 'Mon, 1 Dec 2026 08:00:00 +0100', '1 Dec 26 08:00 +0100', '2026-12-01T08:00', 'Tue, 31 Nov 2026 08:00:00 +0100']) {
      assert.equal(timeOf({ deferred: [text] }), 'send-at-unreadable', text);
    }
    assert.equal(timeOf({ own: ['2027-11-27T10:00:00Z'] }), 'send-at-too-far');
    assert.equal(timeOf({ own: ['2027-11-26T10:00:00Z'] }), '2027-11-26T10:00:00.000Z');
  });

  it('of an ordinary mail follows our own field and leaves Deferred-Delivery to the mail server', () => {
    assert.equal(timeOf({ digital: false, deferred: ['Tue, 1 Dec 2026 08:00:00 +0100'] }), 'at-once');
    assert.equal(timeOf({ digital: false, deferred: ['whenever'] }), 'at-once');
    assert.equal(timeOf({ digital: false, own: ['2026-12-01T08:00'] }), '2026-12-01T07:00:00.000Z');
  });

  it('is the later of wait and choice, whatever they are', () => {
    fc.assert(fc.property(fc.nat(10 * DAY_MS), fc.option(fc.integer({ min: -DAY_MS, max: DAY_MS })), (holdMs, ahead) => {
      const sendAt = ahead === null ? null : new Date(now.getTime() + ahead);
      const time = laterOf({ now, holdMs, sendAt });
      const expected = Math.max(holdMs, ahead ?? 0, 0);
      assert.equal(time.kind === 'at' ? time.releaseAt.getTime() - now.getTime() : 0, expected);
    }));
  });

  it('written as ISO 8601 in Danish time is the moment that a Danish clock shows', () => {
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'medium' });
    fc.assert(fc.property(fc.nat(365 * DAY_MS), (ahead) => {
      const moment = new Date(Math.ceil((now.getTime() + 1 + ahead) / 1000) * 1000);
      const text = shown.format(moment);
      const time = release({ own: [text] });
      assert.ok(time.kind === 'at');
      assert.equal(shown.format(time.releaseAt), text);
    }));
  });
});
