import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  label: { display: 'flex', alignItems: 'center', columnGap: '12px', minHeight: '32px', cursor: 'pointer', ':has(:disabled)': { color: tokens.colorNeutralForegroundDisabled, cursor: 'default' } },
  track: {
    appearance: 'none', flexShrink: 0, position: 'relative', boxSizing: 'border-box', width: '40px', height: '20px', margin: 0, borderRadius: '10px', cursor: 'inherit',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`, backgroundColor: 'transparent',
    '::before': {
      content: '""', position: 'absolute', top: '2px', left: '2px', width: '14px', height: '14px', borderRadius: '50%', backgroundColor: tokens.colorNeutralStrokeAccessible,
      transitionProperty: 'transform', transitionDuration: tokens.durationNormal,
      '@media (prefers-reduced-motion: reduce)': { transitionDuration: '0s' },
      '@media (forced-colors: active)': { backgroundColor: 'ButtonText' },
    },
    ':checked': { backgroundColor: tokens.colorCompoundBrandBackground, border: `1px solid ${tokens.colorCompoundBrandBackground}` },
    ':checked::before': { transform: 'translateX(20px)', backgroundColor: tokens.colorNeutralForegroundInverted },
    ':disabled': { border: `1px solid ${tokens.colorNeutralStrokeDisabled}` },
    ':disabled::before': { backgroundColor: tokens.colorNeutralStrokeDisabled },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
    '@media (forced-colors: active)': {
      forcedColorAdjust: 'none', border: '1px solid ButtonText', backgroundColor: 'Canvas',
      ':checked': { backgroundColor: 'Highlight', border: '1px solid Highlight' },
      ':checked::before': { backgroundColor: 'HighlightText' },
      ':disabled': { border: '1px solid GrayText' },
      ':disabled::before': { backgroundColor: 'GrayText' },
    },
  },
});

export interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  /** It has been pressed, and what it does is not done yet. */
  readonly busy: boolean;
  readonly set: (checked: boolean) => void;
}

/** On or off, at once. A checkbox in Fluent's dress: Fluent's own weighs 3 kB and has had faults in forced colours (outlook.md 8.8). */
export function Switch({ label, checked, disabled, busy, set }: SwitchProps): ReactElement {
  const styles = useStyles();
  return (
    <label className={styles.label}>
      <input type="checkbox" role="switch" className={styles.track} checked={checked} disabled={disabled} aria-busy={busy || undefined} onChange={(event) => set(event.target.checked)} />
      {label}
    </label>
  );
}
