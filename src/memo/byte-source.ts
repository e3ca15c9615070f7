import { MemoContainerUnreadable } from './memo-container-unreadable.ts';

/**
 * Bytes that come in chunks of any size, read in the pieces that a format is made of. Throws MemoContainerUnreadable
 * `truncated` when they end inside a piece, `limit` when more than `bytesMax` come; what `chunks` throws passes on.
 */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #bytesMax: number;
  #bytesSeen = 0;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>, bytesMax: number) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#bytesMax = bytesMax;
  }

  /** What is there, at most so many bytes of it; waits for more when nothing is; null at the end. */
  async next(bytesMost = Infinity): Promise<Uint8Array | null> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return null;
      this.#bytesSeen += value.length;
      if (this.#bytesSeen > this.#bytesMax) throw new MemoContainerUnreadable('limit', 'udpakket størrelse');
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, bytesMost);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  /** Exactly so many bytes, in a buffer of their own. */
  async take(bytes: number): Promise<Buffer> {
    const taken = Buffer.alloc(bytes);
    let filled = 0;
    for await (const piece of this.part(bytes)) {
      taken.set(piece, filled);
      filled += piece.length;
    }
    return taken;
  }

  /** The next so many bytes, to be read or skipped before anything after them is. */
  part(bytes: number): SourcePart {
    return new SourcePart(this, bytes);
  }

  /** Tells the chunks that no more are wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/** A stretch of a source. Can be read once, and not after it was skipped. */
export class SourcePart {
  readonly bytes: number;
  readonly #source: ByteSource;
  #bytesLeft: number;
  #isPassed = false;

  constructor(source: ByteSource, bytes: number) {
    this.#source = source;
    this.bytes = bytes;
    this.#bytesLeft = bytes;
  }

  async* [Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#isPassed) throw new Error('the source has been read beyond this part');
    while (this.#bytesLeft > 0) yield await this.#nextPiece();
  }

  /** Reads over what is left. */
  async skip(): Promise<void> {
    while (this.#bytesLeft > 0) await this.#nextPiece();
    this.#isPassed = true;
  }

  async #nextPiece(): Promise<Uint8Array> {
    const piece = await this.#source.next(this.#bytesLeft);
    if (piece === null) throw new MemoContainerUnreadable('truncated', '');
    this.#bytesLeft -= piece.length;
    return piece;
  }
}
