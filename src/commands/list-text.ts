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

/** The bytes as signs, U+0000 to U+00FF. */
function byteSigns(base64: string): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (let place = 0; place < base64.length; place += 1) {
    const six = sixBits(base64.charCodeAt(place));
    if (six < 0) continue;
    value = ((value << 6) | six) & 0xfff;
    bits = (bits + 6) % 8;
    if (bits !== 6) text += String.fromCharCode((value >> bits) & 0xff);
  }
  return text;
}

/** What a sign of base64 stands for (RFC 4648 section 4): letters, digits, "+" and "/"; -1 for every other. */
function sixBits(code: number): number {
  if (code > 96) return code - 71;
  if (code > 64) return code - 65;
  if (code > 47) return code < 58 ? code + 4 : -1;
  return code === 43 ? 62 : code === 47 ? 63 : -1;
}
