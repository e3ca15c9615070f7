/** Longest text that is looked through, of a message or of one page; the rest of a longer one is passed over. */
export const letterCharactersMax = 200_000;

/** Longest letter that is looked through, its text and all its files together; files beyond count as unread. */
export const wholeLetterCharactersMax = 2_000_000;

/**
 * A text as the checks read it: full-width and joined signs made plain, invisible signs gone, every sort of blank one
 * blank, every dash "-", every apostrophe "'", lines ended by "\n". Linear in the text.
 */
export function readableText(text: string): string {
  return text
    .slice(0, letterCharactersMax)
    // A long run of accents would make normalize slow.
    .replace(/([\u0300-\u036f]{2})[\u0300-\u036f]+/g, '$1')
    .normalize('NFKC')
    // One sign may have become eighteen.
    .slice(0, letterCharactersMax)
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/[\u2010-\u2015\u2043\u2212]/g, '-')
    .replace(/[\u2018\u2019\u201b\u00b4`\u02bc]/g, "'");
}

/** Where the last sentence of a text begins; abbreviations ("cpr.nr. ", "f. ") end none. Takes a short text. */
export function sentenceStart(text: string): number {
  let at = 0;
  for (const match of text.matchAll(/[a-zæøå0-9)][.!?]\s+(?=\S|$)/gi)) {
    const end = match.index + match[0].length;
    if (!abbreviation.test(text.slice(0, end)) || (beforeNumber.test(text.slice(0, end)) && /^\p{L}/u.test(text.slice(end)))) at = end;
  }
  return at;
}

/** "… ikke dit cpr-nr. Bevillingen er …": a number follows it, or a sentence has ended. */
const beforeNumber = /nr\.\s+$/i;
const abbreviation = /(?:^|[^a-zæøå0-9])(?:nr|cpr\.?nr|cpr|f|født|vedr|ang|hr|fr|dr|prof|tlf|ca|kl|bl\.a|pers|jf|inkl|ekskl|evt|att|d|st|gl|sct|[a-z]|\d{1,2})\.\s+$/i;

/** A file's name in words: without its ending, with blanks for what joins words there, and capitals where it has none. */
export function fileTitle(name: string): string {
  const words = readableText(name)
    .replace(/\n/g, ' ')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/(\p{L})[-.](?=[\p{L}\d])|(\d)-(?=\p{L})|_+/gu, '$1$2 ')
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .trim();
  return /\p{Lu}/u.test(words) ? words : words.replace(/\p{L}+/gu, (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
}
