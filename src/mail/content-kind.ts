/**
 * What sort of thing bytes are to a search for files in files. `text` is text that may be JSON; `rawNames` an archive
 * that is not unpacked but whose names can be read.
 */
export type ContentKind = 'zip' | 'mail' | 'compound' | 'gzip' | 'tar' | 'rawNames' | 'text' | 'other';

/**
 * Tells by the first bytes, since names lie; by name and declared type only where mail begins like any other text.
 * @param head the first some hundred bytes, or all
 * @param declaredType MIME type, lower case, or ""
 */
export function kindOfContent(name: string, head: Buffer, declaredType: string): ContentKind {
  const start = head.toString('latin1', 0, 8);
  const magic = magics.find(([bytes]) => start.startsWith(bytes));
  if (magic !== undefined) return magic[1];
  if (head.toString('latin1', 257, 262) === 'ustar') return 'tar';
  if (claimsToBeMail(name, declaredType)) return 'mail';
  if (startsAsJson(head)) return 'text';
  return startsAsMail(head) ? 'mail' : 'other';
}

/** True when name or declared type say so, as against a guess by the first lines. */
export function claimsToBeMail(name: string, declaredType: string): boolean {
  return declaredType === 'message/rfc822' || declaredType === 'message/global' || mailName.test(name);
}

const magics: readonly (readonly [string, ContentKind])[] = [
  ['PK\u0003\u0004', 'zip'],
  ['PK\u0005\u0006', 'zip'],
  // The mark of a split zip stands before the first part, and is left in when all fits in one.
  ['PK00PK\u0003\u0004', 'zip'],
  ['PK\u0007\u0008PK', 'zip'],
  ['\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', 'compound'],
  ['\u001f\u008b', 'gzip'],
  ['Rar!\u001a', 'rawNames'],
  ["7z\u00bc\u00af'\u001c", 'rawNames'],
];

const mailName = /\.(?:eml|mht|mhtml|mbox)[.\s]*$/i;

/** A brace or bracket first, after a byte order mark and blanks; in UTF-16 NULs stand between. */
function startsAsJson(head: Buffer): boolean {
  return /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[{[]/.test(head.toString('latin1', 0, 65_536));
}

/** Two header lines, one of them of a kind that only mail has. */
function startsAsMail(head: Buffer): boolean {
  const text = head.toString('latin1', 0, 4_096).replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  if (!/^(?:From |[!-9;-~]{1,76}:)/.test(text)) return false;
  const names = Array.from(text.matchAll(/^([!-9;-~]{1,76}):/gm), (match) => match[1]?.toLowerCase() ?? '');
  return names.length >= 2 && names.some((header) => headersOfMail.has(header));
}

const headersOfMail = new Set([
  'received', 'return-path', 'mime-version', 'message-id', 'content-type', 'content-disposition', 'from', 'subject',
  'content-transfer-encoding', 'date', 'delivered-to',
]);
