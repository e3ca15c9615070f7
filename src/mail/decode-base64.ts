/**
 * Base64 as it comes in mail (RFC 2045 6.8), streamed. Node's decoder is fast and stops at the first padding, so it is
 * trusted only with stretches whose decoded length proves that every sign counted; all else goes sign by sign.
 */

const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;
/** Stretches of this size stay in the processor's cache between reading and decoding. */
const stretchBytes = 81_920;

/** Value of each base64 sign, "-" and "_" of the URL alphabet included; 255 for all others. */
const sextets = new Uint8Array(256).fill(255);
for (const [value, sign] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  sextets[sign.charCodeAt(0)] = value;
}
sextets['-'.charCodeAt(0)] = 62;
sextets['_'.charCodeAt(0)] = 63;

/** Decodes base64 with junk, without line breaks, with broken padding, or of several pieces one after another. */
export class Base64Decoder {
  #bits = 0;
  #sextetCount = 0;

  /** @returns the bytes that are complete so far, in memory of their own */
  write(bytes: Buffer): Buffer {
    const out = Buffer.allocUnsafe(Math.ceil((bytes.length * 3) / 4) + 3);
    let length = 0;
    let at = 0;
    while (at < bytes.length) {
      const stretch = this.#sextetCount === 0 ? evenStretch(bytes, at) : null;
      if (stretch !== null && out.write(bytes.toString('latin1', at, stretch.end), length, 'base64') === stretch.decodedBytes) {
        length += stretch.decodedBytes;
        at = stretch.end;
        continue;
      }
      const end = slowEnd(bytes, at, stretch);
      length = this.#decodeSlowly(bytes.subarray(at, end), out, length);
      at = end;
    }
    return out.subarray(0, length);
  }

  /** @returns the last bytes, where the padding is missing */
  end(): Buffer {
    const out = Buffer.allocUnsafe(3);
    return out.subarray(0, this.#flush(out, 0));
  }

  #decodeSlowly(bytes: Buffer, out: Buffer, outStart: number): number {
    let length = outStart;
    for (const byte of bytes) {
      const sextet = sextets[byte] as number;
      if (sextet === 255) {
        // Padding ends a piece; what follows is another piece.
        if (byte === EQUALS) length = this.#flush(out, length);
        continue;
      }
      this.#bits = (this.#bits << 6) | sextet;
      this.#sextetCount += 1;
      if (this.#sextetCount < 4) continue;
      out[length] = (this.#bits >> 16) & 0xff;
      out[length + 1] = (this.#bits >> 8) & 0xff;
      out[length + 2] = this.#bits & 0xff;
      length += 3;
      this.#bits = 0;
      this.#sextetCount = 0;
    }
    return length;
  }

  #flush(out: Buffer, outStart: number): number {
    let length = outStart;
    const bits = this.#bits << (6 * (4 - this.#sextetCount));
    if (this.#sextetCount >= 2) out[length++] = (bits >> 16) & 0xff;
    if (this.#sextetCount === 3) out[length++] = (bits >> 8) & 0xff;
    this.#bits = 0;
    this.#sextetCount = 0;
    return length;
  }
}

interface Stretch {
  readonly end: number;
  /** What Node gives back when every sign but the line ends is a base64 sign. */
  readonly decodedBytes: number;
}

/**
 * Finds what looks like lines of one length, a multiple of four signs, from a place on; or a run of signs without a line end.
 * Null where the next line is unlike that.
 */
function evenStretch(bytes: Buffer, start: number): Stretch | null {
  const limit = Math.min(bytes.length, start + stretchBytes);
  const lineFeed = bytes.indexOf(LF, start);
  if (lineFeed === -1 || lineFeed >= limit) {
    const signs = Math.floor((limit - start) / 4) * 4;
    return signs === 0 ? null : { end: start + signs, decodedBytes: (signs / 4) * 3 };
  }
  const lineEndBytes = lineFeed > start && bytes[lineFeed - 1] === CR ? 2 : 1;
  const stride = lineFeed + 1 - start;
  const signs = stride - lineEndBytes;
  if (signs === 0 || signs % 4 !== 0) return null;
  let end = lineFeed + 1;
  while (end + stride <= limit && bytes[end + stride - 1] === LF) end += stride;
  return { end, decodedBytes: ((end - start) / stride) * (signs / 4) * 3 };
}

/** After a failed or missing stretch the slow way goes on to the end of a line, so that the fast way can begin anew. */
function slowEnd(bytes: Buffer, start: number, failed: Stretch | null): number {
  const lineFeed = bytes.indexOf(LF, failed?.end ?? start);
  return lineFeed === -1 ? bytes.length : lineFeed + 1;
}
