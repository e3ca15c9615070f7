/** MAPI property lists as they stand in TNEF (MS-OXTNEF 2.1.3.4, MS-OXCDATA 2.11). */

/** One property's first value. */
export interface MapiProperty {
  /** Property type, multi-value flag off: 0x1e one-byte string, 0x1f Unicode, 0x102 binary, 0x0d object, 3 number, … */
  readonly type: number;
  readonly value: Buffer;
}

/**
 * By property id; of an id that stands twice the first counts. Properties with a name are found by `namedId` where the
 * name is a number, and are left out else.
 */
export type MapiProperties = Map<number, MapiProperty>;

const multiValueFlag = 0x1000;
const firstNamedId = 0x8000;

/** Under which id a property stands whose name is a number (PidLid…); whose set it is of is not looked at. */
export function namedId(number: number): number {
  return 0x10000 + number;
}

/** Bytes of one value by type; types with a length of their own are not here. Two-byte values are padded to four. */
const fixedBytes: Readonly<Record<number, number>> = {
  0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0a: 4, 0x0b: 4, 0x14: 8, 0x40: 8, 0x48: 16,
};

/**
 * Reads a property list. A list that breaks off gives what came before the break: a name may be missing then, and the
 * file still has its bytes.
 * @param bytes the list; values share its memory
 */
export function readMapiProperties(bytes: Buffer): MapiProperties {
  const properties: MapiProperties = new Map();
  const cursor = { at: 0 };
  const count = bytes.length < 4 ? 0 : readNumber(bytes, cursor);
  for (let read = 0; read < count && cursor.at + 4 <= bytes.length; read += 1) {
    const typeAndId = readNumber(bytes, cursor);
    const number = typeAndId >>> 16;
    const id = number >= firstNamedId ? readPropertyName(bytes, cursor) : number;
    if (cursor.at > bytes.length) break;
    const type = typeAndId & 0xffff & ~multiValueFlag;
    const value = readFirstValue(bytes, cursor, { type, isMulti: (typeAndId & multiValueFlag) !== 0 });
    if (value === null) break;
    if (id !== null && !properties.has(id)) properties.set(id, { type, value });
  }
  return properties;
}

interface Cursor {
  at: number;
}

function readNumber(bytes: Buffer, cursor: Cursor): number {
  cursor.at += 4;
  return cursor.at <= bytes.length ? bytes.readUInt32LE(cursor.at - 4) : 0;
}

/** A GUID, then a number or a string that names the property. Null for a string. */
function readPropertyName(bytes: Buffer, cursor: Cursor): number | null {
  cursor.at += 16;
  const isString = readNumber(bytes, cursor) === 1;
  const length = readNumber(bytes, cursor);
  if (isString) cursor.at += padded(length);
  return isString || length > 0xffff ? null : namedId(length);
}

/** Null when the value, or one after it in the same property, goes beyond the end or is of unknown type. */
function readFirstValue(bytes: Buffer, cursor: Cursor, kind: { type: number; isMulti: boolean }): Buffer | null {
  const fixed = fixedBytes[kind.type];
  const hasLength = [0x0d, 0x1e, 0x1f, 0x102].includes(kind.type);
  if (fixed === undefined && !hasLength) return null;
  const count = hasLength || kind.isMulti ? readNumber(bytes, cursor) : 1;
  let first: Buffer | null = null;
  for (let read = 0; read < count; read += 1) {
    const length = fixed ?? readNumber(bytes, cursor);
    if (cursor.at + length > bytes.length) return null;
    first ??= bytes.subarray(cursor.at, cursor.at + length);
    cursor.at += padded(length);
  }
  return first ?? Buffer.alloc(0);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
