import { isFirstName } from '../first-names.ts';
import { nameWords } from '../person-name.ts';
import { isKnown, type KnownNames, type NamedText } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isBehindLabel } from './relatives.ts';

/**
 * "Hans oplyser, at han …" in a record whose field says that it is about Nancy Berggren: a first name that begins a sentence,
 * goes on as he or she, and is nobody's whom the letter has introduced.
 */
export function strangeInRecord(names: readonly NameInText[], { namedElsewhere }: Pick<NamedText, 'namedElsewhere'>, known: KnownNames): readonly NameInText[] {
  if (known.companies || known.aboutOther || !names.some((name) => name.words > 1 && isBehindLabel(name) && isKnown(name, known))) return [];
  const introduced = new Set(names.filter((name) => name.words > 1 || inSentence.test(name.before)).flatMap(({ name }) => nameWords(name)));
  return names.filter((name) => {
    const [first = ''] = nameWords(name.name);
    return name.words === 1 && isFirstName(name.name) && beginsSentence.test(name.before) && goesOn.test(name.after) && !introduced.has(first) && !namedElsewhere.has(first) && !isKnown(name, known);
  });
}

/** "Kæresten Hans", "sin søn Hans". */
const inSentence = /(?<!(?:^|[^\p{L}])(?:at|og|men|når|hvis|da|fordi|har|kan|vil|skal|er)) (?<=\p{Ll} )$/u;
const beginsSentence = /(?:^|\n|[.!?:] |\n- )$/;
const goesOn = /^ \p{Ll}[^\n]{0,90}[.,] (?:at )?h[au]n /u;
