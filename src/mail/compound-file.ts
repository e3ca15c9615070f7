/** One entry of a compound file's directory. */
export interface CompoundEntry {
  readonly name: string;
  readonly kind: 'storage' | 'stream' | 'root';
  readonly bytes: number;
  /** Class id of a storage, as 32 hex digits in the order they stand in the file. */
  readonly classId: string;
  readonly startSector: number;
  /** Places in the directory: the siblings left and right of it, and the first of its children. */
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

/** A compound file (OLE2, [MS-CFB]): the older Office formats, Outlook's .msg, encrypted newer Office files. */
export interface CompoundFile {
  readonly entries: readonly CompoundEntry[];
  /** The streams and storages right under a storage. */
  children(parent: CompoundEntry): readonly CompoundEntry[];
  /** The first bytes of a stream, at most `bytesMax`; fewer than it claims when the file is damaged. */
  read(stream: CompoundEntry, bytesMax: number): Buffer;
}

/** Above this many entries the directory is cut off. */
export const compoundEntriesMax = 20_000;

export function startsAsCompound(head: Buffer): boolean {
  return head.toString('hex', 0, 8) === 'd0cf11e0a1b11ae1';
}

/**
 * Reads the directory of a compound file; streams are read only on demand.
 * @returns null when the bytes do not hold together as one
 */
export function openCompoundFile(bytes: Buffer, entriesMax = compoundEntriesMax): CompoundFile | null {
  if (!startsAsCompound(bytes) || bytes.length < 512) return null;
  const layout = readLayout(bytes);
  if (layout === null) return null;
  const directory = readChain(layout, layout.directoryStart, entriesMax * entryBytes);
  const entries: CompoundEntry[] = [];
  for (let at = 0; at + entryBytes <= directory.length; at += entryBytes) {
    entries.push(readEntry(directory.subarray(at, at + entryBytes)));
  }
  const root = entries[0];
  if (root === undefined || root.kind !== 'root') return null;
  let mini: MiniStore | null = null;
  return {
    entries,
    children: (parent) => listChildren(entries, parent),
    read: (stream, bytesMax) => {
      const wanted = Math.min(stream.bytes, bytesMax);
      if (stream.bytes >= layout.miniCutoff) return readChain(layout, stream.startSector, wanted).subarray(0, wanted);
      mini ??= openMiniStore(layout, root);
      return readMiniChain(mini, stream.startSector, wanted);
    },
  };
}

const entryBytes = 128;
/** Sector numbers from here up are marks (end of chain, free, …), not places. [MS-CFB] 2.1 */
const sectorMax = 0xfffffffa;

interface Layout {
  readonly bytes: Buffer;
  readonly sectorBytes: number;
  readonly miniSectorBytes: number;
  readonly miniCutoff: number;
  readonly directoryStart: number;
  readonly miniTableStart: number;
  /** The sectors that hold the allocation table. */
  readonly tableSectors: readonly number[];
}

function readLayout(bytes: Buffer): Layout | null {
  const sectorShift = bytes.readUInt16LE(0x1e);
  const miniShift = bytes.readUInt16LE(0x20);
  if (sectorShift < 7 || sectorShift > 16 || miniShift < 4 || miniShift > sectorShift) return null;
  const sectorBytes = 1 << sectorShift;
  const tableSectors: number[] = [];
  for (let at = 0x4c; at < 512; at += 4) pushSector(tableSectors, bytes.readUInt32LE(at));
  const sectorsMax = Math.ceil(bytes.length / sectorBytes);
  let next = bytes.readUInt32LE(0x44);
  // Files over about 7 MB keep the rest of the list in a chain of its own.
  for (let count = 0; next < sectorMax && count < sectorsMax; count += 1) {
    const start = (next + 1) * sectorBytes;
    if (start + sectorBytes > bytes.length) break;
    const last = start + sectorBytes - 4;
    for (let at = start; at < last; at += 4) pushSector(tableSectors, bytes.readUInt32LE(at));
    next = bytes.readUInt32LE(last);
  }
  return {
    bytes,
    sectorBytes,
    miniSectorBytes: 1 << miniShift,
    miniCutoff: bytes.readUInt32LE(0x38),
    directoryStart: bytes.readUInt32LE(0x30),
    miniTableStart: bytes.readUInt32LE(0x3c),
    tableSectors,
  };
}

function pushSector(sectors: number[], sector: number): void {
  if (sector < sectorMax) sectors.push(sector);
}

function readEntry(entry: Buffer): CompoundEntry {
  const nameBytes = Math.min(64, Math.max(0, entry.readUInt16LE(0x40) - 2));
  const type = entry[0x42];
  return {
    name: entry.toString('utf16le', 0, nameBytes - (nameBytes % 2)),
    kind: type === 5 ? 'root' : type === 1 ? 'storage' : 'stream',
    bytes: entry.readUInt32LE(0x78),
    classId: entry.toString('hex', 0x50, 0x60),
    startSector: entry.readUInt32LE(0x74),
    left: entry.readUInt32LE(0x44),
    right: entry.readUInt32LE(0x48),
    child: entry.readUInt32LE(0x4c),
  };
}

/** Siblings hang together as a tree; a broken file may make a ring of it, so each place is visited once. */
function listChildren(entries: readonly CompoundEntry[], parent: CompoundEntry): readonly CompoundEntry[] {
  const seen = new Set<number>();
  const waiting = [parent.child];
  const found: CompoundEntry[] = [];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const entry = entries[place];
    if (entry === undefined || seen.has(place)) continue;
    seen.add(place);
    found.push(entry);
    waiting.push(entry.left, entry.right);
  }
  return found;
}

/** The sectors of a chain, in order; a ring in it ends where the wanted bytes or the file's own size are reached. */
function readChain(layout: Layout, start: number, bytesMax: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  let sector = start;
  while (sector < sectorMax && length < bytesMax && length <= layout.bytes.length) {
    const from = (sector + 1) * layout.sectorBytes;
    const part = layout.bytes.subarray(from, from + layout.sectorBytes);
    if (part.length === 0) break;
    parts.push(part);
    length += part.length;
    sector = nextSector(layout, sector);
  }
  return Buffer.concat(parts);
}

function nextSector(layout: Layout, sector: number): number {
  const perSector = layout.sectorBytes / 4;
  const table = layout.tableSectors[Math.floor(sector / perSector)];
  if (table === undefined) return sectorMax;
  const at = (table + 1) * layout.sectorBytes + (sector % perSector) * 4;
  return at + 4 <= layout.bytes.length ? layout.bytes.readUInt32LE(at) : sectorMax;
}

/** Streams below the cutoff (4,096 bytes) share the root's stream, in sectors of 64 bytes with a table of their own. */
interface MiniStore {
  readonly table: Buffer;
  readonly store: Buffer;
  readonly sectorBytes: number;
}

function openMiniStore(layout: Layout, root: CompoundEntry): MiniStore {
  return {
    table: readChain(layout, layout.miniTableStart, layout.bytes.length),
    store: readChain(layout, root.startSector, root.bytes),
    sectorBytes: layout.miniSectorBytes,
  };
}

function readMiniChain({ table, store, sectorBytes }: MiniStore, start: number, wanted: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  let sector = start;
  while (sector < sectorMax && length < wanted) {
    const part = store.subarray(sector * sectorBytes, (sector + 1) * sectorBytes);
    if (part.length === 0 || sector * 4 + 4 > table.length) break;
    parts.push(part);
    length += part.length;
    sector = table.readUInt32LE(sector * 4);
  }
  return Buffer.concat(parts).subarray(0, wanted);
}
