import type { ReactElement } from 'react';
import type { MemoChannelId } from '../../domain/channel.ts';
import { Section } from '../parts/section.tsx';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { Choices } from './choices.tsx';
import { useComposeStyles } from './compose-styles.ts';
import type { ChannelOption } from './sender-choice.ts';
import { OnItsWay } from './on-its-way.tsx';
import { useSayRef } from './use-say-ref.ts';
import type { SendingOnItsWay } from './use-sending-acts.ts';

export interface ChannelSectionProps {
  readonly options: readonly ChannelOption[];
  readonly chosen: MemoChannelId;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly choose: (channel: MemoChannelId) => void;
  readonly onItsWay: SendingOnItsWay;
  /** Whom the recipient sees as sender, where the chosen channel shows no contact points; null: as Afsender says. */
  readonly shownSender: string | null;
}

/** Kanal: each with what it means, or why it cannot be chosen. */
export function ChannelSection({ options, chosen, open, onToggle, choose, onItsWay, shownSender }: ChannelSectionProps): ReactElement {
  const shared = useComposeStyles();
  const say = useText(compose);
  const sayRef = useSayRef();
  return (
    <Section title={say('channel.h')} value={say(`channel.${chosen}`)} open={open} onToggle={onToggle}>
      <Choices
        label={say('channel.h')} chosen={chosen} choose={(value) => options.filter(({ id }) => id === value).forEach(({ id }) => choose(id))}
        groups={[{
          title: null,
          choices: options.map(({ id, reason }) => ({
            value: id, label: say(`channel.${id}`), disabled: reason !== null && id !== chosen,
            hint: reason === null ? say(`channel.${id}.hint`) : say('channel.no', { reason: sayRef(reason) }),
          })),
        }]}
      />
      <OnItsWay state={onItsWay} part="channel" />
      {shownSender !== null && <p className={shared.small}>{say('channel.noPoints', { channel: say(`channel.${chosen}`), organisation: shownSender })}</p>}
    </Section>
  );
}
