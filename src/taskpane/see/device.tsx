import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { Document20Regular } from '@fluentui/react-icons/svg/document';
import type { ReactElement, ReactNode } from 'react';
import { shownTime } from '../parts/shown-time.ts';
import { tokens } from '../parts/tokens.ts';
import { see } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import type { Viewer } from './viewers.ts';

// Paper and ink: what a recipient sees has the recipient's colours, whatever those of the pane are.
const ink = '#242424';
const quiet = '#616161';
const paper = '#fff';

const useStyles = makeStyles({
  device: { boxSizing: 'border-box', overflow: 'hidden', backgroundColor: paper, color: ink, colorScheme: 'only light' },
  phone: { border: `8px solid ${tokens.colorNeutralForeground1}`, maxWidth: '400px', margin: '0 auto', borderRadius: '32px' },
  desktop: { border: `2px solid ${tokens.colorNeutralForeground1}`, borderRadius: '8px' },
  top: { margin: 0, padding: '10px 14px', backgroundColor: '#f0f0f0', color: quiet, fontSize: tokens.fontSizeBase200 },
  inside: { padding: '12px 14px 16px' },
  from: { margin: 0 },
  subject: { margin: '4px 0', fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  small: { margin: '0 0 8px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: quiet },
  pages: { display: 'flex', flexDirection: 'column', rowGap: '8px', border: '1px solid #c8c8c8', outlineOffset: '1px', ':focus-visible': { outline: `2px solid ${ink}` } },
  // From edge to edge, as phones show a page.
  fitted: { margin: '0 -14px', borderLeft: '0 none', borderRight: '0 none' },
  // As large as on a screen: wider than the pane, and scrolled.
  scrolled: { overflowX: 'auto', maxHeight: '480px', overflowY: 'auto', '& > div': { width: '794px' } },
  heading: { margin: '12px 0 4px', fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  files: { listStyleType: 'none', margin: 0, padding: 0 },
  file: { display: 'flex', columnGap: '8px', padding: '4px 0', overflowWrap: 'anywhere' },
  reply: { margin: '12px 0 0', padding: '8px', border: '1px solid transparent', borderRadius: tokens.borderRadiusMedium, color: paper, textAlign: 'center', fontWeight: tokens.fontWeightSemibold },
});

export interface DeviceProps {
  readonly kind: 'phone' | 'desktop';
  readonly viewer: Viewer;
  readonly sender: string;
  readonly subject: string;
  readonly files: readonly string[];
  readonly replyable: boolean;
  /** The pages of the letter, or why they are not there. */
  readonly children: ReactNode;
}

/** A message as it looks where a recipient reads it. Nothing in it can be pressed. */
export function Device({ kind, viewer, sender, subject, files, replyable, children }: DeviceProps): ReactElement {
  const styles = useStyles();
  const say = useText(see);
  const time = shownTime(useLocale());
  return (
    <section className={mergeClasses(styles.device, styles[kind])} aria-label={viewer.name}>
      <p className={styles.top}>{viewer.title}</p>
      <div className={styles.inside}>
        <p className={styles.from}>{say('see.from', { sender })}</p>
        <h2 className={styles.subject}>{subject}</h2>
        <p className={styles.small}>{time.dayAndClock(new Date())}</p>
        <div className={mergeClasses(styles.pages, kind === 'desktop' ? styles.scrolled : styles.fitted)} role="region" aria-label={say('see.letter')} tabIndex={0}>{children}</div>
        {files.length > 0 && <h3 className={styles.heading}>{say('see.files')}</h3>}
        <ul className={styles.files}>
          {files.map((name) => <li key={name} className={styles.file}><Document20Regular aria-hidden style={{ flexShrink: 0 }} /><span>{name}</span></li>)}
        </ul>
        {replyable ? <p className={styles.reply} style={{ backgroundColor: viewer.colour }}>{say('see.reply')}</p> : <p className={styles.small} style={{ margin: '12px 0 0' }}>{say('see.noReply')}</p>}
      </div>
    </section>
  );
}
