import { nameWords } from '../person-name.ts';
import type { NameInText } from './name-in-text.ts';

/** True of a name whose first word stands in another of these names too, also in the genitive. Linear, whoever asks how often. */
export function isNamedAgain(name: NameInText, names: readonly NameInText[]): boolean {
  const [first = ''] = nameWords(name.name);
  const counts = wordCounts(names);
  return (counts.get(first) ?? 0) + (counts.get(`${first}s`) ?? 0) > 1;
}

/** Each text's names are asked about many times. */
const counted = new WeakMap<readonly NameInText[], ReadonlyMap<string, number>>();

function wordCounts(names: readonly NameInText[]): ReadonlyMap<string, number> {
  const known = counted.get(names);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const { name } of names) for (const word of new Set(nameWords(name))) counts.set(word, (counts.get(word) ?? 0) + 1);
  counted.set(names, counts);
  return counts;
}
