import type { RecipientId } from './gateway-address.ts';

/** One recipient of a mass send. `line` is the physical line of the list, from 1, blank ones counted. */
export interface MassRecipient {
  readonly line: number;
  readonly id: RecipientId;
}

/** A line that is no number. */
export interface BadLine {
  readonly line: number;
  readonly text: string;
}

export interface ListLines {
  /** At most `recipientsMax` of them; `count` goes on. */
  readonly recipients: readonly MassRecipient[];
  readonly count: number;
  /** The first of them; `badCount` goes on. */
  readonly bad: readonly BadLine[];
  readonly badCount: number;
}

/** Bad lines are kept up to this many; the rest are counted. */
export const listLinesToldMax = 99;
const listLineCharactersMax = 500;

/** Reads the lines of a list: one number each, blank lines left out. Linear in the text; `recipientsMax` are kept. */
export function readListLines(text: string, recipientsMax: number): ListLines {
  const recipients: MassRecipient[] = [];
  const bad: BadLine[] = [];
  let count = 0;
  let badCount = 0;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start);
    line += 1;
    const content = text.slice(start, end).trim();
    start = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    if (content === '') continue;
    const id = readListedNumber(content);
    if (id === null) {
      badCount += 1;
      if (bad.length < listLinesToldMax) bad.push({ line, text: content.slice(0, listLineCharactersMax) });
    } else {
      count += 1;
      if (count <= recipientsMax) recipients.push({ line, id });
    }
  }
  return { recipients, count, bad, badCount };
}

const lineFeed = 10;
const carriageReturn = 13;

function endOfLine(text: string, start: number): number {
  let end = start;
  for (; end < text.length; end += 1) {
    const sign = text.charCodeAt(end);
    if (sign === lineFeed || sign === carriageReturn) break;
  }
  return end;
}

const idForm = /^(?:([0-9]{6})-?([0-9]{4})|[0-9]{8})\s*[;,]?$/;

/**
 * The one number that a line of a list, or a cell of a sheet, is: ten or eight digits, `ddmmyy-xxxx`, one `;` or `,` behind it
 * forgiven; null for anything else. Blanks around it are gone already.
 */
export function readListedNumber(content: string): RecipientId | null {
  const parts = idForm.exec(content);
  if (parts === null) return null;
  const [, birth, serial] = parts;
  return birth === undefined || serial === undefined
    ? { kind: 'cvr', number: content.slice(0, 8) }
    : { kind: 'cpr', number: birth + serial };
}
