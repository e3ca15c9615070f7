import type { FileInside } from './file-inside.ts';

/**
 * Lists the files of a tar (POSIX.1-2001 pax and GNU forms of long names). Bytes are views into it, not copies.
 * Stops quietly where it breaks off.
 */
export function listTar(bytes: Buffer, entriesMax: number): readonly FileInside[] {
  const files: FileInside[] = [];
  let longName: string | null = null;
  for (let at = 0; at + blockBytes <= bytes.length && files.length < entriesMax;) {
    const header = bytes.subarray(at, at + blockBytes);
    if (header[0] === 0) break;
    const size = parseInt(textField(header, 124, 12), 8);
    if (!Number.isSafeInteger(size) || size < 0) break;
    const data = bytes.subarray(at + blockBytes, at + blockBytes + size);
    const type = header.toString('latin1', 156, 157);
    if (type === 'L') longName = textField(data, 0, nameBytesMax);
    else if (type === 'x') longName = paxPath(data) ?? longName;
    else {
      files.push({ name: longName ?? shortName(header), bytes: data });
      longName = null;
    }
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
  return files;
}

const blockBytes = 512;
const nameBytesMax = 4_096;

function textField(bytes: Buffer, start: number, length: number): string {
  return bytes.toString('utf8', start, Math.min(bytes.length, start + length)).replace(/\0.*$/s, '').trim();
}

function shortName(header: Buffer): string {
  const prefix = textField(header, 345, 155);
  const name = textField(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function paxPath(data: Buffer): string | null {
  return /\d+ path=([^\n]*)\n/.exec(data.toString('utf8', 0, nameBytesMax))?.[1] ?? null;
}
