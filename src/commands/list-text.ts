/**
 * The text of masseforsendelse.txt from its base64, in a runtime that has neither atob nor TextDecoder: UTF-8, UTF-16, else
 * one sign a byte. As domain/decode-text.ts reads it, for all that may stand in a list.
 */
export function listText(base64: string): string {
  const bytes = byteSigns(base64);
  // UTF-16: every other byte of digits is NUL.
  if (bytes.includes('\0')) return bytes.replace(/\0|^(?:\xff\xfe|\xfe\xff)/g, '');
  try {
    return decodeURIComponent(bytes.replace(/[%\x80-\xff]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`));
  } catch {
    return bytes;
  }
}

/** What each sign of base64 stands for. */
const sixBits = new Map(Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (sign, value) => [sign, value]));

/** The bytes as signs, U+0000 to U+00FF. */
function byteSigns(base64: string): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (let place = 0; place < base64.length; place += 1) {
    const six = sixBits.get(base64.charAt(place));
    if (six === undefined) continue;
    value = ((value << 6) | six) & 0xfff;
    bits = (bits + 6) % 8;
    if (bits !== 6) text += String.fromCharCode((value >> bits) & 0xff);
  }
  return text;
}
