import type { Block } from './block-model.ts';

/** Blocks without the space at their ends, which a cell, an item or a quote has by itself. */
export function withoutOuterSpace(blocks: readonly Block[]): Block[] {
  const first = blocks.findIndex((block) => block.kind !== 'space');
  const last = blocks.findLastIndex((block) => block.kind !== 'space');
  return first < 0 ? [] : blocks.slice(first, last + 1);
}
