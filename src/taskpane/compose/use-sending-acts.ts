import { useCallback, useEffect, useRef, useState } from 'react';
import type { MemoChannelId } from '../../domain/channel.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { usePaneParts } from '../pane-parts.ts';
import { setChannel, setReplyable, setSender } from './change-recipients.ts';
import { isDigitalRow } from './read-recipients.ts';
import { displayNameFor, nameInDraft, registerName } from './recipient-name.ts';
import { mayUse, readLastUsed, senderReference, sendersChoiceName, usualSender, type Mailbox, type Sender } from './sender-choice.ts';
import type { TextRef } from './text-ref.ts';
import { askedOf, useLatest, type Compose } from './use-compose.ts';
import { choiceOf, type Wish } from './sending-as.ts';
import type { Change } from './write-recipients.ts';

/** What was pressed in Afsender, Kanal and Svar, on its way into the mail. */
export interface SendingOnItsWay {
  /** What Outlook has not written yet. */
  readonly writing: Partial<Wish>;
  /** What Outlook did not do the last time. */
  readonly failed: keyof Wish | null;
}

export interface SendingActs extends SendingOnItsWay {
  readonly chooseSender: (sender: Sender) => void;
  readonly chooseChannel: (channel: MemoChannelId) => void;
  readonly setReplyable: (replyable: boolean) => void;
  /** Who, as far as is known, would not be reached by a channel. */
  readonly unreachable: (channel: MemoChannelId) => readonly string[];
  /** Looks whether the other channels would reach the recipients. */
  readonly askOtherChannels: () => void;
}

/** As whom, by which network, and with an answer or not: written into every address of the draft at once. */
export function useSendingActs(state: Compose): SendingActs {
  const { sendingAs, mailbox, checks, rows } = state;
  const { writing, failed, write } = useWriting(state);
  const digital = rows.flatMap(({ row, check }) => (isDigitalRow(row) ? [{ row, check }] : []));
  const isUnreachable = (row: (typeof digital)[number]['row'], channel: MemoChannelId): boolean => {
    const known = checks.known({ ...askedOf(row), channel });
    return known !== null && ['not-registered', 'exempt', 'closed'].includes(known.check.reach.state);
  };
  return {
    writing, failed,
    chooseSender: ({ key }) => {
      sendingAs.rememberSender(key);
      write('sender', key, (now, found) => setSender(now, found, senderReference(key)));
    },
    chooseChannel: (id) => {
      const channel = mailbox?.channels.find((one) => one.id === id);
      const { sender, replyable } = sendingAs;
      if (!mailbox || !channel || !sender) return sendingAs.wish({ channel: id });
      const nameOf = (number: string): string | null => registerName(digital.find(({ row }) => row.address.recipient.number === number)?.check ?? null);
      write('channel', id, (now, found) => setChannel(now, found, {
        choice: choiceOf(mailbox, { sender, channel, replyable }),
        canTake: (row) => !isUnreachable(row, id),
        nameOf: ({ address, recipient }) => displayNameFor(address.recipient, id, nameOf(address.recipient.number) ?? nameInDraft(recipient)),
      }));
    },
    setReplyable: (replyable) => write('replyable', replyable, (now, found) => setReplyable(now, found, replyable)),
    unreachable: (channel) => digital.filter(({ row }) => isUnreachable(row, channel)).map(({ row, check }) => displayedName(registerName(check), row)),
    askOtherChannels: () => {
      const others = mailbox?.channels.filter(({ available }) => available) ?? [];
      checks.askAlso(others.flatMap(({ id }) => digital.map(({ row }) => ({ ...askedOf(row), channel: id }))));
    },
  };
}

/** Writes a choice into the mail. It is shown as chosen meanwhile; where Outlook does not do it, all is as it was, and that is told. */
function useWriting({ sendingAs, writer }: Compose): SendingOnItsWay & { readonly write: <Part extends keyof Wish>(part: Part, value: NonNullable<Wish[Part]>, change: Change) => void } {
  const [{ writing, failed }, setState] = useState<SendingOnItsWay>({ writing: {}, failed: null });
  const latest = useLatest(sendingAs);
  const write = useCallback(<Part extends keyof Wish>(part: Part, value: NonNullable<Wish[Part]>, change: Change) => {
    const { wish, wished } = latest.current;
    const wanted: Partial<Wish> = { [part]: value };
    wish(wanted);
    setState({ writing: wanted, failed: null });
    void writer.writeTold(change).then((written) => {
      if (written === null) wish({ [part]: wished[part] });
      // What was pressed meanwhile is on its way still.
      setState((now) => (now.writing === wanted ? { writing: {}, failed: written === null ? part : null } : now));
    });
  }, [latest, writer]);
  return { writing, failed, write };
}

function displayedName(name: string | null, { recipient, address }: Parameters<typeof askedOf>[0] & { readonly recipient: Parameters<typeof nameInDraft>[0] }): string {
  return name ?? nameInDraft(recipient) ?? displayNameFor(address.recipient, address.channel, null);
}

/**
 * When Fra is changed in Outlook while the pane stands, the sender follows at once, in the addresses too, where the new
 * mailbox may not use the one that was chosen; also by way of a mailbox that may not send. What was done, in words, until
 * a sender is chosen.
 */
export function useFromChanged(state: Compose): TextRef | null {
  const { remembered } = usePaneParts();
  const { mailbox, me } = state;
  const latest = useLatest(state);
  const before = useRef<Mailbox | null>(null);
  const [told, setTold] = useState<{ readonly text: TextRef; readonly sender: string } | null>(null);
  useEffect(() => {
    const old = before.current;
    if (!mailbox || !me) return;
    before.current = mailbox;
    if (!old || old.address === mailbox.address) return;
    void (async () => {
      const lastUsed = readLastUsed(await remembered.choice(sendersChoiceName(mailbox)));
      const sender = usualSender(mailbox, lastUsed);
      if (sender && (await followFrom(latest.current, { me, old, mailbox, sender }))) {
        setTold({ text: { key: 'from.changed', parameters: { mailbox: mailbox.address, sender: sender.label } }, sender: sender.key });
      }
    })();
  }, [mailbox?.address, me]);
  return told && state.sendingAs.sender?.key === told.sender ? told.text : null;
}

interface FromChange {
  readonly me: MeAnswer;
  readonly old: Mailbox;
  readonly mailbox: Mailbox;
  readonly sender: Sender;
}

/** False where the sender stays as it was. */
async function followFrom({ rows, writer, sendingAs }: Compose, { me, old, mailbox, sender }: FromChange): Promise<boolean> {
  const addresses = rows.map(({ row }) => row).filter((row) => isDigitalRow(row) || row.kind === 'mass').map(({ address }) => address);
  if (addresses.length === 0) return sendingAs.sender?.key !== sender.key || !old.senders.some(({ key }) => key === sender.key);
  if (addresses.every((address) => mayUse(mailbox, me, address.sender))) return false;
  await writer.write((now, found) => setSender(now, found, senderReference(sender.key)));
  return true;
}
