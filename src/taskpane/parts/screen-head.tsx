import { makeStyles } from '@fluentui/react-components';
import { ArrowLeft20Regular } from '@fluentui/react-icons/svg/arrow-left';
import { useEffect, useRef, type ReactElement } from 'react';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { tokens } from './tokens.ts';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', columnGap: '8px', padding: '6px 16px 6px 8px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  back: {
    display: 'inline-flex', alignItems: 'center', justifyContent: 'center', flexShrink: 0, width: '32px', height: '32px', padding: 0, border: 0, background: 'none',
    borderRadius: tokens.borderRadiusMedium, color: tokens.colorNeutralForeground1, cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  title: { flexGrow: 1, margin: 0, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold, outlineStyle: 'none' },
  aside: { flexShrink: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

export interface ScreenHeadProps {
  readonly title: string;
  /** What stands at the end of the line, e.g. which step this is. */
  readonly aside?: string;
  readonly back: () => void;
}

/**
 * The head of a screen that takes the whole pane: the way back, and what this is. It has the focus when the screen has been
 * opened; a screen with steps gives each a head of its own, by `key`.
 */
export function ScreenHead({ title, aside, back }: ScreenHeadProps): ReactElement {
  const styles = useStyles();
  const sayFrame = useText(frame);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className={styles.head}>
      <button type="button" className={styles.back} aria-label={sayFrame('back')} onClick={back}><ArrowLeft20Regular aria-hidden /></button>
      <h1 className={styles.title} ref={heading} tabIndex={-1}>{title}</h1>
      {aside !== undefined && <span className={styles.aside}>{aside}</span>}
    </div>
  );
}
