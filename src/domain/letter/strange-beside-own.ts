import { isKnown, type KnownNames } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { introductionOf } from './relatives.ts';

/**
 * "Nancy Berggren og Hans Nielsen" in a letter to Nancy and Lars Berggren: beside one of the two stands the other; and whoever
 * is wed, where neither gets the letter.
 */
export function strangeBesideOwn(names: readonly NameInText[], letter: string, known: KnownNames): readonly NameInText[] {
  if (known.companies) return [];
  const isOwn = (name: NameInText | undefined) => name !== undefined && name.words > 1 && isKnown(name, known);
  const areJoined = (one: NameInText | undefined, two: NameInText | undefined) => one !== undefined && two !== undefined && joined.test(letter.slice(one.end, two.start));
  const wed = names.filter((name, n) => name.words > 1 && wedBefore.test(name.before) && areJoined(name, names[n + 1]) && !isKnown(name, known) && !isOwn(names[n + 1]));
  if (known.recipients.length !== COUPLE) return wed;
  return wed.length > 0 ? wed : names.filter((name, n) => name.words > 1 && name.sure && !isKnown(name, known) && introductionOf(name) === null
    && ((isOwn(names[n - 1]) && areJoined(names[n - 1], name)) || (isOwn(names[n + 1]) && areJoined(name, names[n + 1]))));
}

const COUPLE = 2;
const wedBefore = /(?:vielse|ægteskab)[^.\n]{0,20} (?:mellem|fra)[ \n]$/;
const joined = /^(?:, [Cc][Pp][Rr][^,]{4,30},)? (?:og|&)[ \n]$/;
