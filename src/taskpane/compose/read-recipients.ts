import { isCprNumber } from '../../domain/cpr-number.ts';
import { isCvrNumber } from '../../domain/cvr-number.ts';
import { parseGatewayAddress, printGatewayAddress, type MassAddress, type RecipientId, type SingleAddress } from '../../domain/gateway-address.ts';
import { isInDomains, normaliseMailAddress } from '../../domain/mail-address.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import { recipientFields, type Draft, type MailRecipient, type RecipientField } from '../office/outlook.ts';
import { addressFault, type AddressFault } from './address-fault.ts';

interface Row {
  /** Stays as long as the row is about the same recipient, whatever else changes in the address. */
  readonly key: string;
  readonly field: RecipientField;
  /** As Outlook holds it. */
  readonly recipient: MailRecipient;
}

/** Somebody who gets Digital Post, mit.dk or e-Boks. */
export interface DigitalRow extends Row {
  readonly kind: 'citizen' | 'company';
  /** As it will be understood: contact points that MemoHeader.json carries stand in it. */
  readonly address: SingleAddress;
  /**
   * Whether the same number stands further up: `same` in the very same spelling, so that it is sent once; `other` in
   * another, so that it is sent twice.
   */
  readonly twice: 'same' | 'other' | null;
}

/** A list: one address for all on it. */
export interface MassRow extends Row {
  readonly kind: 'mass';
  readonly address: MassAddress;
}

/** An address under digital-post.dk, or like it, that the gateway will refuse. */
export interface MalformedRow extends Row {
  readonly kind: 'malformed';
  readonly fault: AddressFault | null;
}

/** A number that somebody typed in Til. */
export interface BareNumberRow extends Row {
  readonly kind: 'bare-number';
  readonly number: RecipientId;
}

/** Ordinary mail. */
export interface MailRow extends Row {
  readonly kind: 'colleague' | 'outsider';
  /** In the one spelling in which addresses are compared. */
  readonly address: string;
}

/** Outlook tells no address that can be read; it is left as it is. */
export interface UnreadableRow extends Row {
  readonly kind: 'unreadable';
}

export type RecipientRow = DigitalRow | MassRow | MalformedRow | BareNumberRow | MailRow | UnreadableRow;

export interface ReadingFacts {
  /** The organisation's own mail domains: whoever is in them is a colleague. */
  readonly mailDomains: readonly string[];
  /** What the draft's MemoHeader.json says; null where there is none. */
  readonly header: OutboundMemoHeader | null;
}

/** The recipients of a draft, one row each, in the order Til, Cc, Bcc. */
export function readRecipients(draft: Pick<Draft, RecipientField>, facts: ReadingFacts): readonly RecipientRow[] {
  const keys = new Set<string>();
  const spellings = new Map<string, Set<string>>();
  return recipientFields.flatMap((field) => draft[field].map((recipient) => {
    const row = rowOf(field, recipient, facts);
    const keyed = { ...row, key: freeKey(row.key, keys) };
    return isDigitalRow(keyed) ? { ...keyed, twice: twiceOf(keyed, spellings) } : keyed;
  }));
}

export function isDigitalRow(row: RecipientRow): row is DigitalRow {
  return row.kind === 'citizen' || row.kind === 'company';
}

export function isMailRow(row: RecipientRow): row is MailRow {
  return row.kind === 'colleague' || row.kind === 'outsider';
}

function rowOf(field: RecipientField, recipient: MailRecipient, { mailDomains, header }: ReadingFacts): RecipientRow {
  const text = recipient.emailAddress.trim();
  const number = bareNumber(text === '' ? recipient.displayName : text);
  if (number) return { kind: 'bare-number', key: `number ${number.number}`, field, recipient, number };
  if (!text.includes('@') || text.toLowerCase().startsWith('/o=')) return { kind: 'unreadable', key: `name ${recipient.displayName}`, field, recipient };
  const parsed = parseGatewayAddress(text);
  if (parsed.kind === 'elsewhere') {
    const address = normaliseMailAddress(text);
    return { kind: isInDomains(address, mailDomains) ? 'colleague' : 'outsider', key: `mail ${address}`, field, recipient, address };
  }
  if (parsed.kind === 'malformed') return { kind: 'malformed', key: `mail ${text.toLowerCase()}`, field, recipient, fault: addressFault(text) };
  const address = addressWithHeader(parsed.address, header);
  if (address.kind === 'mass') return { kind: 'mass', key: 'mass', field, recipient, address };
  const kind = address.recipient.kind === 'cpr' ? 'citizen' : 'company';
  return { kind, key: `number ${address.recipient.number}`, field, recipient, address, twice: null };
}

/** Ten digits, also as ddmmyy-xxxx, or eight. */
function bareNumber(text: string): RecipientId | null {
  const digits = text.trim().replace(/^(\d{6})[- ](\d{4})$/, '$1$2');
  if (isCprNumber(digits)) return { kind: 'cpr', number: digits };
  return isCvrNumber(digits) ? { kind: 'cvr', number: digits } : null;
}

function freeKey(wanted: string, taken: Set<string>): string {
  let key = wanted;
  for (let n = 2; taken.has(key); n += 1) key = `${wanted} ${String(n)}`;
  taken.add(key);
  return key;
}

// The gateway knows a mail by the address as it is printed: the same address is handed over once (a company's two desks
// are two recipients, and no mistake).
function twiceOf({ address }: DigitalRow, spellings: Map<string, Set<string>>): DigitalRow['twice'] {
  const who = `${address.recipient.number} ${address.recipientContactPoint ?? ''}`;
  const before = spellings.get(who);
  const printed = printGatewayAddress(address);
  spellings.set(who, new Set([...(before ?? []), printed]));
  if (!before) return null;
  return before.has(printed) ? 'same' : 'other';
}
