/**
 * Outlook on the web has Office.js move the focus: it hears every key at the window, and takes Tab and Esc for itself. Two
 * of them are the pane's own. Tab from what only takes focus when one is led there (a card's heading, the sentence, the
 * bar), which is on no list of Office.js, so that it would leave the pane instead of going on to what can be done; the
 * browser does it right. And Esc that has shut something (default prevented), after which Office.js would put the focus on
 * the pane's first button (docs/outlook-quirks.md).
 */
export function keepKeys(page: Pick<Document, 'addEventListener'>): void {
  page.addEventListener('keydown', (event) => {
    const { key, target, defaultPrevented } = event;
    const isLedTo = target instanceof HTMLElement && target.tabIndex < 0;
    if ((key === 'Tab' && isLedTo) || (key === 'Escape' && defaultPrevented)) event.stopPropagation();
  });
}
