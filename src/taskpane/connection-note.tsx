import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Account, Connection } from './pane-parts.ts';
import { Button } from './parts/button.tsx';
import { StateIcon, type ShownState } from './parts/state-icon.tsx';
import { tokens } from './parts/tokens.ts';
import { frame } from './texts/da.ts';
import { useText } from './texts/use-text.ts';

const useStyles = makeStyles({
  note: { display: 'flex', columnGap: '10px', padding: '12px 16px', backgroundColor: tokens.colorNeutralBackground3 },
  words: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '4px', minWidth: 0 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  more: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

interface Note {
  readonly icon: ShownState;
  readonly title: string;
  readonly more?: string;
  readonly button?: string;
  readonly act?: () => Promise<void>;
}

/** One note, on what keeps the gateway from answering; nothing while all is well. In Skriv it stands under the sentence. */
export function ConnectionNote({ account }: { readonly account: Account }): ReactElement | null {
  const styles = useStyles();
  const say = useText(frame);
  const contact = account.me?.organisation.helpContact ?? '';
  const logOn = { icon: 'info', button: say('auth.go'), act: account.logOn } as const;
  const notes: Readonly<Partial<Record<Connection, Note>>> = {
    'away': { icon: 'away', title: say(account.fault ? 'err.bug' : 'net.offline'), more: say(account.me ? 'net.offline.more' : 'net.offline.new'), button: say('net.retry'), act: account.refresh },
    'log-on-needed': { ...logOn, title: say('auth.needed') },
    'log-on-failed': { ...logOn, title: say('auth.failed', { contact }) },
    'no-right': { icon: 'info', title: say('auth.noRight', { contact }) },
  };
  const note = notes[account.connection];
  if (!note) return null;
  const { icon, title, more, button, act } = note;
  return (
    <div className={styles.note} role="status">
      <StateIcon state={icon} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {more !== undefined && <p className={styles.more}>{more}</p>}
        {button !== undefined && <Button size="small" onClick={() => void act?.()}>{button}</Button>}
      </div>
    </div>
  );
}
