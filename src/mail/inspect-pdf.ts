import { constants, inflateSync } from 'node:zlib';

export interface PdfFindings {
  /** An encryption dictionary is there. Also when only an owner password is set: readers differ, networks may choke. */
  readonly encrypted: boolean;
  /** Scripts or launch actions. */
  readonly active: boolean;
  /** Its end is missing. */
  readonly damaged: boolean;
  /** Names of files embedded in it, as far as they were seen. */
  readonly fileNames: readonly string[];
}

export interface PdfScan {
  write(bytes: Uint8Array): void;
  /** Call once, after the last write. */
  end(): PdfFindings;
}

export interface PdfScanLimits {
  /** An object stream longer than this, packed, is looked at only as far as this. */
  readonly objectStreamBytesMax: number;
  /** One object stream may unpack to this many bytes; more is a bomb. */
  readonly unpackedBytesMax: number;
  /** All object streams together. */
  readonly unpackedBytesTotalMax: number;
  readonly objectStreamsMax: number;
  /** Names looked at closely; a PDF with more is made to wear readers down. */
  readonly namesMax: number;
  readonly fileNamesMax: number;
}

export const pdfScanLimits: PdfScanLimits = {
  objectStreamBytesMax: 4_000_000,
  unpackedBytesMax: 16_000_000,
  unpackedBytesTotalMax: 128_000_000,
  objectStreamsMax: 20_000,
  namesMax: 500_000,
  fileNamesMax: 100,
};

/** True when the bytes begin as a PDF: `%PDF-`, a UTF-8 byte order mark before it allowed, other leading bytes not. */
export function startsAsPdf(head: Buffer): boolean {
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  return head.toString('latin1', start, start + 5) === '%PDF-';
}

/**
 * Opens a scan of a PDF that streams by. It builds no object tree, which keeps it as fast as the bytes come and as
 * hard to mislead as a search for words can be: names are matched with their `#xx` escapes undone (ISO 32000-1, 7.3.5),
 * and object streams (7.5.7) are unpacked and searched too. A name counts only where a dictionary would hold it, so
 * that noise and prose that speaks of "/JavaScript" do not.
 *
 * Not seen: object streams packed with LZW, ASCII85 or a predictor; no writer of office documents makes them.
 */
export function openPdfScan(limits: PdfScanLimits = pdfScanLimits): PdfScan {
  const state: ScanState = {
    limits,
    encrypted: false,
    active: false,
    damaged: false,
    fileNames: new Set(),
    unpackedBytes: 0,
    objectStreams: 0,
    names: 0,
    carry: Buffer.alloc(0),
    open: null,
    hasObjects: null,
    tail: Buffer.alloc(0),
  };
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; at += windowBytes) takeWindow(state, bytes.subarray(at, at + windowBytes));
    },
    end() {
      if (state.open !== null) closeObjectStream(state, Buffer.alloc(0));
      scanWindow(state, Buffer.concat([state.carry, Buffer.from('\n')]));
      const damaged = state.damaged || (state.hasObjects === true && !endsAsPdf(state.tail));
      const { encrypted, active, fileNames } = state;
      return { encrypted, active, damaged, fileNames: [...fileNames] };
    },
  };
}

/** Larger windows make V8 allocate their text outside the young generation, which costs more than the search. */
const windowBytes = 65_536;
/** What is searched again with the next window: longer than any name with what must stand around it. */
const carryBytes = 2_048;
const contextBytes = 96;
const tailBytes = 4_096;

interface ScanState {
  readonly limits: PdfScanLimits;
  encrypted: boolean;
  active: boolean;
  damaged: boolean;
  readonly fileNames: Set<string>;
  unpackedBytes: number;
  objectStreams: number;
  names: number;
  carry: Buffer;
  /** An object stream whose end has not come yet. */
  open: { readonly parts: Buffer[]; bytes: number; last: Buffer } | null;
  /** Whether the beginning holds PDF objects; null before anything was seen. */
  hasObjects: boolean | null;
  tail: Buffer;
}

function takeWindow(state: ScanState, bytes: Uint8Array): void {
  const window = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  state.tail = Buffer.concat([state.tail, withoutPadding(window).subarray(-tailBytes)]).subarray(-tailBytes);
  state.hasObjects ??= /\d+\s+\d+\s+obj\b/.test(window.toString('latin1', 0, tailBytes));
  if (state.open === null) {
    scanWindow(state, Buffer.concat([state.carry, window]));
    return;
  }
  const seam = Buffer.concat([state.open.last, window]);
  state.open.last = Buffer.from(seam.subarray(-('endstream'.length - 1)));
  if (seam.indexOf('endstream') === -1 && state.open.bytes < state.limits.objectStreamBytesMax) {
    state.open.parts.push(Buffer.from(window));
    state.open.bytes += window.length;
    return;
  }
  closeObjectStream(state, window);
}

/** Disks and mail programs fill up with zeros and line ends. */
function withoutPadding(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0) <= 0x20) end -= 1;
  return bytes.subarray(0, end);
}

/** The end of an open object stream came (or it grew too long): search it, then go on behind it. */
function closeObjectStream(state: ScanState, window: Buffer): void {
  const all = Buffer.concat([...(state.open?.parts ?? []), window]);
  state.open = null;
  state.carry = Buffer.alloc(0);
  const end = all.indexOf('endstream');
  searchObjectStream(state, all.subarray(0, end === -1 ? all.length : end));
  if (end !== -1) scanWindow(state, all.subarray(end));
}

function scanWindow(state: ScanState, window: Buffer): void {
  const text = window.toString('latin1');
  for (const match of text.matchAll(watchedName)) {
    noteName(state, text, match);
    if (match.groups?.['objectStream'] === undefined) continue;
    const data = objectStreamStart(text, match.index);
    if (data === null) continue;
    const end = window.indexOf('endstream', data);
    if (end !== -1) {
      searchObjectStream(state, window.subarray(data, end));
      continue;
    }
    const part = Buffer.from(window.subarray(data));
    state.open = { parts: [part], bytes: part.length, last: part.subarray(-('endstream'.length - 1)) };
    return;
  }
  state.carry = Buffer.from(window.subarray(-carryBytes));
}

/** Where the data of the stream begins in whose dictionary a name stands; null when it is not (yet) in sight. */
function objectStreamStart(text: string, nameAt: number): number | null {
  const keyword = text.indexOf('stream', nameAt);
  if (keyword === -1 || keyword - nameAt > carryBytes / 2) return null;
  const start = keyword + 'stream'.length;
  if (start + 2 > text.length) return null;
  return text.startsWith('\r\n', start) ? start + 2 : start + 1;
}

function searchObjectStream(state: ScanState, data: Buffer): void {
  const left = state.limits.unpackedBytesTotalMax - state.unpackedBytes;
  const bytesMax = Math.min(state.limits.unpackedBytesMax, left);
  // An object stream that unpacks without end hides what it holds, and no reader would open it.
  state.objectStreams += 1;
  const isWithin = bytesMax > 0 && state.objectStreams <= state.limits.objectStreamsMax;
  const unpacked = isWithin ? unpack(data, bytesMax) : 'too-large';
  if (unpacked === 'too-large') {
    state.damaged = true;
    return;
  }
  state.unpackedBytes += unpacked.length;
  // The packed bytes as well: a stream may claim to be longer than what is packed in it, and hide objects behind that.
  for (const bytes of unpacked === data ? [data] : [unpacked, data]) {
    const text = ` ${bytes.toString('latin1')} `;
    for (const match of text.matchAll(watchedName)) noteName(state, text, match);
  }
}

function unpack(data: Buffer, bytesMax: number): Buffer | 'too-large' {
  const options = { maxOutputLength: bytesMax, finishFlush: constants.Z_SYNC_FLUSH };
  for (const packed of [data, fromHex(data)]) {
    try {
      if (packed !== null) return inflateSync(packed, options);
    } catch (error) {
      if (error instanceof RangeError) return 'too-large';
    }
  }
  return data;
}

/** Undoes ASCIIHexDecode (ISO 32000-1, 7.4.2); null when the data is not written so. */
function fromHex(data: Buffer): Buffer | null {
  if (!/^[0-9A-Fa-f\s]+>?\s*$/.test(data.toString('latin1', 0, 64).trimEnd())) return null;
  return Buffer.from(data.toString('latin1').replace(/[^0-9A-Fa-f]/g, ''), 'hex');
}

const watchedName = new RegExp(
  `/(?:(?<script>${escapable('JavaScript')})|(?<launch>${escapable('Launch')})|(?<encrypt>${escapable('Encrypt')})`
  + `|(?<objectStream>${escapable('ObjStm')})|(?<code>${escapable('JS')})`
  + `|(?<file>${escapable('UF')}|${escapable('F')}))`
  + '(?=[\\0\\t\\n\\f\\r ()<>[\\]{}/%])',
  'g',
);

/** A pattern for a name each of whose letters may be written `#xx`. */
function escapable(name: string): string {
  return Array.from(name, (letter) => {
    const hex = letter.charCodeAt(0).toString(16).replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:${letter}|#${hex})`;
  }).join('');
}

const gap = '(?:[\\0\\t\\n\\f\\r ]|%[^\\r\\n]{0,60}[\\r\\n]){0,40}';
const asActionType = new RegExp(`(?:/(?:S|#53)|obj)${gap}$`);
const asKeyOfObject = new RegExp(`^${gap}(?:\\d{1,10}[\\0\\s]+\\d{1,5}[\\0\\s]+R|<<)`);
const asKeyOfCode = new RegExp(`^${gap}(?:\\d{1,10}[\\0\\s]+\\d{1,5}[\\0\\s]+R|\\(|<[0-9A-Fa-f\\s>])`);
const asKeyOfText = new RegExp(
  `^${gap}(?:\\((?<plain>(?:[^()\\\\]|\\\\.){1,400})\\)|<(?<hex>[0-9A-Fa-f\\s]{2,1600})>)`,
  's',
);
const printable = /^[\t\n\f\r -~]*$/;

function noteName(state: ScanState, text: string, match: RegExpExecArray): void {
  const name = nameRules.find(({ group }) => match.groups?.[group] !== undefined);
  if (name === undefined) return;
  state.names += 1;
  if (state.names > state.limits.namesMax) {
    state.damaged = true;
    return;
  }
  const end = match.index + match[0].length;
  const before = text.slice(Math.max(0, match.index - contextBytes), match.index);
  name.note(state, before, text.slice(end, end + name.afterBytes));
}

interface NameRule {
  readonly group: string;
  /** How many bytes after the name the rule wants to see. */
  readonly afterBytes: number;
  readonly note: (state: ScanState, before: string, after: string) => void;
}

const nameRules: readonly NameRule[] = [
  { group: 'script', afterBytes: contextBytes, note: (state, before, after) => {
    state.active ||= asActionType.test(before) || asKeyOfObject.test(after);
  } },
  { group: 'launch', afterBytes: 0, note: (state, before) => {
    state.active ||= asActionType.test(before);
  } },
  { group: 'encrypt', afterBytes: contextBytes, note: (state, _before, after) => {
    state.encrypted ||= asKeyOfObject.test(after);
  } },
  // Two letters turn up in packed data by chance; readable surroundings of this length do not.
  { group: 'code', afterBytes: contextBytes, note: (state, before, after) => {
    state.active ||= asKeyOfCode.test(after) && printable.test(before.slice(-24) + after.slice(0, 24));
  } },
  { group: 'file', afterBytes: 1_800, note: (state, _before, after) => {
    if (state.fileNames.size >= state.limits.fileNamesMax) return;
    const name = asKeyOfText.exec(after)?.groups;
    if (name !== undefined) state.fileNames.add(decodeTextString(name));
  } },
];

/** A PDF text string (ISO 32000-1, 7.9.2.2): UTF-16 behind a byte order mark, else close to Latin-1. */
function decodeTextString(found: Record<string, string | undefined>): string {
  const unescape = (_: string, octal: string): string => String.fromCharCode(parseInt(octal, 8) & 0xff);
  const plain = (found['plain'] ?? '').replace(/\\([0-7]{1,3})/g, unescape);
  const bytes = found['hex'] === undefined
    ? Buffer.from(plain.replace(/\\(.)/gs, '$1'), 'latin1')
    : Buffer.from(found['hex'].replace(/\s/g, ''), 'hex');
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1');
  const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)));
  return even.swap16().toString('utf16le');
}

/** In doubt yes: a hand-made PDF may lack some of these. A PDF that was cut lacks all of them. */
function endsAsPdf(tail: Buffer): boolean {
  return /%%EOF|startxref|trailer|endobj$/.test(tail.toString('latin1'));
}
