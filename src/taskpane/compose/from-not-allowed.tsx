import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { ableMailboxes } from './sender-choice.ts';

const useStyles = makeStyles({ list: { margin: '8px 0 0', paddingLeft: '20px', overflowWrap: 'anywhere' } });

/** The key of the card that this is when somebody is to get Digital Post. */
export const NOT_ALLOWED_CARD = 'not-allowed';

export interface FromNotAllowedProps {
  readonly me: MeAnswer | null;
  /** Somebody in the mail is to get Digital Post: the gateway will refuse it. */
  readonly isStop: boolean;
}

/** From this mailbox nobody may send Digital Post: which could. */
export function FromNotAllowed({ me, isStop }: FromNotAllowedProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const able = me ? ableMailboxes(me) : [];
  return (
    <section className={shared.section} aria-label={say('from.h')} data-card={isStop ? NOT_ALLOWED_CARD : undefined} data-grade={isStop ? 'stop' : undefined}>
      {able.length === 0
        ? <p className={shared.heading3} tabIndex={-1} data-card-heading>{say('from.noRight.none', { contact: me?.organisation.helpContact ?? '' })}</p>
        : (
          <>
            <p className={shared.heading3} tabIndex={-1} data-card-heading>{say('from.noRight.do')}</p>
            <ul className={styles.list}>{able.map((address) => <li key={address}>{address}</li>)}</ul>
          </>
        )}
    </section>
  );
}
