import type { Align, Direction, Marks } from './block-model.ts';
import { plainMarks } from './block-model.ts';
import type { Declarations } from './style-rules.ts';

/** What an element hands down to what is inside it. */
export type Look = {
  readonly marks: Marks;
  readonly href: string | null;
  readonly align: Align;
  readonly direction: Direction;
  /** Spaces and line ends count as they stand. */
  readonly preserved: boolean;
  /** Letters of size 0: a way of hiding that an inner size undoes. */
  readonly tooSmall: boolean;
  /** Set in Wingdings or Symbol: `J` means a smiling face. */
  readonly symbols: boolean;
};

export const plainLook: Look = {
  marks: plainMarks, href: null, align: 'start', direction: 'auto', preserved: false, tooSmall: false, symbols: false,
};

export type Attributes = Readonly<Record<string, string>>;

const bold: Partial<Marks> = { bold: true };
const italic: Partial<Marks> = { italic: true };
const underline: Partial<Marks> = { underline: true };
const strike: Partial<Marks> = { strike: true };
const mono: Partial<Marks> = { mono: true };

const tagMarks: ReadonlyMap<string, Partial<Marks>> = new Map([
  ['b', bold], ['strong', bold], ['th', bold], ['dt', bold], ['legend', bold],
  ['i', italic], ['em', italic], ['cite', italic], ['dfn', italic], ['var', italic],
  ['u', underline], ['ins', underline], ['s', strike], ['strike', strike], ['del', strike],
  ['code', mono], ['kbd', mono], ['samp', mono], ['tt', mono], ['pre', mono], ['xmp', mono], ['listing', mono],
  ['sub', { script: 'sub' } as const], ['sup', { script: 'super' } as const],
]);

/** The look inside an element, from its tag, attributes and styles on top of its parent's. */
export function lookInside(parent: Look, tag: string, attributes: Attributes, style: Declarations): Look {
  return {
    marks: marksInside(parent.marks, tag, attributes, style),
    href: tag === 'a' ? safeHref(attributes['href'] ?? '') : parent.href,
    align: alignInside(parent.align, tag, attributes, style),
    direction: directionOf(attributes['dir'] ?? style['direction']) ?? parent.direction,
    preserved: preservedInside(parent.preserved, tag, style),
    tooSmall: tooSmallInside(parent.tooSmall, style),
    symbols: symbolsInside(parent.symbols, attributes, style),
  };
}

/** Whether an element is there to be seen by nobody, as the text that newsletters hide above their first line. */
export function isHidden(attributes: Attributes, style: Declarations): boolean {
  const height = style['max-height'] ?? style['height'] ?? '';
  return attributes['hidden'] !== undefined || style['display'] === 'none' || style['mso-hide'] === 'all'
    || style['visibility'] === 'hidden' || style['visibility'] === 'collapse' || style['mso-list'] === 'ignore'
    || style['opacity'] === '0' || (style['overflow'] === 'hidden' && /^0(?:px|pt)?$/u.test(height));
}

function marksInside(parent: Marks, tag: string, attributes: Attributes, style: Declarations): Marks {
  const changes: Partial<Marks> = { ...tagMarks.get(tag), ...styledMarks(style, attributes) };
  return Object.keys(changes).length === 0 ? parent : { ...parent, ...changes };
}

function styledMarks(style: Declarations, attributes: Attributes): Partial<Marks> {
  const font = style['font-family'] ?? attributes['face'] ?? '';
  return {
    ...weightOf(style['font-weight']),
    ...(style['font-style'] && { italic: /^(?:italic|oblique)/u.test(style['font-style']) }),
    ...decorationOf(style['text-decoration'] ?? style['text-decoration-line'] ?? ''),
    ...(style['vertical-align'] === 'sub' && { script: 'sub' as const }),
    ...(style['vertical-align'] === 'super' && { script: 'super' as const }),
    ...(/courier|consolas|monospace|lucida console/iu.test(font) && mono),
  };
}

function weightOf(weight: string | undefined): Partial<Marks> {
  if (!weight || weight === 'inherit') return {};
  return { bold: weight.startsWith('bold') || Number(weight) >= 600 };
}

// `none` only takes the line from a link; it does not reach lines drawn by elements around it (CSS Text Decoration 3).
function decorationOf(decoration: string): Partial<Marks> {
  return { ...(decoration.includes('underline') && underline), ...(decoration.includes('line-through') && strike) };
}

const alignments: ReadonlyMap<string, Align> = new Map([
  ['left', 'left'], ['center', 'center'], ['middle', 'center'], ['right', 'right'], ['end', 'right'],
  ['justify', 'justify'], ['start', 'start'],
]);

// A table's own `align` places the table, not what is in it; and it does not take on that of what it stands in.
function alignInside(parent: Align, tag: string, attributes: Attributes, style: Declarations): Align {
  if (tag === 'center') return 'center';
  const value = style['text-align'] ?? (tag === 'table' ? '' : attributes['align']?.toLowerCase()) ?? '';
  return alignments.get(value.replace(/^-(?:webkit|moz)-/u, '')) ?? (tag === 'table' ? 'start' : parent);
}

function directionOf(value: string | undefined): Direction | null {
  const direction = value?.toLowerCase();
  return direction === 'rtl' || direction === 'ltr' ? direction : null;
}

function preservedInside(parent: boolean, tag: string, style: Declarations): boolean {
  const space = style['white-space'];
  if (space) return space.startsWith('pre') || space === 'break-spaces';
  return tag === 'pre' || tag === 'xmp' || tag === 'listing' || tag === 'textarea' || (tag !== 'table' && parent);
}

function tooSmallInside(parent: boolean, style: Declarations): boolean {
  const size = style['font-size'] ?? '';
  return size === '' || size === 'inherit' ? parent : /^0(?:\.0+)?(?:px|pt|em|rem|%)?$/u.test(size);
}

function symbolsInside(parent: boolean, attributes: Attributes, style: Declarations): boolean {
  const font = style['font-family'] ?? attributes['face']?.toLowerCase();
  return font === undefined ? parent : /^["']?(?:wingdings|symbol)["']?(?:$|,)/u.test(font);
}

/** The address of a link that a letter may carry, else null: web, mail and telephone, nothing that runs or reads. */
function safeHref(href: string): string | null {
  // Browsers drop these inside a scheme, so that `java\nscript:` runs.
  const address = href.replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\ufeff]+/gu, (found) =>
    (/^ +$/u.test(found) ? '%20' : '')).replace(/^(?:%20)+|(?:%20)+$/gu, '');
  if (address.length > 2_000 || !/^(?:https?:\/\/|mailto:|tel:)/iu.test(address)) return null;
  try {
    return new URL(address).href;
  } catch {
    return null;
  }
}
