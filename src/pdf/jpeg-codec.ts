import decodeJpegPixels, { init as initDecoder } from '@jsquash/jpeg/decode.js';
import encodeJpegPixels, { init as initEncoder } from '@jsquash/jpeg/encode.js';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { exifOrientation } from './exif-orientation.ts';
import { turned, type Pixels } from './pixels.ts';

/** Decodes a JPEG and turns it as its EXIF says. Throws where it cannot be decoded. */
export async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const decode = await decoder();
  const { width, height, data } = await decode(new Uint8Array(bytes).buffer).catch((error: unknown) => {
    // What could not decode one picture decodes no other: it has ended itself.
    readyDecoder = null;
    throw error;
  });
  return turned({ width, height, rgba: new Uint8Array(data.buffer, data.byteOffset, data.length) }, exifOrientation(bytes));
}

/** Encodes pixels as JPEG, progressive, without metadata: place and time of a photograph stay behind. `quality` 0–100. */
export async function encodeJpeg({ width, height, rgba }: Pixels, quality: number): Promise<Uint8Array> {
  const encode = await encoder();
  const data = new Uint8ClampedArray(rgba.buffer, rgba.byteOffset, rgba.length);
  return new Uint8Array(await encode({ width, height, data }, { quality }));
}

// The browser's ImageData, which the packages are typed by and Node has not.
type Raster = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
type Decode = (bytes: ArrayBuffer) => Promise<Raster>;
type Encode = (raster: Raster, options: { readonly quality: number }) => Promise<ArrayBuffer>;
// Given a compiled module they fetch nothing, as they would in a browser.
type Init = (module: object) => Promise<void>;

let readyDecoder: Promise<Decode> | null = null;
let readyEncoder: Promise<Encode> | null = null;

function decoder(): Promise<Decode> {
  readyDecoder ??= (async () => {
    // The decoder makes one of its answer.
    Object.assign(globalThis, { ImageData: RasterOfNode });
    await (initDecoder as unknown as Init)(wasm('dec/mozjpeg_dec'));
    return decodeJpegPixels as unknown as Decode;
  })();
  return readyDecoder;
}

function encoder(): Promise<Encode> {
  readyEncoder ??= (async () => {
    await (initEncoder as unknown as Init)(wasm('enc/mozjpeg_enc'));
    return encodeJpegPixels as unknown as Encode;
  })();
  return readyEncoder;
}

class RasterOfNode implements Raster {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

// Node has it; its types come with a browser's.
const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: { readonly Module: new (bytes: Uint8Array) => object } };

function wasm(name: string): object {
  const path = createRequire(import.meta.url).resolve(`@jsquash/jpeg/codec/${name}.wasm`);
  return new WebAssembly.Module(readFileSync(path));
}
