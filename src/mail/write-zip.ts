import { crc32, deflateRawSync } from 'node:zlib';

/** A file of a zip that is packed already, as it stands in another zip. */
export interface PackedFile {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  /** Size when it is unpacked. */
  readonly bytes: number;
  readonly packed: Uint8Array;
}

/** Packs one file. */
export function packFile(name: string, content: Uint8Array): PackedFile {
  return { name, method: 8, crc32: crc32(content), bytes: content.length, packed: deflateRawSync(content) };
}

/**
 * Writes a zip (PKWARE APPNOTE.TXT 4.3) of files that are packed already, so that what is only passed on is never unpacked.
 * Names are UTF-8; every file is dated the first day that a zip can tell. For less than 4 GB and 65,536 files.
 */
export function writeZip(files: readonly PackedFile[]): Buffer {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const fields = fieldsOf(file, name.length);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, name]);
    parts.push(local, file.packed);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), fields, placeFields(offset), name);
    offset += local.length + file.packed.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endRecord(files.length, central.length, offset)]);
}

/** 2.0: the version that deflate and folders take. */
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1 January 1980, the first day that a zip can tell. */
const FIRST_DAY = 0x0021;

/** What a local header and the directory share. */
function fieldsOf({ method, crc32: crc, packed, bytes }: PackedFile, nameBytes: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8_NAMES, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(FIRST_DAY, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(bytes, 18);
  fields.writeUInt16LE(nameBytes, 22);
  return fields;
}

/** The rest of a line of the directory: no comment, the first disk, no attributes, and where the local header stands. */
function placeFields(offset: number): Buffer {
  const fields = Buffer.alloc(14);
  fields.writeUInt32LE(offset, 10);
  return fields;
}

function endRecord(count: number, directoryBytes: number, directoryStart: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryStart, 16);
  return end;
}
