/**
 * A pattern that names Unicode properties (\p{L}, \p{Nd}, …). Some of Outlook's own script engines are older than these:
 * there only letters, digits and blanks are told from the rest: the gateway looks again.
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
  return source.replace(/\\p\{(\w+)\}/g, (_, name: string) => roughRanges[name] || '');
}

/** A text without halves of signs: each stands as U+FFFD, as String.prototype.toWellFormed does it in newer engines. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** What stands between the brackets of a class for a property: letters and digits of European mail, and blanks. */
const roughRanges: Readonly<Record<string, string | undefined>> = { L: 'A-Za-z\x80-\uffff', N: '0-9', Nd: '0-9', Zs: ' ' };
