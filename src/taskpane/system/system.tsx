import { makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { FactList } from '../parts/fact-list.tsx';
import { ScreenHead } from '../parts/screen-head.tsx';
import { shownTime } from '../parts/shown-time.ts';
import { frame, system } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { copyText } from './copy-text.ts';
import { systemFacts, systemText, type SystemFact, type SystemFacts } from './system-facts.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: '12px', padding: '12px 16px', '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` } },
  heading: { margin: 0, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  text: { margin: 0 },
  copy: { boxSizing: 'border-box', width: '100%', minHeight: '120px', font: 'inherit', fontSize: tokens.fontSizeBase200 },
  list: { listStyleType: 'none', margin: 0, padding: 0, '& > li': { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, overflowWrap: 'anywhere' } },
  address: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  small: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
});

/** Systemoplysninger: what whoever helps asks about (ux.md 5.13). */
export default function System(): ReactElement {
  const styles = useStyles();
  const say = useText(system);
  const sayFrame = useText(frame);
  const time = shownTime(useLocale());
  const { version, outlook: { client }, account: { me }, back } = usePaneParts();
  const facts = systemFacts({ version, client, me, say, time });
  return (
    <>
      <ScreenHead title={sayFrame('foot.system')} back={back} />
      <div className={styles.part}>
        {facts.times.length > 0 && <FactList facts={facts.times} />}
        <Buttons facts={facts} />
        {!client.checksOnSend && <p className={styles.text}>{sayFrame('old.client')}</p>}
      </div>
      <section className={styles.part}>
        <h2 className={styles.heading}>{say('sys.versions')}</h2>
        <FactList facts={facts.versions} />
      </section>
      {facts.mailboxes.length > 0 && <Mailboxes mailboxes={facts.mailboxes} />}
    </>
  );
}

function Buttons({ facts }: { readonly facts: SystemFacts }): ReactElement {
  const styles = useStyles();
  const say = useText(system);
  const sayFrame = useText(frame);
  const { account, announce } = usePaneParts();
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const [refreshing, setRefreshing] = useState(false);
  const text = systemText(facts, say('sys.mailboxes'));
  const refresh = async (): Promise<void> => {
    setRefreshing(true);
    await account.refresh();
    setRefreshing(false);
  };
  useRefreshedSaid(account.me?.fetchedAt ?? null);
  const copy = async (): Promise<void> => {
    const done = await copyText(text);
    setCopied(done ? 'yes' : 'no');
    announce(say(done ? 'sys.copied' : 'sys.copy.byHand'));
  };
  return (
    <>
      <div className={styles.buttons}>
        <Button size="small" disabledFocusable={refreshing} onClick={() => void refresh()}>{refreshing ? sayFrame('loading') : say('sys.refresh')}</Button>
        <Button size="small" onClick={() => void copy()}>{say('sys.copy')}</Button>
      </div>
      {copied === 'yes' && <p className={styles.small}>{say('sys.copied')}</p>}
      {copied === 'no' && (
        <>
          <p className={styles.small}>{say('sys.copy.byHand')}</p>
          <textarea className={styles.copy} readOnly value={text} aria-label={say('sys.copy')} onFocus={({ target }) => target.select()} />
        </>
      )}
    </>
  );
}

/** Where nothing new came, the note on the connection says why. */
function useRefreshedSaid(fetchedAt: string | null): void {
  const say = useText(system);
  const { announce } = usePaneParts();
  const before = useRef(fetchedAt);
  useEffect(() => {
    if (before.current === fetchedAt) return;
    before.current = fetchedAt;
    announce(say('sys.refreshed'));
  }, [announce, say, fetchedAt]);
}

function Mailboxes({ mailboxes }: { readonly mailboxes: readonly SystemFact[] }): ReactElement {
  const styles = useStyles();
  const say = useText(system);
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{say('sys.mailboxes')}</h2>
      <ul className={styles.list}>
        {mailboxes.map(([address, text]) => (
          <li key={address}>
            <p className={styles.address}>{address}</p>
            <p className={styles.small}>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
