import type { Block } from './block-model.ts';

/**
 * Numbers the headings of a letter anew: the first is of level 1, and none is more than one deeper than the one before
 * (PDF/UA-1, 7.4.2). Which heading stands under which stays as it was.
 */
export function renumberHeadings(blocks: readonly Block[]): Block[] {
  const open: number[] = [];
  const renumber = (block: Block): Block => {
    if (block.kind === 'heading') {
      while ((open.at(-1) ?? 0) >= block.level) open.pop();
      open.push(block.level);
      return { ...block, level: open.length };
    }
    if (block.kind !== 'table') return block;
    return { ...block, cells: block.cells.map((cell) => ({ ...cell, blocks: cell.blocks.map(renumber) })) };
  };
  return blocks.map(renumber);
}
