import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { openInspection, type InspectionOptions } from '../../src/mail/inspect-attachment.ts';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';

/** Inspects bytes in pieces, as they stream by in the gateway. */
export async function inspect(
  name: string,
  bytes: Uint8Array | string,
  more: InspectionOptions & { readonly declaredType?: string; readonly pieceBytes?: number } = {},
): Promise<AttachmentFacts> {
  const inspection = openInspection({ name, declaredType: more.declaredType ?? 'application/octet-stream' }, more);
  const all = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  const pieceBytes = more.pieceBytes ?? 65_536;
  for (let at = 0; at < all.length; at += pieceBytes) {
    // A piece of its own that is wiped afterwards: the caller may reuse its memory.
    const piece = Uint8Array.from(all.subarray(at, at + pieceBytes));
    inspection.write(piece);
    piece.fill(0);
  }
  return inspection.end();
}

export interface ZipFile {
  /** Bytes: a name in a charset of its own. */
  readonly name: string | Buffer;
  readonly data?: Buffer | string;
  readonly localName?: string;
  readonly encrypted?: boolean;
  readonly stored?: boolean;
  readonly claimedBytes?: number;
  /** The Info-ZIP Unicode Path field, for the name here or for another one. */
  readonly unicodeName?: string;
  readonly unicodeNameFor?: string;
  /** General purpose bit 11. */
  readonly utf8Flag?: boolean;
}

/** Writes a zip. */
export function zipOf(files: readonly ZipFile[], { comment = '', directory = true } = {}): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const data = Buffer.from(file.data ?? '');
    const packed = file.stored === true ? data : deflateRawSync(data);
    const localName = Buffer.from((file.localName ?? file.name) as string);
    const name = Buffer.from(file.name as string);
    const extra = file.unicodeName === undefined ? Buffer.alloc(0) : unicodeField(file.unicodeName, crc32(file.unicodeNameFor ?? name));
    const fields = zipFields(file, data, packed);
    const localFields = Buffer.from(fields);
    localFields.writeUInt16LE(localName.length, 22);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const head = Buffer.alloc(46);
    head.write('PK\u0001\u0002', 'latin1');
    fields.copy(head, 6);
    head.writeUInt32LE(offset, 42);
    central.push(head, name, extra);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), localFields, localName, packed]);
    parts.push(local);
    offset += local.length;
  }
  if (!directory) return Buffer.concat(parts);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(Math.min(files.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(files.length, 0xffff), 10);
  end.writeUInt32LE(
    central.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...parts, ...central, end, Buffer.from(comment)]);
}

/** The fields that local header and directory share. */
function zipFields(file: ZipFile, data: Buffer, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE((file.encrypted === true ? 1 : 0) | (file.utf8Flag === true ? 0x800 : 0), 2);
  fields.writeUInt16LE(file.stored === true ? 0 : 8, 4);
  fields.writeUInt32LE(crc32(data), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(file.claimedBytes ?? data.length, 18);
  return fields;
}

function unicodeField(name: string, crc: number): Buffer {
  const text = Buffer.from(name);
  const head = Buffer.alloc(9);
  head.writeUInt16LE(0x7075, 0);
  head.writeUInt16LE(5 + text.length, 2);
  head[4] = 1;
  head.writeUInt32LE(crc, 5);
  return Buffer.concat([head, text]);
}

export interface CompoundNode {
  readonly name: string;
  readonly data?: Buffer;
  readonly children?: readonly CompoundNode[];
}

const noEntry = 0xffffffff;

/** Writes a compound file ([MS-CFB]) with 512-byte sectors; small streams go to the mini stream as they should. */
export function compoundOf(nodes: readonly CompoundNode[], rootClassId = '00'.repeat(16)): Buffer {
  const entries: Buffer[] = [];
  const sectors: Buffer[] = [];
  const table: number[] = [];
  const miniTable: number[] = [];
  let mini = Buffer.alloc(0);
  const addChain = (data: Buffer): number => {
    const first = sectors.length;
    const count = Math.ceil(data.length / 512);
    for (let index = 0; index < count; index += 1) {
      sectors.push(Buffer.concat([data.subarray(index * 512, index * 512 + 512)], 512));
      table.push(index === count - 1 ? 0xfffffffe : first + index + 1);
    }
    return count === 0 ? 0xfffffffe : first;
  };
  const addMini = (data: Buffer): number => {
    const first = miniTable.length;
    const count = Math.ceil(data.length / 64);
    mini = Buffer.concat([mini, data, Buffer.alloc(count * 64 - data.length)]);
    for (let index = 0; index < count; index += 1) miniTable.push(index === count - 1 ? 0xfffffffe : first + index + 1);
    return count === 0 ? 0xfffffffe : first;
  };
  const addEntry = (name: string, type: number, data: Buffer | null): number => {
    const entry = Buffer.alloc(128);
    entry.write(name, 'utf16le');
    entry.writeUInt16LE(name.length * 2 + 2, 0x40);
    entry[0x42] = type;
    for (const at of [0x44, 0x48, 0x4c]) entry.writeUInt32LE(noEntry, at);
    if (data !== null) {
      entry.writeUInt32LE(data.length < 4096 ? addMini(data) : addChain(data), 0x74);
      entry.writeUInt32LE(data.length, 0x78);
    }
    return entries.push(entry) - 1;
  };
  const addChildren = (parent: number, children: readonly CompoundNode[]): void => {
    let previous = -1;
    for (const child of children) {
      const place = addEntry(
        child.name,
        child.children === undefined ? 2 : 1,
        child.children === undefined ? (child.data ?? Buffer.alloc(0)) : null,
      );
      if (previous === -1) entries[parent]?.writeUInt32LE(place, 0x4c);
      else entries[previous]?.writeUInt32LE(place, 0x48);
      previous = place;
      addChildren(place, child.children ?? []);
    }
  };
  addEntry('Root Entry', 5, null);
  entries[0]?.write(rootClassId, 0x50, 'hex');
  addChildren(0, nodes);
  entries[0]?.writeUInt32LE(addChain(mini), 0x74);
  entries[0]?.writeUInt32LE(mini.length, 0x78);
  const miniTableStart = addChain(numbers(miniTable));
  const directoryStart = addChain(Buffer.concat(entries));
  const tableSectors = Math.ceil((table.length + 8) / 128) + 1;
  const tableStart = sectors.length;
  for (let index = 0; index < tableSectors; index += 1) table.push(0xfffffffd);
  const header = Buffer.alloc(512, 0);
  header.write('d0cf11e0a1b11ae1', 'hex');
  header.writeUInt16LE(9, 0x1e);
  header.writeUInt16LE(6, 0x20);
  header.writeUInt32LE(tableSectors, 0x2c);
  header.writeUInt32LE(directoryStart, 0x30);
  header.writeUInt32LE(4096, 0x38);
  header.writeUInt32LE(miniTableStart, 0x3c);
  header.writeUInt32LE(0xfffffffe, 0x44);
  for (let index = 0; index < 109; index += 1)
    header.writeUInt32LE(index < tableSectors ? tableStart + index : noEntry, 0x4c + index * 4);
  const tableBytes = Buffer.concat([numbers(table), Buffer.alloc(tableSectors * 512, 0xff)]).subarray(
    0,
    tableSectors * 512,
  );
  return Buffer.concat([header, ...sectors, tableBytes]);
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
}

/** Writes an Outlook message with attachments. */
export function outlookMessageOf(
  attachments: readonly { readonly name: string; readonly data?: Buffer | string }[],
): Buffer {
  return compoundOf([
    { name: '__properties_version1.0', data: Buffer.alloc(32) },
    { name: '__substg1.0_0037001F', data: Buffer.from('Emne', 'utf16le') },
    ...attachments.map(({ name, data = '' }, index) => ({
      name: `__attach_version1.0_#0000000${index}`,
      children: [
        { name: '__substg1.0_3707001F', data: Buffer.from(name, 'utf16le') },
        { name: '__substg1.0_37010102', data: Buffer.from(data) },
      ],
    })),
  ]);
}

const contentTypesHead =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">';

/** Writes the bones of an Office document: its content types, its main part, and what is given. */
export function officeOf(mainContentType: string, mainPart: string, more: readonly ZipFile[] = []): Buffer {
  return zipOf([
    {
      name: '[Content_Types].xml',
      data: `${contentTypesHead}<Override PartName="/${mainPart}" ContentType="${mainContentType}"/></Types>`,
    },
    { name: mainPart, data: '<xml/>' },
    ...more,
  ]);
}

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

export function docxOf(more: readonly ZipFile[] = []): Buffer {
  return officeOf(wordType, 'word/document.xml', more);
}

/** Writes a PDF with a page, extra objects and an extra entry in its catalog. */
export function pdfOf({
  catalog = '',
  objects = [],
  trailer = '',
}: {
  readonly catalog?: string;
  readonly objects?: readonly (string | Buffer)[];
  readonly trailer?: string;
} = {}): Buffer {
  const bodies: (string | Buffer)[] = [
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>',
    ...objects,
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  bodies.forEach((body, index) => {
    offsets.push(length);
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(body as string),
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(part);
    length += part.length;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${bodies.length + 1}` +
        `/Root 1 0 R${trailer}>>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** An object stream holding `content` packed, with `dictionary` entries added. */
export function objectStreamOf(content: string, dictionary = '/Type/ObjStm'): Buffer {
  const packed = deflateSync(`4 0 ${content}`);
  return Buffer.concat([
    Buffer.from(`<<${dictionary}/N 1/First 4/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
}

/** Writes a grey PNG of one pixel a side, or `side`. */
export function pngOf(side = 1): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 8;
  const rows = Buffer.alloc(side * (side + 1), 0);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}
