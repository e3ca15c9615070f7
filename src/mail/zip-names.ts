import { crc32 } from 'node:zlib';

/** How an entry of a zip is called, and what else programs may show it as. */
export interface ZipNames {
  readonly name: string;
  readonly otherNames: readonly string[];
}

/** A name as it stands in a header of a zip (APPNOTE 4.3.7, 4.3.12). */
export interface RawZipName {
  readonly name: Buffer;
  readonly extra: Buffer;
  /** General purpose bit flag; bit 11: the name is UTF-8. */
  readonly flags: number;
}

/**
 * Reads a name. It is that of Info-ZIP's Unicode Path field, where that still belongs to the name beside it (APPNOTE 4.6.9);
 * else UTF-8, where it says so or is so, for the flag is often missing; else of an old code page.
 */
export function zipNamesOf({ name, extra, flags }: RawZipName): ZipNames {
  const plain = (flags & UTF8_FLAG) !== 0 ? name.toString('utf8') : utf8Of(name) ?? codePageText(name);
  const field = zipExtraField(extra, UNICODE_PATH);
  if (field === null || field.length <= UNICODE_PATH_HEAD_BYTES) return { name: plain, otherNames: [] };
  const unicode = field.subarray(UNICODE_PATH_HEAD_BYTES).toString('utf8');
  const isCurrent = field[0] === 1 && field.readUInt32LE(1) === crc32(name);
  const [shown, other] = isCurrent ? [unicode, plain] : [plain, unicode];
  return { name: shown, otherNames: other === shown ? [] : [other] };
}

/** An extra field of a header by its id (APPNOTE 4.5); the last where there are several, null where there is none. */
export function zipExtraField(extra: Buffer, id: number): Buffer | null {
  let found: Buffer | null = null;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) found = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return found;
}

const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;
/** Version, and the CRC-32 of the name that it was made for. */
const UNICODE_PATH_HEAD_BYTES = 5;

function utf8Of(name: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    return null;
  }
}

/**
 * Danish Windows writes code page 850, and a few programs windows-1252: the one with more letters of ours is meant. Code page
 * 437 has æ and å in the same places; it has no ø, for which Windows then writes φ, where 850 has Ý, which no Danish name has.
 */
function codePageText(name: Buffer): string {
  const oem = Array.from(name, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGE_850[byte - 0x80] ?? '')).join('');
  const ansi = new TextDecoder('windows-1252').decode(name);
  return nordicLetters(ansi) > nordicLetters(oem) ? ansi : oem;
}

function nordicLetters(text: string): number {
  return text.match(/[æøåÆØÅäöüÄÖÜéÉ]/g)?.length ?? 0;
}

/** The upper half of code page 850, with ø for Ý. */
const CODE_PAGE_850 = [
  'ÇüéâäàåçêëèïîìÄÅ', 'ÉæÆôöòûùÿÖÜø£Ø×ƒ', 'áíóúñÑªº¿®¬½¼¡«»', '░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐',
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤', 'ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀', 'ÓßÔÒõÕµþÞÚÛÙýø¯´', '\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
].join('');
