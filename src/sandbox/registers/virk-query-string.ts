import { isFields, listOf, valuesAt, wordsOf } from './virk-fields.ts';
import { QueryRefusal } from './virk-refusal.ts';

/** One part of a query string: a word (perhaps with wildcards) or a phrase, perhaps of a field of its own, perhaps unwanted. */
interface Part {
  readonly field: string | null;
  readonly words: readonly string[];
  readonly phrase: boolean;
  readonly not: boolean;
  /** Joined to the part before it by OR. */
  readonly or: boolean;
}

const LENGTH_MAX = 1_000;
const TOKEN = /(?:([\w.]+):)?"((?:[^"\\]|\\.)*)"|\(|\)|(?:\\.|[^\s()"\\])+/gu;

/**
 * Judges a source by Lucene's little language, as far as it goes here: words, `*` and `?`, phrases, `field:`, AND, OR, NOT,
 * `+` and `-`. Parentheses are passed over. Throws QueryRefusal for what is unfinished.
 */
export function scoreQueryString(body: Readonly<Record<string, unknown>>): (source: unknown) => number {
  const text = String(body['query'] ?? '');
  if (text.length > LENGTH_MAX || (text.replace(/\\./g, '').split('"').length - 1) % 2 === 1) {
    throw new QueryRefusal('Failed to parse query');
  }
  const fields = (body['fields'] === undefined ? listOf(body['default_field'] ?? '*') : listOf(body['fields'])).map((field) => String(field).replace(/\^.*$/, ''));
  const groups = groupsOf(partsOf(text), String(body['default_operator'] ?? 'or').toLowerCase() === 'and');
  return (source) => {
    const scores = groups.map((group) => Math.max(0, ...group.map((part) => scorePart(source, fields, part))));
    return scores.length > 0 && scores.every((score) => score > 0) ? scores.reduce((sum, score) => sum + score, 0) : 0;
  };
}

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let [not, or] = [false, false];
  for (const [token, phraseField, phrase] of text.matchAll(TOKEN)) {
    if (token === '(' || token === ')' || token === 'AND' || token === '&&') continue;
    if (token === 'OR' || token === '||') or = true;
    else if (token === 'NOT' || token === '!') not = true;
    else {
      parts.push(phrase === undefined ? wordPart(token, not, or) : { field: phraseField ?? null, words: wordsOf(unescaped(phrase)), phrase: true, not, or });
      [not, or] = [false, false];
    }
  }
  return parts.filter(({ words }) => words.length > 0);
}

function wordPart(token: string, not: boolean, or: boolean): Part {
  const [, sign, field, word] = /^([+\-!]?)(?:([A-Za-z_][\w.]*):)?(.*)$/su.exec(token) ?? [];
  // A wildcard is no letter: what stands around it is kept together.
  const bare = unescaped(word ?? '').toLowerCase().replace(/(?<=[^\\])[~^]\d*\.?\d*$/, '');
  const words = /[*?]/.test(bare) ? [bare] : wordsOf(bare);
  return { field: field ?? null, words, phrase: words.length > 1, not: not || sign === '-' || sign === '!', or };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}

/** Every group must fit; in a group one part is enough. */
function groupsOf(parts: readonly Part[], all: boolean): readonly (readonly Part[])[] {
  const wanted = parts.filter(({ not }) => !not);
  const unwanted = parts.filter(({ not }) => not).map((part) => [part]);
  if (!all) return wanted.length === 0 ? unwanted : [wanted, ...unwanted];
  const groups = wanted.reduce<readonly (readonly Part[])[]>(
    (sofar, part) => (part.or && sofar.length > 0 ? [...sofar.slice(0, -1), [...(sofar.at(-1) ?? []), part]] : [...sofar, [part]]),
    [],
  );
  return [...groups, ...unwanted];
}

function scorePart(source: unknown, fields: readonly string[], part: Part): number {
  const values = (part.field === null ? fields : [part.field]).flatMap((field) => (field === '*' || field === '_all' ? leavesOf(source) : valuesAt(source, field)));
  const scores = values.map((value) => scoreValue(wordsOf(value), part));
  const best = Math.max(0, ...scores);
  return part.not ? (best === 0 ? 1 : 0) : best;
}

function scoreValue(words: readonly string[], { words: asked, phrase }: Part): number {
  const fits = phrase
    ? words.some((_, start) => asked.every((word, index) => words[start + index] === word))
    : asked.some((pattern) => words.some((word) => fitsWildcard(word, pattern)));
  return fits ? 1 + asked.length / words.length : 0;
}

function leavesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isFields(value) ? Object.values(value).flatMap(leavesOf) : [value];
}

/** `*` stands for any signs, `?` for one. */
export function fitsWildcard(word: string, pattern: string): boolean {
  const wild = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replaceAll('?', '.');
  return new RegExp(`^${wild}$`, 'u').test(word);
}
