import { contactPointForm } from './contact-point.ts';
import type { Problem } from './problem.ts';
import { problemOf } from './problem.ts';
import { isUnderGatewayDomain } from './gateway-domain.ts';
import { malformedReason } from './malformed-address.ts';

export { isUnderGatewayDomain } from './gateway-domain.ts';

export interface RecipientId {
  readonly kind: 'cpr' | 'cvr';
  readonly number: string;
}

/** Who sends. `own-cvr`: the CVR number of the organisation that the From mailbox belongs to (e-Boks' short form). */
export type SenderReference =
  | { readonly kind: 'cvr'; readonly cvr: string }
  | { readonly kind: 'contact-point'; readonly id: string }
  | { readonly kind: 'own-cvr' };

export interface SingleAddress {
  readonly kind: 'single';
  readonly channel: 'ngdp' | 'mitdk' | 'eboks';
  readonly recipient: RecipientId;
  readonly replyable: boolean;
  /** Lower case. */
  readonly recipientContactPoint: string | null;
  readonly sender: SenderReference;
}

export interface MassAddress {
  readonly kind: 'mass';
  readonly channel: 'ngdp';
  readonly recipientCount: number;
  readonly sender: SenderReference;
}

export type GatewayAddress = SingleAddress | MassAddress;

/** `elsewhere` is ordinary mail. What is under digital-post.dk, or looks like it, is never elsewhere. */
export type ParsedAddress =
  | { readonly kind: 'gateway-address'; readonly address: GatewayAddress }
  | { readonly kind: 'malformed'; readonly problem: Problem }
  | { readonly kind: 'elsewhere' };

/**
 * Reads the address of an envelope or a header, bare as SMTP carries it (no angle brackets, no display name), by the
 * grammar of formats.md. Letter case and the domain's trailing dot do not matter; nothing else is forgiven, because a
 * CPR number in an address that was only nearly understood would leave for the internet. Neither dates nor check digits
 * are looked at. Never throws; linear in the text.
 */
export function parseGatewayAddress(text: string): ParsedAddress {
  const sorted = sortAddress(text);
  return sorted.kind === 'malformed' ? { ...sorted, problem: problemOf('address-malformed', malformedReason(text)) } : sorted;
}

/** The same without the sentence on what is wrong, which is too heavy for the Smart Alert. */
export function sortAddress(text: string): Exclude<ParsedAddress, { readonly kind: 'malformed' }> | { readonly kind: 'malformed' } {
  const address = parseStrictly(text);
  if (address !== null) return { kind: 'gateway-address', address };
  return { kind: isUnderGatewayDomain(text) ? 'malformed' : 'elsewhere' };
}

/**
 * Reads an address as a person types or pastes it: `Navn <…>`, "SMTP:" and "mailto:" in front, and blanks are forgiven
 * around it and after the dot, where the documentation's own third example has one.
 */
export function parseTypedGatewayAddress(text: string): ParsedAddress {
  return parseGatewayAddress(withoutTypedExtras(text));
}

/** The one spelling of an address; `parseGatewayAddress` gives the same address back. */
export function printGatewayAddress(address: GatewayAddress): string {
  if (address.kind === 'mass') {
    return `masseforsendelse-${String(address.recipientCount)}@${domainOf(address.sender, address.channel)}`;
  }
  const reply = address.replyable ? '-reply' : '';
  const point = address.recipientContactPoint === null ? '' : `.${address.recipientContactPoint}`;
  return `${address.recipient.number}${reply}${point}@${domainOf(address.sender, address.channel)}`;
}

/**
 * What is wrong with an address that is rightly written: a citizen has no contact points, though the documentation
 * lists the form. Null when nothing is.
 */
export function addressProblem(address: GatewayAddress): Problem | null {
  return isCitizensDesk(address) ? problemOf('citizen-contact-point', { address: printGatewayAddress(address) }) : null;
}

/** A contact point at a citizen. */
export function isCitizensDesk(address: GatewayAddress): boolean {
  return address.kind === 'single' && address.recipient.kind === 'cpr' && address.recipientContactPoint !== null;
}

/** RFC 5321 section 4.5.3.1 allows 256 signs; the longest that the grammar has is 111. */
const addressCharactersMax = 256;

const recipient = '([0-9]{10}|[0-9]{8})';
const sender = `(?:(${contactPointForm})|([0-9]{8}))`;
// Groups by number: some of Outlook's script engines know no names for them.
const forms = {
  single: new RegExp(
    String.raw`^${recipient}(-reply)?(?:\.(${contactPointForm}))?@${sender}` + String.raw`\.(ngdp|mitdk)\.digital-post\.dk\.?$`,
  ),
  mass: new RegExp(String.raw`^masseforsendelse-([1-9][0-9]{0,6})@${sender}\.ngdp\.digital-post\.dk\.?$`),
  eboks: new RegExp(String.raw`^${recipient}@(?:([0-9]{8})\.eboks\.)?digital-post\.dk\.?$`),
};

function parseStrictly(text: string): GatewayAddress | null {
  // ASCII first: lower case would make a plain k of the Kelvin sign.
  if (text.length > addressCharactersMax || !/^[\x21-\x7e]+$/.test(text)) return null;
  const lower = text.toLowerCase();
  return parseSingle(lower) || parseMass(lower) || parseEboks(lower);
}

function parseSingle(text: string): GatewayAddress | null {
  const parts = forms.single.exec(text);
  if (parts === null) return null;
  const [, number = '', reply, recipientPoint, point, cvr, channel] = parts;
  return {
    kind: 'single',
    channel: channel === 'mitdk' ? 'mitdk' : 'ngdp',
    recipient: recipientOf(number),
    replyable: reply !== undefined,
    recipientContactPoint: recipientPoint || null,
    sender: senderOf(point, cvr),
  };
}

function parseMass(text: string): GatewayAddress | null {
  const parts = forms.mass.exec(text);
  if (parts === null) return null;
  const [, count, point, cvr] = parts;
  return { kind: 'mass', channel: 'ngdp', recipientCount: Number(count), sender: senderOf(point, cvr) };
}

function parseEboks(text: string): GatewayAddress | null {
  const parts = forms.eboks.exec(text);
  if (parts === null) return null;
  const [, number = '', cvr] = parts;
  return {
    kind: 'single',
    channel: 'eboks',
    recipient: recipientOf(number),
    replyable: false,
    recipientContactPoint: null,
    sender: senderOf(undefined, cvr),
  };
}

function recipientOf(number: string): RecipientId {
  return { kind: number.length === 10 ? 'cpr' : 'cvr', number };
}

function senderOf(point: string | undefined, cvr: string | undefined): SenderReference {
  if (point !== undefined) return { kind: 'contact-point', id: point };
  return cvr === undefined ? { kind: 'own-cvr' } : { kind: 'cvr', cvr };
}

function domainOf(reference: SenderReference, channel: GatewayAddress['channel']): string {
  switch (reference.kind) {
    case 'cvr':
      return `${reference.cvr}.${channel}.digital-post.dk`;
    case 'contact-point':
      return `${reference.id}.${channel}.digital-post.dk`;
    case 'own-cvr':
      return 'digital-post.dk';
  }
}

function withoutTypedExtras(text: string): string {
  const inBrackets = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text;
  return inBrackets
    .trim()
    .replace(/^(?:smtp|mailto):\s*/i, '')
    .replace(/\.\s+/g, '.')
    .split('@')
    .map((part) => part.trim())
    .join('@');
}
