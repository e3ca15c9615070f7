import { problemOf, type Problem } from '../../domain/problem.ts';
import { openBlob } from '../store/blobs.ts';
import type { Database } from '../store/database.ts';
import { insertLargeSubmission, type AcceptedMail } from '../store/submissions.ts';
import type { StoreSmallMail } from './submission-gatherer.ts';

const LF = 0x0a;

export interface IntakeLimits {
  readonly sizeMaxBytes: number;
  readonly lineMaxBytes: number;
  readonly headerMaxBytes: number;
}

/** Where mails go: large ones piece by piece, small ones when they are whole. */
export interface IntakeStore {
  readonly database: Database;
  readonly storeSmall: StoreSmallMail;
}

/**
 * Takes the bytes of one mail between DATA and the final dot. Holds less than one chunk of it; once the mail is refused
 * it holds and stores nothing more.
 */
export interface MailIntake {
  readonly bytes: number;
  readonly refusal: Problem | null;
  take(bytes: Buffer): Promise<void>;
  /** All bytes are here: stores mail and envelope durably and returns the submission's id, or null when refused. */
  accept(mail: Omit<AcceptedMail, 'rawBytes'>): Promise<number | null>;
  /** The line was cut, or something failed: leaves nothing behind. */
  discard(): Promise<void>;
}

/**
 * Opens the intake of one mail. `judgeHeader` is asked once, as soon as the header block is whole. Database errors are
 * thrown on: the door answers them with 4xx.
 */
export function openMailIntake(
  { database, storeSmall }: IntakeStore,
  limits: IntakeLimits,
  judgeHeader: (headerBlock: Buffer) => Problem | null,
): MailIntake {
  const blob = openBlob(database.urgent);
  const lines = followLines(limits.lineMaxBytes);
  const header = followHeader(limits.headerMaxBytes, judgeHeader);
  let bytes = 0;
  let refusal: Problem | null = null;

  const refuse = async (problem: Problem) => {
    refusal = problem;
    await blob.discard();
  };

  const faultOf = (chunk: Buffer): Problem | null => {
    if (bytes > limits.sizeMaxBytes) return problemOf('mail-too-large', { bytes, max: limits.sizeMaxBytes });
    const longLine = lines.take(chunk);
    if (longLine !== null) return problemOf('line-too-long', { bytes: longLine, max: limits.lineMaxBytes });
    return header.take(chunk);
  };

  return {
    get bytes() {
      return bytes;
    },
    get refusal() {
      return refusal;
    },
    async take(chunk) {
      bytes += chunk.length;
      if (refusal) return;
      const fault = faultOf(chunk);
      if (fault) await refuse(fault);
      else await blob.write(chunk);
    },
    async accept(mail) {
      const fault = refusal ?? header.end();
      if (fault) {
        if (!refusal) await refuse(fault);
        return null;
      }
      const whole = { ...mail, rawBytes: bytes };
      const { blobId, tail, chunks } = blob;
      return blobId === null
        ? await storeSmall(whole, Buffer.concat(tail))
        : await insertLargeSubmission(database.urgent, whole, { blobId, seq: chunks, tail });
    },
    discard: () => blob.discard(),
  };
}

/** Watches the lengths of lines without a look at each: those that begin and end within one limit's reach are short. */
function followLines(maxBytes: number): { take(chunk: Buffer): number | null } {
  // Length of the line that has begun and not ended.
  let open = 0;
  return {
    take(chunk) {
      let start = 0;
      while (chunk.length - start + open > maxBytes) {
        const reach = start + maxBytes - open;
        const end = chunk.lastIndexOf(LF, reach);
        if (end < start) return lengthOfLine(chunk, start, open);
        start = end + 1;
        open = 0;
      }
      const last = chunk.lastIndexOf(LF);
      open = last < start ? open + chunk.length - start : chunk.length - last - 1;
      return null;
    },
  };
}

function lengthOfLine(chunk: Buffer, start: number, before: number): number {
  const end = chunk.indexOf(LF, start);
  return before + (end === -1 ? chunk.length : end) - start;
}

interface HeaderFollower {
  take(chunk: Buffer): Problem | null;
  /** The mail is over; one that is nothing but header is judged now. */
  end(): Problem | null;
}

/** Collects the header block until its empty line and has it judged once. */
function followHeader(maxBytes: number, judge: (headerBlock: Buffer) => Problem | null): HeaderFollower {
  let pieces: Buffer = Buffer.alloc(0);
  let judged = false;
  const judgeOnce = (block: Buffer) => {
    judged = true;
    pieces = Buffer.alloc(0);
    return block.length > maxBytes ? problemOf('header-too-long', { bytes: block.length, max: maxBytes }) : judge(block);
  };
  return {
    take(chunk) {
      if (judged) return null;
      const searchFrom = Math.max(0, pieces.length - 3);
      pieces = pieces.length === 0 ? chunk : Buffer.concat([pieces, chunk]);
      const end = endOfHeader(pieces, searchFrom);
      if (end !== null) return judgeOnce(pieces.subarray(0, end));
      return pieces.length > maxBytes ? judgeOnce(pieces) : null;
    },
    end: () => (judged ? null : judgeOnce(pieces)),
  };
}

/** Where the header block ends, its empty line included; null while it goes on. Lone LF ends a line too, to be strict. */
export function endOfHeader(bytes: Buffer, searchFrom: number): number | null {
  if (bytes[0] === LF) return 1;
  if (bytes[0] === 0x0d && bytes[1] === LF) return 2;
  const ends = ['\r\n\r\n', '\n\n', '\n\r\n']
    .map((mark) => ({ at: bytes.indexOf(mark, searchFrom, 'latin1'), length: mark.length }))
    .filter(({ at }) => at !== -1)
    .map(({ at, length }) => at + length);
  return ends.length === 0 ? null : Math.min(...ends);
}
