import { channels, type MemoChannelId } from '../../domain/channel.ts';
import { maskCprNumber } from '../../domain/cpr-number.ts';
import type { RecipientId } from '../../domain/gateway-address.ts';
import type { RecipientCheck } from '../../domain/gateway-api.ts';
import { recipientName } from '../../domain/recipient-name.ts';
import { shown } from '../../domain/shown-text.ts';
import type { MailRecipient } from '../office/outlook.ts';

/** "251248-xxxx", or a CVR number as it is. */
export function shownNumber({ kind, number }: RecipientId): string {
  return kind === 'cpr' ? maskCprNumber(number) : number;
}

/**
 * The display name that Outlook and its memory of addresses get: the name, or the masked number of whoever is unknown or
 * protected, and the network in brackets (ux.md section 2). Never a CPR number.
 */
export function displayNameFor(recipient: RecipientId, channel: MemoChannelId, name: string | null): string {
  return `${name === null ? shownNumber(recipient) : shown(name)} (${channels[channel].name})`;
}

/** Who it is by a register's answer; null where nobody knows, or the name is protected. */
export function registerName(check: RecipientCheck | null): string | null {
  if (check?.company?.kind === 'found') return check.company.company.name;
  if (check?.person?.kind === 'p-number') return check.person.name;
  return check?.person?.kind === 'found' && !isProtected(check) ? check.person.name : null;
}

/** Name and address protected, as far as the access to the register tells. */
export function isProtected(check: RecipientCheck | null): boolean {
  return check?.person?.kind === 'found' && (check.person.protected === true || check.person.nameState === 'protected');
}

/** A name that stands in the draft itself, from an earlier look-up; null for a number, an address, or nothing. */
export function nameInDraft({ displayName }: MailRecipient): string | null {
  return recipientName(displayName);
}

/**
 * The name in the draft, where it has no word in common with the one that the register has for the number: somebody else's,
 * from Outlook's memory of addresses or an edited address. Null where they agree, or one of them is not known.
 */
export function strangersName(inDraft: MailRecipient, check: RecipientCheck | null): string | null {
  const named = nameInDraft(inDraft);
  const known = registerName(check);
  if (named === null || known === null) return null;
  const words = new Set(wordsOf(known));
  return wordsOf(named).some((word) => words.has(word)) ? null : named;
}

function wordsOf(name: string): readonly string[] {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Whether the display name shows the number that ought to be in the address alone. */
export function showsNumber({ displayName }: MailRecipient, { kind, number }: RecipientId): boolean {
  return kind === 'cpr' && displayName.replace(/\D/g, '').includes(number);
}
