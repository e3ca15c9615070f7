import { Base64Decoder } from './decode-base64.ts';

/** Takes a Content-Transfer-Encoding off, piece by piece. */
export interface TransferDecoder {
  /** @returns the decoded bytes that these complete; may share memory with `bytes` */
  write(bytes: Buffer): Buffer;
  /** @returns what is left at the end */
  end(): Buffer;
}

const nothing = Buffer.alloc(0);
const LF = 0x0a;
const CR = 0x0d;
const EQUALS = 0x3d;

/**
 * Gives the decoder of a transfer encoding (RFC 2045 6).
 * @param encoding lower case; an unknown one passes the bytes on as they are
 */
export function transferDecoder(encoding: string): TransferDecoder {
  if (encoding === 'base64') return new Base64Decoder();
  if (encoding === 'quoted-printable') return new QuotedPrintableDecoder();
  if (encoding === 'x-uuencode' || encoding === 'uuencode' || encoding === 'x-uue') return new UuDecoder();
  return { write: (bytes) => bytes, end: () => nothing };
}

/** A line longer than this is decoded before its end is seen, so that memory stays flat. */
const lineBytesMax = 65_536;

/** Cuts at line ends and hands whole lines on. */
abstract class LineDecoder implements TransferDecoder {
  #pending: Buffer = nothing;

  write(bytes: Buffer): Buffer {
    const all = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    let cut = all.lastIndexOf(LF) + 1;
    // An escape is at most "=", blanks and a line end; it must not be cut where a line is cut for its length.
    if (cut === 0 && all.length > lineBytesMax) cut = all.lastIndexOf(EQUALS);
    if (cut <= 0 && all.length > 2 * lineBytesMax) cut = all.length;
    this.#pending = Buffer.from(all.subarray(Math.max(cut, 0)));
    return cut <= 0 ? nothing : this.decodeLines(all.subarray(0, cut));
  }

  end(): Buffer {
    const rest = this.#pending;
    this.#pending = nothing;
    return this.decodeLines(rest);
  }

  protected abstract decodeLines(lines: Buffer): Buffer;
}

/** RFC 2045 6.7. A "=" that begins no escape stays; blanks before a line end are padding and go. */
class QuotedPrintableDecoder extends LineDecoder {
  protected decodeLines(lines: Buffer): Buffer {
    const out = Buffer.allocUnsafe(lines.length);
    let length = 0;
    let at = 0;
    while (at < lines.length) {
      const lineFeed = lines.indexOf(LF, at);
      const next = lineFeed === -1 ? lines.length : lineFeed + 1;
      const lineEnd = next - lineEndLength(lines, at, next);
      const textEnd = lineFeed === -1 ? lineEnd : trimmedEnd(lines, at, lineEnd);
      const isSoft = textEnd > at && lines[textEnd - 1] === EQUALS;
      length = decodeEscapes(lines.subarray(at, isSoft ? textEnd - 1 : textEnd), out, length);
      if (!isSoft) length += lines.copy(out, length, lineEnd, next);
      at = next;
    }
    return out.subarray(0, length);
  }
}

function lineEndLength(lines: Buffer, start: number, next: number): number {
  if (lines[next - 1] !== LF) return 0;
  return next - 2 >= start && lines[next - 2] === CR ? 2 : 1;
}

function trimmedEnd(lines: Buffer, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && (lines[trimmed - 1] === 0x20 || lines[trimmed - 1] === 0x09)) trimmed -= 1;
  return trimmed;
}

function decodeEscapes(line: Buffer, out: Buffer, outStart: number): number {
  let length = outStart;
  let at = 0;
  while (at < line.length) {
    const equals = line.indexOf(EQUALS, at);
    const plainEnd = equals === -1 ? line.length : equals;
    length += line.copy(out, length, at, plainEnd);
    if (equals === -1) break;
    const high = hexDigit(line[equals + 1]);
    const low = hexDigit(line[equals + 2]);
    const isEscape = high !== -1 && low !== -1;
    out[length] = isEscape ? high * 16 + low : EQUALS;
    length += 1;
    at = equals + (isEscape ? 3 : 1);
  }
  return length;
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/** The old encoding of Unix mail (POSIX uuencode); lines outside begin … end are dropped. */
class UuDecoder extends LineDecoder {
  #inside = false;

  protected decodeLines(lines: Buffer): Buffer {
    const pieces: Buffer[] = [];
    for (const line of lines.toString('latin1').split(/\r?\n/)) {
      if (!this.#inside) this.#inside = /^begin [0-7]{3,4} /.test(line);
      else if (line === 'end') this.#inside = false;
      else pieces.push(decodeUuLine(line));
    }
    return Buffer.concat(pieces);
  }
}

function decodeUuLine(line: string): Buffer {
  const length = (line.charCodeAt(0) - 32) & 0x3f;
  if (line === '' || length === 0) return nothing;
  const out = Buffer.alloc(Math.ceil(length / 3) * 3);
  const sextet = (at: number) => (at < line.length ? (line.charCodeAt(at) - 32) & 0x3f : 0);
  for (let group = 0; group * 3 < length; group += 1) {
    const at = 1 + group * 4;
    const bits = (sextet(at) << 18) | (sextet(at + 1) << 12) | (sextet(at + 2) << 6) | sextet(at + 3);
    out.writeUIntBE(bits, group * 3, 3);
  }
  return out.subarray(0, length);
}
