/** A press of Tab moves the focus at once; later than this, in milliseconds, it was not the reason. */
const TAB_MOVES_WITHIN_MS = 300;

/**
 * Gives the focus back to whoever writes, the first time that a pane which opened by itself takes it: its page is ready
 * some time after the mail is, and nobody who types must be interrupted. Whoever presses or tabs into the pane stays there.
 * @returns ends the watch
 */
export function keepFocusOf(frame: HTMLIFrameElement): () => void {
  const watch = new AbortController();
  const { signal } = watch;
  let focused = document.activeElement;
  let tabbedAt = -Infinity;
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target !== frame) focused = target;
  }, { signal });
  document.addEventListener('keydown', ({ key, timeStamp }) => {
    if (key === 'Tab') tabbedAt = timeStamp;
  }, { signal, capture: true });
  addEventListener('blur', ({ timeStamp }) => {
    if (document.activeElement !== frame) return;
    watch.abort();
    const wanted = frame.matches(':hover') || timeStamp - tabbedAt < TAB_MOVES_WITHIN_MS;
    const writer = focused;
    // The browser is still moving the focus.
    if (!wanted && writer instanceof HTMLElement) setTimeout(() => writer.focus(), 0);
  }, { signal });
  return () => watch.abort();
}
