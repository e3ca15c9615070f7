import { mergeClasses } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { StateIcon, type ShownState } from '../parts/state-icon.tsx';
import { useComposeStyles } from './compose-styles.ts';

export interface SmallStateProps {
  readonly state: ShownState;
  readonly text: string;
  /** Said at once to those who do not see it. */
  readonly isAlert?: boolean;
  /** "Vis" leads to it. */
  readonly isCardHeading?: boolean;
}

/** How something stands, in small words below it, with its icon: a fault of a field, something on its way. */
export function SmallState({ state, text, isAlert = false, isCardHeading = false }: SmallStateProps): ReactElement {
  const shared = useComposeStyles();
  return (
    <p className={mergeClasses(shared.told, state === 'stop' && shared.fault)} role={isAlert ? 'alert' : undefined} {...(isCardHeading && { tabIndex: -1, 'data-card-heading': true })}>
      <StateIcon small state={state} /><span>{text}</span>
    </p>
  );
}
