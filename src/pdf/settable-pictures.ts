import { FileFault } from './file-fault.ts';
import {
  decodeBmpPixels, decodeTiffPages, demandPixels, encodePng, UNREADABLE, type DecodeLimits,
} from './picture-codec.ts';
import { pictureFacts } from './picture-facts.ts';

export type SettablePicture = {
  readonly bytes: Uint8Array;
  readonly type: 'png' | 'jpg' | 'gif' | 'webp';
  readonly widthPx: number;
  readonly heightPx: number;
};

/**
 * A picture file as pictures that Typst can set, one for each page: PNG, JPEG, GIF and WebP as they are, BMP and TIFF
 * decoded. Nothing is decoded before its size is known to be within the limit. Throws a FileFault for what cannot be read.
 */
export function settablePictures(bytes: Uint8Array, limits: DecodeLimits): readonly SettablePicture[] {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (head.startsWith('BM')) return [asPng(decoding(() => decodeBmpPixels(bytes, limits)))];
  if (head === 'II*\0' || head === 'MM\0*') return decoding(() => decodeTiffPages(bytes, limits)).map(asPng);
  const facts = pictureFacts(bytes);
  if (!facts) throw new FileFault(UNREADABLE);
  demandPixels(facts.widthPx * facts.heightPx, limits.picturePixelsMax);
  return [{ bytes, ...facts }];
}

function asPng(pixels: Parameters<typeof encodePng>[0]): SettablePicture {
  return { bytes: encodePng(pixels), type: 'png', widthPx: pixels.width, heightPx: pixels.height };
}

function decoding<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(UNREADABLE, { cause: error });
  }
}
