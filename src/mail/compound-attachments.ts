import type { CompoundEntry, CompoundFile } from './compound-file.ts';
import type { FileInside } from './file-inside.ts';

/**
 * Files inside a compound file: the attachments of an Outlook message ([MS-OXMSG] 2.2.2) and of the messages attached
 * to it, and files embedded in Office documents as packages ([MS-OLEDS] 2.3.6). An attachment without data is listed
 * with no bytes, for its name.
 * @param bytesMax bytes read from one attachment at most
 */
export function listCompoundAttachments(file: CompoundFile, bytesMax: number): readonly FileInside[] {
  return file.entries.flatMap((entry) => {
    if (entry.kind === 'storage' && entry.name.startsWith('__attach_version1.0_')) {
      return readAttachment(file, file.children(entry), bytesMax);
    }
    return entry.name === '\u0001Ole10Native' ? readPackage(file.read(entry, bytesMax)) : [];
  });
}

const nameBytesMax = 2_000;

/** Long file name, file name, display name; each in UTF-16 (001F) or the sender's code page (001E). [MS-OXPROPS] */
const nameProperties = ['3707', '3704', '3001'];

function readAttachment(
  file: CompoundFile,
  children: readonly CompoundEntry[],
  bytesMax: number,
): readonly FileInside[] {
  const stream = (property: string): CompoundEntry | undefined =>
    children.find(({ name }) => name.toUpperCase() === `__SUBSTG1.0_${property}`);
  const names = nameProperties.flatMap((property) => {
    const wide = stream(`${property}001F`);
    const narrow = stream(`${property}001E`);
    return [
      ...(wide === undefined ? [] : [file.read(wide, nameBytesMax).toString('utf16le')]),
      ...(narrow === undefined ? [] : [file.read(narrow, nameBytesMax).toString('latin1')]),
    ].map((name) => name.replace(/\0+$/, ''));
  });
  const data = stream('37010102');
  const bytes = data === undefined ? Buffer.alloc(0) : file.read(data, bytesMax);
  const [first = '', ...others] = [...new Set(names)];
  return [{ name: first, bytes }, ...others.map((name) => ({ name, bytes: Buffer.alloc(0) }))];
}

/** A length, two bytes, the label and the path it came from (each ended by NUL), and further on the file itself. */
function readPackage(native: Buffer): readonly FileInside[] {
  const labelEnd = native.indexOf(0, 6);
  const pathEnd = labelEnd === -1 ? -1 : native.indexOf(0, labelEnd + 1);
  if (labelEnd === -1 || pathEnd === -1) return [];
  const label = native.toString('latin1', 6, labelEnd);
  const origin = native.toString('latin1', labelEnd + 1, pathEnd);
  // After the path: four bytes, the length of a temporary path, that path, then the length of the data.
  const temporaryAt = pathEnd + 5;
  if (temporaryAt + 4 > native.length) return [{ name: label, bytes: Buffer.alloc(0) }];
  const dataAt = temporaryAt + 4 + native.readUInt32LE(temporaryAt) + 4;
  return [{ name: label, bytes: native.subarray(dataAt) }, { name: origin, bytes: Buffer.alloc(0) }];
}
