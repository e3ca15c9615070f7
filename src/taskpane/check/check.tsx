import { makeStyles } from '@fluentui/react-components';
import { useRef, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Card } from '../parts/card.tsx';
import { shownTime } from '../parts/shown-time.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { check, frame } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { JoinOrder } from './join-order.tsx';
import { MendAll } from './mend-all.tsx';
import { MendedLines } from './mended-lines.tsx';
import { findName, sayText } from './say-finding.ts';
import { useSeenHeader } from './seen-header.ts';
import type { CheckState } from './use-check.ts';
import { useFocusOnCards } from './use-focus-on-cards.ts';
import { useFindingCards, useMendFiles } from './use-finding-cards.ts';
import { Link } from '../parts/link.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  section: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: '12px 16px' },
  head: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'baseline', columnGap: '16px' },
  title: { margin: '0 0 4px', fontSize: 'inherit', lineHeight: 'inherit', fontWeight: tokens.fontWeightSemibold, outlineStyle: 'none' },
  line: { display: 'flex', columnGap: '10px', margin: 0, padding: '4px 0', overflowWrap: 'anywhere' },
  words: { margin: 0, flexGrow: 1, minWidth: 0 },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  foot: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'baseline', columnGap: '16px', marginTop: '8px' },
  see: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  link: { fontSize: 'inherit', lineHeight: 'inherit' },
});

/** The section Tjek: a card for each problem, a line for what is well. Nothing where it does not apply. */
export function Check({ state }: { readonly state: CheckState }): ReactElement | null {
  const styles = useStyles();
  const say = useText(check);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const { go } = usePaneParts();
  const title = useRef<HTMLHeadingElement>(null);
  const speech = { say, locale };
  const [joining, setJoining] = useState<string | null>(null);
  const cardOf = useFindingCards(state, speech, { key: joining, toggle: (key) => setJoining(joining === key ? null : key) });
  const mendFiles = useMendFiles(state, speech);
  useSeenHeader(state);
  const noteFocus = useFocusOnCards();
  if (!state.applies) return null;

  const undone = (undo: () => void) => () => {
    // The line goes, and its button with it.
    title.current?.focus();
    undo();
  };
  return (
    <section className={styles.section} aria-labelledby="check-title" onFocus={noteFocus}>
      <div className={styles.head}>
        <h2 className={styles.title} id="check-title" tabIndex={-1} ref={title}>{say('check.h')}</h2>
        {state.hasLetter && <Link id="check-see" className={styles.see} onClick={() => go('see')}>{say('check.see')}</Link>}
      </div>
      <MendAll state={state} />
      {state.findings.map((finding) => (
        <Card key={finding.key} card={cardOf(finding)}>
          {joining === finding.key && finding.fileMends?.map((mend) => (
            <JoinOrder key={mend.kind} mend={mend} busy={state.mending.busy !== null} join={(ordered) => mendFiles(finding, ordered)()} />
          ))}
        </Card>
      ))}
      {state.well.map((text) => (
        <div key={text.key} className={styles.line}><StateIcon state="ok" /><p className={styles.words}>{sayText(text, speech)}</p></div>
      ))}
      {state.notSeen && <div className={styles.line}><StateIcon state="info" /><p className={styles.words}>{sayText(state.notSeen, speech)}</p></div>}
      {state.accepted.map((finding) => (
        <UndoLine key={finding.key} text={`${findName(finding, speech)}: ${say('check.accepted')}`} undo={undone(() => state.accept(finding, false))} />
      ))}
      {state.mended.map(({ key, file, undo }) => (
        <UndoLine key={key} text={file === null ? say('check.subjectMended') : sayFrame('live.removed', { name: file })} undo={undone(undo)} />
      ))}
      <MendedLines state={state} undone={undone} />
      {state.failed && <p role="alert" className={styles.line}><StateIcon state="stop" /><span className={styles.words}>{say('check.fixFailed')}</span></p>}
      <div className={`${styles.foot} ${styles.small}`}>
        <span>{state.checkedAt && say('check.at', { time: shownTime(locale).clock(state.checkedAt) })}</span>
        <Link className={styles.link} onClick={state.checkAgain}>{say('check.again')}</Link>
      </div>
    </section>
  );
}

function UndoLine({ text, undo }: { readonly text: string; readonly undo: () => void }): ReactElement {
  const styles = useStyles();
  const say = useText(frame);
  return (
    <div className={`${styles.line} ${styles.small}`}>
      <p className={styles.words}>{text}</p>
      <Link className={styles.link} aria-label={`${say('undo')}: ${text}`} onClick={undo}>{say('undo')}</Link>
    </div>
  );
}
