import type { AccessFind } from './access-find.ts';
import { attributeOf, folded, holds, seenText, visitSeen, type BodyElement, type Surroundings } from './body-tree.ts';
import { renamed } from './source-edit.ts';

const blockTags: ReadonlySet<string> = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'div', 'dl', 'dt', 'fieldset', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
  'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul',
]);
const HEADING_CHARACTERS_MAX = 100;
/** A line that ends so is said, and heads nothing. */
const SENTENCE_END = /[.,;!…]$/;
/** A greeting, or a line of who writes to whom. */
const NO_HEADING = /^(?:kære|hej|til|att|fra|dear|hi|to|from|venlig|med venlig|de bedste|mvh)\b/i;
/** Below it stand names, in bold as often as not. */
const SIGN_OFF = /^(?:(?:med |de )?(?:venlig|bedste|kærlig|mange)\w* hilsen(?:er)?|hilsen|mvh\b|(?:kind|best|with kind) regards|yours )/i;

/** A line of text: what stands in one block that holds no other. */
interface Line {
  readonly element: BodyElement;
  readonly around: Surroundings;
  readonly text: string;
  readonly isBold: boolean;
}

/** Lines in bold only that stand where a heading would: alone, short, with text below, and above the closing formula. */
export function headingFinds(body: BodyElement): readonly AccessFind[] {
  const lines = linesOf(body);
  const end = lines.findIndex(({ text }) => SIGN_OFF.test(text));
  return (end < 0 ? lines : lines.slice(0, end)).flatMap((line, n): readonly AccessFind[] => {
    const below = lines[n + 1];
    // Of two bold lines the first is part of something else, but for the head of a table, which is bold by itself.
    if (!isHeading(line) || !below || (below.isBold && !below.around.noHeadings)) return [];
    return [{ element: line.element, quote: line.text, mend: () => renamed(line.element, 'h2') }];
  });
}

function isHeading({ element, around, text, isBold }: Line): boolean {
  if (!isBold || around.noHeadings || !(element.tagName === 'p' || element.tagName === 'div')) return false;
  if (attributeOf(element, 'role') === 'heading' || /\bMsoTitle\b/.test(attributeOf(element, 'class') ?? '')) return false;
  return text.length <= HEADING_CHARACTERS_MAX && /\p{L}{2}/u.test(text) && !SENTENCE_END.test(text) && !NO_HEADING.test(text);
}

function linesOf(body: BodyElement): readonly Line[] {
  const lines: Line[] = [];
  visitSeen(body, {
    text: () => undefined,
    element: (element, around) => {
      if (!blockTags.has(element.tagName) || holdsBlock(element)) return;
      const text = seenText(element);
      if (text !== '') lines.push({ element, around: { ...around, noHeadings: around.noHeadings || element.tagName === 'td' }, text, isBold: isAllBold(element, around) });
    },
  });
  return lines;
}

function holdsBlock(element: BodyElement): boolean {
  return holds(element, ({ tagName }) => blockTags.has(tagName) || tagName === 'img');
}

/** Every letter of it is bold, and it is one line: no break with text on both sides. */
function isAllBold(element: BodyElement, { bold }: Surroundings): boolean {
  let isBold = true;
  let lines = 0;
  let isBroken = true;
  visitSeen(element, {
    element: ({ tagName }) => void (isBroken = isBroken || tagName === 'br'),
    text: (text, around) => {
      if (folded(text) === '') return;
      isBold = isBold && (around.bold || bold);
      if (isBroken) lines += 1;
      isBroken = false;
    },
  });
  return isBold && lines === 1;
}
