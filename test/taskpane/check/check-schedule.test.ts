import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createCheckSchedule } from '../../../src/taskpane/check/check-schedule.ts';

/** Looks that end when they are told to. */
function looks(): { readonly look: () => Promise<void>; readonly end: () => Promise<void>; readonly begun: () => number } {
  const ends: (() => void)[] = [];
  let begun = 0;
  return {
    look: async () => {
      begun += 1;
      await new Promise<void>((resolve) => ends.push(resolve));
    },
    end: async () => {
      ends.shift()?.();
      for (let n = 0; n < 5; n += 1) await Promise.resolve();
    },
    begun: () => begun,
  };
}

const withClock = (t: TestContext): void => t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });

describe('when a draft is looked through', () => {
  it('it is a second after the last change', (t) => {
    withClock(t);
    const { look, begun } = looks();
    const schedule = createCheckSchedule(look, () => false);
    schedule.changed();
    t.mock.timers.tick(999);
    schedule.changed();
    t.mock.timers.tick(999);
    assert.equal(begun(), 0);
    t.mock.timers.tick(1);
    assert.equal(begun(), 1);
    schedule.stop();
  });

  it('it is every five seconds while it is seen, and not while it is not', async (t) => {
    withClock(t);
    const { look, begun, end } = looks();
    let seen = false;
    const schedule = createCheckSchedule(look, () => seen);
    t.mock.timers.tick(10_000);
    assert.equal(begun(), 0);
    seen = true;
    t.mock.timers.tick(5_000);
    assert.equal(begun(), 1);
    await end();
    t.mock.timers.tick(5_000);
    assert.equal(begun(), 2);
    schedule.stop();
  });

  it('one look follows the other: what changes meanwhile is seen by one more', async (t) => {
    withClock(t);
    const { look, begun, end } = looks();
    const schedule = createCheckSchedule(look, () => true);
    schedule.now();
    schedule.now();
    schedule.changed();
    t.mock.timers.tick(20_000);
    assert.equal(begun(), 1);
    await end();
    assert.equal(begun(), 2);
    await end();
    assert.equal(begun(), 2);
    schedule.stop();
  });

  it('a look that fails is followed by the next', async (t) => {
    withClock(t);
    let begun = 0;
    const schedule = createCheckSchedule(() => {
      begun += 1;
      return Promise.reject(new Error('Outlook did not answer'));
    }, () => true);
    schedule.now();
    for (let n = 0; n < 5; n += 1) await Promise.resolve();
    t.mock.timers.tick(5_000);
    assert.equal(begun, 2);
    schedule.stop();
  });

  it('nothing is looked at any more once it has stopped', async (t) => {
    withClock(t);
    const { look, begun, end } = looks();
    const schedule = createCheckSchedule(look, () => true);
    schedule.now();
    schedule.now();
    schedule.stop();
    await end();
    t.mock.timers.tick(20_000);
    assert.equal(begun(), 1);
  });
});
