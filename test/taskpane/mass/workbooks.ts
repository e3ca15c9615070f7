import xlsx, { type WorkBook, type WorkSheet } from '@e965/xlsx/dist/xlsx.mini.min.js';
import { deflateRawSync } from 'node:zlib';

type CellValue = string | number | boolean | Date | null;

/** A sheet of these cells. */
export function sheetOf(cells: readonly (readonly CellValue[])[]): WorkSheet {
  return xlsx.utils.aoa_to_sheet(cells.map((row) => [...row]), { cellDates: true });
}

/** A workbook with these sheets, as the file that Excel would save. */
export function workbookOf(sheets: Readonly<Record<string, WorkSheet>>, hidden: readonly string[] = []): Uint8Array<ArrayBuffer> {
  const book: WorkBook = xlsx.utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) xlsx.utils.book_append_sheet(book, sheet, name);
  book.Workbook = { Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) };
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true, cellStyles: true }) as Buffer);
}

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly flags?: number;
  /** What the zip says of the size, where it lies. */
  readonly toldSize?: number;
}

/** A zip, byte for byte, as one may be made by hand. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 0, toldSize = content.length } of entries) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(toldSize, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(toldSize, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    pieces.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...pieces, ...directory, end]));
}
