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
  /**
   * Domains (sub-domains too) whose addresses are taken out of To, Cc and Reply-To; with any, names that hold a CPR number go
   * from every field of addresses. Empty takes nothing out.
   */
  readonly dropAddressesUnder: readonly string[];
}

const crlf = '\r\n';
const bccNames = new Set(['bcc', 'resent-bcc']);
/** Fields of addresses that a reader's program shows, or answers to (RFC 5322 3.6.2, 3.6.3, 3.6.6; RFC 8098 2.1). */
const addressNames = new Set([
  'to', 'cc', 'reply-to', 'from', 'sender', 'resent-to', 'resent-cc', 'resent-reply-to', 'resent-from', 'resent-sender',
  'mail-followup-to', 'mail-reply-to', 'apparently-to', 'disposition-notification-to', 'return-receipt-to',
]);

/**
 * Rewrites a mail's header for relaying. Whatever need not change stays byte for byte: order, folding, letter case.
 * @param headerBlock the header with its blank line, or the whole mail; what follows the header is kept as it is
 * @returns the new bytes. Of a field with an address to take out only that item goes, with its name, its comments
 *   and whatever else holds the address; of an item whose name or comment holds a CPR number the bare address stays. A To left
 *   empty becomes "undisclosed-recipients:;" (RFC 5322 3.4), any other field goes.
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
  if (options.dropAddressesUnder.length === 0 || !addressNames.has(field.name)) return written;
  const name = written.subarray(0, field.valueStart - field.start);
  // One sign a byte, so that places in the text are places in the bytes.
  const value = written.subarray(name.length).toString('latin1');
  const rest = dropItems(value, options.dropAddressesUnder);
  if (rest === value) return written;
  if (rest !== null) return Buffer.concat([name, Buffer.from(rest, 'latin1')]);
  const isTo = field.name === 'to' || field.name === 'resent-to';
  return isTo ? Buffer.concat([name, Buffer.from(` undisclosed-recipients:;${crlf}`)]) : Buffer.alloc(0);
}

/** @returns the value without those items and names; the value itself when none is in it; null when nothing is left */
function dropItems(value: string, domains: readonly string[]): string | null {
  const holdsAddress = mayHoldAddress(value, domains);
  if (!holdsAddress && !mayHoldCpr(value)) return value;
  const items = splitAddressItems(readAddressTokens(value, Number.POSITIVE_INFINITY)).filter(({ tokens }) => tokens.length > 0);
  const groupNames = items.filter(({ endedBy }) => endedBy === ':').map((item) => writtenIn(value, item));
  const written = items.filter(({ endedBy }) => endedBy !== ':').map((item) => writtenIn(value, item));
  const kept = written.map((text) => keptText(text, domains));
  const isSame = kept.every((text, n) => text === written[n]) && !groupNames.some(mayHoldCpr);
  if (!holdsAddress && isSame) return value;
  const left = kept.filter((text) => text !== null);
  const ending = /\r?\n$/.exec(value)?.[0] ?? '';
  return left.length === 0 ? null : ` ${left.join(`,${crlf} `)}${ending}`;
}

function writtenIn(value: string, { tokens }: AddressItem): string {
  return value.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}

/** @returns the item as written; its bare address where only the name must go; null where all of it must */
function keptText(written: string, domains: readonly string[]): string | null {
  const holdsAddress = mayHoldAddress(written, domains);
  if (!holdsAddress && !mayHoldCpr(written)) return written;
  const [address] = parseAddresses(written, Number.POSITIVE_INFINITY).addresses;
  if (address === undefined || address.address === '' || mayHoldAddress(address.address, domains)) return null;
  // Digits in the address itself are in no name.
  return holdsAddress || mayHoldCpr(written.replace(address.address, '')) ? `<${address.address}>` : written;
}

/**
 * Says whether a text can be read as holding an address under one of the domains: as written, with encoded words
 * decoded, with backslashes, quotes, comments and blanks taken out. Rather an innocent name lost than a CPR number out.
 */
function mayHoldAddress(text: string, domains: readonly string[]): boolean {
  const patterns = domains.map((domain) => new RegExp(`[@.]${escapePattern(domain)}(?![a-z0-9-]|\\.[a-z0-9])`));
  return readings(text)
    .flatMap((each) => [each, withoutComments(each)])
    .some((form) => patterns.some((pattern) => pattern.test(bareForm(form))));
}

/**
 * Says whether a name or comment can be read as holding a CPR number: ten digits of whatever writing, with hardly anything between
 * them, that are not said to be a telephone's by a "+". Rather an innocent name lost, here too.
 */
function mayHoldCpr(text: string): boolean {
  if (!/\d|=\?|[^\0-\x7f]/.test(text)) return false;
  return readings(text)
    .flatMap((each) => [each, withoutComments(each), each.replace(/<[^<>]*>/g, '')])
    .some((form) => /(?<![+\p{Nd}])(?:\p{Nd}[^\p{L}\p{Nd}]{0,4}){9}\p{Nd}/u.test(withoutInvisible(form)));
}

function withoutInvisible(text: string): string {
  return compatible(text.replace(/\p{M}/gu, '')).replace(/["\\()\p{Cf}\p{Cc}]/gu, '');
}

/** What the same bytes say to different programs: unfolded, and with encoded words decoded once and twice. */
function readings(text: string): readonly string[] {
  const unfolded = decodeUtf8Leniently(Buffer.from(text, 'latin1')).replace(/\r?\n(?=[ \t])/g, '');
  const decoded = decodeWords(unfolded);
  return [unfolded, decoded, decodeWords(decoded)];
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
