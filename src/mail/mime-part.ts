import { decodeParameter, readParameters } from './header-parameters.ts';
import type { HeaderField } from './mail.ts';

/** One entity of a MIME tree: the mail itself, a multipart, or a leaf. */
export interface MimePart {
  readonly headers: readonly HeaderField[];
  /** Null for the mail itself. */
  readonly parent: MimePart | null;
  /** Place among its parent's children, from 0. */
  readonly place: number;
  /** Lower case, "text/plain" where the mail names none (RFC 2045 5.2); "multipart/…" only with a boundary. */
  readonly type: string;
  readonly typeParameters: ReadonlyMap<string, string>;
  /** Null for a leaf. */
  readonly boundary: string | null;
  readonly disposition: 'attachment' | 'inline' | null;
  /** Decoded, NFC; "" when the part has none. */
  readonly name: string;
  /** True where Content-Disposition itself gives a file name. */
  readonly namedByDisposition: boolean;
  /** Without angle brackets; null when there is none. */
  readonly contentId: string | null;
  /** Content-Transfer-Encoding, lower case; "" when there is none. */
  readonly encoding: string;
}

/**
 * Reads what a part's header says of it (RFC 2045, 2183, 2231).
 * @param headers its fields; of a field that stands twice the first counts
 * @param parent the multipart it stands in; null for the mail itself
 * @param place its place there
 */
export function readMimePart(headers: readonly HeaderField[], parent: MimePart | null, place: number): MimePart {
  const type = readParameters(fieldValue(headers, 'content-type') ?? '');
  const disposition = readParameters(fieldValue(headers, 'content-disposition') ?? '');
  const dispositionName = decodeParameter(disposition.parameters, 'filename');
  const boundary = plainOrPieced(type.parameters, 'boundary').trimEnd();
  const isMultipart = type.value.startsWith('multipart/') && boundary !== '';
  return {
    headers,
    parent,
    place,
    type: leafType(type.value, parent),
    typeParameters: type.parameters,
    boundary: isMultipart ? boundary : null,
    disposition: readDisposition(disposition.value),
    name: dispositionName === '' ? decodeParameter(type.parameters, 'name') : dispositionName,
    namedByDisposition: dispositionName !== '',
    contentId: readContentId(fieldValue(headers, 'content-id')),
    encoding: readEncoding(fieldValue(headers, 'content-transfer-encoding') ?? ''),
  };
}

/** Value of the first field of that name (lower case); null when there is none. */
export function fieldValue(headers: readonly HeaderField[], name: string): string | null {
  return headers.find((field) => field.name === name)?.value ?? null;
}

/** Says whether a part stands, at any depth, within a multipart of that type. */
export function isWithin(part: MimePart, type: string): boolean {
  for (let above = part.parent; above !== null; above = above.parent) if (above.type === type) return true;
  return false;
}

/** RFC 2046 5.1.5: within multipart/digest the default is message/rfc822. Anything that is no type is text. */
function leafType(written: string, parent: MimePart | null): string {
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(written)) return written;
  if (written === '' && parent?.type === 'multipart/digest') return 'message/rfc822';
  return written === 'html' ? 'text/html' : 'text/plain';
}

/** An unknown disposition is an attachment (RFC 2183 2.8). */
function readDisposition(written: string): MimePart['disposition'] {
  if (written === '') return null;
  return written === 'inline' ? 'inline' : 'attachment';
}

/** A word; what stands about it (comments, quotes, a semicolon) has no place there and is passed over. */
function readEncoding(written: string): string {
  return /^(?:\([^()]*\)|[\s"])*([\w-]*)/.exec(written)?.[1]?.toLowerCase() ?? '';
}

/** RFC 2231 allows pieces of any parameter; where one is there whole, that one counts. */
function plainOrPieced(parameters: ReadonlyMap<string, string>, name: string): string {
  return parameters.get(name) ?? decodeParameter(parameters, name);
}

function readContentId(written: string | null): string | null {
  const bare = written?.trim().replace(/^<|>$/g, '').trim() ?? '';
  return bare === '' ? null : bare;
}
