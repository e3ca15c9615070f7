import { composed } from './composed.ts';
import { decodeShortText } from './decode-charset.ts';
import { decodeWords } from './decode-words.ts';

/** A header value with parameters, as Content-Type and Content-Disposition have them. */
export interface ParameterisedValue {
  /** What stands before the parameters, lower case: "text/plain", "attachment"; "" when nothing does. */
  readonly value: string;
  /** Raw values by lower-case name, quotes taken off; of a name that is given twice the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Parameters beyond this many are ignored; RFC 2231 pieces of one name count one by one. */
const parametersMax = 1000;

/**
 * Reads a value and its parameters (RFC 2045 5.1, RFC 2183), forgiving missing semicolons, missing quotes and blanks.
 * @param header an unfolded header value
 * @returns time is linear in the length; never throws
 */
export function readParameters(header: string): ParameterisedValue {
  const head = /^[^;\s(]*/.exec(header)?.[0] ?? '';
  const parameters = new Map<string, string>();
  let at = head.length;
  while (at < header.length && parameters.size < parametersMax) {
    const name = nextName(header, at);
    if (name === null) break;
    const value = nextValue(header, name.end);
    if (name.text !== '' && !parameters.has(name.text)) parameters.set(name.text, value.text);
    at = value.end;
  }
  return { value: head.toLowerCase(), parameters };
}

interface Scanned {
  readonly text: string;
  readonly end: number;
}

/** Finds the next `name =`; what stands between is skipped. Null when no `=` is left. */
function nextName(header: string, start: number): Scanned | null {
  const equals = header.indexOf('=', start);
  if (equals === -1) return null;
  const name = header.slice(start, equals).trim();
  return { text: name.slice(Math.max(name.lastIndexOf(';'), lastBlank(name)) + 1).toLowerCase(), end: equals + 1 };
}

function lastBlank(name: string): number {
  return Math.max(name.lastIndexOf(' '), name.lastIndexOf('\t'));
}

function nextValue(header: string, start: number): Scanned {
  let at = start;
  while (header[at] === ' ' || header[at] === '\t') at += 1;
  if (header[at] === '"') return quotedValue(header, at + 1);
  const semicolon = header.indexOf(';', at);
  const end = semicolon === -1 ? header.length : semicolon;
  return { text: header.slice(at, end).trim(), end };
}

/** A backslash counts only before a quote or a backslash: Windows paths are written unescaped. */
function quotedValue(header: string, start: number): Scanned {
  const pieces: string[] = [];
  let pieceStart = start;
  let at = start;
  while (at < header.length && header[at] !== '"') {
    const escapes = header[at] === '\\' && (header[at + 1] === '"' || header[at + 1] === '\\');
    if (escapes) {
      pieces.push(header.slice(pieceStart, at));
      pieceStart = at + 1;
    }
    at += escapes ? 2 : 1;
  }
  pieces.push(header.slice(pieceStart, at));
  return { text: pieces.join(''), end: at + 1 };
}

/**
 * Gives a parameter as text a person reads: a file name.
 * @param parameters from `readParameters`
 * @param name "filename" or "name"
 * @returns NFC; "" when it is not there. Reads RFC 2231 (pieces in any order, several charsets), encoded words, which
 *   have no place here and are common, and RFC 2231 values without their star.
 */
export function decodeParameter(parameters: ReadonlyMap<string, string>, name: string): string {
  const extended = parameters.get(`${name}*`);
  const decoded =
    extended !== undefined
      ? decodeExtended(extended)
      : (joinPieces(parameters, name) ?? decodePlain(parameters.get(name) ?? ''));
  return composed(decoded);
}

/** `charset'language'percent-encoded` (RFC 2231 4). */
function decodeExtended(value: string): string {
  const parts = /^([^']*)'[^']*'([^]*)$/.exec(value);
  if (parts === null) return decodePlain(decodeShortText(percentDecode(value), null));
  return decodeShortText(percentDecode(parts[2] ?? ''), parts[1] === '' ? null : (parts[1] ?? null));
}

function decodePlain(value: string): string {
  return /^[\w-]+'[\w-]*'[^']*%[0-9A-Fa-f]{2}/.test(value) ? decodeExtended(value) : decodeWords(value);
}

interface Piece {
  readonly order: number;
  readonly encoded: boolean;
  readonly value: string;
}

/** RFC 2231 3: `name*0`, `name*1*`, … put together by number. Null when there are none. */
function joinPieces(parameters: ReadonlyMap<string, string>, name: string): string | null {
  const pieces: Piece[] = [];
  for (const [key, value] of parameters) {
    const number = key.startsWith(`${name}*`) ? /^(\d{1,6})(\*?)$/.exec(key.slice(name.length + 1)) : null;
    if (number !== null) pieces.push({ order: Number(number[1]), encoded: number[2] === '*', value });
  }
  if (pieces.length === 0) return null;
  pieces.sort((one, other) => one.order - other.order);
  if (!pieces.some((piece) => piece.encoded)) return decodePlain(pieces.map((piece) => piece.value).join(''));
  return decodePieces(pieces);
}

function decodePieces(pieces: readonly Piece[]): string {
  const first = pieces[0];
  const head = first?.encoded === true ? /^([^']*)'[^']*'/.exec(first.value) : null;
  const charset = head?.[1] === undefined || head[1] === '' ? null : head[1];
  const decoded: string[] = [];
  let bytes: Uint8Array[] = [];
  const flush = () => {
    decoded.push(decodeShortText(Buffer.concat(bytes), charset));
    bytes = [];
  };
  for (const [place, piece] of pieces.entries()) {
    const value = place === 0 ? piece.value.slice(head?.[0].length ?? 0) : piece.value;
    if (piece.encoded) {
      // The bytes of one sign may be cut between two pieces, so neighbours are read together.
      bytes.push(percentDecode(value));
    } else {
      flush();
      decoded.push(value);
    }
  }
  flush();
  return decoded.join('');
}

function percentDecode(value: string): Uint8Array {
  const raw = Buffer.from(value, 'utf8');
  const out = Buffer.alloc(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const hex = raw[at] === 0x25 ? raw.toString('latin1', at + 1, at + 3) : '';
    const isEscape = /^[0-9A-Fa-f]{2}$/.test(hex);
    out[length] = isEscape ? Number.parseInt(hex, 16) : (raw[at] ?? 0);
    length += 1;
    if (isEscape) at += 2;
  }
  return out.subarray(0, length);
}
