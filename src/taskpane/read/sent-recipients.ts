import { maskCprNumber } from '../../domain/cpr-number.ts';
import { parseGatewayAddress, type SingleAddress } from '../../domain/gateway-address.ts';
import type { SentRecipient } from '../../domain/gateway-api.ts';
import { nameInDraft } from '../compose/recipient-name.ts';
import type { MailRecipient, ReadMail } from '../office/outlook.ts';
import { shownName } from '../sent/sent-row.ts';

/** A recipient of a mail that I sent: what the gateway tells of it, with the name and the number that the mail itself holds. */
export interface NamedRecipient {
  readonly recipient: SentRecipient;
  /** The name in the mail, or as the gateway has it from there; the masked number of whoever is unknown or protected. */
  readonly name: string;
  /** The CPR number in full; null for others, and for those whom the mail does not hold. */
  readonly cpr: string | null;
}

interface Addressed {
  readonly address: SingleAddress;
  readonly held: MailRecipient;
}

/**
 * Finds each in Til and Cc: at the place that the gateway tells, where the masked number agrees; else the only one whose
 * masked number does (Bcc is not shown in a mail that is read).
 */
export function namedRecipients(mail: Pick<ReadMail, 'to' | 'cc'>, recipients: readonly SentRecipient[]): readonly NamedRecipient[] {
  const places = [...mail.to, ...mail.cc].map(addressedOf);
  return recipients.map((recipient) => {
    const agreeing = places.filter((one) => one !== null && agrees(one, recipient));
    const placed = places[recipient.position - 1] ?? null;
    const found = placed && agrees(placed, recipient) ? placed : agreeing.length === 1 ? (agreeing[0] ?? null) : null;
    const told = shownName(recipient);
    if (!found) return { recipient, name: told, cpr: null };
    const { address: { recipient: { kind, number } }, held } = found;
    return { recipient, name: nameInDraft(held) ?? told, cpr: kind === 'cpr' ? number : null };
  });
}

function addressedOf(held: MailRecipient): Addressed | null {
  const parsed = parseGatewayAddress(held.emailAddress.trim());
  return parsed.kind === 'gateway-address' && parsed.address.kind === 'single' ? { address: parsed.address, held } : null;
}

/** The gateway masks a CPR number, and puts a company's contact point behind its number. */
function agrees({ address: { recipient: { kind, number } } }: Addressed, { recipient: shown }: SentRecipient): boolean {
  const own = kind === 'cpr' ? maskCprNumber(number) : number;
  return shown === own || shown.startsWith(`${own},`);
}
