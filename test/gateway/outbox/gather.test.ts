import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { gather } from '../../../src/gateway/outbox/gather.ts';

describe('items that are gathered', () => {
  it('each get their own result, in batches that are never too large and never overlap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (items, batchMax) => {
        let running = 0;
        const take = gather(async (batch: readonly number[]) => {
          assert.ok(batch.length <= batchMax);
          assert.equal((running += 1), 1);
          await Promise.resolve();
          running -= 1;
          return batch.map((item) => item * 2);
        }, batchMax);
        assert.deepEqual(await Promise.all(items.map(take)), items.map((item) => item * 2));
      }),
    );
  });

  it('do not suffer for one that fails', async () => {
    const take = gather(async (batch: readonly string[]) => {
      if (batch.includes('bad')) throw new Error('no');
      return batch.map((item) => item.length);
    }, 10);
    const results = await Promise.allSettled(['first', 'a', 'bad', 'bcd'].map(take));
    assert.deepEqual(results.map(({ status }) => status), ['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    assert.equal(await take('later'), 5);
  });
});
