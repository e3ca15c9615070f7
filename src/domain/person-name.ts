const REMEMBERED_MAX = 20_000;

/**
 * A word of a name as names are compared: lower case, no accents, one spelling for æ and ae, ø and oe, ü and ue, å and aa, c and k,
 * ph and f, th and t, w and v, j, y and i, a last ie and i, z and s, and for double letters. Registers, forms and people differ in these.
 */
export const foldedWord = remembered(fold);

function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/a\u030a|aa|ae|æ/g, 'a')
    .replace(/oe|ø/g, 'o')
    .replace(/ue(?=[a-z])/g, 'u')
    .replace(/[\u0300-\u036f'.]/g, '')
    .replace(/[cq]h?|ck/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/ie$|y/g, 'i')
    .replace(/([td])h/g, '$1')
    .replace(/[ðđłıßwzjx]/g, (sign) => plain[sign] ?? sign)
    .replace(/(.)\1+/g, '$1');
}

const plain: Readonly<Record<string, string>> = { ð: 'd', đ: 'd', ł: 'l', ı: 'i', ß: 's', w: 'v', z: 's', j: 'i', x: 'ks' };

const particles = new Set('von van der den de del della di da dos do du des af av á í vid við undir la le el al bin bint ibn ter ten zu zur'.split(' '));

/** True for a small word inside a name ("von der"), which may be left out. */
export function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase());
}

/** The words of a name that tell persons apart, folded; hyphens part them, particles and titles are left out. */
export const nameWords = remembered((name): readonly string[] =>
  name
    .split(/[^\p{L}\p{M}'.]+/u)
    .flatMap((word) => (/^(?:\p{L}\.)+$/u.test(word) ? word.split('.') : [word]))
    .filter((word) => !isParticle(word) && !titles.test(word))
    .map(foldedWord)
    .filter((word) => word !== ''));

const titles = /^(?:hr|herr|fru|frk|frøken|dr|prof|professor|mr|mrs|ms|jr|sr)\.?$/i;

/**
 * True when a name as written means the one who is called `own`: every word is one of theirs, in any order, also as an
 * initial, in the genitive, or joined otherwise (Hanne-Lise, Hannelise); a middle name that `own` lacks does no harm where the
 * first and the last name agree. Nicknames are not guessed.
 */
export function isNameOf(written: string, own: string): boolean {
  const words = nameWords(written);
  const ownName = readOwnName(own);
  if (words.length === 0 || ownName.words.length === 0) return false;
  const is = (word: string, n: number) => isWordOf(word, ownName) || isJoined(words, n, ownName);
  // Without its first word it is neither wholly theirs nor by first and last name.
  if (!is(words[0] ?? '', 0)) return false;
  const count = words.filter(is).length;
  if (count === words.length) return words.some((word) => word.length > 1);
  return count >= 2 && is(words.at(-1) ?? '', words.length - 1);
}

/** A name with which others are compared; all forms also in the genitive: "nancys" is Nancy's, "Jens" stays as it is. */
interface OwnName {
  readonly words: readonly string[];
  readonly forms: ReadonlySet<string>;
  /** Two words that follow each other, written as one. */
  readonly joined: ReadonlySet<string>;
}

const readOwnName = remembered((name): OwnName => {
  const words = [...nameWords(name), ...joinedParticles(name)];
  const withGenitive = (forms: readonly string[]) => new Set(forms.flatMap((form) => [form, `${form}s`]));
  return { words, forms: withGenitive(words), joined: withGenitive(words.map((word, n) => `${word}${words[n + 1] ?? ''}`)) };
});

/** "El-Sayed" is Elsayed too. */
function joinedParticles(name: string): readonly string[] {
  return Array.from(name.matchAll(/(?:^|[^\p{L}])(al|el|de|di|da|la|le|van|von)[ -](\p{L}+)/giu), ([, particle = '', word = '']) => foldedWord(`${particle}${word}`));
}

function isWordOf(word: string, { words, forms, joined }: OwnName): boolean {
  if (word.length === 1) return words.some((other) => other.startsWith(word));
  return forms.has(word) || joined.has(word);
}

function isJoined(words: readonly string[], n: number, { forms }: OwnName): boolean {
  const [before = '', word = '', after = ''] = [words[n - 1], words[n], words[n + 1]];
  return forms.has(`${word}${after}`) || forms.has(`${before}${word}`);
}

/** The same few names and words are compared over and over: what was made of them is kept, up to a number of them. */
function remembered<Made>(make: (text: string) => Made): (text: string) => Made {
  const kept = new Map<string, Made>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    if (kept.size >= REMEMBERED_MAX) kept.clear();
    const made = make(text);
    kept.set(text, made);
    return made;
  };
}
