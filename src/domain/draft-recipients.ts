import { addressReason, type AddressReason } from './address-reason.ts';
import { maskCprNumber } from './cpr-number.ts';
import type { DraftField, DraftStop, StopPlace } from './draft-stop.ts';
import { addressProblem, parseGatewayAddress, printGatewayAddress, type GatewayAddress } from './gateway-address.ts';
import { looksLikeGatewayAddress } from './look-alike-address.ts';
import { isInDomains, mailDomainOf } from './mail-address.ts';
import { maskedAddress } from './malformed-address.ts';

/** A recipient as Outlook holds it; the address may be empty, a number that was typed, or a name of Exchange's own. */
export interface CheckedRecipient {
  readonly displayName: string;
  readonly emailAddress: string;
}

/** The organisation's own mail domains. */
export interface OwnMail {
  readonly domains: readonly string[];
  /** Nobody has told them: they are those of the From mailbox, and their neighbours (skole.kommune.dk) count as own. */
  readonly guessed: boolean;
}

/** Somebody outside the organisation who gets ordinary mail. */
export interface Outsider {
  readonly address: string;
  readonly place: StopPlace;
}

export interface DigitalRecipient {
  readonly address: GatewayAddress;
  readonly field: DraftField;
  readonly place: StopPlace;
}

/** Whom a draft goes to. Colleagues, and recipients that cannot be read, are in none of the three. */
export interface SortedRecipients {
  readonly stops: readonly DraftStop[];
  readonly digital: readonly DigitalRecipient[];
  readonly outsiders: readonly Outsider[];
}

export type DraftRecipients = Readonly<Record<DraftField, readonly CheckedRecipient[]>>;

const fields: readonly DraftField[] = ['to', 'cc', 'bcc'];

/** Sorts the recipients of a draft, and tells those that cannot be sent to, in the order Til, Cc, Bcc. */
export function sortDraftRecipients(draft: DraftRecipients, own: OwnMail): SortedRecipients {
  const sorted = { stops: [] as DraftStop[], digital: [] as DigitalRecipient[], outsiders: [] as Outsider[] };
  for (const field of fields) {
    draft[field].forEach((recipient, index) => {
      const place: StopPlace = { at: 'recipient', field, index };
      const read = readRecipient(recipient, own);
      if (read.kind === 'stop') sorted.stops.push(read.stop(place));
      else if (read.kind === 'digital') sorted.digital.push({ address: read.address, field, place });
      else if (read.kind === 'outsider') sorted.outsiders.push({ address: read.address, place });
    });
  }
  return { ...sorted, stops: [...sorted.stops, ...massNotAlone(sorted.digital)] };
}

/** Own domains where nobody has told them: those of the mailboxes in question. */
export function guessedOwnMail(addresses: readonly (string | null)[]): OwnMail {
  const domains = addresses.map((address) => mailDomainOf(address ?? '')).filter((domain) => domain !== '');
  return { domains, guessed: true };
}

type ReadRecipient =
  | { readonly kind: 'stop'; readonly stop: (place: StopPlace) => DraftStop }
  | { readonly kind: 'digital'; readonly address: GatewayAddress }
  | { readonly kind: 'outsider'; readonly address: string }
  | { readonly kind: 'other' };

function readRecipient({ displayName, emailAddress }: CheckedRecipient, own: OwnMail): ReadRecipient {
  const text = emailAddress.trim();
  const number = bareNumber(text === '' ? displayName : text);
  if (number !== null) {
    const masked = number.length === 10 ? maskCprNumber(number) : number;
    return { kind: 'stop', stop: (place) => ({ code: 'bareNumber', grade: 'stop', parameters: { masked }, place }) };
  }
  if (!text.includes('@') || /^\/o=/i.test(text)) return { kind: 'other' };
  const parsed = parseGatewayAddress(text);
  if (parsed.kind === 'malformed') return namesGatewayPlainly(text) ? wrong(text, addressReason(text)) : lookalike(text);
  if (parsed.kind === 'gateway-address') {
    return addressProblem(parsed.address) === null ? { kind: 'digital', address: parsed.address } : wrong(text, 'citizenPoint');
  }
  if (isOwn(text, own)) return { kind: 'other' };
  return looksLikeGatewayAddress(text) ? lookalike(text) : { kind: 'outsider', address: text };
}

/** A CPR or CVR number where an address should stand: digits, and the blanks, dots and hyphens that people put in. */
function bareNumber(text: string): string | null {
  const match = /^\s*(?:(?:cpr|cvr|dk)[-.\s:]*)?(\d[\d\s.-]*?)(?:-reply)?@?\s*$/i.exec(text.slice(0, bareNumberCharactersMax));
  const digits = (match?.[1] ?? '').replace(/\D/g, '');
  return digits.length === 10 || digits.length === 8 ? digits : null;
}

const bareNumberCharactersMax = 100;

/** The domain itself stands there, so that the rest of the address is what is wrong. */
function namesGatewayPlainly(text: string): boolean {
  return /(?:@|\.)digital-post\.dk\.?$/i.test(text);
}

function wrong(text: string, reason: AddressReason): ReadRecipient {
  const address = maskedAddress(text);
  return { kind: 'stop', stop: (place) => ({ code: 'badAddress', grade: 'stop', parameters: { address, reason }, place }) };
}

function lookalike(text: string): ReadRecipient {
  const address = maskedAddress(text);
  return { kind: 'stop', stop: (place) => ({ code: 'lookalike', grade: 'stop', parameters: { address }, place }) };
}

function isOwn(address: string, { domains, guessed }: OwnMail): boolean {
  if (isInDomains(address, domains)) return true;
  return guessed && domains.some((domain) => organisationPart(domain) === organisationPart(mailDomainOf(address)));
}

/** "skole.kommune.dk" → "kommune.dk". */
function organisationPart(domain: string): string {
  return domain.split('.').slice(-2).join('.');
}

/** A mass send is alone in its mail among those in Digital Post (mass-send-list.ts refuses it otherwise). */
function massNotAlone(digital: readonly DigitalRecipient[]): readonly DraftStop[] {
  const mass = digital.find(({ address }) => address.kind === 'mass');
  if (!mass) return [];
  const printed = printGatewayAddress(mass.address);
  return digital
    .filter(({ address }) => printGatewayAddress(address) !== printed)
    .map(({ address, place }) => ({ code: 'massNotAlone', grade: 'stop', parameters: { address: maskedAddress(printGatewayAddress(address)) }, place }));
}
