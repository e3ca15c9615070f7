import { isContactPointId } from '../../domain/contact-point.ts';
import { parseTypedGatewayAddress, type RecipientId, type SingleAddress } from '../../domain/gateway-address.ts';
import { skeletonOf } from '../../domain/look-alike.ts';
import { addressFor, type SendingChoice } from './change-recipients.ts';
import { isDigitalRow, type RecipientRow } from './read-recipients.ts';
import { displayNameFor, nameInDraft } from './recipient-name.ts';

/**
 * The right address for somebody whose address is wrong, by what the draft is sent as: a number typed in Til, a domain that
 * is not ours or only looks so, a hyphen too many, another's sender, a contact point with a citizen. Null where nobody can
 * tell whom it was meant for.
 */
export function mendedRecipient(row: RecipientRow, choice: SendingChoice): { readonly address: SingleAddress; readonly displayName: string } | null {
  const meant = meantBy(row);
  if (!meant) return null;
  const address = addressFor(meant.recipient, choice, meant.contactPoint);
  return { address, displayName: displayNameFor(meant.recipient, address.channel, nameInDraft(row.recipient)) };
}

interface Meant {
  readonly recipient: RecipientId;
  readonly contactPoint: string | null;
}

function meantBy(row: RecipientRow): Meant | null {
  if (row.kind === 'bare-number') return { recipient: row.number, contactPoint: null };
  if (isDigitalRow(row)) return { recipient: row.address.recipient, contactPoint: row.address.recipientContactPoint };
  return row.kind === 'malformed' ? meantByText(row.recipient.emailAddress) : null;
}

function meantByText(text: string): Meant | null {
  const parsed = parseTypedGatewayAddress(text);
  if (parsed.kind === 'gateway-address' && parsed.address.kind === 'single') {
    return { recipient: parsed.address.recipient, contactPoint: parsed.address.recipientContactPoint };
  }
  // Letters and digits of other scripts count as what they look like.
  const local = skeletonOf(text).split('@')[0] ?? '';
  const [, cpr, cvr, rest = ''] = /^\W*(?:(\d{6}[- ]?\d{4})|(\d{8}))(?!\d)(.*)$/s.exec(local) ?? [];
  const contactPoint = rest.slice(rest.indexOf('.') + 1);
  if (cpr !== undefined) return { recipient: { kind: 'cpr', number: cpr.replace(/\D/g, '') }, contactPoint: null };
  return cvr === undefined ? null : { recipient: { kind: 'cvr', number: cvr }, contactPoint: isContactPointId(contactPoint) ? contactPoint : null };
}
