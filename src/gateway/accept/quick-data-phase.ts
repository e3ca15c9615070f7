import { SMTPStream } from 'smtp-server/lib/smtp-stream.js';

const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;
const FINAL_DOT = Buffer.from('\r\n.\r\n');
const DOT_AT_LINE_START = Buffer.from('\n.');

type Done = (error?: Error | null) => void;

/**
 * Makes smtp-server search for "LF dot" where it looks at every byte of a mail, and hold bytes back only where a chunk
 * ends near a line end; written for the version that package.json pins. What ends a mail and which dots are removed
 * (RFC 5321 4.5.2) stays as it was: the test holds the two against each other.
 */
export function quickenDataPhase(): void {
  SMTPStream.prototype._feedDataStream = feedDataStream;
}

function feedDataStream(this: SMTPStream, chunk: Buffer, done: Done): void {
  let bytes = this._lastBytes ? Buffer.concat([this._lastBytes, chunk]) : chunk;
  this._lastBytes = false;
  if (this._atDataStart) {
    if (bytes.length < 3) {
      this._lastBytes = bytes;
      return done();
    }
    if (bytes[0] === DOT && bytes[1] === CR && bytes[2] === LF) return this._endDataMode(false, bytes.subarray(3), done);
    // From here on a dot that comes first is content.
    this._atDataStart = false;
    if (bytes[0] === DOT && bytes[1] === DOT) bytes = bytes.subarray(1);
  }
  const { content, endsAt, held } = readContent(bytes);
  this._countDataBytes(content.length);
  if (endsAt !== null) return this._endDataMode(content, bytes.subarray(endsAt), done);
  this._lastBytes = held;
  pass(this, content, done);
}

interface Content {
  /** What belongs to the mail for certain, without the escaping dots. */
  readonly content: Buffer;
  /** Where the bytes after the final dot begin; null when the mail goes on. */
  readonly endsAt: number | null;
  /** The last few bytes, which may be the beginning of a final dot. */
  readonly held: Buffer | false;
}

function readContent(bytes: Buffer): Content {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(DOT_AT_LINE_START); at !== -1; at = bytes.indexOf(DOT_AT_LINE_START, at + 2)) {
    const dot = at + 1;
    if (at > 0 && dot + 3 <= bytes.length && bytes.compare(FINAL_DOT, 0, 5, at - 1, dot + 3) === 0) {
      return { content: join(pieces, bytes.subarray(from, dot)), endsAt: dot + 3, held: false };
    }
    if (dot + 3 <= bytes.length && bytes[dot + 1] === DOT) {
      pieces.push(bytes.subarray(from, dot));
      from = dot + 1;
    }
  }
  const rest = bytes.subarray(from);
  const certain = lengthBeforeLateLineEnd(rest);
  const held = certain < rest.length && rest.subarray(certain);
  return { content: join(pieces, rest.subarray(0, certain)), endsAt: null, held };
}

function join(pieces: readonly Buffer[], last: Buffer): Buffer {
  return pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
}

/** A final dot has five bytes: all but its last may stand at the end already. */
function lengthBeforeLateLineEnd(bytes: Buffer): number {
  for (let at = Math.max(0, bytes.length - 4); at < bytes.length; at++) {
    if (bytes[at] === CR || bytes[at] === LF) return at;
  }
  return bytes.length;
}

/** Hands the bytes to the reader; asks for more when it has room, or when it is gone and the rest is dropped. */
function pass({ _dataStream: reader }: SMTPStream, bytes: Buffer, done: Done): void {
  if (!reader?.writable || bytes.length === 0 || reader.write(bytes) || reader.destroyed) return done();
  const goOn = () => {
    reader.off('drain', goOn);
    reader.off('close', goOn);
    done();
  };
  reader.once('drain', goOn);
  reader.once('close', goOn);
}
