import type { ReactElement } from 'react';
import type { CheckState } from './use-check.ts';

/** The section Tjek: a card for each problem, a line for what is well. Nothing where it does not apply. */
export function Check(_props: { readonly state: CheckState }): ReactElement | null {
  return null;
}
