/**
 * The text of a mail's body from its HTML, where there is no page to read it with: code and comments gone, what stands in
 * the line joined, a line for every other element, entities as their signs. Made to find numbers in, not to be shown; linear.
 */
export function htmlText(html: string): string {
  return html
    .slice(0, HTML_CHARACTERS_MAX)
    .replace(/<!--[^]*?(?:-->|$)|<(style|script|title)\b[^]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(?:a|b|i|u|s|em|strong|span|font|mark|su[bp]|o:p)\b[^<>]*>/gi, '')
    .replace(/<[^<>]*>/g, '\n')
    .replace(/&#(x?)([0-9a-f]{1,5});/gi, (_, x: string, digits: string) => String.fromCodePoint(parseInt(digits, x === '' ? 10 : 16) || SPACE))
    .replace(/&(?:nbsp|e[nm]sp|thinsp);/gi, ' ')
    .replace(/&[nm]dash;/gi, '-');
}

/** Outlook gives a million characters at most; pictures may stand in them. */
const HTML_CHARACTERS_MAX = 1_000_000;
const SPACE = 32;
