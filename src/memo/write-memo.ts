import type { Memo, MemoContent, MemoVersion } from './memo.ts';
import { messageFields, namespaceOfPrefix, type SchemaField } from './memo-schema.ts';

/** A message ready to be sent: its exact size, and its bytes as often as they are asked for. */
export interface WrittenMemo {
  /** Exact number of bytes that `chunks` yields: the Content-Length, known without opening any content. */
  readonly bytes: number;
  /**
   * The XML in chunks of about 256 KiB, each a buffer of its own. Throws when a content yields another number of
   * bytes than it announced (before more than announced has gone out); what a content's own reading throws passes on.
   */
  chunks(): AsyncIterable<Buffer>;
}

/**
 * Writes a message as MeMo XML (UTF-8, no byte order mark, prefix `memo:` since KOMBIT's SF1601 does not understand
 * a default namespace). The same value always gives the same bytes, so that sending again is sending the same.
 * Characters that XML 1.0 cannot carry are left out. Lengths and patterns of the XSD are not judged here: `checkMemo`
 * does that. Throws a TypeError when a value that the XSD demands is missing, a RangeError on an invalid date.
 */
export function writeMemo(memo: Memo): WrittenMemo {
  const parts = composeParts(memo);
  const bytes = parts.reduce((sum, part) => sum + (Buffer.isBuffer(part) ? part.length : base64Length(part.bytes)), 0);
  return { bytes, chunks: () => writeParts(parts, bytes) };
}

/**
 * The body of a message as the XML that `writeMemo` writes for it, whole in memory: for messages that differ in their
 * header alone, so that attachments are read and encoded once.
 */
export async function renderMemoBody(memo: Memo): Promise<Buffer> {
  const written = writeMemo(memo);
  const chunks: Buffer[] = [];
  for await (const chunk of written.chunks()) chunks.push(chunk);
  const head = composeHead(memo).length;
  return Buffer.concat(chunks).subarray(head, written.bytes - TAIL.length);
}

/** What is a message's own where all else is the same; both are written as they are, and so must hold digits, letters and dashes only. */
export interface MemoOwn {
  readonly messageUUID: string;
  readonly recipientId: string;
}

// Signs of the private use area, which no text that a person writes has in this order.
const UUID_MARK = '\ue001\uf8f1\ue002';
const RECIPIENT_MARK = '\ue003\uf8f2\ue004';

/**
 * Writes messages that are like `memo`, whose body `renderMemoBody` has made, but for their UUID and their recipient's
 * number: the very bytes of `writeMemo`, several times as fast. Null for a message that names its UUID elsewhere too.
 */
export function memoSeries(memo: Memo, body: Buffer): ((own: MemoOwn) => WrittenMemo) | null {
  const { header } = memo;
  const marked = { ...header, messageUUID: UUID_MARK, recipient: { ...header.recipient, id: RECIPIENT_MARK } };
  const [before, afterUuid, ...none] = composeHead({ ...memo, header: marked }).toString().split(UUID_MARK);
  const [between, after, ...nor] = afterUuid?.split(RECIPIENT_MARK) ?? [];
  const isOnce = header.replyData === undefined && none.length + nor.length === 0;
  if (!isOnce || before === undefined || between === undefined || after === undefined) return null;
  const bodyAndTail = Buffer.concat([body, TAIL]);
  return ({ messageUUID, recipientId }) => {
    const head = Buffer.from(before + messageUUID + between + recipientId + after);
    const chunks = async function* () {
      yield head;
      yield bodyAndTail;
    };
    return { bytes: head.length + bodyAndTail.length, chunks };
  };
}

const TAIL = Buffer.from('</memo:Message>\n');

/** Everything before the body. */
function composeHead(memo: Memo): Buffer {
  const whole = Buffer.concat(composeParts({ ...memo, body: null }).filter((part) => Buffer.isBuffer(part)));
  return whole.subarray(0, whole.length - TAIL.length);
}

type Part = Buffer | MemoContent;

/** The message as finished markup with the contents, still closed, in between. */
function composeParts(memo: Memo): readonly Part[] {
  const out = new PartList();
  const schemaVersion = memo.version === '1.1' ? ' memoSchVersion="1.1.0"' : '';
  const namespaces = [...namespaceOfPrefix].map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  out.markup('<?xml version="1.0" encoding="UTF-8"?>\n');
  out.markup(`<memo:Message memoVersion="${memo.version}"${schemaVersion}${namespaces}>`);
  writeGroup(withDefaults(memo), messageFields, memo.version, out);
  out.markup(TAIL.toString());
  return out.finish();
}

/** 1.1 demands the two flags that 1.2 may leave out. */
function withDefaults(memo: Memo): Memo {
  if (memo.version !== '1.1') return memo;
  const { mandatory, legalNotification } = memo.header;
  const flags = { mandatory: mandatory ?? false, legalNotification: legalNotification ?? false };
  return { ...memo, header: { ...memo.header, ...flags } };
}

function writeGroup(value: object, fields: readonly SchemaField[], version: MemoVersion, out: PartList): void {
  for (const field of fields) {
    if (field.only12 && version === '1.1') continue;
    const found: unknown = Reflect.get(value, field.key);
    const items: readonly unknown[] = field.countMax === null ? [found] : Array.isArray(found) ? found : [];
    const present = items.filter((item) => item !== undefined && item !== null);
    if (field.required && present.length === 0) throw new TypeError(`${field.tag} is missing`);
    for (const item of present) writeElement(item, field, version, out);
  }
}

function writeElement(item: unknown, field: SchemaField, version: MemoVersion, out: PartList): void {
  out.markup(`<${field.tag}>`);
  if (field.type === 'content') out.content(item as MemoContent);
  else if (typeof field.type !== 'string') writeGroup(item as object, field.type, version, out);
  else out.markup(item instanceof Date ? formatDateTime(item) : escapeText(String(item)));
  out.markup(`</${field.tag}>`);
}

/** memo-lib's form: UTC, whole seconds. */
function formatDateTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/**
 * Text as character data. A carriage return must be a reference, or every reader would turn it into a line feed; `>`
 * is escaped because of `]]>`.
 */
function escapeText(text: string): string {
  return text.replace(notXml, '').replace(/[&<>\r]/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Everything outside the production Char of XML 1.0 (2.2); lone halves of surrogate pairs too. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

class PartList {
  readonly #parts: Part[] = [];
  #markup = '';

  markup(text: string): void {
    this.#markup += text;
  }

  content(content: MemoContent): void {
    this.#parts.push(Buffer.from(this.#markup), content);
    this.#markup = '';
  }

  finish(): readonly Part[] {
    this.#parts.push(Buffer.from(this.#markup));
    this.#markup = '';
    return this.#parts;
  }
}

async function* writeParts(parts: readonly Part[], bytes: number): AsyncGenerator<Buffer> {
  const out = new ChunkFiller(Math.min(chunkBytesMax, bytes));
  for (const part of parts) {
    if (Buffer.isBuffer(part)) yield* out.copy(part);
    else yield* writeContent(part, out);
  }
  if (out.rest().length > 0) yield out.rest();
}

/**
 * Base64 in long runs on three-byte borders, whatever the chunks the content comes in: up to two bytes of a chunk
 * wait for the next.
 */
async function* writeContent(content: MemoContent, out: ChunkFiller): AsyncGenerator<Buffer> {
  let bytesSeen = 0;
  let waiting: Buffer = Buffer.alloc(0);
  for await (const piece of content.open()) {
    bytesSeen += piece.byteLength;
    if (bytesSeen > content.bytes) throw sizeMismatch(content, `${bytesSeen} or more`);
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    if (waiting.length > 0) {
      const missing = 3 - waiting.length;
      const triple = Buffer.concat([waiting, bytes.subarray(0, missing)]);
      if (triple.length < 3) {
        waiting = triple;
        continue;
      }
      yield* out.encode(triple);
      bytes = bytes.subarray(missing);
    }
    const whole = bytes.length - (bytes.length % 3);
    yield* out.encode(bytes.subarray(0, whole));
    // A copy: the content may use its chunk's memory again.
    waiting = Buffer.from(bytes.subarray(whole));
  }
  if (bytesSeen !== content.bytes) throw sizeMismatch(content, String(bytesSeen));
  yield* out.encode(waiting);
}

function sizeMismatch(content: MemoContent, seen: string): Error {
  return new Error(`a file content announced ${content.bytes} bytes and yielded ${seen}`);
}

const chunkBytesMax = 256 * 1024;
/** Encoded at once; a multiple of three. Longer texts leave the processor's cache, which takes four times as long. */
const encodeBytesMax = 24 * 1024;

/** Fills buffers of one size and hands each out when it is full; a buffer handed out is never touched again. */
class ChunkFiller {
  readonly #chunkBytes: number;
  #chunk: Buffer;
  #used = 0;

  constructor(chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
    this.#chunk = Buffer.allocUnsafeSlow(chunkBytes);
  }

  *copy(bytes: Buffer): Generator<Buffer> {
    let done = 0;
    while (done < bytes.length) {
      const copied = bytes.copy(this.#chunk, this.#used, done);
      done += copied;
      this.#used += copied;
      yield* this.#full(1);
    }
  }

  /** `bytes` must be a multiple of three long, but for the last of a content. */
  *encode(bytes: Buffer): Generator<Buffer> {
    let done = 0;
    while (done < bytes.length) {
      const roomBytes = Math.floor((this.#chunkBytes - this.#used) / 4) * 3;
      const end = Math.min(bytes.length, done + Math.min(roomBytes, encodeBytesMax));
      this.#used += this.#chunk.write(bytes.toString('base64', done, end), this.#used, 'latin1');
      done = end;
      yield* this.#full(4);
    }
  }

  rest(): Buffer {
    return this.#chunk.subarray(0, this.#used);
  }

  /** Hands the chunk out when fewer than `roomBytes` are free in it. */
  *#full(roomBytes: number): Generator<Buffer> {
    if (this.#chunkBytes - this.#used >= roomBytes) return;
    const full = this.rest();
    this.#chunk = Buffer.allocUnsafeSlow(this.#chunkBytes);
    this.#used = 0;
    yield full;
  }
}
