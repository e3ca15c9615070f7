import { constants, gunzipSync } from 'node:zlib';
import { isMemoHeaderFileName, looksLikeMemoHeader } from '../domain/memo-header-file.ts';
import { openCompoundFile } from './compound-file.ts';
import { claimsToBeMail, type ContentKind, kindOfContent } from './content-kind.ts';
import { listCompoundAttachments } from './compound-attachments.ts';
import type { FileInside } from './file-inside.ts';
import { listTar } from './tar-file.ts';
import { listZip, peekZipEntry, readZipEntry, scanLocalNames, type ZipEntry } from './zip-file.ts';

/** Lists the attachments of a mail (RFC 5322), names decoded, nested mails as attachments of their own or flattened. */
export type ListMailAttachments = (mail: Uint8Array) => Promise<readonly FileInside[]>;

export interface MemoHeaderSearchLimits {
  /** How many containers may lie in one another before the search gives up. */
  readonly levelsMax: number;
  /** Archives, mails and documents opened in all. */
  readonly containersMax: number;
  /** Names looked at in all. */
  readonly entriesMax: number;
  /** Entries with innocent names whose first bytes are looked at in all. */
  readonly peeksMax: number;
  /** Bytes unpacked in all. */
  readonly unpackedBytesMax: number;
  /** A text longer than this is no MemoHeader file. */
  readonly textBytesMax: number;
  /** Finds after which the search stops. */
  readonly pathsMax: number;
}

export const memoHeaderSearchLimits: MemoHeaderSearchLimits = {
  levelsMax: 5,
  containersMax: 300,
  entriesMax: 100_000,
  peeksMax: 5_000,
  unpackedBytesMax: 128_000_000,
  textBytesMax: 1_000_000,
  pathsMax: 20,
};

export interface MemoHeaderSearch {
  /** Where MemoHeader files are, outermost name first, e.g. "arkiv.zip/MemoHeader.json". */
  readonly paths: readonly string[];
  /** Some archive inside needs a password; its names were looked at all the same. */
  readonly encrypted: boolean;
  /** Some archive or mail inside could not be looked into: broken, too deep, too large. Never trust it to be clean. */
  readonly undecided: boolean;
}

export interface MemoHeaderSearchOptions {
  /** Without it nothing inside mails is found. */
  readonly listMailAttachments?: ListMailAttachments;
  readonly limits?: Partial<MemoHeaderSearchLimits>;
}

/**
 * Finds MemoHeader.json and MemoHeaderInfo.json in or as a file: by name, by content under another name, inside zip,
 * tar, gzip, mails (.eml, .msg) and documents, nested in one another. They hold CPR numbers and must not leave the
 * organisation by ordinary mail (features.md C8, D4). Time and memory are bounded by the limits; what the limits cut
 * off is told as `undecided`, never as clean. It does not throw on any bytes.
 */
export async function findMemoHeaders(
  file: FileInside & { readonly declaredType?: string },
  options: MemoHeaderSearchOptions = {},
): Promise<MemoHeaderSearch> {
  const search: Search = {
    limits: { ...memoHeaderSearchLimits, ...options.limits },
    listMailAttachments: options.listMailAttachments ?? null,
    paths: new Set(),
    encrypted: false,
    undecided: false,
    containers: 0,
    entries: 0,
    peeks: 0,
    unpackedBytes: 0,
  };
  const bytes = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length);
  const path = file.name === '' ? '(uden navn)' : file.name;
  await look(search, { name: file.name, declaredType: file.declaredType ?? '', bytes, path, level: 0 });
  return { paths: [...search.paths], encrypted: search.encrypted, undecided: search.undecided };
}

interface Search {
  readonly limits: MemoHeaderSearchLimits;
  readonly listMailAttachments: ListMailAttachments | null;
  readonly paths: Set<string>;
  encrypted: boolean;
  undecided: boolean;
  containers: number;
  entries: number;
  peeks: number;
  unpackedBytes: number;
}

interface Place {
  readonly name: string;
  readonly declaredType: string;
  readonly bytes: Buffer;
  readonly path: string;
  /** How many containers it lies in. */
  readonly level: number;
}

async function look(search: Search, place: Place): Promise<void> {
  noteName(search, place.name, place.path);
  if (isDone(search)) return;
  const kind = kindOfContent(place.name, place.bytes, place.declaredType);
  if (kind === 'text') {
    if (textHoldsMemoHeader(search, place.bytes)) search.paths.add(place.path);
    return;
  }
  if (kind === 'other') {
    // A zip may hide behind a picture: unpacking programs look for its directory at the end.
    noteNamesOfZip(search, place);
    return;
  }
  search.containers += 1;
  if (place.level >= search.limits.levelsMax || search.containers > search.limits.containersMax) {
    // A document this deep is left alone; an archive or a mail this deep hides something, or is a bomb.
    if (kind !== 'compound' && !isDocumentName(place.name)) search.undecided = true;
    return;
  }
  await lookInside[kind](search, place);
}

type LookInside = (search: Search, place: Place) => Promise<void>;

const lookInside: Readonly<Record<Exclude<ContentKind, 'text' | 'other'>, LookInside>> = {
  zip: lookIntoZip,
  mail: lookIntoMail,
  compound: lookIntoCompoundFile,
  gzip: lookIntoGzip,
  tar: lookIntoTar,
  rawNames: lookIntoRawNames,
};

function noteName(search: Search, name: string, path: string): void {
  search.entries += 1;
  if (search.entries > search.limits.entriesMax) search.undecided = true;
  else if (isMemoHeaderFileName(name) || isMemoHeaderFileName(name.replace(packedEnding, ''))) search.paths.add(path);
}

/** Endings that a packed single file wears after its own name. */
const packedEnding = /\.(?:gz|bz2|xz|zst|z|lz|lzma|7z|zip|rar)$/i;

function isDone(search: Search): boolean {
  return search.paths.size >= search.limits.pathsMax || search.entries > search.limits.entriesMax;
}

function textHoldsMemoHeader(search: Search, bytes: Buffer): boolean {
  if (bytes.length > search.limits.textBytesMax) return false;
  return looksLikeMemoHeader(decodeText(bytes), search.limits.textBytesMax);
}

function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16().toString('utf16le');
  }
  return bytes.toString('utf8');
}

function noteNamesOfZip(search: Search, place: Place): void {
  const listing = listZip(place.bytes, search.limits.entriesMax);
  for (const entry of listing?.entries ?? []) {
    for (const name of [entry.name, ...entry.otherNames]) noteName(search, name, `${place.path}/${name}`);
    if (isDone(search)) return;
  }
}

async function lookIntoZip(search: Search, place: Place): Promise<void> {
  const listing = listZip(place.bytes, search.limits.entriesMax);
  if (listing === null) {
    search.undecided = true;
    const names = scanLocalNames(place.bytes, search.limits.entriesMax);
    for (const name of names) noteName(search, name, `${place.path}/${name}`);
    return;
  }
  if (!listing.sound) search.undecided = true;
  for (const entry of listing.entries) {
    if (isDone(search)) return;
    await lookAtZipEntry(search, place, entry);
  }
}

async function lookAtZipEntry(search: Search, zip: Place, entry: ZipEntry): Promise<void> {
  const path = `${zip.path}/${entry.name}`;
  noteName(search, entry.name, path);
  for (const name of entry.otherNames) noteName(search, name, `${zip.path}/${name}`);
  if (entry.encrypted) {
    search.encrypted = true;
    return;
  }
  if (entry.compressedBytes === 0 || entry.name.endsWith('/')) return;
  const kind = guessEntryKind(search, zip.bytes, entry);
  if (kind === 'other' || (kind === 'text' && entry.bytes > search.limits.textBytesMax)) return;
  const bytes = readZipEntry(zip.bytes, entry, search.limits.unpackedBytesMax - search.unpackedBytes);
  if (bytes === null) {
    search.undecided = true;
    return;
  }
  if (entry.method !== 0) search.unpackedBytes += bytes.length;
  await look(search, { name: entry.name, declaredType: '', bytes, path, level: zip.level + 1 });
}

/** What an entry is, by its first bytes; only its name can say it when they cannot be read. */
function guessEntryKind(search: Search, zip: Buffer, entry: ZipEntry): ContentKind {
  search.peeks += 1;
  const head = search.peeks <= search.limits.peeksMax ? peekZipEntry(zip, entry) : null;
  if (head !== null) return kindOfContent(entry.name, head, '');
  return containerName.test(entry.name) ? 'zip' : 'other';
}

const containerName = /\.(?:zip|eml|msg|tar|tgz|gz|mbox)$/i;

const documentName = /\.(?:docx|docm|dotx|xlsx|xlsm|xltx|pptx|pptm|ppsx|vsdx|odt|ods|odp|odg|epub|jar)$/i;

function isDocumentName(name: string): boolean {
  return documentName.test(name);
}

async function lookIntoMail(search: Search, place: Place): Promise<void> {
  if (search.listMailAttachments === null) return;
  let attachments: readonly FileInside[];
  try {
    attachments = await search.listMailAttachments(undoBase64(place.bytes));
  } catch {
    // Notes that only begin like a mail may be beyond what a mail may be; nobody is the worse for it.
    if (claimsToBeMail(place.name, place.declaredType)) search.undecided = true;
    return;
  }
  for (const attachment of attachments) {
    if (isDone(search)) return;
    await lookAtAttachment(search, place, attachment);
  }
}

async function lookAtAttachment(search: Search, outer: Place, { name, bytes }: FileInside): Promise<void> {
  const path = `${outer.path}/${name === '' ? '(uden navn)' : name}`;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  await look(search, { name, declaredType: '', bytes: view, path, level: outer.level + 1 });
}

/** Some programs encode an attached mail in base64, which RFC 2046 5.2.1 forbids and readers undo all the same. */
function undoBase64(mail: Buffer): Buffer {
  const isBase64 = /^[A-Za-z0-9+/=\s]+$/.test(mail.toString('latin1', 0, 1_024));
  return isBase64 ? Buffer.from(mail.toString('latin1'), 'base64') : mail;
}

async function lookIntoCompoundFile(search: Search, place: Place): Promise<void> {
  const file = openCompoundFile(place.bytes);
  if (file === null) return;
  for (const attachment of listCompoundAttachments(file, search.limits.unpackedBytesMax)) {
    if (isDone(search)) return;
    await lookAtAttachment(search, place, attachment);
  }
}

async function lookIntoGzip(search: Search, place: Place): Promise<void> {
  const name = place.name.replace(/\.tgz$/i, '.tar').replace(/\.gz$/i, '');
  const path = `${place.path}/${name}`;
  const head = peekGzip(place.bytes);
  const kind = head === null ? 'other' : kindOfContent(name, head, '');
  if (kind === 'other') return;
  try {
    const bytesMax = Math.max(1, search.limits.unpackedBytesMax - search.unpackedBytes);
    const bytes = gunzipSync(place.bytes, { maxOutputLength: bytesMax });
    search.unpackedBytes += bytes.length;
    await look(search, { name, declaredType: '', bytes, path, level: place.level + 1 });
  } catch {
    if (kind !== 'text') search.undecided = true;
  }
}

function peekGzip(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes.subarray(0, 2_048), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4_000_000 });
  } catch {
    return null;
  }
}

async function lookIntoTar(search: Search, place: Place): Promise<void> {
  for (const file of listTar(place.bytes, search.limits.entriesMax)) {
    if (isDone(search)) return;
    await lookAtAttachment(search, place, file);
  }
}

/** Archives that are not unpacked here, but keep names readable (RAR; 7z where its directory is not packed itself). */
async function lookIntoRawNames(search: Search, place: Place): Promise<void> {
  // In UTF-16 every second byte of such a name is NUL.
  const text = place.bytes.toString('latin1').replaceAll('\0', '');
  for (const [name] of text.matchAll(/memoheader(?:info)?[ ()\d]{0,8}\.json/gi)) {
    noteName(search, name, `${place.path}/${name}`);
    if (isDone(search)) return;
  }
}
