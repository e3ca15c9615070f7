/**
 * Gives the charset label of a Windows code page number.
 * @returns a label for `decodeCharset`; null for DOS and other pages that WHATWG does not know
 */
export function codepageLabel(codepage: number): string | null {
  const known: Readonly<Record<number, string>> = {
    65001: 'utf-8', 1200: 'utf-16le', 874: 'windows-874', 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5',
    10000: 'macintosh', 20127: 'windows-1252', 20866: 'koi8-r', 21866: 'koi8-u', 20932: 'euc-jp', 51932: 'euc-jp',
    50220: 'iso-2022-jp', 54936: 'gb18030', 28591: 'windows-1252',
  };
  if (codepage >= 1250 && codepage <= 1258) return `windows-${codepage}`;
  if (codepage >= 28592 && codepage <= 28605) return `iso-8859-${codepage - 28590}`;
  return known[codepage] ?? null;
}
