import type { DefaultTreeAdapterTypes } from 'parse5';
import { parse } from 'parse5';
import type { BodyLimits } from './body-limits.ts';
import { BodyTooLarge } from './body-limits.ts';
import type { Attributes } from './element-look.ts';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlParent = DefaultTreeAdapterTypes.Document | HtmlElement;

// What is never shown in a letter, with all it holds: code, frames, forms' choices, drawings of VML and Office data.
const droppedTags: ReadonlySet<string> = new Set([
  'script', 'style', 'head', 'title', 'template', 'iframe', 'frame', 'frameset', 'embed', 'applet', 'svg', 'audio',
  'video', 'canvas', 'map', 'link', 'meta', 'base', 'select', 'datalist', 'noembed', 'noframes', 'xml', 'input',
  'progress', 'meter', 'dialog', 'colgroup', 'portal', 'bgsound',
]);

/** Whether an element is left out whole. `o:p` is not: Word puts a paragraph's mark into it, and sometimes its text. */
export function isDropped(tag: string): boolean {
  return droppedTags.has(tag) || /^(?:v|x|p|dt):/u.test(tag);
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

export function attributesOf(element: HtmlElement): Attributes {
  const attributes: Record<string, string> = {};
  for (const { name, value } of element.attrs) attributes[name] = value;
  return attributes;
}

export type HtmlTree = { readonly root: HtmlParent; readonly css: string };

/**
 * Parses HTML without running or fetching anything, collects the text of its style sheets, and makes sure that no
 * element lies deeper than `depthMax`: what does is put flat into its ancestor, so that its text stays.
 */
export function htmlTree(html: string, limits: BodyLimits): HtmlTree {
  const root = parse(html, { scriptingEnabled: false });
  const css: string[] = [];
  const open: { node: HtmlParent; depth: number }[] = [{ node: root, depth: 0 }];
  let elements = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    if (++elements > limits.elementsMax) throw new BodyTooLarge('too-many-elements', limits.elementsMax);
    if ('tagName' in node && node.tagName === 'style') css.push(textInside(node));
    if (depth >= limits.depthMax && 'tagName' in node) flatten(node);
    for (const child of node.childNodes) if (isElement(child)) open.push({ node: child, depth: depth + 1 });
  }
  return { root, css: css.reverse().join('\n') };
}

/** The elements inside an element, in the order of the document; without recursion, for it may be a deep one. */
export function* elementsInside(element: HtmlElement): Generator<HtmlElement> {
  const open: HtmlNode[] = [...element.childNodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isElement(node)) continue;
    yield node;
    for (let i = node.childNodes.length - 1; i >= 0; i--) {
      const child = node.childNodes[i];
      if (child) open.push(child);
    }
  }
}

/** All the text inside an element, whatever its depth. */
export function textInside(element: HtmlElement): string {
  return flattened(element).map((node) => (isText(node) ? node.value : '')).join('');
}

// As a div, for text that stands in a table or a list without its cell or item would not be looked for.
function flatten(element: HtmlElement): void {
  element.childNodes = flattened(element);
  if (!isDropped(element.tagName)) element.nodeName = element.tagName = 'div';
}

function flattened(element: HtmlElement): HtmlNode[] {
  const flat: HtmlNode[] = [];
  const open: HtmlNode[] = [...element.childNodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (isText(node)) {
      flat.push(node);
    } else if (isElement(node) && !isDropped(node.tagName) && !isHiddenByItself(node)) {
      if (node.tagName === 'br' || node.tagName === 'img') flat.push(node);
      for (let i = node.childNodes.length - 1; i >= 0; i--) {
        const child = node.childNodes[i];
        if (child) open.push(child);
      }
    }
  }
  return flat;
}

function isHiddenByItself(element: HtmlElement): boolean {
  return element.attrs.some(({ name, value }) => name === 'hidden' || (name === 'style'
    && /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/iu.test(value.slice(0, 4_000))));
}
