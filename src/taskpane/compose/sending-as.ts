import { channels, type MemoChannelId } from '../../domain/channel.ts';
import type { SingleAddress } from '../../domain/gateway-address.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { SendingChoice } from './change-recipients.ts';
import { isDigitalRow, type RecipientRow } from './read-recipients.ts';
import { draftSender, organisationSender, senderReference, usualSender, type DraftSender, type Mailbox, type Sender } from './sender-choice.ts';

/** What somebody has chosen before there is an address to carry it; follows the draft. */
export interface Wish {
  readonly sender: string | null;
  readonly channel: MemoChannelId | null;
  readonly replyable: boolean | null;
}

export const noWish: Wish = { sender: null, channel: null, replyable: null };
/** The value of the draft in which the wish stands. */
export const WISH_STATE = 'sending-as';

/** As whom, by which network, and whether with an answer: as the addresses say, else as was wished, else as usual. */
export interface DraftSending {
  readonly draftSender: DraftSender;
  /** With whom the next address is made. */
  readonly sender: Sender | null;
  readonly channel: Mailbox['channels'][number] | null;
  /** Some address at least can be answered. */
  readonly replyable: boolean;
  /** How the next address is made; null where nobody can say as whom. */
  readonly choice: SendingChoice | null;
}

export interface SendingFacts {
  readonly me: MeAnswer | null;
  readonly mailbox: Mailbox | null;
  readonly rows: readonly RecipientRow[];
  readonly wished: Wish;
  /** Keys of the senders that were used last from this mailbox. */
  readonly lastUsed: readonly string[];
}

export function sendingOf({ me, mailbox, rows, wished, lastUsed }: SendingFacts): DraftSending {
  const fromDraft: DraftSender = me && mailbox ? draftSender(rows, mailbox, me) : { kind: 'none' };
  const addresses = rows.filter(isDigitalRow).map(({ address }) => address);
  const channel = channelOf(mailbox, addresses[0]?.channel ?? wished.channel);
  const tells = whatAddressesTell(addresses, channel);
  const replyable = tells.replyable ?? wished.replyable ?? true;
  const sender = fromDraft.kind === 'one' && tells.sender ? fromDraft.sender : wishedSender(mailbox, wished, lastUsed);
  const choice = mailbox && sender && channel ? choiceOf(mailbox, { sender, channel, replyable }) : null;
  return { draftSender: fromDraft, sender, channel, replyable, choice };
}

function wishedSender(mailbox: Mailbox | null, wished: Wish, lastUsed: readonly string[]): Sender | null {
  return mailbox && (mailbox.senders.find(({ key }) => key === wished.sender) ?? usualSender(mailbox, lastUsed));
}

/** Of what a network has no room for, its addresses say nothing: the wish stands until another network is chosen. */
function whatAddressesTell(addresses: readonly SingleAddress[], channel: DraftSending['channel']): { readonly replyable: boolean | null; readonly sender: boolean } {
  if (!channel) return { replyable: null, sender: true };
  const can = channels[channel.id];
  return { replyable: addresses.length > 0 && can.replyable ? addresses.some(({ replyable }) => replyable) : null, sender: can.contactPoints };
}

function channelOf(mailbox: Mailbox | null, wanted: MemoChannelId | null): DraftSending['channel'] {
  const able = mailbox?.channels.filter(({ available }) => available) ?? [];
  return able.find(({ id }) => id === wanted) ?? able[0] ?? null;
}

/** e-Boks knows the organisation alone as sender. */
export function choiceOf(mailbox: Mailbox, { sender, channel, replyable }: { readonly sender: Sender; readonly channel: Mailbox['channels'][number]; readonly replyable: boolean }): SendingChoice {
  const able = channels[channel.id].contactPoints ? sender : (organisationSender(mailbox) ?? sender);
  return { channel: channel.id, sender: senderReference(able.key), replyable: replyable && channel.replyable };
}

/** A wish as it stands in the draft. */
export function writeWish({ sender, channel, replyable }: Wish): string {
  return [sender ?? '', channel ?? '', replyable ?? ''].join(' ');
}

export function readWish(text: string | null): Wish {
  const [sender = '', channel = '', replyable = ''] = (text ?? '').split(' ');
  return {
    sender: sender === '' ? null : sender,
    channel: channel === 'ngdp' || channel === 'mitdk' || channel === 'eboks' ? channel : null,
    replyable: replyable === '' ? null : replyable === 'true',
  };
}
