import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useComposeStyles } from './compose-styles.ts';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', columnGap: '8px', alignItems: 'baseline' },
  title: { margin: 0, flexGrow: 1, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  value: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

export interface PlainRowProps {
  readonly title: string;
  readonly value: string;
  readonly more: string;
}

/** What a section has to say where there is nothing to choose. */
export function PlainRow({ title, value, more }: PlainRowProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  return (
    <section className={shared.section}>
      <div className={styles.row}><h2 className={styles.title}>{title}</h2><span className={styles.value}>{value}</span></div>
      <p className={shared.small}>{more}</p>
    </section>
  );
}
