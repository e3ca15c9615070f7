import { makeStyles } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { shownTime } from '../parts/shown-time.ts';
import { compose } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import type { Suggestion } from './use-suggestions.ts';
import { tokens } from '../parts/tokens.ts';

const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 } as const;

const useStyles = makeStyles({
  list: {
    margin: '4px 0 0', padding: 0, border: `1px solid ${tokens.colorNeutralStroke1}`, borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1, boxShadow: tokens.shadow4, overflow: 'hidden',
  },
  group: { ...small, padding: '6px 12px' },
  option: { padding: '6px 12px', cursor: 'pointer', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  // Forced colours leave no ground: there the chosen one has a line around it.
  chosen: { backgroundColor: tokens.colorNeutralBackground1Hover, '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  number: { ...small, display: 'block' },
});

export interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  /** Place of the one that the arrows stand on; −1: none. */
  readonly active: number;
  readonly choose: (suggestion: Suggestion) => void;
}

/** The list box of the field, in the flow under it: nothing is covered. */
export function SuggestionList({ id, suggestions, active, choose }: SuggestionListProps): ReactElement {
  const styles = useStyles();
  const say = useText(compose);
  const time = shownTime(useLocale());
  const groups = [
    { title: say('to.earlier'), of: suggestions.filter(({ lastAt }) => lastAt !== null) },
    { title: say('to.companies'), of: suggestions.filter(({ lastAt }) => lastAt === null) },
  ].filter(({ of }) => of.length > 0);
  return (
    <div className={styles.list} role="listbox" id={id} aria-label={say('to.h')}>
      {groups.map(({ title, of }) => (
        <div key={title} role="group" aria-label={title}>
          <div className={styles.group} aria-hidden>{title}</div>
          {of.map((suggestion) => {
            const place = suggestions.indexOf(suggestion);
            return (
              <div
                key={suggestion.recipient.number} role="option" id={optionId(id, place)} aria-selected={place === active}
                className={place === active ? `${styles.option} ${styles.chosen}` : styles.option}
                // The field keeps focus.
                onMouseDown={(event) => event.preventDefault()} onClick={() => choose(suggestion)}
              >
                {suggestion.name}
                <span className={styles.number}>{suggestion.number}{suggestion.lastAt !== null && ` · ${time.since(new Date(suggestion.lastAt), new Date())}`}</span>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

export function optionId(listId: string, place: number): string {
  return `${listId}-${String(place)}`;
}
