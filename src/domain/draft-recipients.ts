import { addressReason, type AddressReason } from './address-reason.ts';
import { maskCprNumber } from './cpr-number.ts';
import { stopOf, type DraftField, type DraftStop, type StopPlace } from './draft-stop.ts';
import { isCitizensDesk, sortAddress, type GatewayAddress } from './gateway-address.ts';
import { looksLikeGatewayAddress } from './look-alike-address.ts';
import { isInDomains, mailDomainOf } from './mail-address.ts';
import { maskedAddress } from './masked-address.ts';

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
  /** As it stands in the draft. */
  readonly text: string;
  readonly place: StopPlace;
}

export interface DigitalRecipient extends Outsider {
  readonly address: GatewayAddress;
  readonly field: DraftField;
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
  const stops: DraftStop[] = [];
  const digital: DigitalRecipient[] = [];
  const outsiders: Outsider[] = [];
  for (const field of fields) {
    draft[field].forEach((recipient, index) => {
      const place: StopPlace = { at: 'recipient', field, index };
      const read = readRecipient(recipient, own);
      if (typeof read === 'string') outsiders.push({ text: read, place });
      else if (typeof read === 'function') stops.push(read(place));
      else if (read) digital.push({ address: read, text: recipient.emailAddress.trim(), field, place });
    });
  }
  return { stops: stops.concat(massNotAlone(digital)), digital, outsiders };
}

/** Own domains where nobody has told them: those of the mailboxes in question. */
export function guessedOwnMail(addresses: readonly (string | null)[]): OwnMail {
  return { domains: addresses.map((address) => mailDomainOf(address || '')).filter((domain) => domain !== ''), guessed: true };
}

/** An outsider's address, what stops the mail there, or an address of Digital Post; null for everybody else. */
type ReadRecipient = string | ((place: StopPlace) => DraftStop) | GatewayAddress | null;

function readRecipient({ displayName, emailAddress }: CheckedRecipient, own: OwnMail): ReadRecipient {
  const text = emailAddress.trim();
  const number = bareNumber(text || displayName);
  if (number !== null) return (place) => stopOf('bareNumber', { masked: number.length === 10 ? maskCprNumber(number) : number }, place);
  if (!text.includes('@') || /^\/o=/i.test(text)) return null;
  const sorted = sortAddress(text);
  if (sorted.kind === 'gateway-address') return isCitizensDesk(sorted.address) ? badAddress(text, 'citizenPoint') : sorted.address;
  if (sorted.kind === 'malformed') return namesGatewayPlainly.test(text) ? badAddress(text, addressReason(text)) : lookalike(text);
  if (isOwn(text, own)) return null;
  return looksLikeGatewayAddress(text) ? lookalike(text) : text;
}

/** The domain itself stands there, so that the rest of the address is what is wrong. */
const namesGatewayPlainly = /[@.]digital-post\.dk\.?$/i;

function badAddress(text: string, reason: AddressReason): ReadRecipient {
  return (place) => stopOf('badAddress', { address: maskedAddress(text), reason }, place);
}

function lookalike(text: string): ReadRecipient {
  return (place) => stopOf('lookalike', { address: maskedAddress(text) }, place);
}

/** A CPR or CVR number where an address should stand: digits, and the blanks, dots and hyphens that people put in. */
function bareNumber(text: string): string | null {
  const match = /^\s*(?:(?:cpr|cvr|dk)[-.\s:]*)?(\d[\d\s.-]*?)(?:-reply)?@?\s*$/i.exec(text.slice(0, bareNumberCharactersMax));
  const digits = match === null ? '' : String(match[1]).replace(/\D/g, '');
  return digits.length === 10 || digits.length === 8 ? digits : null;
}

const bareNumberCharactersMax = 100;

function isOwn(address: string, { domains, guessed }: OwnMail): boolean {
  return isInDomains(address, domains) || (guessed && domains.some((domain) => organisationPart(domain) === organisationPart(mailDomainOf(address))));
}

/** "skole.kommune.dk" → "kommune.dk". */
function organisationPart(domain: string): string {
  return domain.split('.').slice(-2).join('.');
}

/** A mass send is alone in its mail among those in Digital Post (mass-send-list.ts refuses it otherwise). */
function massNotAlone(digital: readonly DigitalRecipient[]): readonly DraftStop[] {
  const mass = digital.find(({ address }) => address.kind === 'mass');
  if (!mass) return [];
  return digital
    .filter(({ text }) => text.toLowerCase() !== mass.text.toLowerCase())
    .map(({ text, place }) => stopOf('massNotAlone', { address: maskedAddress(text) }, place));
}
