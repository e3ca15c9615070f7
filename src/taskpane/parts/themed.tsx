import { makeStyles } from '@fluentui/react-components';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { themes } from './themes.ts';
import { tokens } from './tokens.ts';

const useStyles = makeStyles({
  root: {
    color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorNeutralBackground1, fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightRegular, textAlign: 'start',
  },
});

/** Fills in what `tokens` names, as Fluent's own provider does: that one weighs 5.5 kB, for components that the pane does not have. */
export function Themed({ theme, children }: { readonly theme: keyof typeof themes; readonly children: ReactNode }): ReactElement {
  const styles = useStyles();
  const values = Object.fromEntries(Object.entries(themes[theme]).map(([name, value]) => [`--${name}`, value]));
  const style: CSSProperties = { ...values, colorScheme: theme === 'light' ? 'light' : 'dark' };
  return <div className={styles.root} style={style}>{children}</div>;
}
