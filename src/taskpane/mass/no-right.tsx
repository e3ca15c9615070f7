import type { ReactElement } from 'react';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { massMailboxes } from './mass-mailbox.ts';
import { useMassStyles } from './mass-styles.ts';

/** From this mailbox nobody may send to many: from which one could, or whom to ask. */
export function NoRight({ draft }: { readonly draft: Draft }): ReactElement {
  const styles = useMassStyles();
  const say = useText(mass);
  const { outlook, account: { me } } = usePaneParts();
  const able = me ? massMailboxes(me) : [];
  return (
    <div className={styles.content}>
      <p className={styles.text}>{say('mass.noRight', { mailbox: draft.from?.address ?? outlook.client.userAddress })}</p>
      {able.length > 0 && (
        <div>
          <p className={styles.text}>{say('mass.noRight.do')}</p>
          <ul>{able.map((address) => <li key={address}>{address}</li>)}</ul>
        </div>
      )}
      {able.length === 0 && me && <p className={styles.text}>{say('mass.noRight.none', { contact: me.organisation.helpContact })}</p>}
    </div>
  );
}
