import type { BodyElement } from './body-tree.ts';

/** A piece of the source, and what stands there instead. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The source with its edits made; everything between them stays as it stands, byte for byte. */
export function edited(source: string, edits: readonly SourceEdit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start);
  let from = 0;
  let made = '';
  for (const { start, end, text } of inOrder) {
    made += source.slice(from, start) + text;
    from = end;
  }
  return made + source.slice(from);
}

/** The same element under another name, its attributes as they are; `more` is added to its opening tag. */
export function renamed({ tagName, sourceCodeLocation: place }: BodyElement, name: string, more = ''): readonly SourceEdit[] {
  if (!place?.startTag) return [];
  const nameStart = place.startTag.startOffset + 1;
  const opening = { start: nameStart, end: nameStart + tagName.length, text: `${name}${more}` };
  // What has no closing tag ends where its parser ended it.
  const closing = place.endTag
    ? { start: place.endTag.startOffset, end: place.endTag.endOffset, text: `</${name}>` }
    : { start: place.endOffset, end: place.endOffset, text: `</${name}>` };
  return [opening, closing];
}

/** Sets an attribute, in the place of the one that stands there. */
export function withAttribute({ tagName, sourceCodeLocation: place }: BodyElement, name: string, value: string): readonly SourceEdit[] {
  const written = `${name}="${escaped(value)}"`;
  const there = place?.attrs?.[name];
  if (there) return [{ start: there.startOffset, end: there.endOffset, text: written }];
  const tag = place?.startTag ?? place;
  if (!tag) return [];
  const afterName = tag.startOffset + 1 + tagName.length;
  return [{ start: afterName, end: afterName, text: ` ${written}` }];
}

/** Puts words in the place of everything inside an element. */
export function withWords({ sourceCodeLocation: place }: BodyElement, words: string): readonly SourceEdit[] {
  if (!place?.startTag) return [];
  return [{ start: place.startTag.endOffset, end: place.endTag?.startOffset ?? place.endOffset, text: escaped(words) }];
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
