import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Block } from '../../src/pdf/block-model.ts';
import { textToBlocks } from '../../src/pdf/text-to-blocks.ts';

function read(text: string, flowed = false, delSp = false): Block[] {
  return textToBlocks({ text, flowed, delSp }, new Set());
}

function outline(blocks: readonly Block[]): string {
  return blocks.map((block): string => {
    if (block.kind === 'quote') return `quote(${outline(block.blocks)})`;
    if (block.kind === 'space') return `space${block.lines}`;
    if (block.kind !== 'paragraph' && block.kind !== 'preformatted') return block.kind;
    const text = block.content.map((inline) =>
      (inline.kind === 'text' ? (inline.href === null ? inline.text : `<${inline.href}>`) : '/')).join('');
    return `${block.kind === 'paragraph' ? 'p' : 'pre'}"${text}"`;
  }).join(' ');
}

describe('plain text', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['keeps its lines, and its empty lines as space', 'a\r\nb\r\n\r\n\r\nc\n', 'p"a/b" space2 p"c" space1'],
    ['keeps its indents and the signs of its lists', '- a\n  - b\n* c', 'p"- a/  - b/* c"'],
    ['has quotes within quotes', 'a\n> b\n>> c\n> > d\ne', 'p"a" quote(p"b" quote(p"c/d")) p"e"'],
    ['has five quotes within each other at most', '>>>>>>>> a', 'quote(quote(quote(quote(quote(p"a")))))'],
    ['has links without the stop behind them', 'se https://a.dk/b?c=d. (http://e.dk/) nu', 'p"se <https://a.dk/b?c=d>. (<http://e.dk/>) nu"'],
    ['is of one width where it is lined up', 'Navn     Beløb\nA        10', 'pre"Navn     Beløb/A        10"'],
    ['has tabs as columns of eight', 'a\tb', 'p"a       b"'],
  ];
  for (const [what, text, expected] of cases) {
    it(what, () => {
      assert.equal(outline(read(text)), expected);
    });
  }

  it('that flows is joined where its lines end in a space', () => {
    assert.equal(outline(read('a \nb\n c\n> d \n> e\n-- \nf', true)), 'p"a b/c" quote(p"d e") p"--/f"');
  });

  it('that flows with DelSp loses the space', () => {
    assert.equal(outline(read('langt \nord', true, true)), 'p"langtord"');
  });

  it('loses no letter whatever it is', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'æ', ' ', '\n', '>', '\t', 'https://x.dk/ ', '-- ')), (parts) => {
      const text = parts.join('');
      const letters = (of: string): string => [...of.matchAll(/[aæxdk]/gu)].map(([letter]) => letter).join('');
      const found = outline(read(text)).replace(/space\d/gu, '').replace(/quote\(|pre"|p"/gu, '');
      assert.equal(letters(found), letters(text));
    }));
  });
});
