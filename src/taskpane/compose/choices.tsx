import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { Fragment, useId, type ReactElement } from 'react';
import { useComposeStyles } from './compose-styles.ts';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column', margin: 0, padding: 0, border: 0, minWidth: 0 },
  title: { margin: '8px 0 0' },
  choice: { display: 'flex', columnGap: '10px', padding: '6px 0', cursor: 'pointer' },
  cannot: { color: tokens.colorNeutralForeground2, cursor: 'default' },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  hint: { display: 'block' },
  radio: {
    appearance: 'none', flexShrink: 0, boxSizing: 'border-box', width: '16px', height: '16px', margin: '2px 0 0 4px', borderRadius: '50%',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`, backgroundColor: tokens.colorNeutralBackground1,
    ':checked': { border: `5px solid ${tokens.colorCompoundBrandBackground}` },
    ':disabled': { border: `1px solid ${tokens.colorNeutralStrokeDisabled}` },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
    '@media (forced-colors: active)': { appearance: 'auto' },
  },
});

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
  /** Its hint says why. */
  readonly disabled?: boolean;
}

export interface ChoicesProps {
  readonly label: string;
  /** With a title where there are several; together one group. */
  readonly groups: readonly { readonly title: string | null; readonly choices: readonly Choice[] }[];
  /** "" where none is chosen. */
  readonly chosen: string;
  readonly choose: (value: string) => void;
}

/** One of several, each with a line on what it means. The browser's own radio buttons in Fluent's dress. */
export function Choices({ label, groups, chosen, choose }: ChoicesProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {groups.map(({ title, choices }) => (
        <Fragment key={title}>
          {title !== null && <p className={mergeClasses(shared.small, styles.title)}>{title}</p>}
          {choices.map(({ value, label: words, hint, disabled = false }) => (
            <label key={value} className={mergeClasses(styles.choice, disabled && styles.cannot)}>
              <input type="radio" className={styles.radio} name={name} value={value} checked={value === chosen} disabled={disabled} onChange={() => choose(value)} />
              <span className={styles.words}>{words}<span className={mergeClasses(shared.small, styles.hint)}>{hint}</span></span>
            </label>
          ))}
        </Fragment>
      ))}
    </div>
  );
}
