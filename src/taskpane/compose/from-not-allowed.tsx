import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { ableMailboxes } from './sender-choice.ts';

const useStyles = makeStyles({ list: { margin: '8px 0 0', paddingLeft: '20px', overflowWrap: 'anywhere' } });

/** From this mailbox nobody may send Digital Post: which could. */
export function FromNotAllowed({ me }: { readonly me: MeAnswer | null }): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const able = me ? ableMailboxes(me) : [];
  return (
    <section className={shared.section} aria-label={say('from.h')}>
      {able.length === 0
        ? <p className={shared.text}>{say('from.noRight.none', { contact: me?.organisation.helpContact ?? '' })}</p>
        : (
          <>
            <p className={shared.text}>{say('from.noRight.do')}</p>
            <ul className={styles.list}>{able.map((address) => <li key={address}>{address}</li>)}</ul>
          </>
        )}
    </section>
  );
}
