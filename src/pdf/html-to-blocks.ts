import type { Block, ListItem } from './block-model.ts';
import type { BodyLimits } from './body-limits.ts';
import { BodyTooLarge } from './body-limits.ts';
import type { BodyPictures, GivenSize } from './body-pictures.ts';
import { lengthPt } from './body-pictures.ts';
import type { Attributes, Look } from './element-look.ts';
import { isHidden, lookInside, plainLook } from './element-look.ts';
import { listCounter } from './html-lists.ts';
import type { Place } from './html-place.ts';
import { tableBlocks } from './html-table.ts';
import type { HtmlElement, HtmlNode, HtmlParent } from './html-tree.ts';
import { attributesOf, elementsInside, htmlTree, isDropped, isElement, isText, textInside } from './html-tree.ts';
import { renumberHeadings } from './heading-levels.ts';
import { withoutOuterSpace } from './outer-space.ts';
import type { Frame } from './paragraph-builder.ts';
import { ParagraphBuilder, plainFrame } from './paragraph-builder.ts';
import { printableText, symbolFontSigns } from './printable-text.ts';
import type { Declarations, StyleRules } from './style-rules.ts';
import { declarationsOf, readStyleRules } from './style-rules.ts';
import type { WordListParagraph } from './word-list.ts';
import { wordListLevel, wordLists } from './word-list.ts';

export type HtmlNotes = {
  /** Letters that no font has, as `U+5B57`. */
  readonly missing: Set<string>;
  /** Pictures that the letter cannot show, and pictures that say nothing to who cannot see them. */
  picturesLeftOut: number;
  picturesWithoutAlt: number;
};

export type HtmlBody = {
  readonly html: string;
  readonly pictures: BodyPictures;
  readonly limits: BodyLimits;
  readonly notes: HtmlNotes;
};

/**
 * Reads an HTML body into blocks by an allow-list: what it does not know is its text, and nothing is fetched, run or
 * evaluated. Knows Word's and Outlook's HTML: lists of `mso-list`, hidden text, layout tables, empty paragraphs.
 * Throws BodyTooLarge where a limit is passed; what was found wanting is added to `notes`.
 */
export function htmlToBlocks({ html, pictures, limits, notes }: HtmlBody): Block[] {
  const tree = htmlTree(html, limits);
  const reader = new HtmlReader({ pictures, limits, notes }, readStyleRules(tree.css));
  return renumberHeadings(reader.blocksIn(tree.root, plainLook, { lists: 0, quotes: 0, tables: 0, headings: true }));
}

type Context = { readonly look: Look; readonly place: Place; readonly out: ParagraphBuilder };

const blockTags: ReadonlySet<string> = new Set([
  'html', 'body', 'p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'address', 'article', 'aside', 'center', 'dd', 'details',
  'dir', 'dl', 'dt', 'fieldset', 'figcaption', 'figure', 'footer', 'form', 'header', 'hgroup', 'legend', 'li', 'main',
  'menu', 'nav', 'pre', 'section', 'summary', 'xmp', 'listing', 'optgroup', 'option', 'caption', 'tbody', 'thead', 'tfoot',
  'tr', 'td', 'th', 'plaintext', 'search',
]);

type Special = 'break' | 'rule' | 'picture' | 'quotation' | 'list' | 'quote' | 'table';

const specialTags: ReadonlyMap<string, Special> = new Map([
  ['br', 'break'], ['hr', 'rule'], ['img', 'picture'], ['q', 'quotation'], ['blockquote', 'quote'], ['table', 'table'],
  ['ul', 'list'], ['ol', 'list'], ['menu', 'list'], ['dir', 'list'],
]);

const altCharsMax = 1_000;

/** Walks the tree. One for each body: it counts what the limits bound. */
class HtmlReader {
  readonly limits: BodyLimits;
  readonly #pictures: BodyPictures;
  readonly #notes: HtmlNotes;
  readonly #rules: StyleRules;
  #cells = 0;
  #chars = 0;

  constructor({ pictures, limits, notes }: Omit<HtmlBody, 'html'>, rules: StyleRules) {
    this.limits = limits;
    this.#pictures = pictures;
    this.#notes = notes;
    this.#rules = rules;
  }

  /** What is inside a node, as blocks of its own. */
  blocksIn(node: HtmlParent, look: Look, place: Place): Block[] {
    const out = new ParagraphBuilder();
    out.frame = { ...plainFrame, align: look.align, direction: look.direction };
    this.#children(node, { look, place, out });
    out.end();
    return out.blocks;
  }

  styleOf(element: HtmlElement): { attributes: Attributes; style: Declarations } {
    const attributes = attributesOf(element);
    const { class: className = '', id = '', style = '' } = attributes;
    return { attributes, style: declarationsOf({ tag: element.tagName, className, id, style }, this.#rules) };
  }

  countCells(cells: number): void {
    this.#cells += cells;
    if (this.#cells > this.limits.tableCellsMax) throw new BodyTooLarge('too-many-cells', this.limits.tableCellsMax);
  }

  #children(node: HtmlParent, context: Context): void {
    const nodes = node.childNodes;
    for (let i = 0; i < nodes.length; i++) {
      const child = nodes[i];
      if (!child) continue;
      const list = this.#wordListAt(nodes, i, context);
      if (list.length > 0) {
        i = list.at(-1)?.at ?? i;
        for (const block of wordLists(list)) context.out.addBlock(block);
      } else if (isText(child)) {
        this.#text(child.value, context);
      } else if (isElement(child)) {
        this.#element(child, context);
      }
    }
  }

  #text(source: string, { look, out }: Context): void {
    if (look.tooSmall) return;
    this.#chars += source.length;
    if (this.#chars > this.limits.textCharsMax) throw new BodyTooLarge('text-too-long', this.limits.textCharsMax);
    const signs = look.symbols ? symbolText(source) : source;
    const { text, missing } = printableText(signs);
    missing.forEach((sign) => this.#notes.missing.add(sign));
    out.addText(text, look);
  }

  #element(element: HtmlElement, context: Context): void {
    const tag = element.tagName;
    if (isDropped(tag)) return;
    const { attributes, style } = this.styleOf(element);
    if (isHidden(attributes, style)) return;
    const look = lookInside(context.look, tag, attributes, style);
    const inner = { ...context, look };
    const special = specialTags.get(tag);
    if (special) this.#special(special, element, { attributes, style }, inner);
    else if (blockTags.has(tag) || style['display'] === 'block') this.#block(element, { attributes, style }, inner);
    else this.#children(element, inner);
  }

  #special(kind: Special, element: HtmlElement, styled: Styled, context: Context): void {
    switch (kind) {
      case 'break': return context.out.addBreak();
      case 'rule': return context.out.addBlock({ kind: 'rule' });
      case 'picture': return this.#picture(styled, context);
      case 'quotation': return this.#quotation(element, context);
      case 'list': return this.#list(element, styled, context);
      case 'quote': return this.#quote(element, context);
      case 'table': return this.#table(element, context);
    }
  }

  #block(element: HtmlElement, { attributes, style }: Styled, context: Context): void {
    const { out, look, place } = context;
    out.end();
    const outer = out.frame;
    const level = place.headings ? headingLevel(element.tagName, attributes) : null;
    const frame = { level: level ?? 0, align: look.align, direction: look.direction };
    if (level !== null) {
      out.frame = { ...frame, kind: 'heading', gap: true };
      this.#children(element, { ...context, look: { ...look, marks: { ...look.marks, bold: false } } });
    } else {
      const kind = element.tagName === 'pre' || element.tagName === 'xmp' ? 'preformatted' : outer.kind;
      out.frame = { ...frame, kind, level: outer.level, gap: hasGap(element.tagName, style, outer) };
      const bold = /^h[1-6]$/u.test(element.tagName) ? { ...look, marks: { ...look.marks, bold: true } } : look;
      this.#children(element, { ...context, look: bold });
    }
    out.end();
    out.frame = outer;
  }

  #list(list: HtmlElement, { attributes, style }: Styled, { look, place, out }: Context): void {
    const counter = listCounter(list.tagName, attributes, style);
    const inside = { ...place, lists: place.lists + 1, headings: false };
    const items: ListItem[] = [];
    for (const child of list.childNodes) {
      const blocks = this.#blocksOf([child], look, inside);
      const last = items.at(-1);
      if (isElement(child) && child.tagName === 'li') {
        if (this.#isSeen(child)) items.push({ label: counter.next(attributesOf(child)['value']), blocks });
      } else if (blocks.length > 0) {
        // Outlook writes a list within a list beside its item, not inside.
        if (last) items[items.length - 1] = { ...last, blocks: [...last.blocks, ...blocks] };
        else items.push({ label: counter.next(undefined), blocks });
      }
    }
    if (items.length === 0) return;
    if (inside.lists <= this.limits.listsNestedMax) out.addBlock({ kind: 'list', ordered: counter.ordered, items });
    else for (const item of items) for (const block of item.blocks) out.addBlock(block);
  }

  #isSeen(element: HtmlElement): boolean {
    const { attributes, style } = this.styleOf(element);
    return !isHidden(attributes, style);
  }

  #blocksOf(nodes: readonly HtmlNode[], look: Look, place: Place): Block[] {
    const out = new ParagraphBuilder();
    out.frame = { ...plainFrame, align: look.align, direction: look.direction };
    for (const node of nodes) {
      if (isText(node)) this.#text(node.value, { look, place, out });
      else if (isElement(node)) this.#element(node, { look, place, out });
    }
    out.end();
    return withoutOuterSpace(out.blocks);
  }

  #quote(element: HtmlElement, { look, place, out }: Context): void {
    const inside = { ...place, quotes: place.quotes + 1, headings: false };
    const blocks = withoutOuterSpace(this.blocksIn(element, look, inside));
    if (blocks.length === 0) return;
    if (inside.quotes <= this.limits.quotesNestedMax) out.addBlock({ kind: 'quote', blocks });
    else blocks.forEach((block) => out.addBlock(block));
  }

  #quotation(element: HtmlElement, context: Context): void {
    context.out.addText('\u201d', context.look);
    this.#children(element, context);
    context.out.addText('\u201d', context.look);
  }

  #table(element: HtmlElement, { look, place, out }: Context): void {
    for (const block of tableBlocks(element, look, place, this)) out.addBlock(block);
  }

  #picture({ attributes, style }: Styled, { look, out }: Context): void {
    const size = givenSize(attributes, style);
    if (attributes['width'] === '0' || attributes['height'] === '0' || isSpeck(size)) return;
    const alt = altText(attributes);
    const found = this.#pictures.find(attributes['src'] ?? '', size);
    if (!found) {
      this.#notes.picturesLeftOut++;
      if (alt !== '') out.addText(`[${alt ?? 'Billede'}]`, { ...look, preserved: false });
      return;
    }
    if (isSpeck(found)) return;
    if (alt === null) this.#notes.picturesWithoutAlt++;
    out.addInline({ kind: 'picture', picture: { ...found, alt: alt === '' ? null : alt ?? 'Billede uden beskrivelse' } });
  }

  /** The run of Word's list paragraphs that begins at `from`, each with the place of its node; none elsewhere. */
  #wordListAt(nodes: readonly HtmlNode[], from: number, { look, place }: Context): (WordListParagraph & { at: number })[] {
    const found: (WordListParagraph & { at: number })[] = [];
    for (let at = from; at < nodes.length; at++) {
      const node = nodes[at];
      if (!node || (found.length > 0 && isBetween(node))) continue;
      if (!isElement(node) || (node.tagName !== 'p' && node.tagName !== 'div')) break;
      const { attributes, style } = this.styleOf(node);
      const level = wordListLevel(style['mso-list']);
      if (!level || isHidden(attributes, style)) break;
      const inside = { ...place, lists: place.lists + level.level, headings: false };
      const blocks = withoutOuterSpace(this.blocksIn(node, lookInside(look, node.tagName, attributes, style), inside));
      found.push({ ...level, marker: this.#markerOf(node), blocks, at });
    }
    return found;
  }

  /** Word keeps the marker it drew in an element of `mso-list:Ignore`. */
  #markerOf(paragraph: HtmlElement): string {
    for (const element of elementsInside(paragraph)) {
      const style = attributesOf(element)['style'] ?? '';
      if (/mso-list\s*:\s*ignore/iu.test(style)) return printableText(textInside(element)).text.trim();
    }
    return '';
  }
}

type Styled = { readonly attributes: Attributes; readonly style: Declarations };

function givenSize(attributes: Attributes, style: Declarations): GivenSize {
  return {
    widthPt: lengthPt(style['width']) ?? lengthPt(attributes['width']),
    heightPt: lengthPt(style['height']) ?? lengthPt(attributes['height']),
  };
}

// Pictures of a point or two only keep a distance, or count who reads the mail.
function isSpeck({ widthPt, heightPt }: GivenSize): boolean {
  return (widthPt ?? 99) <= 2 || (heightPt ?? 99) <= 2;
}

function isBetween(node: HtmlNode): boolean {
  return node.nodeName === '#comment' || (isText(node) && node.value.trim() === '');
}

function headingLevel(tag: string, attributes: Attributes): number | null {
  const [, digit] = /^h([1-6])$/u.exec(tag) ?? [];
  if (digit) return Number(digit);
  if (attributes['role'] === 'heading') return Math.max(1, Math.min(Number(attributes['aria-level']) || 2, 6));
  return /\bMsoTitle\b/u.test(attributes['class'] ?? '') ? 1 : null;
}

// A paragraph keeps a distance unless its style takes it away, as Outlook's MsoNormal does; a div keeps none.
function hasGap(tag: string, style: Declarations, outer: Frame): boolean {
  const margins = (style['margin'] ?? '').split(/\s+/u);
  const top = style['margin-top'] ?? margins[0] ?? '';
  const bottom = style['margin-bottom'] ?? margins[2] ?? margins[0] ?? '';
  if (top === '' && bottom === '') return tag === 'p' || /^h[1-6]$/u.test(tag) || outer.gap;
  const byDefault = tag === 'p';
  return [top, bottom].some((margin) => (margin === '' ? byDefault : (lengthPt(margin) ?? 0) > 2));
}

function symbolText(source: string): string {
  return source.replace(/[\u0021-\u00ff]/gu, (sign) => symbolFontSigns.get(sign.charCodeAt(0)) ?? sign);
}

function altText(attributes: Attributes): string | null {
  const alt = attributes['alt'] ?? attributes['title'];
  return alt === undefined ? null : printableText(alt).text.replace(/\s+/gu, ' ').trim().slice(0, altCharsMax);
}
