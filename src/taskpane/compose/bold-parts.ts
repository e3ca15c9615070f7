import type { TextPart } from '../texts/fill-text.ts';

export interface BoldPart {
  readonly text: string;
  readonly bold: boolean;
}

/** What the sentence shows in bold: by what, to whom or to how many, and as whom. */
const boldParameters: ReadonlySet<string | null> = new Set(['channel', 'other', 'name', 'n', 'sender', 'mailbox']);

const NO_BREAK_SPACE = '\u00a0';

/** The pieces of a sentence with what is bold in them; a number takes the word that it counts with it, and is never parted from it. */
export function boldParts(parts: readonly TextPart[]): readonly BoldPart[] {
  return parts.map(({ text, parameter }, at) => {
    const counted = parts[at - 1]?.parameter === 'n' ? wordAfter(text) : '';
    const bold = boldParameters.has(parameter);
    if (parameter === 'n') return { text: `${text}${wordAfter(parts[at + 1]?.text ?? '').replace(' ', NO_BREAK_SPACE)}`, bold };
    return { text: text.slice(counted.length), bold };
  });
}

/** The blank and the word with which a text begins; "" where it begins otherwise. */
function wordAfter(text: string): string {
  return /^ \p{L}+/u.exec(text)?.[0] ?? '';
}
