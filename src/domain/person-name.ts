/**
 * A word of a name as names are compared: lower case, no accents, one spelling for æ and ae, ø and oe, å and aa, c and k,
 * ph and f, th and t, w and v, j and i, z and s, and for double letters. Registers, forms and people differ in these.
 */
export function foldedWord(word: string): string {
  const known = folded.get(word);
  if (known !== undefined) return known;
  if (folded.size >= FOLDED_WORDS_MAX) folded.clear();
  const made = fold(word);
  folded.set(word, made);
  return made;
}

/** The same few words are compared over and over. */
const folded = new Map<string, string>();
const FOLDED_WORDS_MAX = 5_000;

function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/a\u030a|aa|ae|æ/g, 'a')
    .replace(/oe|ø/g, 'o')
    .replace(/[\u0300-\u036f'.]/g, '')
    .replace(/[cq]h?|ck/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/([td])h/g, '$1')
    .replace(/[ðđłıßwzjx]/g, (sign) => plain[sign] ?? sign)
    .replace(/(.)\1+/g, '$1');
}

const plain: Readonly<Record<string, string>> = { ð: 'd', đ: 'd', ł: 'l', ı: 'i', ß: 's', w: 'v', z: 's', j: 'i', x: 'ks' };

const particles = new Set('von van der den de del della di da dos do af la le el al bin bint ibn ter ten zu zur'.split(' '));

/** True for a small word inside a name ("von der"), which may be left out. */
export function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase());
}

/** The words of a name that tell persons apart, folded; hyphens part them, particles and titles are left out. */
export function nameWords(name: string): readonly string[] {
  return name
    .split(/[^\p{L}\p{M}'.]+/u)
    .flatMap((word) => (/^(?:\p{L}\.)+$/u.test(word) ? word.split('.') : [word]))
    .filter((word) => !isParticle(word) && !titles.test(word))
    .map(foldedWord)
    .filter((word) => word !== '');
}

const titles = /^(?:hr|herr|fru|frk|frøken|dr|prof|professor|mr|mrs|ms|jr|sr)\.?$/i;

/**
 * True when a name as written means the one who is called `own`: every word is one of theirs, in any order, also as an
 * initial, in the genitive, or joined otherwise (Hanne-Lise, Hannelise); a middle name that `own` lacks does no harm where the
 * first and the last name agree. Nicknames are not guessed.
 */
export function isNameOf(written: string, own: string): boolean {
  const words = nameWords(written);
  const ownWords = [...nameWords(own), ...joinedParticles(own)];
  if (words.length === 0 || ownWords.length === 0) return false;
  const is = words.map((word, n) => isWordOf(word, ownWords) || isJoined(words, n, ownWords));
  const count = is.filter(Boolean).length;
  if (count === words.length) return words.some((word) => word.length > 1);
  const [first = false] = is;
  return count >= 2 && first && is[is.length - 1] === true;
}

/** "El-Sayed" is Elsayed too. */
function joinedParticles(name: string): readonly string[] {
  return Array.from(name.matchAll(/(?:^|[^\p{L}])(al|el|de|di|da|la|le|van|von)[ -](\p{L}+)/giu), ([, particle = '', word = '']) => foldedWord(`${particle}${word}`));
}

function isWordOf(word: string, own: readonly string[]): boolean {
  if (word.length === 1) return own.some((other) => other.startsWith(word));
  return own.some((other, n) => isSame(word, other) || isSame(word, `${other}${own[n + 1] ?? ''}`));
}

function isJoined(words: readonly string[], n: number, own: readonly string[]): boolean {
  const [before = '', word = '', after = ''] = [words[n - 1], words[n], words[n + 1]];
  return own.some((other) => isSame(`${word}${after}`, other) || isSame(`${before}${word}`, other));
}

/** "nancys" is Nancy's; a name that ends in s stays as it is. */
function isSame(word: string, own: string): boolean {
  return word === own || word === `${own}s`;
}
