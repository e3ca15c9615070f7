import { cprNumbersIn } from './cpr-in-text.ts';
import { readableText } from './letter-text.ts';

/** The letter of one recipient in a file that holds many: pages that follow each other. */
export interface NumberedLetter {
  readonly number: string;
  /** From 1. */
  readonly firstPage: number;
  readonly pages: number;
}

/** Why a file cannot be split as it is. Pages count from 1; what is no recipient's number is masked by whoever shows it. */
export type LetterFault =
  /** Pages before the first number. */
  | { readonly kind: 'before-first'; readonly page: number; readonly pages: number }
  /** A CPR number that is not on the list. */
  | { readonly kind: 'not-listed'; readonly page: number; readonly number: string }
  /** A number that begins a letter and stood before, with another's letter between. */
  | { readonly kind: 'again'; readonly page: number; readonly number: string }
  /** Two numbers on a page: nobody can tell whose letter it is. */
  | { readonly kind: 'several'; readonly page: number; readonly numbers: readonly string[] }
  /** A recipient without a letter. */
  | { readonly kind: 'missing'; readonly number: string };

export interface LettersByNumber {
  readonly letters: readonly NumberedLetter[];
  readonly faults: readonly LetterFault[];
}

/**
 * Tells whose the pages of a file are: a page with a recipient's number begins that recipient's letter, and the pages without
 * a number that follow belong to it. Any other CPR number is a fault, and so is everything else that leaves a doubt, for a
 * page must never reach another. Of company numbers those on the list count alone: other eight digits are most often none.
 * Pure; linear in the text.
 */
export function lettersByNumber(pages: readonly string[], listed: ReadonlySet<string>): LettersByNumber {
  const letters: { number: string; firstPage: number; pages: number }[] = [];
  const faults: LetterFault[] = [];
  const begun = new Set<string>();
  let before = 0;
  for (const [at, text] of pages.entries()) {
    const page = at + 1;
    const numbers = numbersOn(text, listed);
    const [number] = numbers;
    const last = letters.at(-1);
    faults.push(...faultsOn(page, numbers, listed));
    if (number === undefined || number === last?.number) {
      if (last) last.pages += 1;
      else before += 1;
      continue;
    }
    if (begun.has(number)) faults.push({ kind: 'again', page, number });
    begun.add(number);
    letters.push({ number, firstPage: page, pages: 1 });
  }
  if (before > 0) faults.unshift({ kind: 'before-first', page: 1, pages: before });
  for (const number of listed) if (!begun.has(number)) faults.push({ kind: 'missing', number });
  return { letters, faults };
}

function faultsOn(page: number, numbers: readonly string[], listed: ReadonlySet<string>): readonly LetterFault[] {
  const strangers = numbers.filter((number) => !listed.has(number)).map((number) => ({ kind: 'not-listed' as const, page, number }));
  return numbers.length > 1 ? [...strangers, { kind: 'several', page, numbers }] : strangers;
}

/** In every way that a CPR number is written in; those of the list count also where nothing says that they are numbers of persons. */
const tenDigits = /(?<![0-9])(?:[0-9]{6}(?:\s?-\s?|\s)?[0-9]{4}|[0-9]{2}([ .])[0-9]{2}\1[0-9]{2}(?: ?- ?| )[0-9]{4}|[0-9](?: [0-9]){5}(?: -)?(?: [0-9]){4})(?![0-9])/g;
const eightDigits = /(?<![0-9])(?:[0-9]{8}|[0-9]{2}(?: [0-9]{2}){3})(?![0-9])/g;

/** Each number once: whatever is a CPR number, and whatever is written as a recipient's. */
function numbersOn(text: string, listed: ReadonlySet<string>): readonly string[] {
  const plain = readableText(text);
  const written = [...plain.matchAll(tenDigits), ...plain.matchAll(eightDigits)].map(([one]) => one.replace(/\D/g, '')).filter((one) => listed.has(one));
  return [...new Set([...cprNumbersIn(plain).map(({ cpr }) => cpr), ...written])];
}
