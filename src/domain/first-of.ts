/**
 * The first of many texts that are told to a person, with "… flere" for the rest, so that a mail stays readable and a
 * Problem small. `count` is how many there are in truth, where `texts` holds only the first.
 */
export function firstOf(texts: readonly string[], count = texts.length, max = 99): readonly string[] {
  const told = texts.slice(0, max);
  return count > told.length ? [...told, `${String(count - told.length)} flere`] : told;
}
