import { makeStyles } from '@fluentui/react-components';
import { Eye20Regular } from '@fluentui/react-icons/svg/eye';
import { EyeOff20Regular } from '@fluentui/react-icons/svg/eye-off';
import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react';
import { maskCprNumber } from '../../domain/cpr-number.ts';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { tokens } from './tokens.ts';

/** How long a whole number stands on the screen (ux.md 2). */
const NUMBER_SHOWN_MS = 30_000;

/** Which number of a screen is shown in full: one at a time. */
export interface ShownNumber {
  readonly key: string | null;
  readonly toggle: (key: string) => void;
}

/** Hidden again after a while, and as soon as the pane loses focus. A screen has one of these. */
export function useShownNumber(): ShownNumber {
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => {
    if (key === null) return undefined;
    const hide = (): void => setKey(null);
    const clock = setTimeout(hide, NUMBER_SHOWN_MS);
    window.addEventListener('blur', hide);
    document.addEventListener('visibilitychange', hide);
    return () => {
      clearTimeout(clock);
      window.removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', hide);
    };
  }, [key]);
  const toggle = useCallback((pressed: string) => setKey((before) => (before === pressed ? null : pressed)), []);
  return useMemo(() => ({ key, toggle }), [key, toggle]);
}

const useStyles = makeStyles({
  number: { display: 'inline-flex', alignItems: 'center', columnGap: '4px', verticalAlign: 'middle' },
  eye: {
    display: 'inline-flex', alignItems: 'center', justifyContent: 'center', width: '24px', height: '24px', padding: 0, border: 0,
    borderRadius: tokens.borderRadiusMedium, background: 'none', color: tokens.colorNeutralForeground2, cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

export interface MaskedNumberProps {
  /** A CPR number in full. */
  readonly cpr: string;
  /** Whose it is, as the button says; a masked number for those without a name. */
  readonly name: string;
  /** What no other number of the screen has. */
  readonly id: string;
  readonly shown: ShownNumber;
}

/** A CPR number, masked until the eye beside it is pressed. */
export function MaskedNumber({ cpr, name, id, shown }: MaskedNumberProps): ReactElement {
  const styles = useStyles();
  const say = useText(frame);
  const isShown = shown.key === id;
  return (
    <span className={styles.number}>
      <span>{isShown ? `${cpr.slice(0, 6)}-${cpr.slice(6)}` : maskCprNumber(cpr)}</span>
      <button type="button" className={styles.eye} aria-label={isShown ? say('number.hide') : say('number.show', { name })} onClick={() => shown.toggle(id)}>
        {isShown ? <EyeOff20Regular aria-hidden /> : <Eye20Regular aria-hidden />}
      </button>
    </span>
  );
}
