/** What is unpacked of a workbook at most; more is no list of recipients, and may be made to fill the memory. */
export interface UnpackLimits {
  /** Files in the workbook. */
  readonly entriesMax: number;
  /** Bytes of all its files together, unpacked. */
  readonly bytesMax: number;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
/** Pictures, drawings, properties: nothing that is shown in a cell. */
const notShown = /(?:^|\/)(?:docProps|customXml|media|drawings|charts|theme|printerSettings|pivotTables|pivotCache)\//i;

export interface UnpackedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * The files of a workbook that its cells need, unpacked; null where it is none, is locked, or is more than the limits. The
 * sizes that the zip itself tells are believed in nothing: bytes are counted as they come.
 */
export async function unpackWorkbook(bytes: Uint8Array<ArrayBuffer>, limits: UnpackLimits): Promise<readonly UnpackedFile[] | null> {
  try {
    const entries = readDirectory(bytes, limits.entriesMax).filter(({ name }) => /\.(?:xml|rels|bin)$/i.test(name) && !notShown.test(name));
    const files: UnpackedFile[] = [];
    let left = limits.bytesMax;
    for (const entry of entries) {
      const content = await unpack(packedBytes(bytes, entry), entry.method, left);
      left -= content.length;
      files.push({ name: entry.name, content });
    }
    return files;
  } catch {
    return null;
  }
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
}

/** Reading outside the bytes throws, and so does everything here that is not as it should be. */
function readDirectory(bytes: Uint8Array, entriesMax: number): readonly Entry[] {
  const view = viewOf(bytes);
  let end = bytes.length - END_BYTES;
  const earliest = Math.max(0, end - COMMENT_BYTES_MAX);
  while (end >= earliest && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  if (end < earliest) throw new Error('no directory');
  const count = view.getUint16(end + 10, true);
  if (count > entriesMax) throw new Error('too many files');
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = 0; n < count; n += 1) {
    if (view.getUint32(at, true) !== CENTRAL_HEADER) throw new Error('broken directory');
    if ((view.getUint16(at + 8, true) & ENCRYPTED_FLAG) !== 0) throw new Error('locked');
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    entries.push({ name, method: view.getUint16(at + 10, true), packedSize: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function packedBytes(bytes: Uint8Array<ArrayBuffer>, { offset, packedSize }: Entry): Uint8Array<ArrayBuffer> {
  const view = viewOf(bytes);
  if (view.getUint32(offset, true) !== LOCAL_HEADER) throw new Error('broken file');
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedSize > bytes.length) throw new Error('file is cut off');
  return bytes.subarray(start, start + packedSize);
}

async function unpack(packed: Uint8Array<ArrayBuffer>, method: number, bytesMax: number): Promise<Uint8Array> {
  if (method !== STORED && method !== DEFLATED) throw new Error('unknown packing');
  if (method === STORED) {
    if (packed.length > bytesMax) throw new Error('too large');
    return packed;
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces, size);
    size += value.length;
    if (size > bytesMax) {
      await reader.cancel();
      throw new Error('too large');
    }
    pieces.push(value);
  }
}

/** A zip whose files stand as they are. Nobody reads it but the reader of sheets, which asks for no checksum. */
export function storedZip(files: readonly UnpackedFile[]): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const nameBytes = new TextEncoder().encode(name);
    const local = header(LOCAL_HEADER, 30, { name: nameBytes, size: content.length, sizesAt: 18, nameAt: 26 });
    const central = header(CENTRAL_HEADER, 46, { name: nameBytes, size: content.length, sizesAt: 20, nameAt: 28 });
    viewOf(central).setUint32(42, offset, true);
    pieces.push(local, nameBytes, content);
    directory.push(central, nameBytes);
    offset += local.length + nameBytes.length + content.length;
  }
  const directoryBytes = sizeOf(directory);
  const end = new Uint8Array(END_BYTES);
  const view = viewOf(end);
  view.setUint32(0, END_OF_DIRECTORY, true);
  view.setUint16(8, files.length, true);
  view.setUint16(10, files.length, true);
  view.setUint32(12, directoryBytes, true);
  view.setUint32(16, offset, true);
  return joined([...pieces, ...directory, end], offset + directoryBytes + END_BYTES);
}

interface HeaderFacts {
  readonly name: Uint8Array;
  readonly size: number;
  readonly sizesAt: number;
  readonly nameAt: number;
}

function header(signature: number, length: number, { name, size, sizesAt, nameAt }: HeaderFacts): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = viewOf(bytes);
  view.setUint32(0, signature, true);
  view.setUint32(sizesAt, size, true);
  view.setUint32(sizesAt + 4, size, true);
  view.setUint16(nameAt, name.length, true);
  return bytes;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
