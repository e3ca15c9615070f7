import { fileTypeFromBuffer } from 'file-type';
import type { AttachmentFacts } from '../domain/attachment-facts.ts';
import { isMemoHeaderFileName } from '../domain/memo-header-file.ts';
import { openCompoundFile, startsAsCompound } from './compound-file.ts';
import { type ContentKind, kindOfContent } from './content-kind.ts';
import {
  findMemoHeaders,
  type ListMailAttachments,
  type MemoHeaderSearch,
  type MemoHeaderSearchLimits,
} from './find-memo-headers.ts';
import { type DocumentKind, inspectCompoundFile, inspectOfficeZip } from './inspect-office.ts';
import { openPdfScan, type PdfFindings, type PdfScan, startsAsPdf } from './inspect-pdf.ts';
import { openPngScan, type PngScan } from './inspect-png.ts';
import { openTextCheck, type TextCheck } from './inspect-text.ts';
import { listZip, zipEntriesMax } from './zip-file.ts';

/** What the mail says of an attachment. */
export interface AttachmentClaim {
  /** Decoded; "" when the mail gave none. */
  readonly name: string;
  /** MIME type, with or without parameters, in any letter case. */
  readonly declaredType: string;
  /** True for a winmail.dat that could not be unpacked. */
  readonly unreadableTnef?: boolean;
}

export interface InspectionLimits {
  /** Any attachment up to this many bytes is kept whole until the end of its inspection. */
  readonly smallBytesMax: number;
  /** Archives, mails and compound files are kept whole up to this many bytes; larger ones count as damaged. */
  readonly containerBytesMax: number;
  /** A zip that claims to unpack to more than `zipRatioMax` times its size, and to more than this, is a bomb. */
  readonly zipUnpackedBytesMax: number;
  readonly zipRatioMax: number;
}

export const inspectionLimits: InspectionLimits = {
  smallBytesMax: 1_000_000,
  containerBytesMax: 160_000_000,
  zipUnpackedBytesMax: 256_000_000,
  zipRatioMax: 200,
};

export interface InspectionOptions {
  /** Lists a mail's attachments; without it nothing inside attached mails is found. */
  readonly listMailAttachments?: ListMailAttachments;
  readonly limits?: Partial<InspectionLimits>;
  readonly searchLimits?: Partial<MemoHeaderSearchLimits>;
}

/** The inspection of one attachment, whose bytes are written as they come. */
export interface Inspection {
  /** The bytes may be reused by the caller after the call. */
  write(bytes: Uint8Array): void;
  /** Call once, after the last write. Does not throw on any bytes. */
  end(): Promise<AttachmentFacts>;
}

/**
 * Opens the inspection of one attachment after transfer decoding. Text, pictures and PDF stream through, and about
 * 1 MB of them is held; archives, Office files and attached mails are held whole, because their directory is at
 * the end. Type, damage, macros, passwords and scripts are told by content alone (pdf.md 6, reliability.md T7, T8);
 * what follows from them is the domain's business.
 *
 * Of `active`: executables count under any name. Of `damaged`: an archive or attached mail that could not be looked
 * into counts as damaged, so that nothing hides in it. Of `encrypted`: a zip or PDF any part of which needs a password.
 */
export function openInspection(claim: AttachmentClaim, options: InspectionOptions = {}): Inspection {
  const limits = { ...inspectionLimits, ...options.limits };
  const declaredType = claim.declaredType.split(';')[0]?.trim().toLowerCase() ?? '';
  const opening: Buffer[] = [];
  let openingBytes = 0;
  let stream: ByteStream | null = null;
  return {
    write(bytes) {
      if (stream !== null) return writeTo(stream, bytes);
      opening.push(Buffer.from(bytes));
      openingBytes += bytes.length;
      if (openingBytes < openingBytesMin) return;
      stream = openStream(Buffer.concat(opening), claim.name, declaredType, limits);
      opening.length = 0;
    },
    async end() {
      stream ??= openStream(Buffer.concat(opening), claim.name, declaredType, limits);
      return conclude(stream, { claim, declaredType, limits, options });
    },
  };
}

/** Enough to tell what sort of content comes. */
const openingBytesMin = 4_096;
/** What a look by `file-type` gets to see. */
const headBytes = 65_536;

interface ByteStream {
  readonly kind: ContentKind;
  readonly keepBytesMax: number;
  readonly text: TextCheck;
  readonly pdf: PdfScan | null;
  readonly png: PngScan | null;
  bytes: number;
  head: Buffer;
  /** All that came; null when it grew beyond what is kept. */
  kept: Buffer[] | null;
}

function openStream(first: Buffer, name: string, declaredType: string, limits: InspectionLimits): ByteStream {
  const kind = kindOfContent(name, first, declaredType);
  const isContainer = kind !== 'text' && kind !== 'other';
  const stream: ByteStream = {
    kind,
    keepBytesMax: isContainer ? limits.containerBytesMax : limits.smallBytesMax,
    text: openTextCheck(),
    pdf: startsAsPdf(first) ? openPdfScan() : null,
    png: first.toString('latin1', 0, 8) === '\u0089PNG\r\n\u001a\n' ? openPngScan() : null,
    bytes: 0,
    head: Buffer.alloc(0),
    kept: [],
  };
  writeTo(stream, first);
  return stream;
}

function writeTo(stream: ByteStream, bytes: Uint8Array): void {
  stream.bytes += bytes.length;
  stream.text.write(bytes);
  stream.pdf?.write(bytes);
  stream.png?.write(bytes);
  if (stream.head.length < headBytes) {
    stream.head = Buffer.concat([stream.head, bytes.subarray(0, headBytes - stream.head.length)]);
  }
  if (stream.bytes > stream.keepBytesMax) stream.kept = null;
  stream.kept?.push(Buffer.from(bytes));
}

interface Question {
  readonly claim: AttachmentClaim;
  readonly declaredType: string;
  readonly limits: InspectionLimits;
  readonly options: InspectionOptions;
}

async function conclude(stream: ByteStream, question: Question): Promise<AttachmentFacts> {
  const { claim, declaredType, limits } = question;
  const whole = stream.kept === null ? null : Buffer.concat(stream.kept);
  stream.kept = null;
  const readsAsText = stream.text.end();
  const pdf = stream.pdf?.end() ?? null;
  const found = await findDocumentKind(stream, { whole, readsAsText, name: claim.name, limits });
  const search = await searchMemoHeaders(stream, question, { whole, pdf });
  return {
    name: claim.name,
    declaredType,
    bytes: stream.bytes,
    detectedType: found.type,
    detectedExtension: found.extension,
    readsAsText,
    hasMacros: found.hasMacros,
    encrypted: [found.encrypted, search.encrypted, pdf?.encrypted].includes(true),
    active: [found.active, pdf?.active].includes(true),
    damaged: [found.damaged, search.undecided, pdf?.damaged, stream.png?.isCut()].includes(true),
    unreadableTnef: claim.unreadableTnef === true,
    memoHeaderPaths: search.paths,
  };
}

async function searchMemoHeaders(
  stream: ByteStream,
  { claim, declaredType, options }: Question,
  { whole, pdf }: { readonly whole: Buffer | null; readonly pdf: PdfFindings | null },
): Promise<MemoHeaderSearch> {
  const search = await findMemoHeaders(
    { name: claim.name, declaredType: whole === null ? '' : declaredType, bytes: whole ?? new Uint8Array(0) },
    {
      ...(options.listMailAttachments === undefined ? {} : { listMailAttachments: options.listMailAttachments }),
      ...(options.searchLimits === undefined ? {} : { limits: options.searchLimits }),
    },
  );
  const embedded = (pdf?.fileNames ?? []).filter(isMemoHeaderFileName).map((name) => `${claim.name}/${name}`);
  // A container too large to keep was not looked into.
  const isContainer = stream.kind !== 'text' && stream.kind !== 'other';
  const undecided = search.undecided || (whole === null && isContainer);
  return { ...search, paths: [...search.paths, ...embedded], undecided };
}

interface Found extends Omit<DocumentKind, 'type' | 'extension'> {
  readonly type: string | null;
  readonly extension: string | null;
  readonly damaged: boolean;
}

interface Seen {
  readonly whole: Buffer | null;
  readonly readsAsText: boolean;
  readonly name: string;
  readonly limits: InspectionLimits;
}

const nothingFound: Found = {
  type: null, extension: null, hasMacros: false, encrypted: false, active: false, damaged: false,
};

async function findDocumentKind(stream: ByteStream, seen: Seen): Promise<Found> {
  const { head } = stream;
  if (stream.pdf !== null) return { ...nothingFound, type: 'application/pdf', extension: 'pdf' };
  // By its signature alone: `file-type` wants sound chunks too, and whether they are sound is a question of damage.
  if (stream.png !== null) return { ...nothingFound, type: 'image/png', extension: 'png' };
  if (startsAsCompound(head)) return findInCompoundFile(seen);
  if (stream.kind === 'zip') return findInZip(head, seen);
  if (/^(?:\xef\xbb\xbf)?#! ?\//.test(head.toString('latin1', 0, 16))) {
    return { ...nothingFound, type: 'text/x-shellscript', extension: 'sh', active: true };
  }
  const sniffed = await sniff(head);
  return seen.readsAsText && !isBeyondProse(sniffed.type, head) ? nothingFound : sniffed;
}

/**
 * Prose may begin with "BM", "MZ" or "ID3", and UTF-16 looks like sound. Formats that are text keep their type, and so
 * do those whose marks no prose begins with.
 */
function isBeyondProse(type: string | null, head: Buffer): boolean {
  return formatsWrittenAsText.has(type ?? '') || /^(?:\xff[^\xfe]|GIF8[79]a)/.test(head.toString('latin1', 0, 6));
}

const formatsWrittenAsText = new Set(['application/rtf', 'application/postscript', 'application/eps']);

function findInCompoundFile({ whole, name }: Seen): Found {
  const file = whole === null ? null : openCompoundFile(whole);
  if (file === null) return { ...nothingFound, type: 'application/x-cfb', extension: 'cfb', damaged: true };
  const claimedExtension = /\.([^.]*)$/.exec(name.trim().toLowerCase())?.[1] ?? '';
  return { ...inspectCompoundFile(file, claimedExtension), damaged: false };
}

async function findInZip(head: Buffer, { whole, limits }: Seen): Promise<Found> {
  const listing = whole === null ? null : listZip(whole, zipEntriesMax);
  if (whole === null || listing === null) {
    return { ...await sniffZip(head), damaged: true };
  }
  const kind = inspectOfficeZip(whole, listing) ?? await sniffZip(head);
  const encrypted = kind.encrypted || listing.entries.some((entry) => entry.encrypted);
  const unpackedBytes = listing.entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const isBomb = unpackedBytes > limits.zipUnpackedBytesMax && unpackedBytes > whole.length * limits.zipRatioMax;
  return { ...kind, encrypted, damaged: !listing.sound || isBomb };
}

/** Zips that are more than zips: e-books, Java archives and Android packages (which run), and so on. */
async function sniffZip(head: Buffer): Promise<Found> {
  const sniffed = await sniff(head);
  const isOffice = /officedocument|opendocument|ms-(?:word|excel|powerpoint)|visio/.test(sniffed.type ?? '');
  // What looked like Office to a glance and did not hold it inside is but a zip.
  if (sniffed.type === null || isOffice) return { ...nothingFound, type: 'application/zip', extension: 'zip' };
  return sniffed;
}

async function sniff(head: Buffer): Promise<Found> {
  try {
    const sniffed = await fileTypeFromBuffer(head);
    // A PDF that `file-type` saw behind other bytes is none to us (pdf.md 6 c).
    if (sniffed === undefined || sniffed.mime === 'application/pdf') return nothingFound;
    return { ...nothingFound, type: sniffed.mime, extension: sniffed.ext, active: executableTypes.has(sniffed.mime) };
  } catch {
    return nothingFound;
  }
}

const executableTypes: ReadonlySet<string> = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/java-vm',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'application/x-deb',
  'application/x-rpm',
  'application/x-shockwave-flash',
  'application/vnd.ms-htmlhelp',
]);
