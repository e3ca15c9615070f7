import { makeStyles } from '@fluentui/react-components';
import { useId, useState, type ReactElement } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { Section } from '../parts/section.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { Choices, type Choice } from './choices.tsx';
import { useComposeStyles } from './compose-styles.ts';
import { OnItsWay } from './on-its-way.tsx';
import { PlainRow } from './plain-row.tsx';
import { senderList, type Mailbox, type Sender } from './sender-choice.ts';
import type { TextRef } from './text-ref.ts';
import type { SendingAs } from './use-sending-as.ts';
import { useSayRef } from './use-say-ref.ts';
import type { SendingOnItsWay } from './use-sending-acts.ts';

/** The key of the card that stands here when the draft's sender may not be used from this mailbox. */
export const SENDER_CARD = 'sender';

const useStyles = makeStyles({
  lost: { padding: '0 16px 12px' },
});

export interface SenderSectionProps {
  readonly me: MeAnswer;
  readonly mailbox: Mailbox;
  readonly sendingAs: SendingAs;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly choose: (sender: Sender) => void;
  readonly onItsWay: SendingOnItsWay;
  /** Fra was changed in Outlook, and the sender with it. */
  readonly changed: TextRef | null;
}

/** Afsender: those that this mailbox may send as, each with where answers go. Chosen at once. */
export function SenderSection(props: SenderSectionProps): ReactElement {
  const { sendingAs: { draftSender }, changed } = props;
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const sayRef = useSayRef();
  const isLost = draftSender.kind === 'lost';
  return (
    <div data-card={isLost ? SENDER_CARD : undefined} data-grade={isLost ? 'stop' : undefined}>
      <Chosen {...props} />
      {isLost && (
        <div className={`${shared.look} ${styles.lost}`}>
          <StateIcon state="stop" />
          <p className={shared.heading3} tabIndex={-1} data-card-heading>{say('from.lost', { sender: draftSender.label ?? say('from.that') })}</p>
        </div>
      )}
      {changed && <p className={`${shared.small} ${styles.lost}`}>{sayRef(changed)}</p>}
    </div>
  );
}

/** A sender that may not be used any more keeps the list open: another must be chosen. */
function Chosen({ open, onToggle, ...props }: SenderSectionProps): ReactElement {
  const { mailbox, sendingAs: { draftSender: { kind }, sender } } = props;
  const say = useText(compose);
  const label = sender?.label ?? '';
  const isOne = kind === 'one' || kind === 'none';
  if (isOne && mailbox.senders.length === 1) return <PlainRow title={say('from.h')} value={label} more={say('from.one', { mailbox: mailbox.address })} />;
  const value = isOne ? label : kind === 'several' ? say('from.several') : '';
  return <Section title={say('from.h')} value={value} open={open || kind === 'lost'} onToggle={onToggle}><Senders {...props} /></Section>;
}

type SendersProps = Pick<SenderSectionProps, 'me' | 'mailbox' | 'sendingAs' | 'choose' | 'onItsWay'>;

function Senders({ me, mailbox, sendingAs, choose, onItsWay }: SendersProps): ReactElement {
  const shared = useComposeStyles();
  const say = useText(compose);
  const id = useId();
  const [filter, setFilter] = useState('');
  const { hasFilter, recent, all } = senderList(mailbox, sendingAs.lastUsed, filter);
  const inMail = sendingAs.draftSender.kind === 'several' || sendingAs.draftSender.kind === 'lost' ? '' : (sendingAs.sender?.key ?? '');
  const choiceOf = ({ key, kind, label, mapped, answersTo }: Sender): Choice => {
    const answers = mapped ? say('from.answers', { mailbox: answersTo }) : say('from.unmapped');
    return { value: key, label, hint: kind === 'organisation' ? `${say('from.whole', { home: me.organisation.home })} · ${answers}` : answers };
  };
  const groups = recent.length === 0
    ? [{ title: null, choices: all.map(choiceOf) }]
    : [{ title: say('from.recent'), choices: recent.map(choiceOf) }, { title: say('from.all'), choices: all.map(choiceOf) }];
  return (
    <div className={shared.stack}>
      <p className={shared.small}>{say('from.hint', { mailbox: mailbox.address })}</p>
      {hasFilter && (
        <div>
          <label className={shared.label} htmlFor={id}>{say('from.filter')}</label>
          <input id={id} type="search" autoComplete="off" className={shared.field} value={filter} onChange={(event) => setFilter(event.target.value)} />
        </div>
      )}
      {hasFilter && recent.length + all.length === 0 && <p className={shared.text} role="status">{say('from.noHit', { text: filter.trim() })}</p>}
      <div>
        <Choices label={say('from.h')} groups={groups} chosen={onItsWay.writing.sender ?? inMail} choose={(value) => mailbox.senders.filter(({ key }) => key === value).forEach(choose)} />
        <OnItsWay state={onItsWay} part="sender" />
      </div>
    </div>
  );
}
