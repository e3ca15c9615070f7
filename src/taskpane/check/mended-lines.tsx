import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Link } from '../parts/link.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { check, frame } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { filesMended, type MendedFiles } from './mender-state.ts';
import { sayValue } from './say-finding.ts';
import type { CheckState } from './use-check.ts';

const useStyles = makeStyles({
  line: { display: 'flex', columnGap: '10px', margin: 0, padding: '4px 0', overflowWrap: 'anywhere' },
  words: { margin: 0, flexGrow: 1, minWidth: 0 },
  small: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  link: { fontSize: 'inherit', lineHeight: 'inherit', flexShrink: 0, alignSelf: 'flex-start' },
});

/** What was mended, a line each with "Fortryd"; several have one for all. `undone`: where focus goes, for a line goes with its button. */
export function MendedLines({ state, undone }: { readonly state: CheckState; readonly undone: (undo: () => void) => () => void }): ReactElement | null {
  const styles = useStyles();
  const say = useText(check);
  const { mended, use, undoFailed } = state.mending;
  if (mended.length === 0) return null;
  const n = filesMended(mended);
  return (
    <>
      {mended.map((one) => <MendedLine key={one.key} mended={one} undo={undone(() => void use(async (mender) => await mender.undo(one.key)))} />)}
      <div className={`${styles.line} ${styles.small}`}>
        <p className={styles.words}>{n === 1 ? say('mend.done1') : say('mend.done', { n })} {say('mend.shut')}</p>
        {mended.length > 1 && <Link className={styles.link} onClick={undone(() => void use(async (mender) => await mender.undoAll()))}>{say('mend.undoAll')}</Link>}
      </div>
      {undoFailed && <p role="alert" className={styles.line}><StateIcon state="stop" /><span className={styles.words}>{say('check.fixFailed')}</span></p>}
    </>
  );
}

function MendedLine({ mended: { from, to, remarks }, undo }: { readonly mended: MendedFiles; readonly undo: () => void }): ReactElement {
  const styles = useStyles();
  const say = useText(check);
  const sayFrame = useText(frame);
  const speech = { say, locale: useLocale() };
  const text = `${String(sayValue(from, speech))} ${say('mend.to', { file: sayValue(to, speech) })}`;
  return (
    <div className={styles.line}>
      <StateIcon state="ok" />
      <div className={styles.words}>
        <p className={styles.words}>{text}</p>
        {remarks.map((remark) => <p key={remark} className={styles.small}>{remark}</p>)}
      </div>
      <Link className={styles.link} aria-label={`${sayFrame('undo')}: ${text}`} onClick={undo}>{sayFrame('undo')}</Link>
    </div>
  );
}
