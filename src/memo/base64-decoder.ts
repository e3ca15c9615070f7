import { MemoUnreadable } from './memo-unreadable.ts';

/**
 * Decodes xs:base64Binary that comes in pieces of any length, white space and its character references allowed
 * anywhere (.NET writes `&#xD;` at line ends). Strict where Node's own decoder is lenient: anything else outside the
 * alphabet, a wrong length and text after the padding throw MemoUnreadable `base64`.
 */
export class Base64Decoder {
  /** What waits for the next piece: fewer than four signs, or the beginning of a reference. */
  #waiting = '';
  #padded = false;

  /** Takes the next piece (one sign a byte) and gives the bytes that are complete; the buffer is the caller's. */
  decode(piece: string): Buffer {
    const text = this.#waiting === '' ? piece : this.#waiting + piece;
    return this.#decodePlain(text) ?? this.#decodeMixed(text);
  }

  /** Call when the content has ended. */
  end(): void {
    if (this.#waiting !== '') throw new MemoUnreadable('base64', 'længden går ikke op');
  }

  /** The fast road for text without white space; null when the text is not so plain. */
  #decodePlain(text: string): Buffer | null {
    if (text.includes('\n') || this.#padded) return null;
    const end = text.length - (text.length % 4);
    const quads = end === text.length ? text : text.slice(0, end);
    const bytes = Buffer.from(quads, 'base64');
    // Node skips foreign signs, which makes the result too short, and takes the two signs of base64url.
    if (bytes.length !== decodedLength(quads) || quads.includes('-') || quads.includes('_')) return null;
    if (quads.endsWith('=')) {
      if (end !== text.length) return null;
      this.#padded = true;
    }
    this.#waiting = text.slice(end);
    return bytes;
  }

  #decodeMixed(text: string): Buffer {
    const open = text.lastIndexOf('&');
    const cut = open >= 0 && !text.includes(';', open) ? open : text.length;
    const signs = text.slice(0, cut).replace(whiteReference, '').replace(/[\t\n\r ]+/g, '');
    if (signs !== '' && this.#padded) throw new MemoUnreadable('base64', 'tekst efter udfyldningen');
    if (!alphabet.test(signs) || text.length - cut > referenceLengthMax) {
      throw new MemoUnreadable('base64', 'fremmede tegn');
    }
    const end = signs.length - (signs.length % 4);
    const quads = signs.slice(0, end);
    if (quads.endsWith('=')) this.#padded = true;
    if (this.#padded && end !== signs.length) throw new MemoUnreadable('base64', 'tekst efter udfyldningen');
    this.#waiting = signs.slice(end) + text.slice(cut);
    return Buffer.from(quads, 'base64');
  }
}

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;
const whiteReference = /&#(?:0*(?:9|10|13|32)|x0*(?:9|[aA]|[dD]|20));/g;
const referenceLengthMax = 12;

function decodedLength(quads: string): number {
  const padding = quads.endsWith('==') ? 2 : quads.endsWith('=') ? 1 : 0;
  return (quads.length / 4) * 3 - padding;
}
