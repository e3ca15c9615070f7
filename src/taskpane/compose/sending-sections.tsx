import { useState, type ReactElement } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { ChannelSection } from './channel-section.tsx';
import { InformationSection } from './information-section.tsx';
import { isDigitalRow } from './read-recipients.ts';
import { ReplySection } from './reply-section.tsx';
import { channelOptions, type Mailbox, type ReplyState } from './sender-choice.ts';
import { SenderSection } from './sender-section.tsx';
import type { TextRef } from './text-ref.ts';
import type { Compose } from './use-compose.ts';
import type { InformationDraft } from './use-information.ts';
import { useSendingActs, type SendingActs } from './use-sending-acts.ts';

export interface SendingSectionsProps {
  readonly state: Compose;
  readonly reply: ReplyState;
  readonly information: InformationDraft;
  /** What came of a change of Fra in Outlook, in words. */
  readonly changed: TextRef | null;
}

type SectionName = 'sender' | 'channel' | 'information';

/** Afsender, Kanal, Svar and Flere oplysninger: shut with their value in the heading; what was opened stays open in this draft. */
export function SendingSections({ state, reply, information, changed }: SendingSectionsProps): ReactElement | null {
  const acts = useSendingActs(state);
  const [open, setOpen] = useState<Readonly<Partial<Record<SectionName, boolean>>>>({});
  const { me, mailbox, sendingAs, read, draft, memoHeader } = state;
  const { channel, sender } = sendingAs;
  if (!me || !mailbox || !channel) return null;
  const section = (name: SectionName) => ({
    open: open[name] === true,
    onToggle: (isOpen: boolean) => {
      setOpen((before) => ({ ...before, [name]: isOpen }));
      if (name === 'channel' && isOpen) acts.askOtherChannels();
    },
  });
  const reachable = reply.kind !== 'list' && reply.kind !== 'never';
  return (
    <>
      <SenderSection me={me} mailbox={mailbox} sendingAs={sendingAs} {...section('sender')} choose={acts.chooseSender} changed={changed} onItsWay={acts} />
      <Channels state={state} acts={acts} me={me} mailbox={mailbox} chosen={channel} section={section('channel')} />
      <ReplySection
        state={reply} checked={acts.writing.replyable ?? sendingAs.replyable} onItsWay={acts} one={read.filter(isDigitalRow).length === 1} sender={sender?.label ?? ''} channel={channel.id}
        set={acts.setReplyable}
        otherSender={() => section('sender').onToggle(true)}
      />
      {memoHeader.write && (
        <InformationSection information={information} subject={draft.subject} replyable={sendingAs.replyable && reachable} {...section('information')} />
      )}
    </>
  );
}

interface ChannelsProps {
  readonly state: Compose;
  readonly acts: SendingActs;
  readonly me: MeAnswer;
  readonly mailbox: Mailbox;
  readonly chosen: Mailbox['channels'][number];
  readonly section: { readonly open: boolean; readonly onToggle: (open: boolean) => void };
}

/** Nothing where the mailbox has one network only, and for a list, which goes by one. */
function Channels({ state: { read, sendingAs }, acts, me, mailbox, chosen, section }: ChannelsProps): ReactElement | null {
  const options = channelOptions({ mailbox, organisation: me.organisation.name, rows: read, unreachable: acts.unreachable });
  const able = options.filter(({ reason }) => reason?.key !== 'channel.r.mailbox');
  if (able.length < 2 || read.some(({ kind }) => kind === 'mass')) return null;
  const isHidden = !chosen.contactPoints && sendingAs.sender?.kind === 'contact-point';
  return <ChannelSection options={options} chosen={acts.writing.channel ?? chosen.id} onItsWay={acts} {...section} choose={acts.chooseChannel} shownSender={isHidden ? me.organisation.name : null} />;
}
