import { useCallback, useEffect, useRef, useState } from 'react';
import { channels, type MemoChannelId } from '../../domain/channel.ts';
import type { SingleAddress } from '../../domain/gateway-address.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { usePaneParts } from '../pane-parts.ts';
import type { SendingChoice } from './change-recipients.ts';
import { isDigitalRow, type RecipientRow } from './read-recipients.ts';
import {
  draftSender, organisationSender, readLastUsed, senderReference, sendersChoiceName, usualSender, writeLastUsed, type DraftSender, type Mailbox, type Sender,
} from './sender-choice.ts';

/** What somebody has chosen before there is an address to carry it; follows the draft. */
interface Wish {
  readonly sender: string | null;
  readonly channel: MemoChannelId | null;
  readonly replyable: boolean | null;
}

const noWish: Wish = { sender: null, channel: null, replyable: null };
const WISH_STATE = 'sending-as';

/** As whom, by which network, and whether with an answer: as the addresses say, else as was wished, else as usual. */
export interface SendingAs {
  readonly draftSender: DraftSender;
  /** With whom the next address is made. */
  readonly sender: Sender | null;
  readonly channel: Mailbox['channels'][number] | null;
  /** Some address at least can be answered. */
  readonly replyable: boolean;
  /** How the next address is made; null where nobody can say as whom. */
  readonly choice: SendingChoice | null;
  readonly lastUsed: readonly string[];
  readonly wish: (part: Partial<Wish>) => void;
  /** The sender was chosen: the next draft from this mailbox begins with it. */
  readonly rememberSender: (key: string) => void;
}

export function useSendingAs(me: MeAnswer | null, mailbox: Mailbox | null, rows: readonly RecipientRow[]): SendingAs {
  const [wished, wish] = useWish();
  const [lastUsed, rememberSender] = useLastUsed(mailbox);
  const fromDraft: DraftSender = me && mailbox ? draftSender(rows, mailbox, me) : { kind: 'none' };
  const addresses = rows.filter(isDigitalRow).map(({ address }) => address);
  const channel = channelOf(mailbox, addresses[0]?.channel ?? wished.channel);
  const tells = whatAddressesTell(addresses, channel);
  const replyable = tells.replyable ?? wished.replyable ?? true;
  const sender = fromDraft.kind === 'one' && tells.sender ? fromDraft.sender : wishedSender(mailbox, wished, lastUsed);
  const choice = mailbox && sender && channel ? choiceOf(mailbox, { sender, channel, replyable }) : null;
  return { draftSender: fromDraft, sender, channel, replyable, choice, lastUsed, wish, rememberSender };
}

function wishedSender(mailbox: Mailbox | null, wished: Wish, lastUsed: readonly string[]): Sender | null {
  return mailbox && (mailbox.senders.find(({ key }) => key === wished.sender) ?? usualSender(mailbox, lastUsed));
}

/** Of what a network has no room for, its addresses say nothing: the wish stands until another network is chosen. */
function whatAddressesTell(addresses: readonly SingleAddress[], channel: SendingAs['channel']): { readonly replyable: boolean | null; readonly sender: boolean } {
  if (!channel) return { replyable: null, sender: true };
  const can = channels[channel.id];
  return { replyable: addresses.length > 0 && can.replyable ? addresses.some(({ replyable }) => replyable) : null, sender: can.contactPoints };
}

function channelOf(mailbox: Mailbox | null, wanted: MemoChannelId | null): SendingAs['channel'] {
  const able = mailbox?.channels.filter(({ available }) => available) ?? [];
  return able.find(({ id }) => id === wanted) ?? able[0] ?? null;
}

/** e-Boks knows the organisation alone as sender. */
export function choiceOf(mailbox: Mailbox, { sender, channel, replyable }: { readonly sender: Sender; readonly channel: Mailbox['channels'][number]; readonly replyable: boolean }): SendingChoice {
  const able = channels[channel.id].contactPoints ? sender : (organisationSender(mailbox) ?? sender);
  return { channel: channel.id, sender: senderReference(able.key), replyable: replyable && channel.replyable };
}

function useWish(): readonly [Wish, (part: Partial<Wish>) => void] {
  const { outlook } = usePaneParts();
  const [wished, setWished] = useState(noWish);
  const latest = useRef(noWish);
  const take = useCallback((next: Wish) => {
    latest.current = next;
    setWished(next);
  }, []);
  useEffect(() => {
    void outlook.draftState(WISH_STATE).then((text) => latest.current === noWish && take(readWish(text)), () => undefined);
  }, [outlook, take]);
  const wish = useCallback((part: Partial<Wish>) => {
    take({ ...latest.current, ...part });
    const { sender, channel, replyable } = latest.current;
    void outlook.setDraftState(WISH_STATE, [sender ?? '', channel ?? '', replyable ?? ''].join(' ')).catch(() => undefined);
  }, [outlook, take]);
  return [wished, wish];
}

function readWish(text: string | null): Wish {
  const [sender = '', channel = '', replyable = ''] = (text ?? '').split(' ');
  return {
    sender: sender === '' ? null : sender,
    channel: channel === 'ngdp' || channel === 'mitdk' || channel === 'eboks' ? channel : null,
    replyable: replyable === '' ? null : replyable === 'true',
  };
}

function useLastUsed(mailbox: Mailbox | null): readonly [readonly string[], (key: string) => void] {
  const { remembered } = usePaneParts();
  const [lastUsed, setLastUsed] = useState<{ readonly name: string; readonly keys: readonly string[] }>({ name: '', keys: [] });
  const name = mailbox && sendersChoiceName(mailbox);
  useEffect(() => {
    if (name === null) return;
    void remembered.choice(name).then((text) => setLastUsed({ name, keys: readLastUsed(text) }));
  }, [remembered, name]);
  const keys = lastUsed.name === name ? lastUsed.keys : [];
  const remember = useCallback((key: string) => {
    if (name === null) return;
    const text = writeLastUsed(key, keys);
    setLastUsed({ name, keys: readLastUsed(text) });
    void remembered.keepChoice(name, text);
  }, [remembered, name, keys.join(' ')]);
  return [keys, remember];
}
