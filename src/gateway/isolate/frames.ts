import type { Readable, Writable } from 'node:stream';

/**
 * What passes between the gateway and a child process: frames of one kind byte, four bytes for the number of the file it
 * is about (else 0), four length bytes and a payload. To the child: `job` (JSON), `raw` pieces of its files, `raw-end`. From
 * it: one `stage` when it is ready to work, then for each job `stage` (it has come further), for each file `file` (JSON),
 * `data` pieces, `file-end`; last `result` or `unreadable` (JSON). Several files may be open at once.
 */
export const FRAME_KINDS = ['job', 'raw', 'raw-end', 'stage', 'file', 'data', 'file-end', 'result', 'unreadable'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly file: number;
  readonly payload: Buffer;
}

const HEAD_BYTES = 9;
// A result holds the text of a mail, a data piece at most one chunk; anything larger is a broken stream.
const PAYLOAD_MAX_BYTES = 67_108_864;

/** What is written: a kind alone, or with the number of its file and a payload. */
export interface FrameParts {
  readonly kind: FrameKind;
  readonly file?: number;
  readonly payload?: Uint8Array | string;
}

/** Writes one frame and waits while the other side is slower. Rejects when the stream is gone. */
export async function writeFrame(to: Writable, { kind, file = 0, payload = '' }: FrameParts): Promise<void> {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt8(FRAME_KINDS.indexOf(kind), 0);
  head.writeUInt32BE(file, 1);
  head.writeUInt32BE(bytes.length, 5);
  if (to.destroyed) throw new Error('the other process is gone');
  to.cork();
  to.write(head);
  const room = bytes.length === 0 ? to.writableLength < to.writableHighWaterMark : to.write(bytes);
  to.uncork();
  if (!room) await drained(to);
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('close', done);
  });
}

/** The frames of a stream, until it ends. Throws on what is no frame. */
export async function* readFrames(from: Readable): AsyncGenerator<Frame, void, undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  let needed = HEAD_BYTES;
  for await (const piece of from) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    if (length < needed) continue;
    let bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces, length);
    for (;;) {
      const size = bytes.length < HEAD_BYTES ? null : bytes.readUInt32BE(5);
      if (size !== null && size > PAYLOAD_MAX_BYTES) throw new Error('a frame larger than allowed');
      needed = HEAD_BYTES + (size ?? 0);
      if (bytes.length < needed) break;
      const kind = FRAME_KINDS[bytes.readUInt8(0)];
      if (!kind) throw new Error('a frame of no kind');
      yield { kind, file: bytes.readUInt32BE(1), payload: bytes.subarray(HEAD_BYTES, needed) };
      bytes = bytes.subarray(needed);
    }
    pieces = [bytes];
    length = bytes.length;
  }
}
