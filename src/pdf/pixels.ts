import { isOnItsSide, type Orientation } from './exif-orientation.ts';

/** A picture, decoded: four bytes (red, green, blue, alpha) for each pixel, row by row. */
export type Pixels = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

/** Turns and mirrors a picture as its orientation asks. */
export function turned(pixels: Pixels, orientation: Orientation): Pixels {
  if (orientation === 1) return pixels;
  const { width, height } = pixels;
  const side = isOnItsSide(orientation);
  const out = { width: side ? height : width, height: side ? width : height };
  const from = new Uint32Array(pixels.rgba.buffer, pixels.rgba.byteOffset, width * height);
  const to = new Uint32Array(out.width * out.height);
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) to[y * out.width + x] = from[sourceOf(orientation, x, y, pixels)] ?? 0;
  }
  return { ...out, rgba: new Uint8Array(to.buffer) };
}

/** Where the pixel shown at x, y stands in the picture as stored. */
function sourceOf(orientation: Orientation, x: number, y: number, { width, height }: Pixels): number {
  switch (orientation) {
    case 1: return y * width + x;
    case 2: return y * width + (width - 1 - x);
    case 3: return (height - 1 - y) * width + (width - 1 - x);
    case 4: return (height - 1 - y) * width + x;
    case 5: return x * width + y;
    case 6: return (height - 1 - x) * width + y;
    case 7: return (height - 1 - x) * width + (width - 1 - y);
    case 8: return x * width + (width - 1 - y);
  }
}

/**
 * Makes a picture smaller, each new pixel the mean of those it stands for (in part, at its edges), so that thin lines do not
 * vanish and text stays even. See-through pixels count for their colour as much as they are seen.
 */
export function scaledDown(pixels: Pixels, sideMaxPx: number): Pixels {
  const factor = Math.max(pixels.width, pixels.height) / sideMaxPx;
  if (factor <= 1) return pixels;
  const width = Math.max(1, Math.round(pixels.width / factor));
  const height = Math.max(1, Math.round(pixels.height / factor));
  const rgba = new Uint8Array(width * height * 4);
  const columns = spans(width, pixels.width);
  const rows = spans(height, pixels.height);
  // One row, narrowed; the row at an edge counts for the new pixels on both sides of it.
  let narrowed = { y: -1, sums: new Float64Array(0) };
  rows.forEach((span, y) => {
    const sums = new Float64Array(width * 4);
    for (let from = Math.floor(span.from); from < span.to; from++) {
      if (narrowed.y !== from) narrowed = { y: from, sums: narrowedRow(pixels, from, columns) };
      const weight = Math.min(from + 1, span.to) - Math.max(from, span.from);
      for (let n = 0; n < sums.length; n++) sums[n] = (sums[n] ?? 0) + weight * (narrowed.sums[n] ?? 0);
    }
    writeRow(rgba.subarray(y * width * 4, (y + 1) * width * 4), sums, (pixels.width / width) * (span.to - span.from));
  });
  return { width, height, rgba };
}

type Span = { readonly from: number; readonly to: number };

function spans(count: number, of: number): readonly Span[] {
  return Array.from({ length: count }, (_none, n) => ({ from: (n * of) / count, to: Math.min(of, ((n + 1) * of) / count) }));
}

/** Sums of one row's pixels for each new column: colours times alpha, and alpha. */
function narrowedRow({ width, rgba }: Pixels, y: number, columns: readonly Span[]): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(columns.length * 4);
  columns.forEach(({ from, to }, x) => {
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let column = Math.floor(from); column < to; column++) {
      const at = (y * width + column) * 4;
      const seen = (Math.min(column + 1, to) - Math.max(column, from)) * (rgba[at + 3] ?? 0);
      red += seen * (rgba[at] ?? 0);
      green += seen * (rgba[at + 1] ?? 0);
      blue += seen * (rgba[at + 2] ?? 0);
      alpha += seen;
    }
    sums.set([red, green, blue, alpha], x * 4);
  });
  return sums;
}

function writeRow(row: Uint8Array, sums: Float64Array, pixelsEach: number): void {
  for (let at = 0; at < row.length; at += 4) {
    const alpha = sums[at + 3] ?? 0;
    for (let n = 0; n < 3; n++) row[at + n] = alpha === 0 ? 255 : Math.round((sums[at + n] ?? 0) / alpha);
    row[at + 3] = Math.round(alpha / pixelsEach);
  }
}
