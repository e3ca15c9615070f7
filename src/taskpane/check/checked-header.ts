import { useEffect, useRef } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import type { CheckState } from './use-check.ts';

/** By this the gateway knows that Tjek has been seen, and does not check the letter again (docs/tjek.md). */
const CHECKED_HEADER = 'X-Postbro-Letter-Checked';

/** Whether nothing in Tjek is open: all is right, or said to be. False while anything is not looked at yet. */
export function isLetterChecked({ applies, broken, checking, marks }: Pick<CheckState, 'applies' | 'broken' | 'checking' | 'marks'>): boolean {
  return applies && !broken && !checking && marks.length === 0;
}

/** Keeps the draft's header as Tjek stands; nothing where the client has no headers. */
export function useCheckedHeader(state: CheckState): void {
  const { outlook } = usePaneParts();
  const checked = isLetterChecked(state);
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    if (!outlook.can.headers || !state.applies) return;
    const write = async (): Promise<void> => {
      if (checked) await outlook.setHeaders({ [CHECKED_HEADER]: '1' });
      else await outlook.removeHeaders([CHECKED_HEADER]);
    };
    // In turn, so that what is known last stands there. Where it fails the gateway checks once more, which does no harm.
    queue.current = queue.current.then(write).catch(() => undefined);
  }, [outlook, checked, state.applies]);
}
