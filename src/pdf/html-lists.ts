import type { Attributes } from './element-look.ts';
import type { Declarations } from './style-rules.ts';

/** Counts the items of an HTML list and writes what stands before each. */
export type ListCounter = {
  readonly ordered: boolean;
  /** The label of the next item, which may carry a number of its own; null in an unordered list. */
  next(value: string | undefined): string | null;
};

/** A counter for `<ol>` or `<ul>`, by its `start` and `type` or list-style-type (HTML Standard, 4.4.5 and 4.4.8). */
export function listCounter(tag: string, attributes: Attributes, style: Declarations): ListCounter {
  if (tag !== 'ol') return { ordered: false, next: () => null };
  const write = numberWriter(attributes['type'] ?? '', style['list-style-type'] ?? style['list-style'] ?? '');
  let number = wholeNumber(attributes['start']) ?? 1;
  return {
    ordered: true,
    next(value) {
      number = wholeNumber(value) ?? number;
      return `${write(number++)}.`;
    },
  };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\s*-?\d{1,7}\s*$/u.test(text) ? Number(text) : null;
}

function numberWriter(type: string, styleType: string): (number: number) => string {
  if (type === 'A' || /upper-(?:alpha|latin)/u.test(styleType)) return (number) => letters(number).toUpperCase();
  if (type === 'I' || styleType.includes('upper-roman')) return (number) => roman(number).toUpperCase();
  if (type === 'a' || /lower-(?:alpha|latin)/u.test(styleType)) return letters;
  if (type === 'i' || styleType.includes('lower-roman')) return roman;
  return String;
}

function letters(number: number): string {
  if (number < 1) return String(number);
  let text = '';
  for (let left = number; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
  }
  return text;
}

const romanSigns: readonly (readonly [number, string])[] = [
  [1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'],
  [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
];

function roman(number: number): string {
  if (number < 1 || number > 3999) return String(number);
  let left = number;
  let text = '';
  for (const [value, sign] of romanSigns) {
    while (left >= value) {
      text += sign;
      left -= value;
    }
  }
  return text;
}
