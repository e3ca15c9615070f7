import { makeStyles } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { tokens } from './tokens.ts';

/** What something is, and its value. */
export type Fact = readonly [label: string, value: ReactNode];

const useStyles = makeStyles({
  // Beside each other where there is room for both; else one above the other.
  list: { display: 'grid', gridTemplateColumns: 'minmax(80px, 1fr) minmax(0, 2.3fr)', columnGap: '12px', rowGap: '8px', margin: 0 },
  label: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase300, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
});

/** Facts, one under the other. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(([label, value]) => [<dt key={`${label} label`} className={styles.label}>{label}</dt>, <dd key={label} className={styles.value}>{value}</dd>])}
    </dl>
  );
}
