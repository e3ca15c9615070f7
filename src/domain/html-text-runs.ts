/** A stretch of HTML's source that is text, entities not read; or what stands between two of them. */
export type HtmlPart =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  /** Something that begins a new line or block: no word runs over it. */
  | { readonly kind: 'break' }
  /** The tag of a link, whole. */
  | { readonly kind: 'link'; readonly source: string };

/** Elements that a word may run through: Outlook puts them around parts of one. */
const inlineTags = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr o:p q s samp small span strike strong sub sup tt u var wbr'.split(' '),
);
/** Elements whose content is no text that anybody reads. */
const silentTags = new Set(['style', 'script', 'title', 'textarea', 'noscript', 'iframe', 'xml', 'template']);

/**
 * What of HTML's source is text, in its order, as a browser tells tags, comments and attributes apart. Linear in the source,
 * however broken it is.
 */
export function* htmlTextRuns(html: string): Generator<HtmlPart, void, undefined> {
  let start = 0;
  const text = (end: number): readonly HtmlPart[] => (end > start ? [{ kind: 'text', start, end }] : []);
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const markup = markupAt(html, at);
    if (markup === null) {
      at += 1;
      continue;
    }
    yield* text(at);
    yield* partsOf(html, at, markup);
    at = start = markup.end;
  }
  yield* text(html.length);
}

interface Markup {
  /** Lower case; "" for comments and declarations. */
  readonly tag: string;
  readonly end: number;
}

function* partsOf(html: string, start: number, { tag, end }: Markup): Generator<HtmlPart, void, undefined> {
  if (tag === 'a') yield { kind: 'link', source: html.slice(start, end) };
  else if (tag !== '' && !inlineTags.has(tag)) yield { kind: 'break' };
}

const tagName = /<\/?([a-z][^\s/>]*)/iy;

/** What begins at this "<"; null where it stands for itself. */
function markupAt(html: string, start: number): Markup | null {
  if (html.startsWith('<!--', start)) return { tag: '', end: behind(html, '-->', start + 2) };
  if (html[start + 1] === '!' || html[start + 1] === '?') return { tag: '', end: behind(html, '>', start) };
  tagName.lastIndex = start;
  const [, name] = tagName.exec(html) ?? [];
  if (name === undefined) return null;
  const tag = name.toLowerCase();
  const end = endOfTag(html, start + name.length);
  const isSilent = silentTags.has(tag) && html[start + 1] !== '/';
  return { tag, end: isSilent ? endOfElement(html, tag, end) : end };
}

function behind(html: string, mark: string, start: number): number {
  const at = html.indexOf(mark, start);
  return at === -1 ? html.length : at + mark.length;
}

/** Behind the ">" that is not part of a quoted attribute. */
function endOfTag(html: string, start: number): number {
  let isValue = false;
  for (let at = start; at < html.length; at += 1) {
    const sign = html[at] ?? '';
    if (sign === '>') return at + 1;
    if (isValue && (sign === '"' || sign === "'")) {
      const close = html.indexOf(sign, at + 1);
      if (close === -1) return html.length;
      at = close;
    }
    isValue = sign === '=' || (isValue && sign.trim() === '');
  }
  return html.length;
}

function endOfElement(html: string, tag: string, start: number): number {
  const closing = new RegExp(`</${tag}(?=[\\s/>])`, 'gi');
  closing.lastIndex = start;
  const found = closing.exec(html);
  return found === null ? html.length : endOfTag(html, found.index + tag.length + 2);
}
