import { useEffect, useRef } from 'react';
import { usePaneParts } from '../pane-parts.ts';

/** The mail has been sent or shut meanwhile: a screen that is about a draft is left. */
export function useLeftWithoutDraft(isDraft: boolean): void {
  const { back } = usePaneParts();
  const left = useRef(false);
  useEffect(() => {
    if (isDraft || left.current) return;
    left.current = true;
    back();
  }, [isDraft, back]);
}
