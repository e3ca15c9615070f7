import type { Align, Block, Direction, Inline, Marks } from './block-model.ts';

/** What kind of paragraph the text gathered now will be. */
export type Frame = {
  readonly kind: 'paragraph' | 'heading' | 'preformatted';
  readonly level: number;
  readonly align: Align;
  readonly direction: Direction;
  readonly gap: boolean;
};

export const plainFrame: Frame = { kind: 'paragraph', level: 0, align: 'start', direction: 'auto', gap: false };

const spaceLinesMax = 3;

/**
 * Gathers the inline content of one block container into paragraphs: white space collapsed as HTML has it, two line
 * breaks or more end a paragraph, a paragraph of nothing but spaces (Outlook's `<p>&nbsp;</p>`) is space.
 */
export class ParagraphBuilder {
  readonly blocks: Block[] = [];
  frame: Frame = plainFrame;
  #content: Inline[] = [];
  #afterSpace = true;

  addText(text: string, look: { readonly marks: Marks; readonly href: string | null; readonly preserved: boolean }): void {
    if (look.preserved) {
      text.replace(/\t/gu, '    ').split('\n').forEach((line, i) => {
        if (i > 0) this.#content.push({ kind: 'break' });
        this.#push(line, look);
      });
      this.#afterSpace = false;
      return;
    }
    let shown = text.replace(/[ \t\n\r\f]+/gu, ' ');
    if (this.#afterSpace && shown.startsWith(' ')) shown = shown.slice(1);
    if (shown === '') return;
    this.#afterSpace = shown.endsWith(' ');
    this.#push(shown, look);
  }

  #push(text: string, { marks, href }: { readonly marks: Marks; readonly href: string | null }): void {
    if (text === '') return;
    const last = this.#content.at(-1);
    if (last?.kind === 'text' && last.href === href && sameMarks(last.marks, marks)) {
      this.#content[this.#content.length - 1] = { ...last, text: last.text + text };
    } else {
      this.#content.push({ kind: 'text', text, marks, href });
    }
  }

  addBreak(): void {
    this.#trimEnd();
    this.#content.push({ kind: 'break' });
    this.#afterSpace = true;
  }

  addInline(inline: Inline): void {
    this.#content.push(inline);
    this.#afterSpace = false;
  }

  addBlock(block: Block): void {
    this.end();
    this.blocks.push(block);
  }

  /** Ends the paragraph, where one was begun. */
  end(): void {
    this.#trimEnd();
    const content = this.#content;
    this.#content = [];
    this.#afterSpace = true;
    if (content.length === 0) return;
    if (this.frame.kind === 'preformatted') {
      this.blocks.push({ kind: 'preformatted', content: withoutOuterBreaks(content) });
      return;
    }
    if (isBlank(content)) {
      const breaks = content.filter((inline) => inline.kind === 'break').length;
      this.#addSpace(Math.max(breaks, 1));
      return;
    }
    this.#addParagraphs(content);
  }

  #addParagraphs(content: readonly Inline[]): void {
    let part: Inline[] = [];
    let breaks = 0;
    for (const inline of content) {
      if (inline.kind === 'break') {
        breaks++;
        continue;
      }
      if (breaks === 1 && part.length > 0) part.push({ kind: 'break' });
      else if (breaks > 0) part = this.#split(part, breaks);
      breaks = 0;
      part.push(inline);
    }
    if (part.length > 0) this.#addParagraph(part);
    if (breaks > 1) this.#addSpace(breaks - 1);
  }

  #split(part: readonly Inline[], breaks: number): Inline[] {
    if (part.length > 0) this.#addParagraph(part);
    this.#addSpace(part.length > 0 ? breaks - 1 : breaks);
    return [];
  }

  #addParagraph(content: readonly Inline[]): void {
    const { kind, level, align, direction, gap } = this.frame;
    if (isBlank(content)) this.#addSpace(1);
    else if (kind === 'heading') this.blocks.push({ kind, level, content, align });
    else this.blocks.push({ kind: 'paragraph', content, align, direction, gap });
  }

  #addSpace(lines: number): void {
    const last = this.blocks.at(-1);
    if (last?.kind === 'space') this.blocks.pop();
    const before = last?.kind === 'space' ? last.lines : 0;
    this.blocks.push({ kind: 'space', lines: Math.min(before + lines, spaceLinesMax) });
  }

  #trimEnd(): void {
    const last = this.#content.at(-1);
    if (last?.kind !== 'text' || this.frame.kind === 'preformatted') return;
    const text = last.text.replace(/ $/u, '');
    if (text === last.text) return;
    this.#content.pop();
    if (text !== '') this.#content.push({ ...last, text });
  }
}

function sameMarks(one: Marks, other: Marks): boolean {
  return one === other || (one.bold === other.bold && one.italic === other.italic && one.mono === other.mono
    && one.underline === other.underline && one.strike === other.strike && one.script === other.script);
}

function isBlank(content: readonly Inline[]): boolean {
  return content.every((inline) => inline.kind === 'break' || (inline.kind === 'text' && inline.text.trim() === ''));
}

function withoutOuterBreaks(content: readonly Inline[]): readonly Inline[] {
  let from = 0;
  let to = content.length;
  while (from < to && content[from]?.kind === 'break') from++;
  while (to > from && content[to - 1]?.kind === 'break') to--;
  return content.slice(from, to);
}
