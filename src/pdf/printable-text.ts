import { letterFonts } from './letter-fonts.ts';

const missingGlyph = '\u25a1';

// Characters that show nothing and would be copied out with the text, or steer it: soft hyphens, zero-width spaces
// and byte order marks, overrides of the writing direction (which can make a text read otherwise than it is written),
// fillers, tags, and all control characters.
const invisible = new RegExp(
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e' +
  '\\u200b\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb\\u{e0000}-\\u{e0fff}\\u{1d173}-\\u{1d17a}]',
  'gu',
);
const lineSeparators = /[\u2028\u2029]/gu;
const plain = /^[\n\t\x20-\x7e\xa0-\xac\xae-\xff]*$/u;

/**
 * Signs of Wingdings and Symbol that Word and Outlook use (their autocorrection makes `:-)` and `-->` of them), by
 * their code in the font; in Unicode text the same codes stand in the private area from U+F000.
 */
export const symbolFontSigns: ReadonlyMap<number, string> = new Map([
  [0x4a, '\u263a'], [0x4b, '\u{1f610}'], [0x4c, '\u2639'], [0x6c, '\u25cf'], [0x6e, '\u25a0'], [0x6f, '\u2610'],
  [0x71, '\u2610'], [0x76, '\u2756'], [0xa7, '\u25aa'], [0xa8, '\u2610'], [0xb7, '\u2022'], [0xd8, '\u27a2'],
  [0xdf, '\u2190'], [0xe0, '\u2192'], [0xe8, '\u2794'], [0xfb, '\u2717'], [0xfc, '\u2713'], [0xfd, '\u2612'],
  [0xfe, '\u2611'],
]);

export type PrintableText = { readonly text: string; readonly missing: readonly string[] };

/**
 * The text as the letter can show it: NFC, without invisible characters, each letter that no shipped font has replaced
 * by U+25A1 (PDF/A and PDF/UA allow no missing glyphs). `missing` names the code points that were replaced.
 */
export function printableText(source: string): PrintableText {
  const cleaned = visibleText(source);
  if (plain.test(cleaned)) return { text: cleaned, missing: [] };
  const { covers } = letterFonts();
  const missing = new Set<string>();
  let text = '';
  for (const sign of cleaned) {
    const codePoint = sign.codePointAt(0) ?? 0;
    if (isShown(codePoint, covers)) {
      text += sign;
    } else if (/\p{Zs}/u.test(sign)) {
      text += ' ';
    } else {
      missing.add(`U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`);
      text += missingGlyph;
    }
  }
  return { text, missing: [...missing] };
}

/** The text in NFC and without invisible characters, whatever fonts there are. */
export function visibleText(source: string): string {
  if (plain.test(source)) return source;
  return source.toWellFormed().normalize('NFC').replace(lineSeparators, '\n').replace(invisible, '')
    .replace(/[\uf04a-\uf0fe]/gu, (sign) => symbolFontSigns.get(sign.charCodeAt(0) & 0xff) ?? sign);
}

// Joiners and variation selectors have no glyph of their own; they steer the one before. Lines and tabs are layout.
function isShown(codePoint: number, covers: (codePoint: number) => boolean): boolean {
  return codePoint === 0x0a || codePoint === 0x09 || (codePoint >= 0x200c && codePoint <= 0x200f)
    || (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || covers(codePoint);
}
