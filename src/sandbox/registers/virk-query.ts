import { isFields, listOf, valuesAt, wordsOf } from './virk-fields.ts';
import { fitsWildcard, scoreQueryString } from './virk-query-string.ts';
import { QueryRefusal } from './virk-refusal.ts';

type Fields = Readonly<Record<string, unknown>>;
/** How well a source fits: 0 not at all; more is better. */
type Score = (source: unknown) => number;

const DEPTH_MAX = 20;

/**
 * Makes a query of Elasticsearch's into a judge of sources: bool, term, terms, match, match_phrase, prefix, wildcard, range,
 * exists, query_string and what wraps them. Texts are analysed, so `term` finds words in small letters only, as the real
 * one does (registers-identity.md 2.2). Throws QueryRefusal for what it does not know.
 */
export function readVirkQuery(query: unknown, depth = 0): Score {
  if (!isFields(query) || depth > DEPTH_MAX) throw new QueryRefusal('query malformed');
  const [name, ...others] = Object.keys(query);
  if (name === undefined) return () => 1;
  if (others.length > 0) throw new QueryRefusal(`[${name}] malformed query, expected [END_OBJECT]`);
  const read = READERS[name];
  const body = query[name];
  if (read === undefined || !isFields(body)) throw new QueryRefusal(`no [query] registered for [${name.slice(0, 40)}]`);
  return read(body, depth);
}

const READERS: Readonly<Record<string, (body: Fields, depth: number) => Score>> = {
  match_all: () => () => 1,
  bool: readBool,
  constant_score: (body, depth) => readVirkQuery(body['filter'] ?? body['query'], depth + 1),
  filtered: (body, depth) => readBool({ must: body['query'] ?? [], filter: body['filter'] ?? [] }, depth),
  nested: (body, depth) => readVirkQuery(body['query'], depth + 1),
  term: (body) => onField(body, 'value', (values, wanted) => (values.some((value) => isTerm(value, wanted)) ? 1 : 0)),
  terms: (body) => onField(body, 'value', (values, wanted) => (values.some((value) => listOf(wanted).some((one) => isTerm(value, one))) ? 1 : 0)),
  match: (body) => onField(body, 'query', scoreMatch),
  match_phrase: (body) => onField(body, 'query', (values, wanted) => (values.some((value) => hasPhrase(value, wanted)) ? 1 : 0)),
  match_phrase_prefix: (body) => onField(body, 'query', (values, wanted) => (values.some((value) => hasPhrase(value, wanted, true)) ? 1 : 0)),
  prefix: (body) => onField(body, 'value', (values, wanted) => (someWord(values, (word) => word.startsWith(String(wanted))) ? 1 : 0)),
  wildcard: (body) => onField(body, 'value', (values, wanted) => (someWord(values, (word) => fitsWildcard(word, String(wanted))) ? 1 : 0)),
  range: (body) => onField(body, null, (values, bounds) => (values.some((value) => isWithin(value, bounds)) ? 1 : 0)),
  exists: (body) => (source) => (valuesAt(source, String(body['field'])).length > 0 ? 1 : 0),
  query_string: (body) => scoreQueryString(body),
  simple_query_string: (body) => scoreQueryString(body),
};

function readBool(body: Fields, depth: number): Score {
  const clauses = (name: string): readonly Score[] =>
    (body[name] === undefined ? [] : listOf(body[name])).map((one) => readVirkQuery(one, depth + 1));
  const [must, filter, mustNot, should] = [clauses('must'), clauses('filter'), clauses('must_not'), clauses('should')];
  const given = body['minimum_should_match'];
  const shouldMin = typeof given === 'number' ? given : must.length + filter.length === 0 && should.length > 0 ? 1 : 0;
  return (source) => {
    const scores = must.map((score) => score(source));
    const extra = should.map((score) => score(source)).filter((score) => score > 0);
    const fits = scores.every((score) => score > 0) && filter.every((score) => score(source) > 0)
      && mustNot.every((score) => score(source) === 0) && extra.length >= shouldMin;
    return fits ? Math.max(sum(scores) + sum(extra), 1) : 0;
  };
}

function sum(scores: readonly number[]): number {
  return scores.reduce((total, score) => total + score, 0);
}

type Judge = (values: readonly unknown[], wanted: unknown, options: Fields) => number;

/** A query on one field: `{field: value}`, or `{field: {<key>: value, …}}`. */
function onField(body: Fields, key: string | null, judge: Judge): Score {
  const [field] = Object.keys(body).filter((name) => name !== 'boost');
  if (field === undefined) throw new QueryRefusal('a field is required');
  const given = body[field];
  const options = isFields(given) ? given : {};
  const wanted = isFields(given) && key !== null ? given[key] : given;
  return (source) => judge(valuesAt(source, field), wanted, options);
}

/** Numbers and flags by their value; of texts the words are in the index, in small letters. */
function isTerm(value: unknown, wanted: unknown): boolean {
  if (typeof value !== 'string' || isDay(value)) return String(value) === String(wanted);
  return wordsOf(value).includes(String(wanted));
}

function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(value);
}

function scoreMatch(values: readonly unknown[], wanted: unknown, { operator }: Fields): number {
  const asked = wordsOf(wanted);
  const all = String(operator ?? 'or').toLowerCase() === 'and';
  const scores = values.map((value) => {
    const words = wordsOf(value);
    const found = asked.filter((word) => words.includes(word)).length;
    return found === 0 || (all && found < asked.length) ? 0 : found / words.length + found;
  });
  return Math.max(0, ...scores);
}

function hasPhrase(value: unknown, wanted: unknown, lastIsPrefix = false): boolean {
  const [words, asked] = [wordsOf(value), wordsOf(wanted)];
  return words.some((_, start) => asked.every((word, index) => {
    const there = words[start + index] ?? '';
    return lastIsPrefix && index === asked.length - 1 ? there.startsWith(word) : there === word;
  }));
}

function someWord(values: readonly unknown[], fits: (word: string) => boolean): boolean {
  return values.some((value) => wordsOf(value).some(fits));
}

function isWithin(value: unknown, bounds: unknown): boolean {
  const order = (a: unknown, b: unknown): number => (typeof a === 'number' ? a - Number(b) : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
  return Object.entries(isFields(bounds) ? bounds : {}).every(([operation, bound]) => {
    if (operation === 'gt') return order(value, bound) > 0;
    if (operation === 'gte' || operation === 'from') return order(value, bound) >= 0;
    if (operation === 'lt') return order(value, bound) < 0;
    return (operation !== 'lte' && operation !== 'to') || order(value, bound) <= 0;
  });
}
