import type { FileInside } from './file-inside.ts';
import { listZip, readZipEntry, type ZipEntry } from './zip-file.ts';

export interface UnpackLimits {
  readonly filesMax: number;
  /** Of all files together, after unpacking. */
  readonly bytesMax: number;
}

/** What came out of a zip, or why nothing did, in Danish. */
export type UnpackedZip =
  | { readonly kind: 'files'; readonly files: readonly FileInside[]; readonly leftOut: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** What Macs, Windows and Windows Explorer leave in a zip, and nobody has put there. */
const litter = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

/**
 * Unpacks a zip into files, each under its name there with its folders; zips within stay as they are. All or nothing: a zip
 * that is locked, damaged or too large is refused with the reason. Never holds more than the limits and the largest file.
 */
export function unpackZip(bytes: Buffer, { filesMax, bytesMax }: UnpackLimits): UnpackedZip {
  const listing = listZip(bytes);
  if (listing === null || !listing.sound) return refused('Zip-filen er beskadiget og kan ikke pakkes ud.');
  const entries = listing.entries.filter(({ name }) => !name.endsWith('/') && !name.endsWith('\\') && !litter.test(name));
  const leftOut = listing.entries.filter(({ name }) => litter.test(name) && !name.endsWith('/')).map(({ name }) => name);
  if (entries.some((entry) => entry.encrypted)) return refused('Zip-filen er låst med adgangskode. Pak den ud selv, og vedhæft filerne.');
  if (entries.length === 0) return refused('Zip-filen er tom.');
  if (entries.length > filesMax) {
    return refused(`Der er ${entries.length} filer i zip-filen (højst ${filesMax}). Pak den ud selv, og vedhæft de vigtigste.`);
  }
  const claimed = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (claimed > bytesMax) return refused(tooLarge(bytesMax));
  return unpackEntries(bytes, entries, { bytesMax, leftOut });
}

function unpackEntries(
  bytes: Buffer,
  entries: readonly ZipEntry[],
  { bytesMax, leftOut }: { readonly bytesMax: number; readonly leftOut: readonly string[] },
): UnpackedZip {
  const files: FileInside[] = [];
  let room = bytesMax;
  for (const entry of entries) {
    const content = readZipEntry(bytes, entry, room);
    // A directory may lie about sizes; so may what is behind it.
    if (content === null || content.length !== entry.bytes) return refused(`»${entry.name}« i zip-filen kan ikke pakkes ud.`);
    room -= content.length;
    files.push({ name: entry.name, bytes: content });
  }
  return { kind: 'files', files, leftOut };
}

function refused(reason: string): UnpackedZip {
  return { kind: 'refused', reason };
}

function tooLarge(bytesMax: number): string {
  return `Zip-filens indhold fylder for meget (højst ${Math.floor(bytesMax / 1_000_000)} MB). Pak den ud selv, og vedhæft filerne.`;
}
