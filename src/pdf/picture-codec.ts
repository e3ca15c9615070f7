import { decode as decodeBmp } from 'bmp-ts';
import { convertIndexedToRgb, decode as decodePng, encode as encodePngData, type DecodedPng } from 'fast-png';
import UTIF from 'utif2';
import { orientationOf } from './exif-orientation.ts';
import { FileFault } from './file-fault.ts';
import { turned, type Pixels } from './pixels.ts';

/** Decodes a PNG of 8 or 16 bits a sample, or with a palette. Throws a FileFault for finer sorts, and what else is amiss. */
export function decodePngPixels(bytes: Uint8Array): Pixels {
  const png = decodePng(bytes);
  if (png.palette) return fromSamples(png, convertIndexedToRgb(png), png.palette[0]?.length ?? 3);
  if (png.depth < 8) throw new FileFault('Billedet har kun få farver og kan ikke gøres mindre her.');
  const samples = png.depth === 16 ? Uint8Array.from(png.data, (sample) => sample >> 8) : png.data;
  return fromSamples(png, samples, png.channels);
}

function fromSamples({ width, height }: DecodedPng, samples: ArrayLike<number>, channels: number): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  const isGrey = channels <= 2;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * channels;
    rgba[pixel * 4] = samples[at] ?? 0;
    rgba[pixel * 4 + 1] = samples[isGrey ? at : at + 1] ?? 0;
    rgba[pixel * 4 + 2] = samples[isGrey ? at : at + 2] ?? 0;
    rgba[pixel * 4 + 3] = channels % 2 === 0 ? samples[at + channels - 1] ?? 255 : 255;
  }
  return { width, height, rgba };
}

/** Writes pixels as PNG, in grey where all are grey, and without alpha where all are seen. */
export function encodePng({ width, height, rgba }: Pixels): Uint8Array {
  const isGrey = everyPixel(rgba, (at) => rgba[at] === rgba[at + 1] && rgba[at] === rgba[at + 2]);
  const isSolid = everyPixel(rgba, (at) => rgba[at + 3] === 255);
  const kept = [0, ...(isGrey ? [] : [1, 2]), ...(isSolid ? [] : [3])];
  const data = new Uint8Array(width * height * kept.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (const [n, sample] of kept.entries()) data[pixel * kept.length + n] = rgba[pixel * 4 + sample] ?? 0;
  }
  return encodePngData({ width, height, data, depth: 8, channels: kept.length }, { zlib: { level: 6 } });
}

function everyPixel(rgba: Uint8Array, holds: (at: number) => boolean): boolean {
  for (let at = 0; at < rgba.length; at += 4) if (!holds(at)) return false;
  return true;
}

export type DecodeLimits = { readonly picturePixelsMax: number; readonly pagesMax: number };

/** Decodes a BMP. Throws a FileFault where it is larger than allowed or cut off. */
export function decodeBmpPixels(bytes: Uint8Array, { picturePixelsMax }: DecodeLimits): Pixels {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 26) throw new FileFault(UNREADABLE);
  // Windows BMP: width and height behind the file header; a height below zero means from the top.
  demandPixels(Math.abs(file.readInt32LE(18)) * Math.abs(file.readInt32LE(22)), picturePixelsMax);
  const { width, height, data, bitPP } = decodeBmp(file, { toRGBA: true });
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.length).slice(0, width * Math.abs(height) * 4);
  // Most programs leave the fourth byte 0 and mean nothing by it.
  if (bitPP !== 32 || everyPixel(rgba, (at) => rgba[at + 3] === 0)) for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
  return { width, height: Math.abs(height), rgba };
}

/** Decodes the pages of a TIFF (a fax or a scan has many). Throws a FileFault over a limit or where it is cut off. */
export function decodeTiffPages(bytes: Uint8Array, limits: DecodeLimits): readonly Pixels[] {
  const file = new Uint8Array(bytes).buffer;
  const pages = UTIF.decode(file).filter((page) => numberIn(page['t256']) > 0 && numberIn(page['t257']) > 0);
  if (pages.length === 0) throw new FileFault(UNREADABLE);
  if (pages.length > limits.pagesMax) throw new FileFault(`Billedet har flere end ${limits.pagesMax} sider.`);
  const allPixels = pages.reduce((sum, page) => sum + numberIn(page['t256']) * numberIn(page['t257']), 0);
  demandPixels(allPixels, limits.picturePixelsMax * PAGES_AT_FULL_SIZE);
  return pages.map((page) => {
    demandPixels(numberIn(page['t256']) * numberIn(page['t257']), limits.picturePixelsMax);
    demandWhole(page, bytes.length);
    UTIF.decodeImage(file, page);
    const rgba = UTIF.toRGBA8(page);
    if (rgba.length < page.width * page.height * 4) throw new FileFault(UNREADABLE);
    return turned({ width: page.width, height: page.height, rgba }, orientationOf(numberIn(page['t274']) || 1));
  });
}

/** Strips or tiles must lie in the file: what is cut off would be decoded as black. Throws a FileFault. */
function demandWhole(page: Readonly<Record<string, unknown>>, fileBytes: number): void {
  const places = numbersIn(page['t273'] ?? page['t324']);
  const lengths = numbersIn(page['t279'] ?? page['t325']);
  const isCut = places.some((place, n) => place + (lengths[n] ?? 0) > fileBytes);
  if (places.length === 0 || isCut) throw new FileFault(UNREADABLE);
}

// A scan of many pages may hold more than one picture may, but not without end.
const PAGES_AT_FULL_SIZE = 10;

function numberIn(tag: unknown): number {
  return numbersIn(tag)[0] ?? 0;
}

function numbersIn(tag: unknown): readonly number[] {
  const values: readonly unknown[] = Array.isArray(tag) ? tag : [tag];
  return values.filter((value) => typeof value === 'number');
}

export const UNREADABLE = 'Billedet kan ikke læses; filen er beskadiget eller af en ukendt slags.';

/** Throws a FileFault for a picture of more pixels than allowed. */
export function demandPixels(pixels: number, max: number): void {
  if (pixels > max) {
    const millions = Math.floor(max / 1_000_000);
    throw new FileFault(`Billedet har for mange billedpunkter (højst ${millions} millioner). Gem det i en mindre størrelse.`);
  }
}
