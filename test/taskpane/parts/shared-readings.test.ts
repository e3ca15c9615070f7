import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharedReadings } from '../../../src/taskpane/parts/shared-readings.ts';

/** Readings that end when they are told to. */
function slowReadings() {
  const ends: ((fails?: Error) => void)[] = [];
  const readings = sharedReadings(async () => {
    const n = ends.length + 1;
    await new Promise<void>((resolve, reject) => ends.push((fails) => (fails ? reject(fails) : resolve())));
    return n;
  });
  return { ends, readings };
}

const settle = async (): Promise<void> => await new Promise((resume) => setImmediate(resume));

describe('readings of the item', () => {
  it('never pile up: all who ask during one share the next', async () => {
    const { ends, readings } = slowReadings();
    const first = readings.read();
    const others = Array.from({ length: 50 }, async () => await readings.read());
    await settle();
    assert.deepEqual([ends.length, readings.isReading()], [1, true]);
    ends[0]?.();
    assert.equal(await first, 1);
    await settle();
    assert.equal(ends.length, 2);
    const later = readings.read();
    ends[1]?.();
    assert.deepEqual([...new Set(await Promise.all(others))], [2]);
    await settle();
    ends[2]?.();
    assert.equal(await later, 3);
    assert.deepEqual([ends.length, readings.isReading()], [3, false]);
  });

  it('go on after one that failed', async () => {
    const { ends, readings } = slowReadings();
    const failing = assert.rejects(readings.read(), /no/);
    const next = readings.read();
    ends[0]?.(new Error('no'));
    await failing;
    await settle();
    ends[1]?.();
    assert.equal(await next, 2);
  });
});
