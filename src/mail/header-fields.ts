import { decodeUtf8Leniently } from './decode-charset.ts';
import type { HeaderField } from './mail.ts';
import { MailUnreadable } from './mail-unreadable.ts';

/** What one line of a header block is. "other" is none of these, and ends the block: the body begins there. */
export type HeaderLineKind = 'field' | 'continuation' | 'blank' | 'envelope' | 'other';

/** One field by its place in the bytes of the block, line ends included. */
export interface RawHeaderField {
  /** Lower case, trimmed. */
  readonly name: string;
  readonly start: number;
  /** Place of the first byte after the colon. */
  readonly valueStart: number;
  /** Place after the last line's end. */
  readonly end: number;
}

/** A header block taken apart. */
export interface ScannedHeader {
  readonly fields: readonly RawHeaderField[];
  /** Where the body begins: after the blank line, or at the first line that cannot be of a header. */
  readonly bodyStart: number;
  /** What ended the header: its blank line, a line that can be of no header, or only the end of the bytes. */
  readonly endedBy: 'blank line' | 'odd line' | 'bytes';
  /** True when some line is such that two readers may disagree about it. */
  readonly malformed: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;

/**
 * Takes a header block apart by RFC 5322 2.2, without decoding anything.
 * @param block the mail, or as much of it as is at hand; a block without a blank line ends where the bytes end
 * @param fieldsMax most fields
 * @throws MailUnreadable `too-many-header-fields`
 */
export function scanHeaderFields(block: Buffer, fieldsMax: number): ScannedHeader {
  const fields: RawHeaderField[] = [];
  let malformed = false;
  let at = 0;
  while (at < block.length) {
    const lineFeed = block.indexOf(LF, at);
    const end = lineFeed === -1 ? block.length : lineFeed + 1;
    const kind = headerLineKind(block, at, end, fields.length === 0);
    if (kind === 'blank') return { fields, bodyStart: end, endedBy: 'blank line', malformed };
    if (kind === 'other') return { fields, bodyStart: at, endedBy: 'odd line', malformed: true };
    malformed ||= isSuspicious(block, at, end);
    const last = fields.at(-1);
    if (kind === 'field') fields.push(rawField(block, at, end));
    else if (last !== undefined) fields[fields.length - 1] = { ...last, end };
    if (fields.length > fieldsMax) throw new MailUnreadable('too-many-header-fields');
    at = end;
  }
  return { fields, bodyStart: block.length, endedBy: 'bytes', malformed };
}

/**
 * Says what a line of a header block is.
 * @param start,end the line's place, its line end included
 * @param first whether no field has come before; only then may it be mbox's "From " line
 */
export function headerLineKind(block: Buffer, start: number, end: number, first: boolean): HeaderLineKind {
  let length = end - start;
  if (length > 0 && block[end - 1] === LF) length -= 1;
  if (length > 0 && block[start + length - 1] === CR) length -= 1;
  if (length === 0) return 'blank';
  const head = block[start];
  if (head === 0x20 || head === 0x09) return first ? 'other' : 'continuation';
  if (isFieldStart(block, start, start + length)) return 'field';
  return first && /^>?From /.test(block.toString('latin1', start, start + 6)) ? 'envelope' : 'other';
}

/** A field's name is printable; outside ASCII it is wrong, and read. Blanks before the colon are obsolete and read (RFC 5322 2.2 and 4.5). */
function isFieldStart(block: Buffer, start: number, end: number): boolean {
  let at = start;
  while (at < end && isNameByte(block[at] ?? 0)) at += 1;
  if (at === start) return false;
  while (at < end && (block[at] === 0x20 || block[at] === 0x09)) at += 1;
  return block[at] === COLON && at < end;
}

function isNameByte(byte: number): boolean {
  return byte > 0x20 && byte !== 0x7f && byte !== COLON;
}

function rawField(block: Buffer, start: number, end: number): RawHeaderField {
  const valueStart = block.indexOf(COLON, start) + 1;
  return { name: block.toString('latin1', start, valueStart - 1).trim().toLowerCase(), start, valueStart, end };
}

/**
 * Says whether a field, or a line of one, is such that different programs read it differently: by a NUL, a bare CR, a
 * name outside ASCII, or a blank before the colon.
 * @param start,end its place in the bytes
 */
export function isSuspicious(block: Buffer, start: number, end: number): boolean {
  const line = block.toString('latin1', start, end);
  const hasBareReturn = /\r(?!\n)/.test(line);
  const hasOddName = /^(?:[^\s:]+[ \t]+:|[!-9;-~]*[\x80-\xff][^\s:]*:)/.test(line);
  return hasBareReturn || hasOddName || line.includes('\0');
}

/**
 * Gives a field with its unfolded value.
 * @param block the bytes that `field` was found in
 */
export function readHeaderField(block: Buffer, field: RawHeaderField): HeaderField {
  return { name: field.name, value: unfold(decodeUtf8Leniently(block.subarray(field.valueStart, field.end))) };
}

/** Takes line ends out and makes any other line end or NUL a blank, so that no value holds more than one line. */
function unfold(value: string): string {
  return value.replace(/\r?\n(?=[ \t])/g, '').replaceAll('\0', ' ').replace(/[\r\n]+/g, ' ').trim();
}
