import { decodeFlowed } from './decode-flowed.ts';
import type { MailText } from './mail.ts';
import type { MimePart } from './mime-part.ts';

/** One text part of the body, decoded. */
export interface BodyPiece {
  readonly part: MimePart;
  readonly kind: 'text' | 'html';
  readonly text: string;
  readonly flowed: boolean;
  readonly delSp: boolean;
}

/** The body of a mail, put together. */
export interface BodyText {
  readonly text: MailText | null;
  readonly html: string | null;
}

/** What one node of the tree gives: to a reader of HTML, and to a reader of plain text. */
interface Rendered {
  readonly rich: readonly BodyPiece[];
  readonly plain: readonly BodyPiece[];
}

/**
 * Puts the body together from its text parts: in each multipart/alternative (RFC 2046 5.1.4) the HTML counts, else the
 * last text; all else is joined in order. Parts that hold nothing but blanks do not count.
 * @param pieces in the order of the mail
 */
export function joinBodyText(pieces: readonly BodyPiece[]): BodyText {
  const filled = pieces.filter((piece) => piece.text.trim() !== '');
  const { rich, plain } = render(null, filled);
  return {
    text: plain.length === 0 ? null : joinTexts(plain),
    html: rich.some(isHtml) ? rich.map((piece) => (isHtml(piece) ? piece.text : textAsHtml(piece))).join('\n') : null,
  };
}

/** @param pieces those below `node`; null is the place above the mail itself */
function render(node: MimePart | null, pieces: readonly BodyPiece[]): Rendered {
  const byChild = new Map<MimePart, BodyPiece[]>();
  for (const piece of pieces) {
    const child = childTowards(node, piece.part);
    byChild.set(child, [...(byChild.get(child) ?? []), piece]);
  }
  const rendered = [...byChild].map(([child, below]) => (below[0]?.part === child ? renderLeaf(below) : render(child, below)));
  if (node?.type === 'multipart/alternative') return chooseAlternative(rendered);
  return { rich: rendered.flatMap((each) => each.rich), plain: rendered.flatMap((each) => each.plain) };
}

/** The ancestor of a part (or the part itself) that stands directly below `node`. */
function childTowards(node: MimePart | null, part: MimePart): MimePart {
  let child = part;
  while (child.parent !== node && child.parent !== null) child = child.parent;
  return child;
}

function renderLeaf(pieces: readonly BodyPiece[]): Rendered {
  return { rich: pieces, plain: pieces.filter((piece) => !isHtml(piece)) };
}

function chooseAlternative(children: readonly Rendered[]): Rendered {
  const withHtml = children.findLast((child) => child.rich.some(isHtml));
  const textOnly = children.findLast((child) => !child.rich.some(isHtml) && child.plain.length > 0);
  const rich = withHtml ?? textOnly;
  return { rich: rich?.rich ?? [], plain: (textOnly ?? withHtml)?.plain ?? [] };
}

function isHtml(piece: BodyPiece): boolean {
  return piece.kind === 'html';
}

function joinTexts(pieces: readonly BodyPiece[]): MailText {
  const [first] = pieces;
  const flowed = first?.flowed ?? false;
  const delSp = first?.delSp ?? false;
  if (pieces.every((piece) => piece.flowed === flowed && piece.delSp === delSp)) {
    return { text: joinLines(pieces.map((piece) => piece.text)), flowed, delSp };
  }
  return { text: joinLines(pieces.map(plainText)), flowed: false, delSp: false };
}

function plainText(piece: BodyPiece): string {
  return piece.flowed ? decodeFlowed(piece.text, piece.delSp) : piece.text;
}

function joinLines(texts: readonly string[]): string {
  return texts.map((text, place) => (place < texts.length - 1 && !text.endsWith('\n') ? `${text}\n` : text)).join('');
}

function textAsHtml(piece: BodyPiece): string {
  const escaped = plainText(piece).trimEnd().replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<div>${escaped.replace(/\r?\n/g, '<br>\n')}</div>`;
}
