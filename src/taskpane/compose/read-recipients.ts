import type { AddressReason } from '../../domain/address-reason.ts';
import { sortDraftRecipients, type OwnMail, type SortedRecipients } from '../../domain/draft-recipients.ts';
import type { DraftStop, StopPlace } from '../../domain/draft-stop.ts';
import { printGatewayAddress, type GatewayAddress, type MassAddress, type RecipientId, type SingleAddress } from '../../domain/gateway-address.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import { recipientFields, type Draft, type MailRecipient, type RecipientField } from '../office/outlook.ts';

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
  /** A list stands in the same mail, which the gateway refuses. */
  readonly massNotAlone: boolean;
}

/** A list: one address for all on it. */
export interface MassRow extends Row {
  readonly kind: 'mass';
  readonly address: MassAddress;
}

/** An address under digital-post.dk, or like it, that the gateway will refuse. */
export interface MalformedRow extends Row {
  readonly kind: 'malformed';
  /** Null: it is no address of ours, and only looks like one. */
  readonly reason: AddressReason | null;
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
  readonly own: OwnMail;
  /** What the draft's MemoHeader.json says; null where there is none. */
  readonly header: OutboundMemoHeader | null;
}

/** The recipients of a draft, one row each, in the order Til, Cc, Bcc; sorted as the Smart Alert sorts them. */
export function readRecipients(draft: Pick<Draft, RecipientField>, { own, header }: ReadingFacts): readonly RecipientRow[] {
  const found = findingsOf(sortDraftRecipients(draft, own));
  const keys = new Set<string>();
  const spellings = new Map<string, Set<string>>();
  return recipientFields.flatMap((field) => draft[field].map((recipient, index) => {
    const row = rowOf(field, recipient, { found: found.get(`${field} ${String(index)}`) ?? nothing, header });
    const keyed = { ...row, key: freeKey(row.key, keys) };
    return isDigitalRow(keyed) ? { ...keyed, twice: twiceOf(keyed, spellings) } : keyed;
  }));
}

/** What the domain's rules say of one recipient. */
interface Found {
  readonly stop: DraftStop | null;
  readonly digital: GatewayAddress | null;
  readonly outsider: boolean;
}

const nothing: Found = { stop: null, digital: null, outsider: false };

function findingsOf({ stops, digital, outsiders }: SortedRecipients): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const note = (place: StopPlace, part: Partial<Found>): void => {
    if (place.at !== 'recipient') return;
    const at = `${place.field} ${String(place.index)}`;
    found.set(at, { ...nothing, ...found.get(at), ...part });
  };
  for (const { address, place } of digital) note(place, { digital: address });
  for (const { place } of outsiders) note(place, { outsider: true });
  for (const stop of stops) note(stop.place, { stop });
  return found;
}

export function isDigitalRow(row: RecipientRow): row is DigitalRow {
  return row.kind === 'citizen' || row.kind === 'company';
}

export function isMailRow(row: RecipientRow): row is MailRow {
  return row.kind === 'colleague' || row.kind === 'outsider';
}

function rowOf(field: RecipientField, recipient: MailRecipient, { found, header }: { readonly found: Found; readonly header: OutboundMemoHeader | null }): RecipientRow {
  const { stop, digital, outsider } = found;
  const text = recipient.emailAddress.trim();
  if (stop?.code === 'bareNumber') {
    const number = bareNumber(text || recipient.displayName);
    return { kind: 'bare-number', key: `number ${number.number}`, field, recipient, number };
  }
  if (digital) return digitalRow(field, recipient, { address: addressWithHeader(digital, header), massNotAlone: stop?.code === 'massNotAlone' });
  if (stop) return { kind: 'malformed', key: `mail ${text.toLowerCase()}`, field, recipient, reason: stop.code === 'badAddress' ? stop.parameters.reason : null };
  if (!text.includes('@')) return { kind: 'unreadable', key: `name ${recipient.displayName}`, field, recipient };
  const address = normaliseMailAddress(text);
  return { kind: outsider ? 'outsider' : 'colleague', key: `mail ${address}`, field, recipient, address };
}

function digitalRow(
  field: RecipientField, recipient: MailRecipient, { address, massNotAlone }: { readonly address: GatewayAddress; readonly massNotAlone: boolean },
): DigitalRow | MassRow {
  if (address.kind === 'mass') return { kind: 'mass', key: 'mass', field, recipient, address };
  const kind = address.recipient.kind === 'cpr' ? 'citizen' : 'company';
  return { kind, key: `number ${address.recipient.number}`, field, recipient, address, twice: null, massNotAlone };
}

/** The digits of what the domain's rules take for a number. */
function bareNumber(text: string): RecipientId {
  const number = text.replace(/\D/g, '');
  return { kind: number.length === 10 ? 'cpr' : 'cvr', number };
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
