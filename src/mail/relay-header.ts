import { compatible } from './composed.ts';
import { readAddressTokens, splitAddressItems, type AddressItem } from './address-tokens.ts';
import { decodeUtf8Leniently } from './decode-charset.ts';
import { decodeWords } from './decode-words.ts';
import { scanHeaderFields, type RawHeaderField } from './header-fields.ts';
import { parseAddresses } from './parse-addresses.ts';

/** What changes in a header on its way out. */
export interface RelayOptions {
  /** Ready header lines without line ends, put on top in this order. */
  readonly top: readonly string[];
  /** Takes Bcc and Resent-Bcc out. */
  readonly dropBcc: boolean;
  /** Names of fields, lower case, that are taken out; absent: none. */
  readonly dropFields?: ReadonlySet<string>;
  /** Domains (sub-domains too) whose addresses are taken out of To and Cc; empty takes none out. */
  readonly dropAddressesUnder: readonly string[];
}

const crlf = '\r\n';
const bccNames = new Set(['bcc', 'resent-bcc']);
const recipientNames = new Set(['to', 'cc', 'resent-to', 'resent-cc']);

/**
 * Rewrites a mail's header for relaying. Whatever need not change stays byte for byte: order, folding, letter case.
 * @param headerBlock the header with its blank line, or the whole mail; what follows the header is kept as it is
 * @returns the new bytes. Of a To or Cc with an address to take out only that item goes, with its name, its comments
 *   and whatever else holds the address; a To left empty becomes "undisclosed-recipients:;" (RFC 5322 3.4), a Cc goes.
 */
export function relayHeader(headerBlock: Uint8Array, options: RelayOptions): Uint8Array {
  const block = Buffer.from(headerBlock.buffer, headerBlock.byteOffset, headerBlock.byteLength);
  const pieces: Uint8Array[] = options.top.map((line) => Buffer.from(line + crlf));
  let kept = 0;
  for (const field of fieldsToTheBlankLine(block)) {
    const written = block.subarray(field.start, field.end);
    const relayed = relayField(field, written, options);
    if (relayed === written) continue;
    pieces.push(block.subarray(kept, field.start), relayed);
    kept = field.end;
  }
  pieces.push(block.subarray(kept));
  return Buffer.concat(pieces);
}

/** A line that is no field ends the header for us; another program may read on, so what must not go out goes there too. */
function* fieldsToTheBlankLine(block: Buffer): Generator<RawHeaderField> {
  let start = 0;
  while (start < block.length) {
    const { fields, bodyStart, endedBy } = scanHeaderFields(block.subarray(start), Number.POSITIVE_INFINITY);
    for (const { name, ...place } of fields) {
      yield { name, start: start + place.start, valueStart: start + place.valueStart, end: start + place.end };
    }
    if (endedBy !== 'odd line') return;
    const lineFeed = block.indexOf('\n', start + bodyStart);
    if (lineFeed === -1) return;
    start = lineFeed + 1;
  }
}

function relayField(field: RawHeaderField, written: Buffer, options: RelayOptions): Buffer {
  if (options.dropFields?.has(field.name)) return Buffer.alloc(0);
  if (options.dropBcc && bccNames.has(field.name)) return Buffer.alloc(0);
  if (options.dropAddressesUnder.length === 0 || !recipientNames.has(field.name)) return written;
  const name = written.subarray(0, field.valueStart - field.start);
  // One sign a byte, so that places in the text are places in the bytes.
  const value = written.subarray(name.length).toString('latin1');
  const rest = dropItems(value, options.dropAddressesUnder);
  if (rest === value) return written;
  if (rest !== null) return Buffer.concat([name, Buffer.from(rest, 'latin1')]);
  const isTo = field.name === 'to' || field.name === 'resent-to';
  return isTo ? Buffer.concat([name, Buffer.from(` undisclosed-recipients:;${crlf}`)]) : Buffer.alloc(0);
}

/** @returns the value without those items; the value itself when none is in it; null when nothing is left */
function dropItems(value: string, domains: readonly string[]): string | null {
  if (!mayHoldAddress(value, domains)) return value;
  const items = splitAddressItems(readAddressTokens(value, Number.POSITIVE_INFINITY));
  const kept = items
    .filter((item) => item.tokens.length > 0 && item.endedBy !== ':')
    .map((item) => keptText(value, item, domains))
    .filter((text) => text !== null);
  const ending = /\r?\n$/.exec(value)?.[0] ?? '';
  return kept.length === 0 ? null : ` ${kept.join(`,${crlf} `)}${ending}`;
}

/** @returns the item as written; its bare address where only the name must go; null where all of it must */
function keptText(value: string, item: AddressItem, domains: readonly string[]): string | null {
  const written = value.slice(item.tokens[0]?.start ?? 0, item.tokens.at(-1)?.end ?? 0);
  if (!mayHoldAddress(written, domains)) return written;
  const [address] = parseAddresses(written, Number.POSITIVE_INFINITY).addresses;
  if (address === undefined || address.address === '' || mayHoldAddress(address.address, domains)) return null;
  return `<${address.address}>`;
}

/**
 * Says whether a text can be read as holding an address under one of the domains: as written, with encoded words
 * decoded, with backslashes, quotes, comments and blanks taken out. Rather an innocent name lost than a CPR number out.
 */
function mayHoldAddress(text: string, domains: readonly string[]): boolean {
  const unfolded = decodeUtf8Leniently(Buffer.from(text, 'latin1')).replace(/\r?\n(?=[ \t])/g, '');
  const decoded = decodeWords(unfolded);
  const patterns = domains.map((domain) => new RegExp(`[@.]${escapePattern(domain)}(?![a-z0-9-]|\\.[a-z0-9])`));
  return [unfolded, decoded, decodeWords(decoded)]
    .flatMap((each) => [each, withoutComments(each)])
    .some((form) => patterns.some((pattern) => pattern.test(bareForm(form))));
}

/** Lower case, wide and look-alike dots made plain, quotes, invisible signs and the blanks about "@" and "." gone. */
function bareForm(text: string): string {
  const plain = compatible(text).toLowerCase().replace(/["\\\p{Cf}\0]/gu, '').replace(/\u3002/g, '.');
  return plain.replace(/[ \t\r\n]*([@.])[ \t\r\n]*/g, '$1');
}

/** Comments nest; what stands in the innermost ones of a deeper nest is found with them kept in. */
function withoutComments(text: string): string {
  return text.replace(/\([^()]*\)/g, '').replace(/\([^()]*\)/g, '');
}

function escapePattern(domain: string): string {
  return domain.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
