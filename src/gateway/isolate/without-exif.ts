/**
 * A JPEG without what it tells of itself in EXIF and XMP (APP1 segments; JPEG B.2.4.6), such as where it was taken. A picture made
 * of HEIC is already turned upright (ISO/IEC 23008-12, 6.5.10), but some versions of libheif pass the orientation on in EXIF as
 * well, and then it would be turned twice. Bytes that are no JPEG come back as they are.
 */
export function withoutExif(jpeg: Buffer): Buffer {
  const kept: Buffer[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== START_OF_SCAN) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== APP1) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  kept.push(jpeg.subarray(at));
  return Buffer.concat(kept);
}

const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
