import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { tokens } from './tokens.ts';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  filter: {
    minHeight: '24px', padding: '1px 10px', font: 'inherit', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusCircular, backgroundColor: tokens.colorNeutralBackground1, cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
    '&[aria-pressed=true]': {
      fontWeight: tokens.fontWeightSemibold, color: tokens.colorBrandForeground2, backgroundColor: tokens.colorBrandBackground2,
      borderTopColor: tokens.colorBrandStroke1, borderRightColor: tokens.colorBrandStroke1, borderBottomColor: tokens.colorBrandStroke1, borderLeftColor: tokens.colorBrandStroke1,
    },
    '@media (forced-colors: active)': { '&[aria-pressed=true]': { forcedColorAdjust: 'none', color: 'HighlightText', backgroundColor: 'Highlight' } },
  },
});

export interface FilterButtonsProps<Filter extends string> {
  /** With their words, how many there are included. */
  readonly filters: readonly (readonly [filter: Filter, words: string])[];
  readonly chosen: Filter;
  readonly choose: (filter: Filter) => void;
}

/** Which of many are shown; one is always pressed. */
export function FilterButtons<Filter extends string>({ filters, chosen, choose }: FilterButtonsProps<Filter>): ReactElement {
  const styles = useStyles();
  const sayFrame = useText(frame);
  return (
    <div className={styles.filters} role="group" aria-label={sayFrame('aria.filter')}>
      {filters.map(([filter, words]) => (
        <button key={filter} type="button" className={styles.filter} aria-pressed={filter === chosen} onClick={() => choose(filter)}>{words}</button>
      ))}
    </div>
  );
}
