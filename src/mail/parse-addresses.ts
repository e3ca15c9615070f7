import { composed } from './composed.ts';
import { readAddressTokens, splitAddressItems, type AddressToken } from './address-tokens.ts';
import { decodeWords } from './decode-words.ts';

/** One mailbox of an address header, and its place there. */
export interface ParsedAddress {
  /** Display name (or, without one, the comment), decoded, NFC; "" when there is none. */
  readonly name: string;
  /** The addr-spec, comments and blanks taken out, needless quotes taken off; "" when the item holds none. */
  readonly address: string;
  /** Place of the whole item in the text, from its first token to its last. */
  readonly start: number;
  readonly end: number;
}

/** An address header, read. */
export interface ParsedAddresses {
  readonly addresses: readonly ParsedAddress[];
  /** True when two readers may see different addresses here, or when the syntax is not of RFC 5322 3.4. */
  readonly ambiguous: boolean;
}

/**
 * Reads the mailboxes of an address header (RFC 5322 3.4; groups opened; semicolons taken as commas).
 * @param text the header's value, folded or not
 * @param tokensMax most tokens
 * @throws MailUnreadable `too-many-addresses`
 */
export function parseAddresses(text: string, tokensMax: number): ParsedAddresses {
  const tokens = readAddressTokens(text, tokensMax);
  const addresses: ParsedAddress[] = [];
  let ambiguous = hasControlSign(text) || tokens.some((token) => !token.closed);
  for (const item of splitAddressItems(tokens)) {
    // A group's name is dropped and its members are read; whoever needs one plain mailbox learns that it was not.
    ambiguous ||= item.endedBy === ':' || item.endedBy === ';' || item.endedBy === 'open angle';
    if (item.tokens.length === 0 || item.endedBy === ':') continue;
    const read = readItem(item.tokens);
    ambiguous ||= read.ambiguous;
    addresses.push(...read.addresses);
  }
  return { addresses, ambiguous };
}

function readItem(item: readonly AddressToken[]): ParsedAddresses {
  if (!item.some((token) => isSpecial(token, '<'))) return readBareItem(item);
  const groups = angleGroups(item);
  const within = new Set(groups.flat());
  const loose = item.filter((token) => !within.has(token) && !isAngle(token));
  const phrase = loose.filter((token) => token.kind !== 'comment');
  const specs = groups.map((group) => readAddrSpec(group));
  const name = phrase.length > 0 ? readPhrase(phrase) : readComments(loose);
  // "a@x <b@y>" without quotes is no phrase, and one reader or another takes the first.
  const looseAddress =
    phrase.some((token) => isSpecial(token, '@')) && name.toLowerCase() !== specs[0]?.address.toLowerCase();
  const lastPhrase = phrase.at(-1);
  const phraseAfter = lastPhrase !== undefined && lastPhrase.start > (item.find(isAngle)?.start ?? 0);
  return {
    addresses: specs.map((spec) => ({ name, address: spec.address, ...placeOf(item) })),
    ambiguous: specs.length !== 1 || looseAddress || phraseAfter || specs.some((spec) => spec.ambiguous),
  };
}

/** The tokens within each pair of angle brackets. */
function angleGroups(item: readonly AddressToken[]): AddressToken[][] {
  const groups: AddressToken[][] = [];
  let open: AddressToken[] | null = null;
  for (const token of item) {
    if (isSpecial(token, '<')) groups.push((open = []));
    else if (isSpecial(token, '>')) open = null;
    else open?.push(token);
  }
  return groups;
}

/** An item without angle brackets: an addr-spec alone, with or without a comment that names its owner. */
function readBareItem(item: readonly AddressToken[]): ParsedAddresses {
  const words = item.filter((token) => token.kind !== 'comment');
  const place = placeOf(item);
  if (!words.some((token) => isSpecial(token, '@'))) {
    const name = words.length > 0 ? readPhrase(words) : readComments(item);
    return { addresses: [{ name, address: '', ...place }], ambiguous: true };
  }
  const first = item.indexOf(words[0] as AddressToken);
  const last = item.indexOf(words.at(-1) as AddressToken);
  const commentWithin = item.slice(first, last).some((token) => token.kind === 'comment');
  const runs = gluedRuns(words).filter((run) => run.some((token) => isSpecial(token, '@')));
  const specs = runs.map((run) => readAddrSpec(run));
  const inRuns = new Set(runs.flat());
  const rest = words.filter((token) => !inRuns.has(token));
  const name = rest.length > 0 ? readPhrase(rest) : readComments(item);
  return {
    addresses: specs.map((spec) => ({ name, address: spec.address, ...place })),
    ambiguous: commentWithin || rest.length > 0 || specs.length !== 1 || specs.some((spec) => spec.ambiguous),
  };
}

/** Tokens that stand together without a blank; an "@" is glued to its neighbours over blanks as well. */
function gluedRuns(words: readonly AddressToken[]): AddressToken[][] {
  const runs: AddressToken[][] = [];
  let previous: AddressToken | null = null;
  for (const token of words) {
    const glued =
      previous !== null && (previous.end === token.start || isSpecial(token, '@') || isSpecial(previous, '@'));
    if (glued) runs.at(-1)?.push(token);
    else runs.push([token]);
    previous = token;
  }
  return runs;
}

/** Reads local-part "@" domain. In doubt the address is given as written and called ambiguous: it equals no mailbox. */
function readAddrSpec(tokens: readonly AddressToken[]): { readonly address: string; readonly ambiguous: boolean } {
  const words = tokens.filter((token) => token.kind !== 'comment');
  const written = words.map((token) => token.raw).join('');
  const [local, at, domain] = words;
  const plain =
    words.length === 3 && words.length === tokens.length &&
    local !== undefined && at !== undefined && domain !== undefined &&
    (local.kind === 'atom' || local.kind === 'quoted') && isSpecial(at, '@') && domain.kind === 'atom' &&
    local.end === at.start && at.end === domain.start;
  // An encoded word within an addr-spec is forbidden (RFC 2047 5.3); decoded, it could become another's address.
  const encoded = written.includes('=?');
  if (!plain) return { address: withoutRoute(written), ambiguous: true };
  return { address: `${unquoteLocal(local.raw)}@${domain.raw}`, ambiguous: encoded };
}

/** An obsolete route `@a,@b:user@c` (RFC 5322 4.4) ends at its colon. */
function withoutRoute(written: string): string {
  return written.startsWith('@') ? written.slice(written.indexOf(':') + 1) : written;
}

/** `"jens"@x` and `jens@x` are one mailbox (RFC 5322 3.4.1); quotes that are needed stay. */
function unquoteLocal(local: string): string {
  if (!local.startsWith('"')) return local;
  const inner = local.slice(1, -1).replace(/\\([^])/g, '$1');
  return /^[^\s"(),.:;<>@[\\\]]+(\.[^\s"(),.:;<>@[\\\]]+)*$/.test(inner) ? inner : local;
}

function readPhrase(tokens: readonly AddressToken[]): string {
  let text = '';
  let end: number | null = null;
  for (const token of tokens) {
    const gap = end === null || token.start === end ? '' : ' ';
    text += gap + (token.kind === 'quoted' ? unquote(token) : token.raw);
    end = token.end;
  }
  return cleanName(text);
}

function readComments(tokens: readonly AddressToken[]): string {
  const comments = tokens.filter((token) => token.kind === 'comment');
  return cleanName(comments.map((token) => unquote(token)).join(' '));
}

function unquote(token: AddressToken): string {
  return token.raw.slice(1, token.closed ? -1 : undefined).replace(/\\([^])/g, '$1');
}

function cleanName(text: string): string {
  return composed(decodeWords(text.replace(/[\r\n]+/g, '')).replace(/\s+/g, ' ').trim());
}

function placeOf(item: readonly AddressToken[]): { readonly start: number; readonly end: number } {
  return { start: item[0]?.start ?? 0, end: item.at(-1)?.end ?? 0 };
}

function hasControlSign(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x7f || (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d)) return true;
  }
  return false;
}

function isSpecial(token: AddressToken, sign: string): boolean {
  return token.kind === 'special' && token.raw === sign;
}

function isAngle(token: AddressToken): boolean {
  return isSpecial(token, '<') || isSpecial(token, '>');
}
