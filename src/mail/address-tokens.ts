import { MailUnreadable } from './mail-unreadable.ts';

/** A token of an address header, by its place in the text. Blanks are no tokens. */
export interface AddressToken {
  readonly kind: 'atom' | 'quoted' | 'comment' | 'special';
  /** As written, with its quotes or brackets. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** False for a quoted string or comment that is never closed. */
  readonly closed: boolean;
}

const specials = '<>,;:@';

/**
 * Cuts an address header into the tokens of RFC 5322 3.2. Time is linear; comments may nest to any depth.
 * @param text the value, folded or unfolded
 * @param tokensMax most tokens
 * @throws MailUnreadable `too-many-addresses`
 */
export function readAddressTokens(text: string, tokensMax: number): AddressToken[] {
  const tokens: AddressToken[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? '';
    if (isBlank(sign)) {
      at += 1;
      continue;
    }
    const token = readToken(text, at, sign);
    tokens.push(token);
    if (tokens.length > tokensMax) throw new MailUnreadable('too-many-addresses');
    at = token.end;
  }
  return tokens;
}

/** What stands between two separators of an address header. */
export interface AddressItem {
  readonly tokens: readonly AddressToken[];
  /** A colon: the tokens name a group. */
  readonly endedBy: ',' | ';' | ':' | 'end' | 'open angle';
}

/** Cuts tokens at the separators that stand outside angle brackets. */
export function splitAddressItems(tokens: readonly AddressToken[]): AddressItem[] {
  const items: AddressItem[] = [];
  let open: AddressToken[] = [];
  let inAngle = false;
  for (const token of tokens) {
    const special = token.kind === 'special' ? token.raw : '';
    if (special === '<' || special === '>') inAngle = special === '<';
    if (inAngle || (special !== ',' && special !== ';' && special !== ':')) {
      open.push(token);
      continue;
    }
    items.push({ tokens: open, endedBy: special });
    open = [];
  }
  items.push({ tokens: open, endedBy: inAngle ? 'open angle' : 'end' });
  return items;
}

function readToken(text: string, start: number, sign: string): AddressToken {
  if (sign === '"') return readQuoted(text, start);
  if (sign === '(') return readComment(text, start);
  if (specials.includes(sign)) return { kind: 'special', raw: sign, start, end: start + 1, closed: true };
  let end = start + 1;
  while (end < text.length && isAtomSign(text[end] ?? '')) end += 1;
  return { kind: 'atom', raw: text.slice(start, end), start, end, closed: true };
}

function readQuoted(text: string, start: number): AddressToken {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  const closed = end < text.length;
  end = Math.min(end + 1, text.length);
  return { kind: 'quoted', raw: text.slice(start, end), start, end, closed };
}

function readComment(text: string, start: number): AddressToken {
  let depth = 0;
  let end = start;
  do {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
    end += text[end] === '\\' ? 2 : 1;
  } while (end < text.length && depth > 0);
  end = Math.min(end, text.length);
  return { kind: 'comment', raw: text.slice(start, end), start, end, closed: depth === 0 };
}

function isBlank(sign: string): boolean {
  return sign === ' ' || sign === '\t' || sign === '\r' || sign === '\n';
}

function isAtomSign(sign: string): boolean {
  return !isBlank(sign) && sign !== '"' && sign !== '(' && !specials.includes(sign);
}
