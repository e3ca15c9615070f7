/**
 * The text of a small file that people and programs write by whatever means: UTF-16 or UTF-8 with or without BOM, else
 * Windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array): string {
  const utf16 = utf16LabelOf(bytes);
  if (utf16 !== null) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A hard blank or a letter of Windows' own code page: the text is then judged by what it shows.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const examinedBytesMax = 4096;

/** By its BOM, else by the NUL that every second byte of digits is. */
function utf16LabelOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(Math.min(bytes.length, examinedBytesMax) / 2);
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (bytes[2 * pair] === 0) first += 1;
    if (bytes[2 * pair + 1] === 0) second += 1;
  }
  if (second * 2 > pairs && first === 0) return 'utf-16le';
  return first * 2 > pairs && second === 0 ? 'utf-16be' : null;
}
