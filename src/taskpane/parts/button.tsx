import { makeStyles, mergeClasses } from '@fluentui/react-components';
import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react';
import { tokens } from './tokens.ts';

const useStyles = makeStyles({
  button: {
    display: 'inline-flex', alignItems: 'center', justifyContent: 'center', columnGap: '6px', boxSizing: 'border-box', minHeight: '32px', padding: '5px 12px',
    borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke1}`, cursor: 'pointer', textAlign: 'center',
    // A word is parted only where a whole line has no room for it.
    overflowWrap: 'break-word',
    fontFamily: 'inherit', fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':active': { backgroundColor: tokens.colorNeutralBackground1Pressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  small: { minHeight: '24px', padding: '1px 8px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, fontWeight: tokens.fontWeightRegular },
  primary: {
    border: '1px solid transparent', backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand,
    ':hover': { backgroundColor: tokens.colorBrandBackgroundHover },
    ':active': { backgroundColor: tokens.colorBrandBackgroundPressed },
  },
  waiting: { cursor: 'default', color: tokens.colorNeutralForegroundDisabled, ':hover': { backgroundColor: tokens.colorNeutralBackground1 } },
});

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** 24 px high, for cards and rows; else 32. */
  readonly size?: 'small' | 'medium';
  /** The one filled button of a screen. */
  readonly appearance?: 'primary';
  /** It cannot be pressed just now, and keeps the focus it has. */
  readonly disabledFocusable?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/**
 * A button in Fluent's look and colours. Fluent's own weighs 7 kB with what it brings; the whole of Slå op may weigh 130.
 */
export function Button({ size, appearance, disabledFocusable = false, className, onClick, ...rest }: ButtonProps): ReactElement {
  const styles = useStyles();
  const look = mergeClasses(styles.button, size === 'small' && styles.small, appearance && styles[appearance], disabledFocusable && styles.waiting, className);
  return <button type="button" {...rest} className={look} aria-disabled={disabledFocusable || undefined} onClick={disabledFocusable ? undefined : onClick} />;
}
