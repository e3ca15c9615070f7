import type { ReactElement } from 'react';
import { Fixes } from '../parts/card.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { useNextCard } from '../parts/use-next-card.ts';
import { compose } from '../texts/da.ts';
import { useText, type Say } from '../texts/use-text.ts';
import type { MemoChannelId } from '../../domain/channel.ts';
import { useComposeStyles } from './compose-styles.ts';
import { OnItsWay } from './on-its-way.tsx';
import type { ReplyState } from './sender-choice.ts';
import { Switch } from './switch.tsx';
import type { SendingOnItsWay } from './use-sending-acts.ts';

/** The key of the card that stands here when answers land in the main mailbox for want of another. */
export const REPLY_CARD = 'reply';

export interface ReplySectionProps {
  readonly state: ReplyState;
  /** As it was pressed, though it may not stand in the mail yet. */
  readonly checked: boolean;
  readonly onItsWay: SendingOnItsWay;
  /** One recipient, or several. */
  readonly one: boolean;
  readonly sender: string;
  readonly channel: MemoChannelId;
  readonly set: (replyable: boolean) => void;
  readonly otherSender: () => void;
}

/** Svar: one switch for every address of the draft, and under it what it means. */
export function ReplySection({ state, checked, onItsWay, one, sender, channel, set, otherSender }: ReplySectionProps): ReactElement {
  const shared = useComposeStyles();
  const say = useText(compose);
  const goToNextCard = useNextCard();
  const turnOff = (): void => {
    const goOn = goToNextCard(REPLY_CARD, say('reply.off'));
    set(false);
    goOn();
  };
  const cannot = state.kind === 'list' || state.kind === 'never';
  return (
    <section className={shared.section} aria-label={say('reply.h')}>
      <Switch label={say(one ? 'reply.switch1' : 'reply.switch')} checked={checked && !cannot} disabled={cannot} busy={onItsWay.writing.replyable !== undefined} set={set} />
      {state.kind === 'unmapped' && (
        <div className={shared.look} data-card={REPLY_CARD} data-grade="look">
          <StateIcon state="look" />
          <div className={shared.lookBody} tabIndex={-1} data-card-heading>
            <p className={shared.text} id="reply-unmapped">{say('reply.unmapped', { sender, mailbox: state.mailbox })}</p>
            <Fixes describedBy="reply-unmapped" fixes={[{ label: say('reply.other'), act: otherSender }, { label: say('reply.off'), act: turnOff }]} />
          </div>
        </div>
      )}
      <OnItsWay state={onItsWay} part="replyable">
        {state.kind !== 'unmapped' && <p className={shared.text}>{replyText(state, say, channel)}</p>}
      </OnItsWay>
    </section>
  );
}

function replyText(state: Exclude<ReplyState, { readonly kind: 'unmapped' }>, say: Say<typeof compose>, channel: MemoChannelId): string {
  switch (state.kind) {
    case 'list':
      return say('reply.mass');
    case 'never':
      return say('reply.never', { channel: say(`channel.${channel}`) });
    case 'yes':
      return say('reply.yes', { mailbox: state.mailbox });
    case 'no':
      return say('reply.no');
  }
}
