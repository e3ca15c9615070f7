type Fields = Readonly<Record<string, unknown>>;

/** Every value that a field has in a source, lists gone through; a field's name has a dot between its parts. */
export function valuesAt(source: unknown, path: string): readonly unknown[] {
  return path.split('.').reduce<readonly unknown[]>(
    (values, part) => values.flatMap((value) => (isFields(value) ? listOf(value[part]) : [])),
    [source],
  ).filter((value) => value !== undefined && value !== null);
}

/** The words of a value as Elasticsearch's standard analyser has them: small letters, no signs. */
export function wordsOf(value: unknown): readonly string[] {
  return String(value).toLowerCase().match(/[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu) ?? [];
}

/** What is left of a source when only some fields are wanted, as `_source` of a question says it. */
export function filterSource(source: Fields, wanted: unknown): Fields | undefined {
  if (wanted === undefined || wanted === true) return source;
  if (wanted === false) return undefined;
  const { includes, excludes } = patternsIn(wanted);
  return pick(source, '', (path) => {
    const kept = includes.length === 0 || includes.some((pattern) => covers(pattern, path));
    return kept && !excludes.some((pattern) => covers(pattern, path));
  });
}

interface Patterns {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

function patternsIn(wanted: unknown): Patterns {
  if (!isFields(wanted)) return { includes: listOf(wanted).map(String), excludes: [] };
  const { includes, include, excludes, exclude } = wanted;
  return { includes: listOf(includes ?? include ?? []).map(String), excludes: listOf(excludes ?? exclude ?? []).map(String) };
}

/** The source cut down to its leaves that are kept; an object of which nothing is left is left out too. */
function pick(source: Fields, prefix: string, keeps: (path: string) => boolean): Fields {
  const entries = Object.entries(source).map(([name, value]): readonly [string, unknown] => {
    const path = prefix + name;
    if (isFields(value)) return [name, nonEmpty(pick(value, `${path}.`, keeps))];
    if (Array.isArray(value) && value.some(isFields)) {
      return [name, nonEmpty(value.filter(isFields).map((one) => pick(one, `${path}.`, keeps)).filter((one) => nonEmpty(one) !== undefined))];
    }
    return [name, keeps(path) ? value : undefined];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function nonEmpty<T extends object>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

/** Whether a leaf is a named field itself or lies beneath one; `*` stands for anything. */
function covers(pattern: string, path: string): boolean {
  const wild = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${wild}(\\..*)?$`).test(path);
}

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it is, anything else as a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
