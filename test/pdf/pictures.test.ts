import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { exifOrientation, orientationOf, type Orientation } from '../../src/pdf/exif-orientation.ts';
import { FileFault } from '../../src/pdf/file-fault.ts';
import { decodeJpeg, encodeJpeg } from '../../src/pdf/jpeg-codec.ts';
import { decodePngPixels, encodePng } from '../../src/pdf/picture-codec.ts';
import { pictureFacts } from '../../src/pdf/picture-facts.ts';
import { scaledDown, turned, type Pixels } from '../../src/pdf/pixels.ts';
import { sectionsPdf } from '../../src/pdf/sections-pdf.ts';
import { settablePictures } from '../../src/pdf/settable-pictures.ts';
import { shrinkPicture } from '../../src/pdf/shrink-picture.ts';
import { htmlLetter, png } from './letters.ts';
import { structureFaults } from './structure-check.ts';
import { syntaxOf } from './pdf-tools.ts';

const LIMITS = { picturePixelsMax: 2_000_000, pagesMax: 20, sideMaxPx: 100, jpegQuality: 80 };

function pixelsOf(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number, number]): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rgba.set(colour(x, y), (y * width + x) * 4);
  return { width, height, rgba };
}

/** Left half red, right half blue. */
const redBlue = pixelsOf(60, 30, (x) => (x < 30 ? [255, 0, 0, 255] : [0, 0, 255, 255]));
const at = ({ width, rgba }: Pixels, x: number, y: number): number[] => [...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
const isRed = ([red = 0, , blue = 0]: number[]): boolean => red > 200 && blue < 60;

/** A JPEG with an EXIF segment that tells an orientation, in either byte order. */
async function jpegTurned(pixels: Pixels, orientation: number, little = false): Promise<Buffer> {
  const jpeg = Buffer.from(await encodeJpeg(pixels, 90));
  const big = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const small = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from(little ? small : big)]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A BMP of 24 bits a pixel, from the bottom up as most are. */
function bmp(width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + row * height);
  bytes.write('BM', 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  [54, 40, width, height].forEach((value, n) => bytes.writeInt32LE(value, 10 + 4 * n));
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(row * height, 34);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) bytes.set(y < height / 2 ? [255, 0, 0] : [0, 0, 255], 54 + y * row + x * 3);
  return bytes;
}

describe('a picture', () => {
  it('of a camera held upright is turned as its EXIF says, in either byte order', async () => {
    for (const little of [false, true]) {
      const jpeg = await jpegTurned(redBlue, 6, little);
      assert.equal(exifOrientation(jpeg), 6);
      const facts = pictureFacts(jpeg);
      assert.deepEqual([facts?.widthPx, facts?.heightPx], [30, 60]);
      const shown = await decodeJpeg(jpeg);
      assert.deepEqual([shown.width, shown.height, isRed(at(shown, 15, 10)), isRed(at(shown, 15, 50))], [30, 60, true, false]);
    }
    const { pdf } = htmlLetter('<img src="cid:a" alt="x">', { images: [{ contentId: 'a', type: 'image/jpeg', bytes: await jpegTurned(redBlue, 8) }] });
    assert.deepEqual(await structureFaults(pdf), []);
  });

  it('comes back to itself when turned and turned back', () => {
    const back: Readonly<Record<Orientation, Orientation>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 };
    const odd = pixelsOf(3, 2, (x, y) => [x * 50, y * 90, 7, 255]);
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8] as const) {
      assert.deepEqual(turned(turned(odd, orientation), back[orientation]), odd, `orientation ${orientation}`);
    }
    assert.equal(orientationOf(9), 1);
  });

  it('is scaled to the mean of what it was, in its own shape', () => {
    const stripes = scaledDown(pixelsOf(400, 200, (x) => (x % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255])), 100);
    assert.deepEqual([stripes.width, stripes.height, at(stripes, 50, 25)], [100, 50, [128, 128, 128, 255]]);
    assert.equal(scaledDown(redBlue, 60), redBlue);
  });

  it('of PNG is read as it was written, whatever the colours', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat(255)), (width, height, bytes) => {
      const rgba = Uint8Array.from({ length: width * height * 4 }, () => bytes.next().value ?? 0);
      assert.deepEqual(decodePngPixels(encodePng({ width, height, rgba })), { width, height, rgba });
    }), { numRuns: 50 });
    assert.equal(settablePictures(encodePng(pixelsOf(40, 40, () => [9, 9, 9, 255])), LIMITS).length, 1);
  });

  it('of BMP and TIFF becomes one that can be set, a page for each', () => {
    const [picture] = settablePictures(bmp(50, 40), LIMITS);
    assert.ok(picture);
    const pixels = decodePngPixels(picture.bytes);
    assert.deepEqual([pixels.width, pixels.height, isRed(at(pixels, 5, 2)), isRed(at(pixels, 5, 38))], [50, 40, true, false]);
    assert.throws(() => settablePictures(tiffOf(1).subarray(0, 124), LIMITS), FileFault);
    assert.equal(settablePictures(tiffOf(3), LIMITS).length, 3);
    assert.throws(() => settablePictures(tiffOf(21), LIMITS), /flere end 20 sider/);
    assert.throws(() => settablePictures(bmp(3_000, 1_000), LIMITS), /for mange billedpunkter \(højst 2 millioner\)/);
  });

  it('is made smaller only where that makes a smaller file', async () => {
    const photo = Buffer.from(await encodeJpeg(pixelsOf(800, 600, (x, y) => [(x * y) & 255, x & 255, y & 255, 255]), 95));
    const small = await shrinkPicture(photo, LIMITS);
    assert.deepEqual([small.extension, pictureFacts(small.bytes)?.widthPx], ['jpg', 100]);
    assert.ok(small.bytes.length < photo.length);
    assert.deepEqual((await shrinkPicture(photo, LIMITS)).bytes, small.bytes);
    assert.equal((await shrinkPicture(bmp(300, 200), LIMITS)).extension, 'png');
    await assert.rejects(shrinkPicture(small.bytes, LIMITS), /kan ikke gøres mindre/);
    await assert.rejects(shrinkPicture(png(60_000, 60_000, false), LIMITS), /for mange billedpunkter/);
    await assert.rejects(shrinkPicture(photo.subarray(0, 40), LIMITS), FileFault);
  });

  it('that is broken is told of in Danish, whatever its bytes', async () => {
    const heads = ['BM', 'II*\0', 'MM\0*', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF89a'];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), async (head, rest) => {
      const bytes = Buffer.concat([Buffer.from(head, 'latin1'), rest]);
      try {
        settablePictures(bytes, LIMITS);
      } catch (error) {
        assert.ok(error instanceof FileFault, String(error));
      }
      await shrinkPicture(bytes, LIMITS).catch((error: unknown) => assert.ok(error instanceof FileFault, String(error)));
    }), { numRuns: 150 });
  });

  it('has a page of its own in a PDF, upright or on its side, with its name for who cannot see it', async () => {
    const [wide] = settablePictures(png(800, 300), LIMITS);
    const [tall] = settablePictures(png(300, 800), LIMITS);
    assert.ok(wide && tall);
    const body = { html: null, text: { text: 'Hej', flowed: false, delSp: false }, images: [] };
    const sections = [
      { kind: 'pictures', pictures: [wide, tall], alt: 'Skitse (1)' }, { kind: 'body', heads: [], body }, { kind: 'body', heads: [], body }, { kind: 'pictures', pictures: [tall], alt: 'Høj' },
    ] as const;
    const { pdf, pages, warnings } = sectionsPdf({ title: 'Skitse', sections, pagesMax: 10 });
    assert.deepEqual([pages, warnings, await structureFaults(pdf)], [5, [], []]);
    assert.match(syntaxOf(pdf), /\/MediaBox \[0 0 841\.\d+ 595\.\d+\][^]*\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
    assert.match(syntaxOf(pdf), /\/Alt \(H\S*j\)|\/Alt <FEFF0048/i);
  });
});

/** A TIFF of so many pages of one pixel, packed as fax and scan programs do (deflate). */
function tiffOf(pages: number): Buffer {
  const data = deflateSync(Buffer.from([0x80]));
  const parts: Buffer[] = [];
  const pageBytes = 2 + 9 * 12 + 4 + data.length + (data.length % 2);
  for (let n = 0; n < pages; n++) {
    const start = 8 + n * pageBytes;
    const tags = [[256, 1], [257, 1], [258, 8], [259, 8], [262, 1], [273, start + 2 + 9 * 12 + 4], [277, 1], [278, 1], [279, data.length]];
    const page = Buffer.alloc(pageBytes);
    page.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag = 0, value = 0], i) => {
      page.writeUInt16LE(tag, 2 + i * 12);
      page.writeUInt16LE(4, 4 + i * 12);
      page.writeUInt32LE(1, 6 + i * 12);
      page.writeUInt32LE(value, 10 + i * 12);
    });
    page.writeUInt32LE(n + 1 < pages ? start + pageBytes : 0, 2 + 9 * 12);
    data.copy(page, 2 + 9 * 12 + 4);
    parts.push(page);
  }
  return Buffer.concat([Buffer.from('49492a0008000000', 'hex'), ...parts]);
}
