import type { BodyLimits } from './body-limits.ts';
import { BodyTooLarge, defaultBodyLimits } from './body-limits.ts';
import { htmlTree, isDropped, isElement, isText, type HtmlNode } from './html-tree.ts';

/**
 * The text of HTML as somebody reads it, with its lines: for looking at, not for setting. Null for HTML that is larger than
 * a body may be. What style sheets hide is told too.
 */
export function htmlText(html: string, limits: BodyLimits = defaultBodyLimits): string | null {
  if (html.length > limits.sourceCharsMax) return null;
  try {
    return linesOf(htmlTree(html, limits).root.childNodes);
  } catch (error) {
    if (error instanceof BodyTooLarge) return null;
    throw error;
  }
}

/** Tags that begin a line of their own; those of paragraphs keep a distance. */
const lineTags = new Set(['div', 'tr', 'li', 'dt', 'dd', 'address', 'section', 'article', 'header', 'footer', 'form', 'fieldset', 'caption', 'hr', 'td', 'th']);
const paragraphTags = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'dl', 'blockquote', 'pre']);

type Break = '' | '\n' | '\n\n';

function breakOf(tag: string): Break {
  if (paragraphTags.has(tag)) return '\n\n';
  return lineTags.has(tag) ? '\n' : '';
}

/** What is missing before the next line or paragraph; breaks of elements inside each other are one. */
function missingBreak(text: string, wanted: Break): string {
  if (/\n\s*\n[^\S\n]*$/.test(text.slice(-20))) return '';
  return /\n[^\S\n]*$/.test(text.slice(-20)) ? wanted.slice(1) : wanted;
}

/** Without recursion, for the tree may be a deep one. */
function linesOf(nodes: readonly HtmlNode[]): string {
  const open: (HtmlNode | Break)[] = [...nodes].reverse();
  let text = '';
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') text += missingBreak(text, next);
    else if (isText(next)) text += next.value.replace(/[^\S\u00a0]+/g, ' ');
    else if (isElement(next) && next.tagName === 'br') text += '\n';
    else if (isElement(next) && !isDropped(next.tagName)) {
      const around = breakOf(next.tagName);
      text += missingBreak(text, around);
      open.push(around, ...[...next.childNodes].reverse());
    }
  }
  return text.replace(/[^\S\n\u00a0]*\n[^\S\n\u00a0]*/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}
