import lzma from 'lzma-native';
import { MemoContainerUnreadable } from './memo-container-unreadable.ts';

/**
 * Compresses as LZMA-alone (.lzma) in the form that memo-lib writes: header `5d 00 00 80 00`, size unknown, end
 * marker. The same bytes give the same stream, whatever chunks they come in. Works in Node's thread pool; holds about
 * 60 MB outside the heap while it runs, and gives them back when the iteration ends in whichever way. What `chunks`
 * throws passes on.
 */
export async function* compressLzmaAlone(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const coder = new LzmaCoder((native) => native.aloneEncoder(encoderOptions));
  try {
    for await (const block of inBlocks(chunks, encodeBytes)) yield* (await coder.code(block)).out;
    yield* (await coder.code(null)).out;
  } finally {
    coder.close();
  }
}

/**
 * Unpacks an LZMA-alone stream. Throws MemoContainerUnreadable: `not-lzma`, `lzma`, `truncated`, `trailing`, or
 * `limit` when the stream asks for more memory than `memoryBytesMax`. How much comes out is the caller's to limit;
 * it comes in steps of at most some 30 MB even when the stream is made to burst.
 */
export async function* decompressLzmaAlone(
  chunks: AsyncIterable<Uint8Array>, memoryBytesMax: number,
): AsyncGenerator<Buffer> {
  const coder = new LzmaCoder((native) => native.aloneDecoder_(memoryBytesMax));
  try {
    let bytesFed = 0;
    let isEnded = false;
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += decodeBytes) {
        if (isEnded) throw new MemoContainerUnreadable('trailing', '');
        const piece = chunk.subarray(at, at + decodeBytes);
        bytesFed += piece.length;
        const step = await coder.code(piece).catch(asUnreadable);
        yield* step.out;
        isEnded = step.isEnded;
        if (isEnded && step.bytesTaken < bytesFed) throw new MemoContainerUnreadable('trailing', '');
      }
    }
    // Says that nothing more comes: a stream that has not ended by now throws.
    if (!isEnded) yield* (await coder.code(null).catch(asUnreadable)).out;
  } finally {
    coder.close();
  }
}

/**
 * The dictionary of 8 MiB is memo-lib's (preset 6), so that a letter that every message of a mass send carries is
 * packed once; all else is for speed, as xz's preset 0: fast mode, hash chain of 3 bytes (`LZMA_MF_HC3`), one try.
 */
const encoderOptions = { dictSize: 8 * 1024 * 1024, mode: 1, mf: 3, niceLen: 273, depth: 1 } as const;

/** Each call of the coder costs a trip to the thread pool. */
const encodeBytes = 128 * 1024;
/** The decoder unpacks all it is given before it hands anything out, and LZMA can expand by some 7,000 times. */
const decodeBytes = 4 * 1024;

/** What the addon of lzma-native 8 offers under its stream class, which splits at every `YZ` and never frees early. */
interface NativeStream {
  bufferHandler: (out: Buffer | null | undefined, inputsDone: number | undefined, error: unknown, bytesTaken: unknown) => void;
  aloneEncoder(options: typeof encoderOptions): void;
  aloneDecoder_(memoryBytesMax: number): void;
  /** null is the end of the input; an empty chunk would be too. */
  code(chunk: Uint8Array | null, inThreadPool: boolean): void;
  resetUnderlying(): void;
}

const { Stream: Native } = lzma as unknown as { readonly Stream: new () => NativeStream };

interface CodedStep {
  readonly out: readonly Buffer[];
  readonly isEnded: boolean;
  /** Of the whole input so far. */
  readonly bytesTaken: number;
}

/** One encoder or decoder: a chunk in, what it became out, one at a time. */
class LzmaCoder {
  readonly #native = new Native();

  constructor(start: (native: NativeStream) => void) {
    start(this.#native);
  }

  /** Must be awaited before it is called again, and not be called after the end. */
  code(chunk: Uint8Array | null): Promise<CodedStep> {
    return new Promise((resolve, reject) => {
      const out: Buffer[] = [];
      let isEnded = false;
      // Called once for each piece of output, then with null at the end or an error, last with the count of inputs.
      this.#native.bufferHandler = (piece, inputsDone, error, bytesTaken) => {
        if (error instanceof Error) reject(error);
        else if (piece) out.push(piece);
        else if (piece === null) isEnded = true;
        if (inputsDone !== undefined) resolve({ out, isEnded, bytesTaken: Number(bytesTaken) });
      };
      this.#native.code(chunk, true);
    });
  }

  close(): void {
    this.#native.resetUnderlying();
  }
}

/** liblzma's own words for what is wrong with a stream (lzma/base.h). */
function asUnreadable(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'LZMA_FORMAT_ERROR': throw new MemoContainerUnreadable('not-lzma', '');
    case 'LZMA_DATA_ERROR': throw new MemoContainerUnreadable('lzma', '');
    case 'LZMA_BUF_ERROR': throw new MemoContainerUnreadable('truncated', '');
    case 'LZMA_MEMLIMIT_ERROR': throw new MemoContainerUnreadable('limit', 'ordbog');
    default: throw error;
  }
}

/** The same bytes in blocks of one size, the last one shorter; a block's memory is used again for the next. */
async function* inBlocks(chunks: AsyncIterable<Uint8Array>, blockBytes: number): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(blockBytes);
  let used = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + blockBytes - used);
      block.set(part, used);
      used += part.length;
      at += part.length;
      if (used < blockBytes) continue;
      yield block;
      used = 0;
    }
  }
  if (used > 0) yield block.subarray(0, used);
}
