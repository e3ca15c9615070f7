import { constants, inflateRawSync } from 'node:zlib';
import { zipExtraField, zipNamesOf, type ZipNames } from './zip-names.ts';

/** One entry of a zip. Nothing of it is unpacked before `readZipEntry` is called. */
export interface ZipEntry extends ZipNames {
  /** What else it is called: in its local header, in a Unicode field. Programs differ in which one they show. */
  readonly otherNames: readonly string[];
  /** The size after unpacking that the directory claims, in bytes; it may lie. */
  readonly bytes: number;
  readonly compressedBytes: number;
  /** CRC-32 of what it holds, as the directory claims. */
  readonly crc32: number;
  /** 0 stored, 8 deflated, others: see APPNOTE 4.4.5. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Where the entry's data begins in the file; null when no local header stands where the directory says. */
  readonly dataStart: number | null;
}

export interface ZipListing {
  readonly entries: readonly ZipEntry[];
  /** False when the directory contradicts the file: missing or overlapping entries, a directory that breaks off. */
  readonly sound: boolean;
}

/** Above this many entries a listing stops and counts as unsound. */
export const zipEntriesMax = 100_000;

/**
 * Reads the central directory of a zip (PKWARE APPNOTE.TXT 4.3), zip64 included, also when something stands before the
 * zip. Unpacking programs read by the directory, so that a local header left out of it counts for nothing.
 * @returns null when the bytes hold no central directory
 */
export function listZip(bytes: Buffer, entriesMax = zipEntriesMax): ZipListing | null {
  const directory = findDirectory(bytes);
  if (directory === null) return null;
  const raw: RawEntry[] = [];
  let position = directory.start;
  let sound = true;
  while (position < directory.end) {
    const entry = raw.length < entriesMax ? readCentralEntry(bytes, position, directory.shift) : null;
    if (entry === null) {
      sound = false;
      break;
    }
    raw.push(entry);
    position = entry.next;
  }
  const entries = raw.map((entry) => withLocalHeader(bytes, entry));
  return { entries, sound: sound && liesApart(raw, entries, directory.start) };
}

/**
 * Unpacks one entry.
 * @returns null when it cannot be read: encrypted, packed in a way that few programs know, damaged, or larger than
 * `bytesMax`. Never holds more than `bytesMax`, whatever the directory claims.
 */
export function readZipEntry(bytes: Buffer, entry: ZipEntry, bytesMax: number): Buffer | null {
  const packed = packedBytes(bytes, entry);
  if (packed === null) return null;
  if (entry.method === 0) return packed.length <= bytesMax ? packed : null;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytesMax) });
  } catch {
    return null;
  }
}

const peekPackedBytes = 512;
// Deflate makes at most 1,032 bytes of one.
const peekBytesMax = peekPackedBytes * 1_100;

/** The first bytes of an entry (some hundred), for a guess at what it is; null when it cannot be read. */
export function peekZipEntry(bytes: Buffer, entry: ZipEntry): Buffer | null {
  const packed = packedBytes(bytes, entry)?.subarray(0, peekPackedBytes) ?? null;
  if (packed === null || entry.method === 0) return packed;
  try {
    return inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: peekBytesMax });
  } catch {
    return null;
  }
}

/** Names in the local headers, for a zip whose central directory is gone; at most `entriesMax`. */
export function scanLocalNames(bytes: Buffer, entriesMax = zipEntriesMax): readonly string[] {
  const names: string[] = [];
  let at = bytes.indexOf(localSignature);
  while (at !== -1 && at + 30 <= bytes.length && names.length < entriesMax) {
    const { name, otherNames } = localNames(bytes, at);
    names.push(name, ...otherNames);
    at = bytes.indexOf(localSignature, at + 4);
  }
  return names;
}

const localSignature = Buffer.from('PK\u0003\u0004', 'latin1');
const centralSignature = 0x02014b50;
const endSignature = Buffer.from('PK\u0005\u0006', 'latin1');
const endBytes = 22;
const commentBytesMax = 0xffff;

interface Directory {
  readonly start: number;
  readonly end: number;
  /** Bytes that stand before the zip: what must be added to every offset in it. */
  readonly shift: number;
}

function findDirectory(bytes: Buffer): Directory | null {
  if (bytes.length < endBytes) return null;
  const earliest = Math.max(0, bytes.length - endBytes - commentBytesMax);
  let at = bytes.lastIndexOf(endSignature, bytes.length - endBytes);
  while (at >= earliest) {
    const directory = directoryBefore(bytes, at);
    if (directory !== null) return directory;
    if (at === 0) return null;
    at = bytes.lastIndexOf(endSignature, at - 1);
  }
  return null;
}

/** The end record tells where the directory is; where it lies, the place right before it counts. */
function directoryBefore(bytes: Buffer, at: number): Directory | null {
  const size = bytes.readUInt32LE(at + 12);
  const offset = bytes.readUInt32LE(at + 16);
  const candidates: readonly (Directory | null)[] = [
    zip64Directory(bytes, at),
    { start: at - size, end: at, shift: at - size - offset },
    { start: offset, end: offset + size, shift: 0 },
  ];
  return candidates.find((directory) => directory !== null && isDirectory(bytes, directory)) ?? null;
}

function isDirectory(bytes: Buffer, { start, end }: Directory): boolean {
  if (start < 0 || end > bytes.length) return false;
  return start === end || (start + 46 <= end && bytes.readUInt32LE(start) === centralSignature);
}

function zip64Directory(bytes: Buffer, at: number): Directory | null {
  const locator = at - 20;
  if (locator < 0 || bytes.readUInt32LE(locator) !== 0x07064b50) return null;
  // The record stands right before its locator, and is 56 bytes unless it carries an extension, which none is known to.
  const record = locator - 56;
  if (record < 0 || bytes.readUInt32LE(record) !== 0x06064b50) return null;
  const size = readUInt64(bytes, record + 40);
  const offset = readUInt64(bytes, record + 48);
  return { start: record - size, end: record, shift: record - size - offset };
}

function readUInt64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 0x1_0000_0000;
}

interface RawEntry extends ZipNames {
  readonly bytes: number;
  readonly compressedBytes: number;
  readonly crc32: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly headerStart: number;
  readonly next: number;
}

function readCentralEntry(bytes: Buffer, at: number, shift: number): RawEntry | null {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) return null;
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const next = extraEnd + bytes.readUInt16LE(at + 32);
  if (next > bytes.length) return null;
  const extra = bytes.subarray(nameEnd, extraEnd);
  const zip64 = zipExtraField(extra, ZIP64);
  const flags = bytes.readUInt16LE(at + 8);
  const method = bytes.readUInt16LE(at + 10);
  // A size of all ones means "see the zip64 field", where such sizes stand in this order (APPNOTE 4.5.3).
  let used = 0;
  const wide = (value: number): number => {
    if (value !== 0xffffffff || zip64 === null || zip64.length < used + 8) return value;
    used += 8;
    return readUInt64(zip64, used - 8);
  };
  const size = wide(bytes.readUInt32LE(at + 24));
  const compressedBytes = wide(bytes.readUInt32LE(at + 20));
  const headerStart = wide(bytes.readUInt32LE(at + 42)) + shift;
  return {
    ...zipNamesOf({ name: bytes.subarray(at + 46, nameEnd), extra, flags }),
    bytes: size,
    compressedBytes,
    crc32: bytes.readUInt32LE(at + 16),
    method,
    // Bit 0: encrypted; bit 13: the directory itself is masked; method 99: AES (APPNOTE 4.4.4, WinZip AE-2).
    encrypted: (flags & 0x2001) !== 0 || method === 99,
    headerStart,
    next,
  };
}

const ZIP64 = 0x0001;

function withLocalHeader(bytes: Buffer, raw: RawEntry): ZipEntry {
  const { headerStart, next: _next, ...entry } = raw;
  const there = headerStart >= 0 && headerStart + 30 <= bytes.length
    && bytes.compare(localSignature, 0, 4, headerStart, headerStart + 4) === 0;
  if (!there) return { ...entry, dataStart: null };
  const { name, otherNames, end } = localNames(bytes, headerStart);
  const others = new Set([...entry.otherNames, name, ...otherNames]);
  others.delete(entry.name);
  return { ...entry, otherNames: [...others], dataStart: end };
}

/** The names in a local header, and where it ends. */
function localNames(bytes: Buffer, at: number): ZipNames & { readonly end: number } {
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
  const end = nameEnd + bytes.readUInt16LE(at + 28);
  const names = zipNamesOf({ name: bytes.subarray(at + 30, nameEnd), extra: bytes.subarray(nameEnd, end), flags: bytes.readUInt16LE(at + 6) });
  return { ...names, end };
}

/** Every entry's data must end before the next header begins: overlapping entries are how small bombs grow large. */
function liesApart(raw: readonly RawEntry[], entries: readonly ZipEntry[], directoryStart: number): boolean {
  const order = raw.map((_, index) => index).sort((a, b) => (raw[a]?.headerStart ?? 0) - (raw[b]?.headerStart ?? 0));
  return order.every((index, place) => {
    const entry = entries[index];
    if (entry === undefined || entry.dataStart === null) return false;
    const following = order[place + 1];
    const limit = following === undefined ? directoryStart : (raw[following]?.headerStart ?? directoryStart);
    return entry.dataStart + entry.compressedBytes <= limit;
  });
}

/** What an entry holds as it is packed; null where it is encrypted or packed in a way that few programs know. */
export function packedBytes(bytes: Buffer, entry: ZipEntry): Buffer | null {
  if (entry.encrypted || entry.dataStart === null) return null;
  if (entry.method !== 0 && entry.method !== 8) return null;
  return bytes.subarray(entry.dataStart, entry.dataStart + entry.compressedBytes);
}
