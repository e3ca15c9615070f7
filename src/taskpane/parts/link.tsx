import { makeStyles, mergeClasses } from '@fluentui/react-components';
import type { ButtonHTMLAttributes, ReactElement, Ref } from 'react';
import { tokens } from './tokens.ts';

const useStyles = makeStyles({
  link: {
    minHeight: '24px', padding: 0, border: 0, background: 'none', font: 'inherit', textAlign: 'left', cursor: 'pointer', color: tokens.colorBrandForegroundLink,
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
    '@media (forced-colors: active)': { textDecorationLine: 'underline' },
  },
});

export interface LinkProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly ref?: Ref<HTMLButtonElement>;
}

/** What looks like a link and does something in the pane; underlined where colours are the person's own. */
export function Link({ className, ...rest }: LinkProps): ReactElement {
  const styles = useStyles();
  return <button type="button" {...rest} className={mergeClasses(styles.link, className)} />;
}
