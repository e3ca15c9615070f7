/**
 * Takes the content out of S/MIME signed-data (RFC 5652 5, BER with definite or indefinite lengths) while it streams by.
 * Nothing is verified here. Only the few tags on the way to the content are read; certificates and signatures are not.
 */

/** Signed-data's own part before the content is a few dozen bytes; what needs more is something else. */
const prefixBytesMax = 65_536;
const nestingMax = 16;

const signedDataOid = Buffer.from('2a864886f70d010702', 'hex');

const tags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, explicit0: 0xa0, octetPieces: 0x24 };

/** Thrown inside this file when the bytes end too early to tell. */
class NeedsMore extends Error {}
/** Thrown inside this file when it is not signed-data with content. */
class OtherThing extends Error {}

interface Element {
  readonly tag: number;
  /** Null: indefinite length, ended by two zero bytes. */
  readonly length: number | null;
  readonly contentStart: number;
}

/** Reads one signed-data object. */
export class SignedDataReader {
  /** `unknown` until the content begins; `other` when this is no signed-data with content inside. */
  state: 'unknown' | 'content' | 'done' | 'other' = 'unknown';
  #held: Buffer = Buffer.alloc(0);
  /** Bytes still to come of the piece at hand. */
  #pieceLeft = 0;
  /** Open pieces of indefinite length; -1 when the content is one definite piece. */
  #openPieces = 0;

  /**
   * Takes the next bytes, transfer encoding off.
   * @returns content bytes; empty while `state` is not `content`
   */
  push(bytes: Buffer): Buffer[] {
    if (this.state === 'other' || this.state === 'done') return [];
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    this.#held = Buffer.alloc(0);
    const at = this.state === 'unknown' ? this.#readPrefix(all) : 0;
    return this.state === 'content' ? this.#readPieces(all, at) : [];
  }

  /** What was taken in while `state` was `unknown`. */
  takeHeld(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }

  #readPrefix(all: Buffer): number {
    try {
      const content = findContent(all);
      this.state = 'content';
      if (content.tag === tags.octets) {
        this.#pieceLeft = content.length ?? 0;
        this.#openPieces = -1;
      } else {
        this.#openPieces = content.length === null ? 1 : 0;
      }
      return content.contentStart;
    } catch (error) {
      if (!(error instanceof NeedsMore || error instanceof OtherThing)) throw error;
      if (error instanceof OtherThing || all.length > prefixBytesMax) this.state = 'other';
      this.#held = all;
      return 0;
    }
  }

  #readPieces(all: Buffer, start: number): Buffer[] {
    const content: Buffer[] = [];
    let at = start;
    while (this.state === 'content') {
      if (this.#pieceLeft > 0) {
        if (at >= all.length) break;
        const piece = all.subarray(at, at + this.#pieceLeft);
        content.push(piece);
        this.#pieceLeft -= piece.length;
        at += piece.length;
        continue;
      }
      if (this.#openPieces === -1) {
        this.state = 'done';
        break;
      }
      const next = this.#readPieceHead(all, at);
      if (next === null) {
        this.#held = Buffer.from(all.subarray(at));
        break;
      }
      at = next;
    }
    return content;
  }

  /** Reads the head of the next piece; null when it is not all there. */
  #readPieceHead(all: Buffer, at: number): number | null {
    try {
      const { tag, length, contentStart } = readElement(all, at);
      if (tag === tags.octets) this.#pieceLeft = length ?? 0;
      else if (tag === tags.octetPieces) this.#openPieces += length === null ? 1 : 0;
      else if (tag === 0) this.#openPieces -= 1;
      // In a definite frame the pieces end where anything else begins.
      const isEnd = tag === 0 ? this.#openPieces <= 0 : tag !== tags.octets && tag !== tags.octetPieces;
      if (isEnd) this.state = 'done';
      return contentStart;
    } catch (error) {
      if (error instanceof NeedsMore) return null;
      if (!(error instanceof OtherThing)) throw error;
      this.state = 'done';
      return at;
    }
  }
}

/** ContentInfo → SignedData → encapContentInfo → eContent (RFC 5652 3, 5.1, 5.2). */
function findContent(all: Buffer): Element {
  const contentInfo = expectElement(all, 0, tags.sequence);
  const type = expectElement(all, contentInfo.contentStart, tags.oid);
  const typeEnd = elementEnd(all, type);
  if (!all.subarray(type.contentStart, typeEnd).equals(signedDataOid)) throw new OtherThing();
  const wrapped = expectElement(all, typeEnd, tags.explicit0);
  const signedData = expectElement(all, wrapped.contentStart, tags.sequence);
  const version = expectElement(all, signedData.contentStart, tags.integer);
  const digests = expectElement(all, elementEnd(all, version), tags.set);
  const encapsulated = expectElement(all, skipElement(all, digests, 0), tags.sequence);
  const contentType = expectElement(all, encapsulated.contentStart, tags.oid);
  const explicit = expectElement(all, elementEnd(all, contentType), tags.explicit0);
  const content = readElement(all, explicit.contentStart);
  if (content.tag !== tags.octets && content.tag !== tags.octetPieces) throw new OtherThing();
  return content;
}

function expectElement(all: Buffer, at: number, tag: number): Element {
  const element = readElement(all, at);
  if (element.tag !== tag) throw new OtherThing();
  return element;
}

function readElement(all: Buffer, at: number): Element {
  const tag = byteAt(all, at);
  const first = byteAt(all, at + 1);
  if (first < 0x80) return { tag, length: first, contentStart: at + 2 };
  if (first === 0x80) return { tag, length: null, contentStart: at + 2 };
  const lengthBytes = first & 0x7f;
  if (lengthBytes > 5) throw new OtherThing();
  byteAt(all, at + 1 + lengthBytes);
  return { tag, length: all.readUIntBE(at + 2, lengthBytes), contentStart: at + 2 + lengthBytes };
}

function elementEnd(all: Buffer, element: Element): number {
  if (element.length === null) throw new OtherThing();
  const end = element.contentStart + element.length;
  if (end > all.length) throw new NeedsMore();
  return end;
}

/** End of an element whose content is of no interest, also where its length is indefinite. */
function skipElement(all: Buffer, element: Element, nesting: number): number {
  if (element.length !== null) return elementEnd(all, element);
  if (nesting > nestingMax) throw new OtherThing();
  let at = element.contentStart;
  for (;;) {
    const inner = readElement(all, at);
    if (inner.tag === 0 && inner.length === 0) return inner.contentStart;
    at = skipElement(all, inner, nesting + 1);
  }
}

function byteAt(all: Buffer, at: number): number {
  const byte = all[at];
  if (byte === undefined) throw new NeedsMore();
  return byte;
}
