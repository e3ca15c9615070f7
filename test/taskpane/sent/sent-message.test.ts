import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isHeld, isNewer, messageOf, needsDetail, withEvent, withPage } from '../../../src/taskpane/sent/sent-message.ts';
import { counted, event, now, summary } from './sent-fixtures.ts';

const message = (id: string, facts = {}) => messageOf(summary(id, facts));
const ids = (messages: readonly { readonly id: string }[]): readonly string[] => messages.map(({ id }) => id);

describe('what is known of a message', () => {
  it('follows its events, and keeps what they do not tell', () => {
    const held = message('s1', { done: false, counts: counted({ pending: 1 }), heldUntil: '2026-11-25T09:46:00.000Z' });
    const after = withEvent(held, event('s1', { stopped: true, counts: counted({ stopped: 1 }) }));
    assert.deepEqual([after.stopped, after.done, after.heldUntil, after.subject], [true, true, null, held.subject]);
  });

  it('keeps who approved it', () => {
    const approved = message('s1', { approval: { state: 'pending', by: 'bo@kommune.example', at: null } });
    assert.deepEqual(withEvent(approved, event('s1', { approval: 'approved' })).approval, { state: 'approved', by: 'bo@kommune.example', at: null });
    assert.deepEqual(withEvent(message('s1'), event('s1', { approval: 'pending' })).approval, { state: 'pending', by: null, at: null });
    assert.equal(withEvent(approved, event('s1')).approval, null);
  });

  it('is held until its time, while nothing has left', () => {
    const pending = counted({ pending: 2 });
    assert.equal(isHeld(message('s1', { counts: pending, heldUntil: '2026-11-25T09:44:01.000Z' }), now), true);
    assert.equal(isHeld(message('s1', { counts: pending, heldUntil: '2026-11-25T09:43:59.000Z' }), now), false);
    assert.equal(isHeld(message('s1', { counts: pending, approval: { state: 'pending', by: null, at: null } }), now), true);
    assert.equal(isHeld(message('s1', { counts: counted({ pending: 1, delivered: 1 }), heldUntil: '2026-11-25T09:46:00.000Z' }), now), false);
    assert.equal(isHeld(message('s1', { counts: pending, heldUntil: '2026-11-25T09:46:00.000Z', stopped: { by: null, at: now.toISOString() } }), now), false);
  });

  it('is asked about where the list does not say enough', () => {
    assert.equal(needsDetail(message('s1', { counts: counted({ failed: 1 }) }), now), true);
    assert.equal(needsDetail(message('s1', { counts: counted({ pending: 1 }) }), now), true);
    assert.equal(needsDetail(message('s1', { counts: counted({ pending: 1 }), heldUntil: '2026-11-25T09:46:00.000Z' }), now), false);
    assert.equal(needsDetail(message('s1', { counts: counted({ failed: 2 }) }), now), false);
    assert.equal(needsDetail(message('s1'), now), false);
    assert.equal(needsDetail(message('s1', { state: 'accepted', counts: counted({ pending: 1 }) }), now), false);
  });
});

describe('the list', () => {
  it('takes what is new on top, and brings what is known up to date in its place', () => {
    const known = [message('s9'), message('s8'), message('s7')];
    const after = withPage(known, [message('s10'), message('s8', { subject: 'Ny' })]);
    assert.deepEqual(ids(after), ['s10', 's9', 's8', 's7']);
    assert.equal(after[2]?.subject, 'Ny');
  });

  it('has each message once, newest first, whatever page comes', () => {
    const page = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 20 });
    fc.assert(fc.property(page, page, (before, then) => {
      const after = withPage(withPage([], before.map((n) => message(`s${String(n)}`))), then.map((n) => message(`s${String(n)}`)));
      const expected = [...new Set([...before, ...then])].sort((a, b) => b - a).map((n) => `s${String(n)}`);
      assert.deepEqual(ids(after), expected);
    }));
  });

  it('tells a newer message from one further down', () => {
    const known = [message('s10'), message('s9')];
    assert.equal(isNewer('s11', known), true);
    assert.equal(isNewer('s100', known), true);
    assert.equal(isNewer('s8', known), false);
    assert.equal(isNewer('s1', []), true);
  });
});
