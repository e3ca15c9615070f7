import { makeStyles } from '@fluentui/react-components';
import { useEffect, type ReactElement, type RefObject } from 'react';
import { handOverList } from '../mass/pasted-list.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { ManyPasted } from './many-pasted.ts';

const useStyles = makeStyles({
  note: { marginTop: '8px', padding: '8px 12px', borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke1}`, backgroundColor: tokens.colorNeutralBackground2 },
  text: { margin: '0 0 8px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

export interface ManyNoteProps {
  /** Null: nothing is asked. */
  readonly pasted: ManyPasted | null;
  readonly addAll: () => void;
  /** The first of its buttons. */
  readonly first: RefObject<HTMLButtonElement | null>;
}

/** Asks whether many numbers get the same letter, before any is added. It takes no focus: Enter in the field leads to it. */
export function ManyNote({ pasted, addAll, first }: ManyNoteProps): ReactElement | null {
  return pasted && <Note pasted={pasted} addAll={addAll} first={first} />;
}

function Note({ pasted: { count, text }, addAll, first }: ManyNoteProps & { readonly pasted: ManyPasted }): ReactElement {
  const styles = useStyles();
  const say = useText(compose);
  const { go, announce } = usePaneParts();
  useEffect(() => {
    announce(say('to.many', { n: count }));
  }, [announce, say, count]);
  const sendToMany = (): void => {
    handOverList(text);
    go('mass');
  };
  return (
    <div className={styles.note} role="group" aria-label={say('to.mass')}>
      <p className={styles.text}>{say('to.many', { n: count })}</p>
      <div className={styles.buttons}>
        <Button size="small" ref={first} onClick={sendToMany}>{say('to.mass')}</Button>
        <Button size="small" onClick={addAll}>{say('to.keep')}</Button>
      </div>
    </div>
  );
}
