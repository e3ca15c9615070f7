import { readTypedNumbers } from './typed-numbers.ts';

/** More numbers in one paste than this may be meant as a mass send (ux.md 5.1). */
const ONE_BY_ONE_MAX = 10;

/** A paste of many numbers, which waits for what they are meant as. */
export interface ManyPasted {
  readonly count: number;
  /** As a list, a line each. */
  readonly text: string;
}

/** Null for a few, which are added as ever. */
export function manyPasted(text: string): ManyPasted | null {
  const { numbers } = readTypedNumbers(text);
  if (numbers.length <= ONE_BY_ONE_MAX) return null;
  return { count: numbers.length, text: /[\r\n]/.test(text.trim()) ? text : numbers.map(({ number }) => number).join('\n') };
}
