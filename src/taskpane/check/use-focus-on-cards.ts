import { useCallback, useEffect, useRef, type FocusEvent } from 'react';
import { focusFirstCard } from '../parts/focus-card.ts';

/** What may leave the screen by itself while it has focus: the button that mends all, and the heading of a card. */
const GOES_BY_ITSELF = '[data-mend-all], [data-card-heading]';

/**
 * Focus is not lost with what had it: when a card or "Ret alle" is gone, focus goes to the first card that is left, or to
 * the bar, as often as that happens while the files are looked through. Whoever has gone on, also to Outlook itself, is
 * not called back. Answers what the section must tell of each focus inside it.
 */
export function useFocusOnCards(): (event: FocusEvent) => void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    if (last.current === null || last.current.isConnected) return;
    last.current = null;
    if (document.activeElement === document.body && document.hasFocus()) focusFirstCard();
  });
  return useCallback(({ target }: FocusEvent) => {
    last.current = target.matches(GOES_BY_ITSELF) ? target : null;
  }, []);
}
