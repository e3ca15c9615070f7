/**
 * Bytes to text, whatever the sender called them. Labels are WHATWG's (encoding.spec.whatwg.org), which already reads
 * "iso-8859-1" and "us-ascii" as windows-1252: that is what mail programs mean by them.
 */

/** Labels seen in mail that WHATWG's table does not know. */
const extraLabels: ReadonlyMap<string, string> = new Map([
  ['utf8mb4', 'utf-8'],
  ['utf_8', 'utf-8'],
  ['utf-8-sig', 'utf-8'],
  ['windows1252', 'windows-1252'],
  ['win-1252', 'windows-1252'],
  ['win1252', 'windows-1252'],
  ['cp-1252', 'windows-1252'],
  ['latin-1', 'windows-1252'],
  ['iso8859_1', 'windows-1252'],
  ['iso-8859-1-windows-latin-1', 'windows-1252'],
  ['iso_8859_15', 'iso-8859-15'],
  ['latin-9', 'iso-8859-15'],
  ['latin9', 'iso-8859-15'],
  ['ks_c_5601', 'euc-kr'],
  ['cp949', 'euc-kr'],
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp950', 'big5'],
]);

/**
 * Reads text in the charset that the mail names.
 * @param bytes the text
 * @param label the charset as written in the mail; null when the mail names none
 * @returns the text, without a byte order mark. An unknown or missing label, or US-ASCII with 8-bit signs, reads as
 *   UTF-8 where that is valid and as windows-1252 otherwise. Signs that break a declared UTF-8 read as windows-1252,
 *   one by one. Never throws.
 */
export function decodeCharset(bytes: Uint8Array, label: string | null): string {
  const marked = byteOrderMark(bytes);
  const name = marked ?? (label === null ? null : knownLabel(label));
  if (name === null) return decodeUndeclared(bytes);
  if (name === 'utf-8') return decodeUtf8Leniently(bytes);
  return new TextDecoder(name).decode(bytes);
}

/**
 * Reads a short text (a file name, a word of a subject), where a valid UTF-8 sequence is never chance: such bytes are
 * UTF-8 also when the mail calls them iso-8859-1. Shapes as `decodeCharset`.
 */
export function decodeShortText(bytes: Uint8Array, label: string | null): string {
  const name = label === null ? null : knownLabel(label);
  return name === null || name === 'windows-1252' ? decodeUndeclared(bytes) : decodeCharset(bytes, name);
}

/**
 * Gives WHATWG's name of a charset label.
 * @returns the name in lower case; null when the label is unknown, or is US-ASCII, which promises nothing about 8-bit
 */
function knownLabel(label: string): string | null {
  const trimmed = label.trim().toLowerCase().replace(/^["']|["']$/g, '');
  if (/^(us-)?ascii$|^ansi_x3\.4|^iso-?646|^x-?unknown|^unknown|^8bit$/.test(trimmed)) return null;
  try {
    return new TextDecoder(extraLabels.get(trimmed) ?? trimmed).encoding;
  } catch {
    return null;
  }
}

/** Reads bytes of unknown charset: UTF-8 where valid, else windows-1252. */
function decodeUndeclared(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Reads UTF-8; what breaks it is read as windows-1252, so that one bad byte does not spoil the æ, ø and å around it. */
export function decodeUtf8Leniently(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeSequenceBySequence(bytes);
  }
}

function decodeSequenceBySequence(bytes: Uint8Array): string {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const windows = new TextDecoder('windows-1252');
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = utf8SequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    pieces.push(utf8.decode(bytes.subarray(start, at)), windows.decode(bytes.subarray(at, at + 1)));
    at += 1;
    start = at;
  }
  pieces.push(utf8.decode(bytes.subarray(start)));
  return pieces.join('').replace(/^\uFEFF/, '');
}

/** Leads whose second byte is narrower than 80–BF: overlong forms, surrogates and what lies beyond U+10FFFF. */
const secondByteRanges: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);

/** Length of the valid UTF-8 sequence at a place; 0 when there is none (RFC 3629 section 4). */
function utf8SequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = multibyteLength(lead);
  if (length === 0 || at + length > bytes.length) return 0;
  const [lowest, highest] = secondByteRanges.get(lead) ?? [0x80, 0xbf];
  const second = bytes[at + 1] ?? 0;
  if (second < lowest || second > highest) return 0;
  for (let next = at + 2; next < at + length; next += 1) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function multibyteLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}
