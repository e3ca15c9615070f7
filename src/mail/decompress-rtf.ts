/** Compressed RTF (MS-OXRTFCP): a 16-byte head, then LZ77 with a dictionary of 4,096 bytes. */

const headBytes = 16;
const compressedMagic = 0x75465a4c;
const uncompressedMagic = 0x414c454d;
const dictionaryBytes = 4096;

/** MS-OXRTFCP 2.1.2.1: what the dictionary holds at the start. */
const initialDictionary = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans ' +
    'SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u' +
    '\\tab\\tx',
  'latin1',
);

/**
 * Decompresses RTF.
 * @param bytes the value of PR_RTF_COMPRESSED
 * @param rtfBytesMax longest result; what goes beyond is cut off
 * @returns null when the bytes are no compressed RTF; a stream that breaks off gives what came before
 */
export function decompressRtf(bytes: Buffer, rtfBytesMax = 20_000_000): Buffer | null {
  if (bytes.length < headBytes) return null;
  const rawBytes = Math.min(bytes.readUInt32LE(4), rtfBytesMax);
  const magic = bytes.readUInt32LE(8);
  if (magic === uncompressedMagic) return bytes.subarray(headBytes, headBytes + rawBytes);
  return magic === compressedMagic ? inflate(bytes, rawBytes) : null;
}

function inflate(bytes: Buffer, rawBytes: number): Buffer {
  const dictionary = Buffer.alloc(dictionaryBytes, 0x20);
  let write = initialDictionary.copy(dictionary);
  const out = Buffer.alloc(rawBytes + 0xf + 2);
  let length = 0;
  const put = (byte: number) => {
    out[length] = byte;
    length += 1;
    dictionary[write] = byte;
    write = (write + 1) % dictionaryBytes;
  };
  for (const token of readTokens(bytes)) {
    if (length >= rawBytes) break;
    if (token.kind === 'byte') {
      put(token.byte);
      continue;
    }
    // A token that points at the writing place ends the stream.
    if (token.offset === write) break;
    for (let at = token.offset; at < token.offset + token.length; at += 1) put(dictionary[at % dictionaryBytes] ?? 0);
  }
  return out.subarray(0, Math.min(length, rawBytes));
}

type Token =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'copy'; readonly offset: number; readonly length: number };

/** A control byte tells of the next eight tokens, from its lowest bit, which are copies. */
function* readTokens(bytes: Buffer): Generator<Token> {
  let at = headBytes;
  while (at < bytes.length) {
    const control = bytes[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < bytes.length; bit += 1) {
      const first = bytes[at] ?? 0;
      if ((control & (1 << bit)) === 0) {
        yield { kind: 'byte', byte: first };
        at += 1;
        continue;
      }
      const token = (first << 8) | (bytes[at + 1] ?? 0);
      yield { kind: 'copy', offset: token >> 4, length: (token & 0xf) + 2 };
      at += 2;
    }
  }
}
