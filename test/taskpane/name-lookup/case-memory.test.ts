import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rememberCase, rememberedCase } from '../../../src/taskpane/name-lookup/case-memory.ts';

const morning = new Date('2026-11-25T07:00:00Z');

function choices(): { choice(name: string): Promise<string | null>; keepChoice(name: string, value: string): Promise<void>; readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    choice: async (name) => kept.get(name) ?? null,
    async keepChoice(name, value) {
      kept.set(name, value);
    },
  };
}

describe('the case that one looks up for', () => {
  it('is remembered for the day', async () => {
    const memory = choices();
    await rememberCase(memory, 'sag 2026-004512 om bolig', morning);
    assert.equal(await rememberedCase(memory, new Date('2026-11-25T22:00:00Z')), 'sag 2026-004512 om bolig');
    assert.equal(await rememberedCase(memory, new Date('2026-11-25T23:01:00Z')), '');
  });

  it('is empty before there was one', async () => {
    assert.equal(await rememberedCase(choices(), morning), '');
  });

  it('is not kept where it is a CPR number', async () => {
    const memory = choices();
    await rememberCase(memory, 'opslag på 251248-9996', morning);
    assert.equal(memory.kept.size, 0);
  });
});
