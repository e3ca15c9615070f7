import type { Align, Block, Cell, Direction, Inline, Marks, Picture } from './block-model.ts';

/** Measures of the page in templates/letter.typ, in points: A4 less the margins, upright and on its side. */
const contentWidthPt = 453;
const landscapeWidthPt = 700;

const paragraphGapPt = 7;
const linePitchPt = 14.2;

// Beyond so many letters in a row a word may break, so that it stays on the page. No Danish word is as long.
const wordCharsMax = 40;
const pieceChars = 16;

type Json = string | number | null | boolean | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

export type LetterHead = {
  readonly title: string;
  readonly lang: string;
  readonly region: string | null;
  readonly families: readonly string[];
  readonly monoFamilies: readonly string[];
};

export type TypstDocument = { readonly json: string; readonly pictures: readonly Picture[] };

/**
 * Writes blocks as the JSON that templates/letter.typ sets: lengths in points, distances between blocks worked out,
 * long words given places to break. `pictures` are the files the JSON names.
 */
export function typstDocument(head: LetterHead, blocks: readonly Block[]): TypstDocument {
  const pictures = new Map<string, Picture>();
  const letter: JsonObject = {
    title: head.title,
    lang: head.lang,
    region: head.region,
    fonts: head.families,
    monoFonts: head.monoFamilies,
    pageWord: head.lang === 'en' ? 'Page' : 'Side',
    ofWord: head.lang === 'en' ? 'of' : 'af',
    blocks: writeBlocks(blocks, { widthPt: contentWidthPt, wordCharsMax, pictures, nested: false, inList: false }),
  };
  return { json: JSON.stringify(letter), pictures: [...pictures.values()] };
}

type Room = {
  readonly widthPt: number;
  readonly wordCharsMax: number;
  readonly pictures: Map<string, Picture>;
  readonly nested: boolean;
  readonly inList: boolean;
};

function writeBlocks(blocks: readonly Block[], room: Room): Json[] {
  const written: Json[] = [];
  let gapPt: number | null = null;
  let lines = 0;
  for (const block of blocks) {
    if (block.kind === 'space') {
      lines += block.lines;
      continue;
    }
    const own = room.inList && block.kind === 'list' ? 0 : gapOf(block);
    const distance = gapPt === null ? 0 : Math.max(gapPt, own);
    // Empty lines at the top of a letter are as good as none.
    const gap: JsonObject = gapPt === null || beginsPage(block) ? {} : { g: lines > 0 ? lines * linePitchPt : distance };
    inParts(writeBlock(block, room)).forEach((part, i) => written.push({ ...(i === 0 ? gap : { g: 0 }), ...part }));
    gapPt = beginsPage(block) ? null : own;
    lines = 0;
  }
  return written;
}

// Typst's time for a paragraph grows with the square of its runs: above this a paragraph of thousands of lines, or of
// one endless word, is set as several without a distance.
const runsOfParagraphMax = 400;

function inParts(block: JsonObject): JsonObject[] {
  const runs = block['c'];
  if (!Array.isArray(runs) || runs.length <= runsOfParagraphMax) return [block];
  const parts: JsonObject[] = [];
  let from = 0;
  while (from < runs.length) {
    const lineEnd = runs.indexOf(0, from + runsOfParagraphMax / 2);
    const atLineEnd = lineEnd >= 0 && lineEnd < from + runsOfParagraphMax;
    const to = atLineEnd ? lineEnd : from + runsOfParagraphMax;
    parts.push({ ...block, c: runs.slice(from, to) });
    from = atLineEnd ? to + 1 : to;
  }
  return parts;
}

/** Around it no distance is kept: it would be a page of its own. */
function beginsPage({ kind }: Block): boolean {
  return kind === 'page-break' || kind === 'picture-page';
}

function gapOf(block: Block): number {
  if (block.kind === 'paragraph') return block.gap ? paragraphGapPt : 0;
  if (block.kind === 'heading') return block.level === 1 ? 11 : 9;
  return block.kind === 'list' ? 4 : paragraphGapPt;
}

function writeBlock(block: Exclude<Block, { kind: 'space' }>, room: Room): JsonObject {
  switch (block.kind) {
    case 'paragraph':
      return {
        k: 'p', c: writeInlines(block.content, room), ...writeAlign(block.align),
        ...writeDirection(block.direction, block.content),
      };
    case 'heading':
      return {
        k: 'h', l: block.level, c: writeInlines(block.content, room), ...writeAlign(block.align),
        ...writeDirection('auto', block.content),
      };
    case 'list': return writeList(block, room);
    case 'quote': return { k: 'q', b: writeBlocks(block.blocks, { ...room, widthPt: room.widthPt - 12 }) };
    case 'preformatted': return { k: 'pre', c: writeInlines(block.content, { ...room, wordCharsMax: 76 }) };
    case 'rule': return { k: 'hr' };
    case 'page-break': return { k: 'pb' };
    case 'picture-page': return writePicturePage(block.picture, room);
    case 'table': return block.purpose === 'data' ? writeTable(block, room) : writeLayout(block, room);
  }
}

function writeList(list: Extract<Block, { kind: 'list' }>, room: Room): JsonObject {
  const inside = { ...room, widthPt: room.widthPt - 24, inList: true };
  const items = list.items.map((item): Json => ({ n: item.label, b: writeBlocks(item.blocks, inside) }));
  return { k: list.ordered ? 'ol' : 'ul', items };
}

type TableBlock = Extract<Block, { kind: 'table' }>;

/** Type gets smaller with the number of columns; from eleven the page is laid on its side. Sizes in points. */
function tableMeasures(columns: number): { size: number; inset: number } {
  if (columns <= 5) return { size: 10.5, inset: 4 };
  if (columns <= 8) return { size: 9.5, inset: 3.5 };
  if (columns <= 12) return { size: 8.5, inset: 2.5 };
  if (columns <= 20) return { size: 7, inset: 2 };
  if (columns <= 40) return { size: 5.5, inset: 1 };
  return { size: 4, inset: 0.5 };
}

function writeTable(table: TableBlock, room: Room): JsonObject {
  const flip = !room.nested && table.columns > 10;
  const { size, inset } = tableMeasures(table.columns);
  const widthPt = flip ? landscapeWidthPt : room.widthPt;
  const columnPt = widthPt / table.columns - 2 * inset;
  // A few letters must fit beside each other in the narrowest column; wide columns may take a whole long word.
  const inside = roomInColumn(room, columnPt, size);
  return {
    k: 't', cols: table.columns, header: table.headerRows, repeat: table.headerRows <= 3, size, inset, flip,
    lines: table.bordered,
    cells: table.cells.map((cell) => writeCell(cell, inside)),
  };
}

function writeLayout(table: TableBlock, room: Room): JsonObject {
  const inside = roomInColumn(room, room.widthPt / table.columns - 8, 11);
  return { k: 'g', cols: table.columns, cells: table.cells.map((cell) => writeCell(cell, inside)) };
}

function roomInColumn(room: Room, columnPt: number, sizePt: number): Room {
  const chars = Math.floor(Math.max(columnPt, 1) / (sizePt * 0.62));
  const longest = Math.min(wordCharsMax, Math.max(chars, 2));
  return { ...room, widthPt: Math.max(columnPt, 8), wordCharsMax: longest, nested: true, inList: false };
}

function writeCell(cell: Cell, room: Room): Json {
  const wide = {
    ...room, widthPt: room.widthPt * cell.colspan,
    wordCharsMax: Math.min(wordCharsMax, room.wordCharsMax * cell.colspan),
  };
  return {
    x: cell.x, y: cell.y, cs: cell.colspan, rs: cell.rowspan, b: writeBlocks(cell.blocks, wide),
    ...writeAlign(cell.align),
  };
}

function writeAlign(align: Align): JsonObject {
  return align === 'start' || align === 'left' ? {} : { a: align };
}

const strongRtl = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
const strongLetter = /\p{L}/u;

/** The direction a paragraph is read in: what the mail says, else that of its first letter (UAX #9, P2 and P3). */
function writeDirection(direction: Direction, content: readonly Inline[]): JsonObject {
  const text = content.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
  const first = strongLetter.exec(text)?.[0] ?? '';
  const rtlLetter = strongRtl.test(first);
  if (direction === 'ltr') return rtlLetter ? { d: 'ltr' } : {};
  if (direction !== 'rtl' && !rtlLetter) return {};
  const lang = /[\u0590-\u05ff]/u.test(first) ? { lang: 'he' } : {};
  return rtlLetter ? { d: 'rtl', ...lang } : { d: 'rtl', lang: 'da' };
}

function writeInlines(content: readonly Inline[], room: Room): Json[] {
  const written: Json[] = [];
  let from = 0;
  while (from < content.length) {
    const href = hrefOf(content[from]);
    let to = from + 1;
    while (to < content.length && hrefOf(content[to]) === href) to++;
    const runs = content.slice(from, to).flatMap((inline) => writeInline(inline, room));
    for (const run of href === null ? runs : inParts({ l: href, c: runs })) written.push(run);
    from = to;
  }
  return written;
}

function hrefOf(inline: Inline | undefined): string | null {
  return inline?.kind === 'text' ? inline.href : null;
}

function writeInline(inline: Inline, room: Room): Json[] {
  switch (inline.kind) {
    case 'break': return [0];
    case 'picture': return [writePicture(inline.picture, room)];
    case 'text': {
      const marks = writeMarks(inline.marks);
      const pieces = breakable(inline.text, room.wordCharsMax);
      return pieces.flatMap((piece, i): Json[] => {
        const run = marks === null ? piece : { t: piece, ...marks };
        return i === 0 ? [run] : [1, run];
      });
    }
  }
}

const markKeys = [['bold', 'b'], ['italic', 'i'], ['underline', 'u'], ['strike', 's'], ['mono', 'm']] as const;

function writeMarks(marks: Marks): JsonObject | null {
  const keys = markKeys.filter(([mark]) => marks[mark]).map(([, key]): [string, Json] => [key, 1]);
  if (marks.script !== 'none') keys.push(['x', marks.script]);
  return keys.length === 0 ? null : Object.fromEntries(keys);
}

/** The text in pieces between which a line may end; one piece where no word is longer than `charsMax`. */
function breakable(text: string, charsMax: number): string[] {
  if (text.length <= charsMax) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (const word of text.matchAll(/\S+/gu)) {
    if (word[0].length <= charsMax) continue;
    const step = Math.min(charsMax, pieceChars);
    for (let at = step; at < word[0].length; at += step) {
      const cut = clusterStart(text, word.index + at);
      if (cut <= from) continue;
      pieces.push(text.slice(from, cut));
      from = cut;
    }
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** Moves a cut forward out of a surrogate pair, a combining mark or a joined emoji. */
function clusterStart(text: string, at: number): number {
  let cut = at;
  while (cut < text.length && (/^[\p{M}\u200c-\u200f\ufe00-\ufe0f\udc00-\udfff]/u.test(text[cut] ?? '')
    || isLowSurrogate(text, cut) || text[cut - 1] === '\u200d')) cut++;
  return cut;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function writePicture(picture: Picture, room: Room): Json {
  room.pictures.set(picture.name, picture);
  const scale = Math.min(1, room.widthPt / picture.widthPt, 640 / picture.heightPt);
  return { f: picture.name, w: round(picture.widthPt * scale), h: round(picture.heightPt * scale), alt: picture.alt };
}

/** A4 less the margins of a picture's page in templates/letter.typ, in points. */
const pictureShortPt = 538;
const pictureLongPt = 785;

function writePicturePage(picture: Picture, room: Room): JsonObject {
  room.pictures.set(picture.name, picture);
  const flip = picture.widthPt > picture.heightPt;
  const [widthPt, heightPt] = flip ? [pictureLongPt, pictureShortPt] : [pictureShortPt, pictureLongPt];
  const scale = Math.min(1, widthPt / picture.widthPt, heightPt / picture.heightPt);
  return { k: 'pp', f: picture.name, w: round(picture.widthPt * scale), h: round(picture.heightPt * scale), alt: picture.alt, flip };
}

function round(pt: number): number {
  return Math.round(pt * 100) / 100;
}
