import { exifOrientation, isOnItsSide } from './exif-orientation.ts';

export type PictureFacts = {
  readonly type: 'png' | 'jpg' | 'gif' | 'webp';
  readonly widthPx: number;
  readonly heightPx: number;
};

/**
 * What a picture is by its own bytes, read from its header without decoding it: a picture that claims 30,000 times
 * 30,000 pixels costs nothing here. Width and height are those it is shown in: a camera held upright says so in EXIF, and
 * Typst turns the picture. null where it is none of PNG, JPEG, GIF, WebP, or is cut off or says size 0.
 */
export function pictureFacts(source: Uint8Array): PictureFacts | null {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  try {
    const facts = pngFacts(bytes) ?? gifFacts(bytes) ?? webpFacts(bytes) ?? jpegFacts(bytes);
    return facts && facts.widthPx > 0 && facts.heightPx > 0 ? facts : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

// PNG (ISO 15948, 11.2.2): signature, then IHDR with width and height.
function pngFacts(bytes: Buffer): PictureFacts | null {
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n' || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { type: 'png', widthPx: bytes.readUInt32BE(16), heightPx: bytes.readUInt32BE(20) };
}

// GIF89a, 18: the logical screen.
function gifFacts(bytes: Buffer): PictureFacts | null {
  if (!/^GIF8[79]a/u.test(bytes.toString('latin1', 0, 6))) return null;
  return { type: 'gif', widthPx: bytes.readUInt16LE(6), heightPx: bytes.readUInt16LE(8) };
}

// RFC 9649, 2.5 to 2.7: lossy, lossless and extended files hold their size in three ways.
function webpFacts(bytes: Buffer): PictureFacts | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') {
    return { type: 'webp', widthPx: bytes.readUIntLE(24, 3) + 1, heightPx: bytes.readUIntLE(27, 3) + 1 };
  }
  if (chunk === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { type: 'webp', widthPx: (packed & 0x3fff) + 1, heightPx: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8 ') return null;
  return { type: 'webp', widthPx: bytes.readUInt16LE(26) & 0x3fff, heightPx: bytes.readUInt16LE(28) & 0x3fff };
}

// JPEG (ITU T.81, B.2.2): segments up to the start of frame, which holds height and width.
function jpegFacts(bytes: Buffer): PictureFacts | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (isFrame(marker)) {
      const [widthPx, heightPx] = [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
      const side = isOnItsSide(exifOrientation(bytes));
      return { type: 'jpg', widthPx: side ? heightPx : widthPx, heightPx: side ? widthPx : heightPx };
    }
    at += segmentLength(bytes, at, marker);
  }
  return null;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

// 0xff may be repeated before a marker; restarts and the like have no length.
function segmentLength(bytes: Buffer, at: number, marker: number): number {
  if (marker === 0xff) return 1;
  if ((marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) return 2;
  return 2 + bytes.readUInt16BE(at + 2);
}
