/**
 * Moves focus to what has an id, as soon as it stands on the screen; whoever presses something meanwhile keeps the focus.
 * Empty: nothing. Answers what ends the waiting.
 */
export function focusWhenThere(id: string): () => void {
  const focus = (): boolean => {
    const found = id === '' ? null : document.getElementById(id);
    found?.focus();
    return found !== null;
  };
  const watch = new MutationObserver(() => focus() && stop());
  const stop = (): void => {
    watch.disconnect();
    removeEventListener('keydown', stop, true);
    removeEventListener('pointerdown', stop, true);
  };
  if (id === '' || focus()) return stop;
  watch.observe(document.body, { childList: true, subtree: true });
  addEventListener('keydown', stop, true);
  addEventListener('pointerdown', stop, true);
  return stop;
}
