import { ByteSource } from './byte-source.ts';
import { MemoContainerUnreadable } from './memo-container-unreadable.ts';

/** A message in a container that is being read. */
export interface ContainerEntry {
  /** A plain file name: `<messageUUID>.xml` where the sender keeps the rule, which is not checked here. */
  readonly name: string;
  readonly bytes: number;
  /** Can be read once, and only until the next entry is asked for; need not be read. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface TarLimits {
  readonly entriesMax: number;
  readonly entryBytesMax: number;
  /** Of the whole tar, headers and all. */
  readonly unpackedBytesMax: number;
}

/**
 * Reads the tar of a container while it comes; no entry is ever held whole. Knows ustar, the older form, and the
 * extended headers of pax and GNU tar (of which it takes name and size). Reads to the end of `chunks`, so that what
 * is wrong there comes to light. Throws MemoContainerUnreadable (`tar`, `entry`, `truncated`, `trailing`, `limit`);
 * what `chunks` throws passes on.
 */
export async function* readMemoTar(
  chunks: AsyncIterable<Uint8Array>, limits: TarLimits,
): AsyncGenerator<ContainerEntry> {
  const source = new ByteSource(chunks, limits.unpackedBytesMax);
  try {
    let count = 0;
    for (let header = await nextHeader(source); header !== null; header = await nextHeader(source)) {
      count += 1;
      if (count > limits.entriesMax) throw new MemoContainerUnreadable('limit', `over ${limits.entriesMax} meddelelser`);
      if (header.bytes > limits.entryBytesMax) throw new MemoContainerUnreadable('limit', `meddelelse ${count}`);
      const body = source.part(header.bytes);
      yield { name: plainName(header, count), bytes: header.bytes, chunks: body };
      await body.skip();
      await source.part(paddingBytes(header.bytes)).skip();
    }
    await expectOnlyZeros(source);
  } finally {
    await source.close();
  }
}

const blockBytes = 512;
/** Of one extended header; names and sizes take a few hundred. */
const extensionBytesMax = 64 * 1024;

interface TarHeader {
  readonly name: string;
  readonly bytes: number;
  /** The type flag; `0` is a plain file, x and g are pax headers, L and K GNU's. */
  readonly type: string;
}

/** The next entry that is no extended header, with what those before it said; null at the end of the archive. */
async function nextHeader(source: ByteSource): Promise<TarHeader | null> {
  let extension: Partial<TarHeader> = {};
  for (;;) {
    const block = await source.take(blockBytes);
    if (block.every((byte) => byte === 0)) return null;
    const header = parseHeader(block);
    if (!'xgLK'.includes(header.type)) return { ...header, ...extension };
    if (header.bytes > extensionBytesMax) throw new MemoContainerUnreadable('limit', 'tar-hoved');
    const data = await source.take(header.bytes);
    await source.part(paddingBytes(header.bytes)).skip();
    extension = { ...extension, ...parseExtension(header.type, data) };
  }
}

function parseHeader(block: Buffer): TarHeader {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (sum !== numberField(block, 148, 8)) throw new MemoContainerUnreadable('tar', 'kontrolsum');
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? textField(block, 345, 155) : '';
  const name = textField(block, 0, 100);
  const type = block.toString('latin1', 156, 157);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    bytes: numberField(block, 124, 12),
    type: type === '\0' ? '0' : type,
  };
}

/** Octal digits with blanks or NUL around, or GNU's binary form, told by the first bit. */
function numberField(block: Buffer, at: number, length: number): number {
  const field = block.subarray(at, at + length);
  if (((field[0] ?? 0) & 0x80) !== 0) {
    return wholeNumber(field.reduce((value, byte, index) => (index === 0 ? byte & 0x7f : value * 256 + byte), 0));
  }
  const digits = /^ *([0-7]+)[ \0]*$/.exec(field.toString('latin1'))?.[1];
  return wholeNumber(digits === undefined ? NaN : parseInt(digits, 8));
}

function wholeNumber(value: number): number {
  if (!Number.isSafeInteger(value)) throw new MemoContainerUnreadable('tar', 'tal');
  return value;
}

function textField(bytes: Buffer, at: number, length: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString('utf8', at, Math.min(at + length, end < 0 ? bytes.length : end));
}

function parseExtension(type: string, data: Buffer): Partial<TarHeader> {
  if (type === 'L') return { name: textField(data, 0, data.length) };
  // A global header says nothing of one entry, and K is the target of a link.
  return type === 'x' ? parsePax(data) : {};
}

/** Records `<length of the record> <keyword>=<value>\n` (POSIX.1-2001, pax). */
function parsePax(data: Buffer): Partial<TarHeader> {
  const found: { name?: string; bytes?: number } = {};
  for (let at = 0; at < data.length;) {
    const digits = /^([1-9][0-9]{0,5}) /.exec(data.toString('latin1', at, at + 8))?.[1] ?? '';
    const end = at + Number(digits);
    const record = data.toString('utf8', at + digits.length + 1, end - 1);
    const equals = record.indexOf('=');
    if (digits === '' || end > data.length || data[end - 1] !== 0x0a || equals < 1) {
      throw new MemoContainerUnreadable('tar', 'pax');
    }
    const [key, value] = [record.slice(0, equals), record.slice(equals + 1)];
    if (key === 'path') found.name = value;
    if (key === 'size') found.bytes = wholeNumber(/^[0-9]+$/.test(value) ? Number(value) : NaN);
    at = end;
  }
  return found;
}

/** An entry must be a plain file whose name leads nowhere: no folders, drives, devices or links. */
function plainName({ name, type }: TarHeader, count: number): string {
  const plain = name.replace(/^(?:\.\/)+/, '');
  if (type !== '0' || !plainFileName.test(plain) || plain === '.' || plain === '..') {
    throw new MemoContainerUnreadable('entry', `nr. ${count}`);
  }
  return plain;
}

const plainFileName = /^[^\p{Cc}/\\:\ufffd]{1,255}$/u;

function paddingBytes(bytes: number): number {
  return (blockBytes - (bytes % blockBytes)) % blockBytes;
}

/** Archives are filled up with zeros, to ten kilobytes or whatever their writer likes. */
async function expectOnlyZeros(source: ByteSource): Promise<void> {
  for (let piece = await source.next(); piece !== null; piece = await source.next()) {
    if (piece.some((byte) => byte !== 0)) throw new MemoContainerUnreadable('trailing', 'tar');
  }
}
