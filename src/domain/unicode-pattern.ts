/**
 * A pattern that names Unicode properties (\p{L}, \p{Nd}, …). Some of Outlook's own script engines are older than these:
 * there the ranges below stand for them, which hold every sign that Danish mail has and the usual disguises.
 */
export function unicodePattern(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    return new RegExp(roughSource(source), flags);
  }
}

/** The same pattern for engines that know no properties; each must stand between the brackets of a class. */
export function roughSource(source: string): string {
  return source.replace(/\\p\{(\w+)\}/g, (_, name: string) => roughRanges[name] ?? '');
}

/** A text without halves of signs: each stands as U+FFFD, as String.prototype.toWellFormed does it in newer engines. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

const digits = String.raw`0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19\u{1d7ce}-\u{1d7ff}`;

/** What stands between the brackets of a class for a property, roughly. */
const roughRanges: Readonly<Record<string, string>> = {
  L: String.raw`A-Za-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u02af\u0370-\u0482\u048a-\u058f\u05d0-\u065f\u0671-\u06d3\u0900-\u1aaf\u1b00-\u1dbf\u1e00-\u1fff\u2c00-\u2dff\u3041-\ua4cf\ua500-\ud7ff\uf900-\ufdcf\uff21-\uff3a\uff41-\uff5a\u{10000}-\u{10fff}\u{1d400}-\u{1d7cb}\u{20000}-\u{3ffff}`,
  N: digits,
  Nd: digits,
  M: String.raw`\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\u{e0100}-\u{e01ef}`,
  Cc: String.raw`\0-\x1f\x7f-\x9f`,
  Cf: String.raw`\xad\u0600-\u0605\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0001}-\u{e007f}`,
  Zs: String.raw` \xa0\u1680\u2000-\u200a\u202f\u205f\u3000`,
  Default_Ignorable_Code_Point: String.raw`\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{e0000}-\u{e0fff}`,
  Noncharacter_Code_Point: String.raw`\ufdd0-\ufdef\ufffe\uffff`,
};
