import { UnknownRegisterSetting } from './register-fault.ts';

/** Readers of what somebody wants a register to answer: liberal in what they take, Danish in what they refuse. */
export type Fields = Readonly<Record<string, unknown>>;

/** An object's fields, or null for anything else. */
export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The objects among a list's elements; a single object is a list of one. */
export function objectsOf(value: unknown): readonly Fields[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return values.map(fieldsOf).filter((one) => one !== null);
}

/** The first of several fields that is there; undefined when none is. */
export function firstOf(fields: Fields, names: readonly string[]): unknown {
  return names.map((name) => fields[name]).find((value) => value !== undefined);
}

const TEXT_LENGTH_MAX = 1_000;

/** A text; numbers count as such. Null for null; `otherwise` when it is missing. Throws UnknownRegisterSetting. */
export function textOf<T>(fields: Fields, names: readonly string[], otherwise: T): string | null | T {
  const value = firstOf(fields, names);
  if (value === undefined) return otherwise;
  if (value === null) return null;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value.length <= TEXT_LENGTH_MAX) return value;
  throw new UnknownRegisterSetting(`${names[0]} skal være en tekst på højst ${TEXT_LENGTH_MAX} tegn eller null.`);
}

/** A day, as YYYY-MM-DD or with a time after it. Throws UnknownRegisterSetting. */
export function dayOf<T>(fields: Fields, names: readonly string[], otherwise: T): string | null | T {
  const text = textOf(fields, names, otherwise);
  if (typeof text !== 'string' || text === otherwise) return text;
  const [, day] = /^(\d{4}-\d\d-\d\d)(?:$|T)/.exec(text) ?? [];
  if (day !== undefined && !Number.isNaN(Date.parse(day))) return day;
  throw new UnknownRegisterSetting(`${names[0]} skal være en dato som 2025-03-01.`);
}

/** Whether an answer says in one of the ways people do that the register knows nobody of that number. */
export function saysUnknown(answer: unknown): boolean {
  const word = typeof answer === 'string' ? answer : fieldsOf(answer)?.['kind'];
  return answer === null || (typeof word === 'string' && UNKNOWN_WORDS.has(word.trim().toLowerCase().replaceAll('_', '-')));
}

const UNKNOWN_WORDS: ReadonlySet<string> = new Set(['unknown', 'not-found', 'notfound', 'ukendt', 'none']);

/** The elements that GraphQL's answer has under a root field of this name; null when it is no such answer. */
export function graphqlNodes(answer: Fields, root: RegExp): readonly unknown[] | null {
  const data = fieldsOf(answer['data']) ?? answer;
  const name = Object.keys(data).find((key) => root.test(key));
  if (name === undefined) return null;
  const connection = fieldsOf(data[name]);
  if (connection === null) return [];
  const { nodes, edges } = connection;
  if (Array.isArray(nodes)) return nodes;
  return Array.isArray(edges) ? objectsOf(edges).map(({ node }) => node) : [];
}
