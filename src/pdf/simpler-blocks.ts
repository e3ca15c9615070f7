import type { Block, Inline } from './block-model.ts';
import { plainMarks } from './block-model.ts';
import { canSetPicture } from './make-pdf.ts';

/**
 * The blocks without the pictures that looked sound but cannot be decoded: their alt text stands instead, in brackets.
 * `broken` says how many there were.
 */
export function withoutBrokenPictures(blocks: readonly Block[]): { readonly blocks: Block[]; readonly broken: number } {
  let broken = 0;
  const kept = mapInlines(blocks, (inline) => {
    if (inline.kind !== 'picture' || canSetPicture(inline.picture)) return inline;
    broken++;
    return { kind: 'text', text: `[${inline.picture.alt ?? 'Billede'}]`, marks: plainMarks, href: null };
  });
  return { blocks: kept, broken };
}

/**
 * The blocks without signs that Typst could not show where they stood: combining marks and joiners are taken off their
 * letter, others become U+25A1. `signs: 'marks'` takes off all marks there are.
 */
export function withoutSigns(blocks: readonly Block[], signs: ReadonlySet<string> | 'marks'): Block[] {
  const mark = /[\p{M}\u200c-\u200f]/u;
  const simpler = (sign: string): string => {
    const isMark = mark.test(sign);
    const kept = signs === 'marks' ? !isMark : !signs.has(sign);
    return kept ? sign : isMark ? '' : '\u25a1';
  };
  return mapInlines(blocks, (inline) =>
    (inline.kind === 'text' ? { ...inline, text: [...inline.text].map(simpler).join('') } : inline));
}

function mapInlines(blocks: readonly Block[], map: (inline: Inline) => Inline): Block[] {
  return blocks.map((block): Block => {
    switch (block.kind) {
      case 'paragraph': case 'heading': case 'preformatted': return { ...block, content: block.content.map(map) };
      case 'list':
        return { ...block, items: block.items.map((item) => ({ ...item, blocks: mapInlines(item.blocks, map) })) };
      case 'quote': return { ...block, blocks: mapInlines(block.blocks, map) };
      case 'table':
        return { ...block, cells: block.cells.map((cell) => ({ ...cell, blocks: mapInlines(cell.blocks, map) })) };
      case 'rule': case 'space': case 'page-break': case 'picture-page': return block;
    }
  });
}
