import { parse, type DefaultTreeAdapterTypes } from 'parse5';

export type BodyNode = DefaultTreeAdapterTypes.ChildNode;
export type BodyElement = DefaultTreeAdapterTypes.Element;

/** Names of styles and their values, all in lower case; of two, the last. */
export type Styles = Readonly<Record<string, string>>;

/** What is around an element, as far as warnings ask. */
export interface Surroundings {
  readonly bold: boolean;
  /** Colours as they are written; null: nobody has said, so the text is black and the paper white. */
  readonly color: string | null;
  readonly colorSetBy: BodyElement | null;
  readonly background: string | null;
  /** Nothing there becomes a heading of the letter (pdf/html-to-blocks.ts): lists, quotations, cells. */
  readonly noHeadings: boolean;
}

export interface Visitor {
  /** Before what is inside it. */
  element(element: BodyElement, inside: Surroundings): void;
  text(text: string, around: Surroundings): void;
}

/** A mail's HTML as the gateway reads it, by the same parser; every element knows where it stands in the source. */
export function bodyTree(html: string): BodyElement {
  const page = parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false });
  const root = page.childNodes.find(isElement);
  const body = root?.childNodes.filter(isElement).find(({ tagName }) => tagName === 'body');
  if (!body) throw new Error('a page without a body');
  return body;
}

/** Visits what somebody can see, in its order. Not by calls of itself: a mail may be nested as deep as it likes. */
export function visitSeen(root: BodyElement, visitor: Visitor): void {
  const open: { readonly node: BodyNode; readonly around: Surroundings }[] = [{ node: root, around: nothingSaid }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, around } = next;
    if (isTextNode(node)) visitor.text(node.value, around);
    if (!isElement(node) || !isSeen(node)) continue;
    const inside = insideOf(node, around);
    visitor.element(node, inside);
    for (const child of [...node.childNodes].reverse()) open.push({ node: child, around: inside });
  }
}

/** The text that somebody can see under an element, blanks folded. */
export function seenText(element: BodyElement): string {
  const pieces: string[] = [];
  visitSeen(element, {
    element: ({ tagName }) => void (tagName === 'br' && pieces.push(' ')),
    text: (text) => void pieces.push(text),
  });
  return folded(pieces.join(''));
}

export function folded(text: string): string {
  return text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '').replace(/\s+/g, ' ').trim();
}

/** Whether some element inside one is such; looks no further than the first. */
export function holds(root: BodyElement, isSuch: (element: BodyElement) => boolean): boolean {
  const open: BodyNode[] = [...root.childNodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isElement(node)) continue;
    if (isSuch(node)) return true;
    open.push(...[...node.childNodes].reverse());
  }
  return false;
}

export function isElement(node: BodyNode): node is BodyElement {
  return 'tagName' in node;
}

function isTextNode(node: BodyNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

export function attributeOf({ attrs }: BodyElement, name: string): string | null {
  return attrs.find((attribute) => attribute.name === name)?.value ?? null;
}

export function stylesOf(element: BodyElement): Styles {
  const styles: Record<string, string> = {};
  for (const declaration of (attributeOf(element, 'style') ?? '').split(';')) {
    const colon = declaration.indexOf(':');
    if (colon > 0) styles[declaration.slice(0, colon).trim().toLowerCase()] = declaration.slice(colon + 1).replace(/!important/i, '').trim().toLowerCase();
  }
  return styles;
}

const nothingSaid: Surroundings = { bold: false, color: null, colorSetBy: null, background: null, noHeadings: false };
const boldTags: ReadonlySet<string> = new Set(['b', 'strong', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'th']);
const noHeadingTags: ReadonlySet<string> = new Set(['ul', 'ol', 'li', 'blockquote', 'td', 'th', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'a', 'dl', 'caption']);
const unseenTags: ReadonlySet<string> = new Set([
  'script', 'style', 'head', 'title', 'template', 'iframe', 'object', 'embed', 'svg', 'audio', 'video', 'canvas', 'map', 'select', 'noscript', 'xml', 'dialog',
]);

function isSeen(element: BodyElement): boolean {
  const { tagName } = element;
  if (unseenTags.has(tagName) || /^[vxp]:/.test(tagName) || attributeOf(element, 'hidden') !== null) return false;
  const style = attributeOf(element, 'style') ?? '';
  return !/display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|mso-list\s*:\s*ignore|opacity\s*:\s*0(?![.\d])/i.test(style);
}

function insideOf(element: BodyElement, around: Surroundings): Surroundings {
  const styles = stylesOf(element);
  const color = styles['color'] ?? (element.tagName === 'font' ? attributeOf(element, 'color') : null);
  const background = backgroundOf(element, styles);
  return {
    bold: boldBy(styles['font-weight']) ?? (around.bold || boldTags.has(element.tagName)),
    ...(color === null || color === 'inherit' ? { color: around.color, colorSetBy: around.colorSetBy } : { color, colorSetBy: element }),
    background: background ?? around.background,
    noHeadings: around.noHeadings || noHeadingTags.has(element.tagName),
  };
}

function boldBy(weight: string | undefined): boolean | null {
  if (weight === undefined || weight === 'inherit') return null;
  return weight.startsWith('bold') || Number(weight) >= 600;
}

function backgroundOf(element: BodyElement, styles: Styles): string | null {
  const written = styles['background-color'] ?? styles['background'] ?? attributeOf(element, 'bgcolor');
  return written === null || /^(?:transparent|none|inherit|initial)?$/.test(written.trim()) ? null : written;
}
