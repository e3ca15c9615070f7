import { FileFault } from './file-fault.ts';
import { decodeJpeg, encodeJpeg } from './jpeg-codec.ts';
import {
  decodeBmpPixels, decodePngPixels, decodeTiffPages, demandPixels, encodePng, UNREADABLE, type DecodeLimits,
} from './picture-codec.ts';
import { pictureFacts } from './picture-facts.ts';
import { scaledDown, type Pixels } from './pixels.ts';

export type ShrinkLimits = DecodeLimits & { readonly sideMaxPx: number; readonly jpegQuality: number };

export type ShrunkPicture = { readonly bytes: Uint8Array; readonly extension: 'png' | 'jpg' };

/**
 * Makes a picture smaller: its longest side at most `sideMaxPx`, JPEG encoded anew, BMP and TIFF of one page as PNG. Only a
 * smaller file counts. Throws a FileFault that says why not, and what else to do.
 */
export async function shrinkPicture(bytes: Uint8Array, limits: ShrinkLimits): Promise<ShrunkPicture> {
  const { pixels, extension } = await decoded(bytes, limits);
  const small = scaledDown(pixels, limits.sideMaxPx);
  const made = extension === 'jpg' ? await encodeJpeg(small, limits.jpegQuality) : encodePng(small);
  if (made.length >= bytes.length) throw new FileFault('Billedet kan ikke gøres mindre uden at blive dårligere.');
  return { bytes: made, extension };
}

async function decoded(bytes: Uint8Array, limits: ShrinkLimits): Promise<{ pixels: Pixels; extension: 'png' | 'jpg' }> {
  try {
    return await decode(bytes, limits);
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw new FileFault(UNREADABLE, { cause: error });
  }
}

async function decode(bytes: Uint8Array, limits: ShrinkLimits): Promise<{ pixels: Pixels; extension: 'png' | 'jpg' }> {
  const head = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  if (head.startsWith('BM')) return { pixels: decodeBmpPixels(bytes, limits), extension: 'png' };
  if (head === 'II*\0' || head === 'MM\0*') {
    const [page, ...others] = decodeTiffPages(bytes, limits);
    if (!page || others.length > 0) throw new FileFault('Billedet har flere sider. Lav det om til PDF i stedet.');
    return { pixels: page, extension: 'png' };
  }
  const facts = pictureFacts(bytes);
  if (!facts) throw new FileFault(UNREADABLE);
  demandPixels(facts.widthPx * facts.heightPx, limits.picturePixelsMax);
  if (facts.type === 'jpg') return { pixels: await decodeJpeg(bytes), extension: 'jpg' };
  if (facts.type === 'png') return { pixels: decodePngPixels(bytes), extension: 'png' };
  throw new FileFault('Kun JPEG, PNG, BMP og TIFF kan gøres mindre. Lav billedet om til PDF i stedet.');
}
