import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noonOf, shownTime } from '../../../src/taskpane/parts/shown-time.ts';

const danish = shownTime('da-DK', 'Europe/Copenhagen');
const english = shownTime('en-GB', 'Europe/Copenhagen');
const now = new Date('2026-11-25T09:44:00Z');

describe('times as the pane writes them', () => {
  it('says the clock of something today, and "i går" of the day before', () => {
    assert.equal(danish.since(new Date('2026-11-25T08:31:00Z'), now), '09.31');
    assert.equal(danish.since(new Date('2026-11-24T22:59:00Z'), now), 'i går');
    assert.equal(english.since(new Date('2026-11-24T10:00:00Z'), now), 'yesterday');
  });

  it('goes by the calendar of the place, not by hours', () => {
    assert.equal(danish.since(new Date('2026-11-24T23:01:00Z'), now), '00.01');
    const morning = new Date('2026-10-26T00:30:00Z');
    // The day before had 25 hours.
    assert.equal(danish.since(new Date('2026-10-24T22:30:00Z'), morning), 'i går');
  });

  it('says the date of what is older, and the year where it is another', () => {
    assert.equal(danish.since(new Date('2026-11-14T10:00:00Z'), now), '14. nov.');
    assert.equal(danish.since(new Date('2025-12-31T10:00:00Z'), now), '31. dec. 2025');
  });

  it('says the day of a point in time on another day', () => {
    assert.equal(danish.point(new Date('2026-11-25T09:46:00Z'), now), '10.46');
    assert.equal(danish.point(new Date('2026-11-26T07:00:00Z'), now), '26. nov. 08.00');
  });

  it('writes day and clock in full', () => {
    assert.equal(danish.dayAndClock(new Date('2026-11-25T07:02:00Z')), '25. november 2026 kl. 08.02');
    assert.equal(english.dayAndClock(new Date('2026-11-25T07:02:00Z')), '25 November 2026 at 08:02');
  });

  it('keeps a date without a time on its day', () => {
    assert.equal(shownTime('da-DK').day(noonOf('2025-03-31')), '31. marts 2025');
  });
});
