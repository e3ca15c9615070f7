import type { Block, Inline } from './block-model.ts';
import { plainMarks } from './block-model.ts';
import { printableText } from './printable-text.ts';

export type PlainText = { readonly text: string; readonly flowed: boolean; readonly delSp: boolean };

type Line = { readonly depth: number; readonly text: string };

const tabColumns = 8;
const quotesNestedMax = 5;

/**
 * Reads a plain text body into blocks: lines stay lines, empty lines are space, `>` makes quotes, web addresses become
 * links; lines that `format=flowed` broke are joined (RFC 3676, 4). `missing` gathers letters no font has.
 */
export function textToBlocks(body: PlainText, missing: Set<string>): Block[] {
  const printable = printableText(body.text.replace(/\r\n?|\f/gu, '\n'));
  printable.missing.forEach((sign) => missing.add(sign));
  const physical = printable.text.split('\n').map((line) => readLine(line, body.flowed));
  const lines = body.flowed ? joinFlowed(physical, body.delSp) : physical;
  return blocksAt(lines, 0);
}

function readLine(line: string, flowed: boolean): Line {
  if (flowed) {
    const quote = /^>*/u.exec(line)?.[0] ?? '';
    const rest = line.slice(quote.length);
    return { depth: quote.length, text: rest.startsWith(' ') ? rest.slice(1) : rest };
  }
  const quote = /^(?:>[ ]?)*/u.exec(line)?.[0] ?? '';
  const depth = quote.split('>').length - 1;
  return { depth, text: line.slice(quote.length) };
}

/** A line that ends in a space goes on in the next of the same depth; the signature's `-- ` does not (RFC 3676, 4.3). */
function joinFlowed(lines: readonly Line[], delSp: boolean): Line[] {
  const joined: Line[] = [];
  let parts: string[] = [];
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    const soft = line.text.endsWith(' ') && line.text !== '-- ' && next?.depth === line.depth && next.text !== '-- ';
    parts.push(soft && delSp ? line.text.slice(0, -1) : line.text);
    if (soft) return;
    joined.push({ depth: line.depth, text: parts.join('') });
    parts = [];
  });
  return joined;
}

/** Lines of depth `depth` or deeper, deeper ones as quotes. */
function blocksAt(lines: readonly Line[], depth: number): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  while (from < lines.length) {
    const quoted = isQuoted(lines[from], depth);
    let to = from + 1;
    while (to < lines.length && isQuoted(lines[to], depth) === quoted) to++;
    const part = lines.slice(from, to);
    for (const block of quoted ? [quoteOf(part, depth)] : paragraphsOf(part)) blocks.push(block);
    from = to;
  }
  return blocks;
}

function isQuoted(line: Line | undefined, depth: number): boolean {
  return depth < quotesNestedMax && line !== undefined && line.depth > depth;
}

function quoteOf(lines: readonly Line[], depth: number): Block {
  return { kind: 'quote', blocks: blocksAt(lines, depth + 1) };
}

function paragraphsOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let empty = 0;
  const end = (): void => {
    if (paragraph.length > 0) blocks.push(paragraphOf(paragraph));
    paragraph = [];
  };
  for (const line of lines) {
    if (line.text.trim() !== '') {
      if (empty > 0) blocks.push({ kind: 'space', lines: Math.min(empty, 3) });
      empty = 0;
      paragraph.push(line.text.trimEnd());
    } else {
      end();
      empty++;
    }
  }
  end();
  if (empty > 0) blocks.push({ kind: 'space', lines: 1 });
  return blocks;
}

function paragraphOf(lines: readonly string[]): Block {
  const content = lines.flatMap((line, i): Inline[] =>
    [...(i === 0 ? [] : [{ kind: 'break' } as const]), ...linked(spread(line))]);
  // Columns lined up with spaces only stay in line where all letters are of one width.
  const aligned = lines.filter((line) => /\S(?: {3,}|\t)\S/u.test(line)).length >= 2;
  if (aligned) return { kind: 'preformatted', content };
  return { kind: 'paragraph', content, align: 'start', direction: 'auto', gap: false };
}

function spread(line: string): string {
  if (!line.includes('\t')) return line;
  let text = '';
  for (const part of line.split(/(\t)/u)) {
    text += part === '\t' ? ' '.repeat(tabColumns - (text.length % tabColumns)) : part;
  }
  return text;
}

const webAddress = /\b(?:https?:\/\/|mailto:)[^\s<>"'\u00ab\u00bb]{1,2000}/giu;

function linked(text: string): Inline[] {
  const runs: Inline[] = [];
  let from = 0;
  const add = (part: string, href: string | null): void => {
    if (part !== '') runs.push({ kind: 'text', text: part, marks: plainMarks, href });
  };
  for (const found of text.matchAll(webAddress)) {
    const address = withoutEnd(found[0]);
    if (!URL.canParse(address)) continue;
    add(text.slice(from, found.index), null);
    add(address, address);
    from = found.index + address.length;
  }
  add(text.slice(from), null);
  return runs;
}

/** An address at the end of a sentence does not own the full stop, nor a bracket that was opened before it. */
function withoutEnd(address: string): string {
  let end = address.replace(/[.,;:!?*_]+$/u, '');
  while (end.endsWith(')') && !end.includes('(')) end = end.slice(0, -1).replace(/[.,;:!?]+$/u, '');
  return end;
}
