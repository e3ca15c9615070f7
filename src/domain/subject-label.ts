/** Most characters of a MeMo label: memoTextType counts code points (MeMo_dataTypes.xsd). */
export const labelCharactersMax = 256;

/**
 * The title of a message from the subject of its mail: composed (NFC), without control signs and signs that XML forbids,
 * white space folded, at most 256 characters, cut at a word with "…", and never empty.
 */
export function labelFromSubject(subject: string): string {
  const label = subject
    .slice(0, subjectCharactersExamined)
    .toWellFormed()
    .replace(/[\p{Cc}\s\u2028\u2029]+/gu, ' ')
    .replace(/[\u{fffe}\u{ffff}\u{fffd}\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/gu, '')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim();
  if (!hasSomethingToRead(label)) return '(uden emne)';
  return cutAtWord(label, labelCharactersMax);
}

/** The rest of a longer subject cannot reach the label; normalize would take quadratic time on a run of accents. */
const subjectCharactersExamined = 10_000;

function hasSomethingToRead(label: string): boolean {
  return /[^\p{Cf}\p{Z}\p{M}]/u.test(label);
}

function cutAtWord(text: string, charactersMax: number): string {
  const characters = Array.from(text);
  if (characters.length <= charactersMax) return text;
  const head = characters.slice(0, charactersMax - 1).join('');
  const nextIsBlank = characters[charactersMax - 1] === ' ';
  const lastBlank = head.lastIndexOf(' ');
  const word = nextIsBlank || lastBlank < head.length / 2 ? head : head.slice(0, lastBlank);
  return `${word.trimEnd()}…`;
}
