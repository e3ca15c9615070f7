/** How a picture is to be turned before it is shown (EXIF 2.32, 4.6.4, tag 274): 1 as it is, 3 upside down, 6 and 8 on its side. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The orientation that a JPEG's EXIF tells; 1 where it tells none. Reads no further than the segments before the picture. */
export function exifOrientation(jpeg: Uint8Array): Orientation {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda) return 1;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') {
      return orientationIn(bytes.subarray(at + 10, at + 2 + length));
    }
    at += 2 + length;
  }
  return 1;
}

/** Orientations from 5 on swap width and height. */
export function isOnItsSide(orientation: Orientation): boolean {
  return orientation >= 5;
}

function orientationIn(tiff: Buffer): Orientation {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number): number => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const directory = long(4);
  const entries = short(directory);
  for (let n = 0; n < entries; n++) {
    const entry = directory + 2 + 12 * n;
    if (entry + 12 > tiff.length) return 1;
    if (short(entry) === 0x0112) return orientationOf(short(entry + 8));
  }
  return 1;
}

/** A number as an orientation; 1 where it is none. */
export function orientationOf(value: number): Orientation {
  return value >= 1 && value <= 8 && Number.isInteger(value) ? (value as Orientation) : 1;
}
