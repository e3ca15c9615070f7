import { isCvrNumber } from '../../domain/cvr-number.ts';
import type { MemoChannelId } from '../../domain/channel.ts';
import type { SenderReference } from '../../domain/gateway-address.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { isDigitalRow, type RecipientRow } from './read-recipients.ts';
import type { TextRef } from './text-ref.ts';

export type Mailbox = MeAnswer['mailboxes'][number];
export type Sender = Mailbox['senders'][number];
type MailboxChannel = Mailbox['channels'][number];

/**
 * The mailbox that stands in Fra; null where it may not send Digital Post. A client that does not tell Fra (below Mailbox
 * 1.7) writes from the first of the person's mailboxes that may.
 */
export function mailboxOf(me: MeAnswer, from: string | null): Mailbox | null {
  const able = me.mailboxes.filter(maySend);
  if (from === null) return able[0] ?? null;
  const address = normaliseMailAddress(from);
  return able.find((mailbox) => normaliseMailAddress(mailbox.address) === address) ?? null;
}

/** Mailboxes from which the person could send instead. */
export function ableMailboxes(me: MeAnswer): readonly string[] {
  return me.mailboxes.filter(maySend).map(({ address }) => address);
}

function maySend({ actions, channels, senders }: Mailbox): boolean {
  return actions.includes('send') && senders.length > 0 && channels.some(({ available }) => available);
}

/** The key of a sender as it stands in an address. `firstCvr`: of the organisation, which e-Boks' short form means. */
export function keyOfSender(sender: SenderReference, firstCvr: string): string {
  if (sender.kind === 'own-cvr') return firstCvr;
  return sender.kind === 'cvr' ? sender.cvr : sender.id;
}

export function senderReference(key: string): SenderReference {
  return isCvrNumber(key) ? { kind: 'cvr', cvr: key } : { kind: 'contact-point', id: key.toLowerCase() };
}

/** As whom the draft is sent, as its addresses say. */
export type DraftSender =
  /** Nobody is written to yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly sender: Sender }
  /** Addresses with different senders. */
  | { readonly kind: 'several' }
  /** Not one that this mailbox may use; the label as far as it is known from the person's other mailboxes. */
  | { readonly kind: 'lost'; readonly label: string | null };

export function draftSender(rows: readonly RecipientRow[], mailbox: Mailbox, me: MeAnswer): DraftSender {
  const firstCvr = me.organisation.cvrNumbers[0] ?? '';
  const keys = new Set(rows.filter((row) => isDigitalRow(row) || row.kind === 'mass').map((row) => keyOfSender(row.address.sender, firstCvr)));
  const own = mailbox.senders.filter(({ key }) => keys.has(key.toLowerCase()));
  const [first] = own;
  if (keys.size === 0) return { kind: 'none' };
  if (!first) return { kind: 'lost', label: labelOf(me, [...keys][0] ?? '') };
  return own.length === 1 ? { kind: 'one', sender: first } : { kind: 'several' };
}

function labelOf(me: MeAnswer, key: string): string | null {
  if (me.organisation.cvrNumbers.includes(key)) return me.organisation.name;
  return me.mailboxes.flatMap(({ senders }) => senders).find((sender) => sender.key === key)?.label ?? null;
}

/** Whether this mailbox may send as the sender of an address. */
export function mayUse(mailbox: Mailbox, me: MeAnswer, sender: SenderReference): boolean {
  const key = keyOfSender(sender, me.organisation.cvrNumbers[0] ?? '');
  return mailbox.senders.some((one) => one.key.toLowerCase() === key);
}

/**
 * Who is offered first where the draft does not say: the last one used from this mailbox, else the contact point whose
 * answers come to this mailbox, else the first of the list.
 */
export function usualSender({ address, senders }: Mailbox, lastUsed: readonly string[]): Sender | null {
  const used = lastUsed.map((key) => senders.find((sender) => sender.key === key)).find((sender) => sender !== undefined);
  const own = senders.find(({ kind, mapped, answersTo }) => kind === 'contact-point' && mapped && normaliseMailAddress(answersTo) === normaliseMailAddress(address));
  return used ?? own ?? senders[0] ?? null;
}

/** The name under which the last senders of a mailbox are remembered. */
export function sendersChoiceName(mailbox: Mailbox): string {
  return `senders ${normaliseMailAddress(mailbox.address)}`;
}

const LAST_USED_MAX = 3;

export function readLastUsed(remembered: string | null): readonly string[] {
  return remembered === null || remembered === '' ? [] : remembered.split(' ').slice(0, LAST_USED_MAX);
}

export function writeLastUsed(key: string, before: readonly string[]): string {
  return [key, ...before.filter((one) => one !== key)].slice(0, LAST_USED_MAX).join(' ');
}

/** With more senders than this there is a field to find one, and the last ones used stand first. */
const SHORT_LIST_MAX = 8;

export interface SenderList {
  readonly hasFilter: boolean;
  readonly recent: readonly Sender[];
  readonly all: readonly Sender[];
}

/** Senders as they are offered; the filter looks at the name and at where answers go. */
export function senderList({ senders }: Mailbox, lastUsed: readonly string[], filter: string): SenderList {
  const hasFilter = senders.length > SHORT_LIST_MAX;
  const wanted = filter.trim().toLocaleLowerCase('da');
  const all = hasFilter ? senders.filter(({ label, answersTo }) => `${label} ${answersTo}`.toLocaleLowerCase('da').includes(wanted)) : senders;
  const recent = hasFilter && wanted === '' ? lastUsed.flatMap((key) => senders.filter((sender) => sender.key === key)) : [];
  return { hasFilter, recent, all: all.filter((sender) => !recent.includes(sender)) };
}

export interface ChannelOption {
  readonly id: MemoChannelId;
  /** Why it cannot be chosen; null: it can. */
  readonly reason: TextRef | null;
}

export interface ChannelFacts {
  readonly mailbox: Mailbox;
  readonly organisation: string;
  readonly rows: readonly RecipientRow[];
  /** Who is known not to be reached by a channel, as they are called. */
  readonly unreachable: (channel: MemoChannelId) => readonly string[];
}

/** The networks that the organisation's mailbox could have, with the reason where one cannot be chosen for this message. */
export function channelOptions({ mailbox, organisation, rows, unreachable }: ChannelFacts): readonly ChannelOption[] {
  const digital = rows.filter(isDigitalRow).length;
  const reasonOf = (channel: MailboxChannel): TextRef | null => {
    const texts = { channel: { key: `channel.${channel.id}` as const } };
    if (!channel.available) return { key: 'channel.r.mailbox', parameters: { mailbox: mailbox.address }, texts };
    if (!channel.massSend && rows.some(({ kind }) => kind === 'mass')) return { key: 'channel.r.mass' };
    if (channel.id === 'eboks' && !organisationSender(mailbox)) return { key: 'channel.r.sender', parameters: { mailbox: mailbox.address, organisation } };
    const names = unreachable(channel.id);
    return digital > 0 && names.length >= digital ? { key: 'channel.r.person', parameters: { name: names[0] ?? '' }, texts } : null;
  };
  return mailbox.channels.map((channel) => ({ id: channel.id, reason: reasonOf(channel) }));
}

/** The organisation itself among the senders; e-Boks knows no other. */
export function organisationSender({ senders }: Mailbox): Sender | null {
  return senders.find(({ kind }) => kind === 'organisation') ?? null;
}

/** What stands under the switch for answers. */
export type ReplyState =
  | { readonly kind: 'list' }
  /** The network takes no answers. */
  | { readonly kind: 'never' }
  | { readonly kind: 'yes'; readonly mailbox: string }
  | { readonly kind: 'unmapped'; readonly mailbox: string }
  | { readonly kind: 'no' };

export function replyState({ channel, sender, replyable, hasList }: {
  readonly channel: MailboxChannel | null;
  readonly sender: Sender | null;
  readonly replyable: boolean;
  readonly hasList: boolean;
}): ReplyState {
  if (hasList) return { kind: 'list' };
  if (channel?.replyable === false) return { kind: 'never' };
  if (!replyable) return { kind: 'no' };
  const mailbox = sender?.answersTo ?? '';
  return sender?.mapped === false ? { kind: 'unmapped', mailbox } : { kind: 'yes', mailbox };
}
