/** Longest that is waited for a pause. */
const IDLE_WITHIN_MS = 500;

/** Does something when the page has nothing else to do, soon in any case; the answer takes it back. Safari knows no such pause. */
export function whenIdle(act: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const asked = window.requestIdleCallback(act, { timeout: IDLE_WITHIN_MS });
    return () => window.cancelIdleCallback(asked);
  }
  const asked = setTimeout(act, 0);
  return () => clearTimeout(asked);
}
