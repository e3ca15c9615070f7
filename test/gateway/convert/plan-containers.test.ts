import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { planContainers } from '../../../src/gateway/convert/plan-containers.ts';

const LIMITS = { recipientsMin: 3, messagesMax: 4, bytesMax: 100 };

describe('the plan of containers', () => {
  it('puts every message in one container at most, in order, within both limits, and nothing alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 130 }), { minLength: 3, maxLength: 60 }), (sizes) => {
        const { containerOf, containers } = planContainers(sizes, LIMITS, randomUUID);
        assert.equal(containerOf.length, sizes.length);
        for (const { id, messages } of containers) {
          const members = sizes.flatMap((size, n) => (containerOf[n] === id ? [{ size, n }] : []));
          assert.equal(members.length, messages);
          assert.ok(messages > 1 && messages <= LIMITS.messagesMax);
          assert.ok(members.reduce((sum, { size }) => sum + size, 0) <= LIMITS.bytesMax);
          assert.equal((members.at(-1)?.n ?? 0) - (members[0]?.n ?? 0), messages - 1);
        }
        assert.deepEqual(new Set(containers.map(({ id }) => id)), new Set(containerOf.filter((id) => id !== null)));
      }),
    );
  });

  it('uses none below the number of recipients from which they are used', () => {
    assert.deepEqual(planContainers([1, 1], LIMITS, randomUUID), { containerOf: [null, null], containers: [] });
  });

  it('lets a message that fills a container alone go by itself', () => {
    const { containerOf, containers } = planContainers([99, 99, 10, 10], LIMITS, () => 'c');
    assert.deepEqual(containerOf, [null, null, 'c', 'c']);
    assert.deepEqual(containers, [{ id: 'c', messages: 2 }]);
  });
});
