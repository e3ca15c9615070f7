import type { ReactElement } from 'react';
import type { CardMark } from './card-mark.ts';
import type { CheckState } from './use-check.ts';

export interface BarProps {
  readonly state: CheckState;
  /** The cards above Tjek (rows, Afsender, Svar, Flere oplysninger) in the order in which they stand. */
  readonly marks: readonly CardMark[];
}

/** What now: the bar at the foot of the pane. It finds its own place; it may stand anywhere in Skriv. */
export function Bar(_props: BarProps): ReactElement | null {
  return null;
}
