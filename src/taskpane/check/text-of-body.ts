/** A node of a page that was read, as much of it as is needed here. */
export interface BodyNode {
  /** 1: an element, 3: a text. */
  readonly nodeType: number;
  /** Of an element: its tag, in any letter case. */
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly childNodes: Iterable<BodyNode>;
  readonly getAttribute?: (name: string) => string | null;
}

/** A link and the words that it stands under. */
export interface BodyLink {
  readonly href: string;
  /** Where in the text. */
  readonly start: number;
  readonly end: number;
}

/** What a reader sees of a mail's body. */
export interface BodyText {
  /** Lines end by "\n"; no two blanks follow each other but where the writer made them. */
  readonly text: string;
  readonly links: readonly BodyLink[];
  readonly hasPictures: boolean;
}

/** The inline style goes by another name while the page is read: the pane's policy reports styles that it does not allow. */
export const styleAttribute = 'data-style';

/**
 * The HTML made fit to be read by DOMParser in a page whose policy allows no inline style: sheets gone, and `style`
 * called `data-style`.
 */
export function withoutStyles(html: string): string {
  return html.replace(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, '').replace(/([\s"'])style(?=\s*=)/gi, `$1${styleAttribute}`);
}

/**
 * The visible text under a node, as the letter shows it (pdf/html-to-blocks.ts leaves out the same): no code, no hidden
 * text, a line for each paragraph, list item and row of a table, and for each line break. Linear in the page.
 */
export function textOfBody(root: BodyNode): BodyText {
  const writer = new TextWriter();
  visit(root, { writer, preserved: false });
  return writer.end();
}

interface Context {
  readonly writer: TextWriter;
  /** Line breaks in the source count. */
  readonly preserved: boolean;
}

function visit(node: BodyNode, context: Context): void {
  if (node.nodeType === 3) context.writer.add(node.nodeValue ?? '', context.preserved);
  else if (node.nodeType !== 1) visitChildren(node, context);
  else visitElement(node, node.nodeName.toLowerCase(), context);
}

function visitElement(element: BodyNode, tag: string, context: Context): void {
  const style = attribute(element, styleAttribute) + attribute(element, 'style');
  if (droppedTags.has(tag) || /^[vxp]:/.test(tag) || isHidden(element, style)) return;
  const { writer } = context;
  const preserved = context.preserved || tag === 'pre' || /white-space\s*:\s*pre/i.test(style);
  const content = (): void => visitChildren(element, { writer, preserved });
  if (tag === 'br') writer.breakLine();
  else if (tag === 'img') writer.picture();
  else if (tag === 'a') writer.link(attribute(element, 'href'), content);
  else if (tag === 'td' || tag === 'th') writer.cell(content);
  else if (blockTags.has(tag)) writer.block(content);
  else content();
}

function attribute(element: BodyNode, name: string): string {
  return element.getAttribute?.(name) ?? '';
}

function visitChildren(node: BodyNode, context: Context): void {
  for (const child of node.childNodes) visit(child, context);
}

function isHidden(element: BodyNode, style: string): boolean {
  return hiddenStyle.test(style) || (element.getAttribute?.('hidden') ?? null) !== null;
}

const hiddenStyle = /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|mso-list\s*:\s*ignore|opacity\s*:\s*0(?![.\d])/i;

const droppedTags: ReadonlySet<string> = new Set([
  'script', 'style', 'head', 'title', 'template', 'iframe', 'frame', 'frameset', 'embed', 'applet', 'svg', 'audio', 'video',
  'canvas', 'map', 'select', 'datalist', 'noembed', 'noframes', 'noscript', 'xml', 'progress', 'meter', 'dialog',
]);

const blockTags: ReadonlySet<string> = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details', 'div', 'dl', 'dt', 'fieldset', 'figcaption',
  'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section',
  'summary', 'table', 'tbody', 'tfoot', 'thead', 'tr', 'ul',
]);

/** Writes text as a browser lays it out: blanks fold, blocks begin and end their lines. */
class TextWriter {
  private text = '';
  private blankWaits = false;
  private hasPictures = false;
  private readonly links: BodyLink[] = [];

  add(source: string, preserved: boolean): void {
    const seen = source.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
    const text = preserved ? seen.replace(/\r\n?/g, '\n') : seen.replace(/[ \t\r\n\f]+/g, ' ');
    for (const piece of preserved ? [text] : text.split(/( )/)) {
      if (piece === ' ' && !preserved) this.blankWaits = true;
      else if (piece !== '') this.write(piece);
    }
  }

  picture(): void {
    this.hasPictures = true;
  }

  breakLine(): void {
    this.blankWaits = false;
    this.text += '\n';
  }

  block(content: () => void): void {
    this.endLine();
    content();
    this.endLine();
  }

  cell(content: () => void): void {
    this.blankWaits = true;
    content();
    this.blankWaits = true;
  }

  link(href: string, content: () => void): void {
    if (this.blankWaits && !this.atLineStart()) this.text += ' ';
    this.blankWaits = false;
    const start = this.text.length;
    content();
    if (href !== '') this.links.push({ href, start, end: this.text.length });
  }

  end(): BodyText {
    return { text: this.text.replace(/\u00a0/g, ' '), links: this.links, hasPictures: this.hasPictures };
  }

  private write(piece: string): void {
    if (this.blankWaits && !this.atLineStart()) this.text += ' ';
    this.blankWaits = false;
    this.text += piece;
  }

  private endLine(): void {
    this.blankWaits = false;
    if (!this.atLineStart()) this.text += '\n';
  }

  private atLineStart(): boolean {
    return this.text === '' || this.text.endsWith('\n');
  }
}
