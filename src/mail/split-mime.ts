import { headerLineKind, readHeaderField, scanHeaderFields } from './header-fields.ts';
import type { MailLimits } from './mail-limits.ts';
import { MailUnreadable } from './mail-unreadable.ts';
import { readMimePart, type MimePart } from './mime-part.ts';

/** What the splitter tells, in the order of the mail. Bytes are still in their transfer encoding. */
export type MimeEvent =
  | { readonly kind: 'open'; readonly part: MimePart }
  /** Content of a leaf, or of a multipart before its first part (which is then no multipart after all). */
  | { readonly kind: 'body'; readonly part: MimePart; readonly bytes: Buffer }
  | { readonly kind: 'close'; readonly part: MimePart };

/** How many parts a mail has used up, shared with the splitters of content that lies within signed content. */
export interface PartCount {
  parts: number;
}

interface OpenPart {
  readonly part: MimePart;
  /** The part's own, or the one guessed for a multipart that names none. */
  boundary: string | null;
  readonly depth: number;
  children: number;
}

const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const twoDashes = Buffer.from('--');
/** Blanks that a delimiter line may end in, beyond the boundary itself. */
const delimiterPaddingMax = 256;

/**
 * Splits an entity into its parts while it streams by (RFC 2046 5.1). Knows nothing of what the parts mean. Holds at
 * most one header block or one possible delimiter line; time is linear in the bytes.
 */
export class MimeSplitter {
  readonly #limits: MailLimits;
  readonly #count: PartCount;
  readonly #base: OpenPart | null;
  #stack: OpenPart[] = [];
  #boundaries = new Map<string, number>();
  /** First bytes of the boundaries, so that most lines that begin with two dashes are passed over at once. */
  #firstBytes = new Set<number>();
  #state: 'header' | 'body' | 'guess' | 'skip' = 'header';
  #header: Buffer[] = [];
  #headerBytes = 0;
  #pending: Buffer = Buffer.alloc(0);
  #atLineStart = true;
  #isRoot = true;
  #events: MimeEvent[] = [];

  /**
   * @param limits parts, depth, header and boundary limits are kept here
   * @param count parts used so far, counted up
   * @param base the part whose content this is; null for a mail
   */
  constructor(limits: MailLimits, count: PartCount, base: MimePart | null) {
    this.#limits = limits;
    this.#count = count;
    this.#base = base === null ? null : { part: base, boundary: null, depth: depthOf(base), children: 0 };
  }

  /**
   * Takes the next bytes.
   * @returns what they completed; `body` events share the memory of `bytes`
   * @throws MailUnreadable over a limit
   */
  push(bytes: Buffer): MimeEvent[] {
    const buffer = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    this.#pending = Buffer.alloc(0);
    this.#run(buffer, false);
    return this.#takeEvents();
  }

  /** Ends the entity; open parts are closed. Shapes and errors as `push`. */
  finish(): MimeEvent[] {
    this.#run(this.#pending, true);
    if (this.#state === 'header') this.#openPart();
    this.#closeTo(0);
    return this.#takeEvents();
  }

  #takeEvents(): MimeEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #run(buffer: Buffer, isLast: boolean): void {
    let at = 0;
    while (at < buffer.length) {
      const next: number = this.#readNext(buffer, at, isLast);
      if (next === -1) return;
      at = next;
    }
  }

  #readNext(buffer: Buffer, at: number, isLast: boolean): number {
    if (this.#state === 'header') return this.#readHeaderLine(buffer, at, isLast);
    if (this.#state === 'guess') return this.#guessBoundary(buffer, at, isLast);
    return this.#readBody(buffer, at, isLast);
  }

  /** Keeps what cannot be judged yet for the next push. */
  #wait(buffer: Buffer, at: number): -1 {
    this.#pending = Buffer.from(buffer.subarray(at));
    return -1;
  }

  #readHeaderLine(buffer: Buffer, at: number, isLast: boolean): number {
    const lineFeed = buffer.indexOf(LF, at);
    const end = lineFeed === -1 ? buffer.length : lineFeed + 1;
    if (this.#headerBytes + end - at > this.#limits.headerBytesMax) throw new MailUnreadable('header-too-large');
    if (lineFeed === -1 && !isLast) return this.#wait(buffer, at);
    if (this.#takeDelimiter(buffer, at, end)) return end;
    const kind = headerLineKind(buffer, at, end, this.#headerBytes === 0);
    if (kind === 'blank' || kind === 'other') {
      this.#openPart();
      return kind === 'blank' ? end : at;
    }
    this.#header.push(Buffer.from(buffer.subarray(at, end)));
    this.#headerBytes += end - at;
    return end;
  }

  #openPart(): void {
    const block = Buffer.concat(this.#header);
    this.#header = [];
    this.#headerBytes = 0;
    const fields = scanHeaderFields(block, this.#limits.headerFieldsMax).fields;
    const above = this.#stack.at(-1) ?? this.#base;
    const headers = fields.map((field) => readHeaderField(block, field));
    const part = readMimePart(headers, above?.part ?? null, above?.children ?? 0);
    if (above !== null) above.children += 1;
    this.#isRoot = false;
    this.#enter(part, (above?.depth ?? 0) + 1);
  }

  #enter(part: MimePart, depth: number): void {
    this.#count.parts += 1;
    if (this.#count.parts > this.#limits.partsMax) throw new MailUnreadable('too-many-parts');
    if (depth > this.#limits.depthMax + 1) throw new MailUnreadable('nested-too-deep');
    if ((part.boundary?.length ?? 0) > this.#limits.boundaryLengthMax) throw new MailUnreadable('boundary-too-long');
    this.#stack.push({ part, boundary: part.boundary, depth, children: 0 });
    this.#indexBoundaries();
    this.#state = part.boundary === null && part.type.startsWith('multipart/') ? 'guess' : 'body';
    this.#atLineStart = true;
    this.#events.push({ kind: 'open', part });
  }

  /** A multipart without a boundary parameter: the first line that looks like a delimiter names it. */
  #guessBoundary(buffer: Buffer, at: number, isLast: boolean): number {
    const lineFeed = buffer.indexOf(LF, at);
    const end = lineFeed === -1 ? buffer.length : lineFeed + 1;
    if (lineFeed === -1 && !isLast && end - at <= this.#delimiterLengthMax()) return this.#wait(buffer, at);
    if (this.#takeDelimiter(buffer, at, end)) return end;
    const guess = end - at > this.#delimiterLengthMax() ? null : /^--([^\s-]\S*)\s*$/.exec(buffer.toString('latin1', at, end));
    const open = this.#stack.at(-1);
    if (guess === null || open === undefined) {
      this.#emit(buffer, at, end);
      return end;
    }
    open.boundary = guess[1] ?? '';
    this.#indexBoundaries();
    this.#takeDelimiter(buffer, at, end);
    return end;
  }

  #readBody(buffer: Buffer, start: number, isLast: boolean): number {
    let search = start;
    while (this.#boundaries.size > 0) {
      const dashes = buffer.indexOf(twoDashes, search);
      if (dashes === -1) break;
      const lineFeed = buffer.indexOf(LF, dashes);
      const isLineStart = dashes === 0 ? this.#atLineStart : buffer[dashes - 1] === LF;
      const isComplete = lineFeed !== -1 || isLast;
      const end = lineFeed === -1 ? buffer.length : lineFeed + 1;
      if (isLineStart && this.#mayBeDelimiter(buffer, dashes, end, isComplete)) {
        const contentEnd = contentEndBefore(buffer, start, dashes);
        this.#emit(buffer, start, contentEnd);
        if (!isComplete) return this.#wait(buffer, contentEnd);
        this.#takeDelimiter(buffer, dashes, end);
        return end;
      }
      if (lineFeed === -1) break;
      search = end;
    }
    return this.#readToEnd(buffer, start, isLast);
  }

  #readToEnd(buffer: Buffer, start: number, isLast: boolean): number {
    const contentEnd = isLast || this.#boundaries.size === 0 ? buffer.length : certainEnd(buffer, start);
    this.#emit(buffer, start, contentEnd);
    return contentEnd === buffer.length ? -1 : this.#wait(buffer, contentEnd);
  }

  #emit(buffer: Buffer, start: number, end: number): void {
    if (end <= start) return;
    this.#atLineStart = false;
    const open = this.#stack.at(-1);
    if (open === undefined || this.#state === 'skip') return;
    this.#events.push({ kind: 'body', part: open.part, bytes: buffer.subarray(start, end) });
  }

  #delimiterLengthMax(): number {
    return this.#limits.boundaryLengthMax + delimiterPaddingMax;
  }

  /** Of a line that is not all there: whether it may become a delimiter. */
  #mayBeDelimiter(buffer: Buffer, start: number, end: number, isComplete: boolean): boolean {
    const isKnownStart = start + 2 >= buffer.length || this.#firstBytes.has(buffer[start + 2] ?? 0);
    if (!isKnownStart) return false;
    return isComplete ? this.#readDelimiter(buffer, start, end) !== null : end - start <= this.#delimiterLengthMax();
  }

  /**
   * The whole line must be the boundary, or its first word: one boundary is often the beginning of another, and some
   * writers put a remark behind it (RFC 2046 5.1.1 lets a reader compare the beginning only).
   */
  #readDelimiter(buffer: Buffer, start: number, end: number): { level: number; closes: boolean } | null {
    if (buffer[start] !== DASH || buffer[start + 1] !== DASH || end - start > this.#delimiterLengthMax()) return null;
    const line = buffer.toString('latin1', start + 2, end).trimEnd();
    return this.#matchBoundary(line) ?? this.#matchBoundary(line.replace(/[ \t].*$/, ''));
  }

  #matchBoundary(text: string): { level: number; closes: boolean } | null {
    const level = this.#boundaries.get(text);
    if (level !== undefined) return { level, closes: false };
    const closing = text.endsWith('--') ? this.#boundaries.get(text.slice(0, -2)) : undefined;
    return closing === undefined ? null : { level: closing, closes: true };
  }

  /** Acts on a delimiter line, where the line is one. */
  #takeDelimiter(buffer: Buffer, start: number, end: number): boolean {
    const delimiter = this.#readDelimiter(buffer, start, end);
    if (delimiter === null) return false;
    if (this.#state === 'header' && !this.#isRoot) this.#openPart();
    this.#closeTo(delimiter.closes ? delimiter.level : delimiter.level + 1);
    this.#state = delimiter.closes ? 'skip' : 'header';
    this.#atLineStart = true;
    return true;
  }

  #closeTo(level: number): void {
    while (this.#stack.length > level) {
      const open = this.#stack.pop();
      if (open !== undefined) this.#events.push({ kind: 'close', part: open.part });
    }
    this.#indexBoundaries();
  }

  /** Of two open multiparts with the same boundary the inner one counts. */
  #indexBoundaries(): void {
    this.#boundaries = new Map();
    this.#firstBytes = new Set();
    for (const [level, open] of this.#stack.entries()) {
      if (open.boundary === null) continue;
      const bytes = Buffer.from(open.boundary, 'utf8').toString('latin1');
      this.#boundaries.set(bytes, level);
      this.#firstBytes.add(bytes.charCodeAt(0));
    }
  }
}

function depthOf(part: MimePart): number {
  let depth = 1;
  for (let above = part.parent; above !== null; above = above.parent) depth += 1;
  return depth;
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1). */
function contentEndBefore(buffer: Buffer, start: number, delimiter: number): number {
  let end = delimiter;
  if (end > start && buffer[end - 1] === LF) end -= 1;
  if (end > start && buffer[end - 1] === CR) end -= 1;
  return end;
}

/** How far the content surely goes when the next bytes may make its last line end part of a delimiter. */
function certainEnd(buffer: Buffer, start: number): number {
  let end = buffer.length;
  if (end > start && buffer[end - 1] === DASH && (end - 1 === start || buffer[end - 2] === LF)) end -= 1;
  return contentEndBefore(buffer, start, end);
}
