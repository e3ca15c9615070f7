import { isNameOf, nameWords } from '../person-name.ts';

/** Names against which others are held. Asks only those that share a word, so that many of them cost little. */
export class NamePool {
  readonly #names = new Set<string>();
  /** By every form of every word. */
  readonly #byWord = new Map<string, string[]>();
  /** By every form of the last word. */
  readonly #byLast = new Map<string, string[]>();

  constructor(names: Iterable<string> = []) {
    for (const name of names) this.add(name);
  }

  get isEmpty(): boolean {
    return this.#names.size === 0;
  }

  add(name: string): void {
    const words = nameWords(name);
    if (this.#names.has(name) || words.length === 0) return;
    this.#names.add(name);
    for (const form of new Set(words.flatMap((word, n) => formsOf(word, words[n + 1])))) keep(this.#byWord, form, name);
    for (const form of new Set(formsOf(words.at(-1) ?? '', undefined))) keep(this.#byLast, form, name);
  }

  /** True when a name as written means one of them. */
  has(written: string): boolean {
    const words = nameWords(written);
    const [first, last] = [this.#candidates(words[0], words[1]), this.#candidates(words.at(-1), undefined, words.at(-2))];
    return (first.length < last.length ? first : last).some((name) => isNameOf(written, name));
  }

  /** True when a name means one of them, or one of them, which is written shorter or longer, means it. */
  hasEither(written: string): boolean {
    return this.has(written) || nameWords(written).some((word) => (this.#byLast.get(word) ?? []).some((name) => isNameOf(name, written)));
  }

  #candidates(word = '', next = '', before = ''): readonly string[] {
    return [word, `${word}${next}`, `${before}${word}`].filter((form, n, all) => all.indexOf(form) === n).flatMap((form) => this.#byWord.get(form) ?? []);
  }
}

/** As it may be written: in the genitive, as an initial, joined to the next. */
function formsOf(word: string, next: string | undefined): readonly string[] {
  return [word, `${word}s`, word.charAt(0), ...(next === undefined ? [] : [`${word}${next}`, `${word}${next}s`])];
}

/** Of one word so many are kept: a letter of more is nobody's. */
const NAMES_OF_WORD_MAX = 200;

function keep(names: Map<string, string[]>, form: string, name: string): void {
  const kept = names.get(form) ?? [];
  if (kept.length < NAMES_OF_WORD_MAX) kept.push(name);
  names.set(form, kept);
}
