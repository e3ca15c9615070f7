import type { Block, ListItem } from './block-model.ts';

/** One paragraph of a list that Word wrote without `<ul>`: its level from 1, its marker as written. */
export type WordListParagraph = {
  readonly listId: string;
  readonly level: number;
  readonly marker: string;
  readonly blocks: readonly Block[];
};

/** Reads Word's `mso-list: l0 level1 lfo1`; null where it says no list. */
export function wordListLevel(msoList: string | undefined): { listId: string; level: number } | null {
  const [, listId, level] = /\bl(\d+)\s+level(\d+)/u.exec(msoList ?? '') ?? [];
  return listId && level ? { listId, level: Math.max(1, Math.min(Number(level), 9)) } : null;
}

/** Makes lists of the list paragraphs that follow each other: a change of list, or of bullets to numbers, ends one. */
export function wordLists(paragraphs: readonly WordListParagraph[]): Block[] {
  const lists: Block[] = [];
  let from = 0;
  while (from < paragraphs.length) {
    const first = paragraphs[from];
    if (!first) break;
    let to = from + 1;
    while (to < paragraphs.length && goesOn(first, paragraphs[to])) to++;
    lists.push(listOf(paragraphs.slice(from, to), first));
    from = to;
  }
  return lists;
}

function goesOn(first: WordListParagraph, next: WordListParagraph | undefined): boolean {
  if (!next) return false;
  if (next.level !== first.level) return next.level > first.level;
  return next.listId === first.listId && isOrdered(next.marker) === isOrdered(first.marker);
}

function listOf(paragraphs: readonly WordListParagraph[], first: WordListParagraph): Block {
  const ordered = isOrdered(first.marker);
  const items: ListItem[] = [];
  let from = 0;
  while (from < paragraphs.length) {
    const paragraph = paragraphs[from];
    if (!paragraph) break;
    let to = from + 1;
    while (to < paragraphs.length && (paragraphs[to]?.level ?? 0) > first.level) to++;
    const inner = wordLists(paragraphs.slice(from + 1, to));
    items.push({ label: ordered ? paragraph.marker : null, blocks: [...paragraph.blocks, ...inner] });
    from = to;
  }
  return { kind: 'list', ordered, items };
}

/** A marker with a digit in it, or of few letters and a stop: `1.`, `2.3`, `§ 4`, `b)`, `iv.`; not Courier's `o`. */
function isOrdered(marker: string): boolean {
  return /\d/u.test(marker) || /^\(?[\p{L}]{1,5}[.):]$/u.test(marker);
}
