/**
 * Outlook on the web has Office.js move the focus: it hears every key at the window, and takes Tab and Esc for itself. Some
 * of them are the pane's own. Tab from what only takes focus when one is led there (a card's heading, the sentence, the
 * bar), which is on no list of Office.js, so that it would leave the pane instead of going on to what can be done; the
 * browser does it right. Tab among radio buttons, each of which Office.js takes for a stop of its own: a group is one stop,
 * and the one that is chosen is where it stands, as the browser has it. And Esc that has shut something (default prevented),
 * after which Office.js would put the focus on the pane's first button (docs/outlook-quirks.md).
 */
export function keepKeys(page: Document): void {
  page.addEventListener('keydown', (event) => {
    const { key, target, defaultPrevented } = event;
    const isLedTo = target instanceof HTMLElement && target.tabIndex < 0;
    if ((key === 'Tab' && (isLedTo || isRadio(target))) || (key === 'Escape' && defaultPrevented)) event.stopPropagation();
  });
  leadToChosen(page);
}

/** Where Tab comes to a group of radio buttons, it comes to the one that is chosen. */
function leadToChosen(page: Document): void {
  let isTab = false;
  page.addEventListener('keydown', ({ key }) => void (isTab = key === 'Tab'), { capture: true });
  for (const other of ['keyup', 'pointerdown']) page.addEventListener(other, () => void (isTab = false), { capture: true });
  page.addEventListener('focusin', ({ target }) => {
    if (!isTab || !isRadio(target) || target.checked) return;
    const group = page.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${CSS.escape(target.name)}"]`);
    [...group].find(({ checked }) => checked)?.focus();
  });
}

function isRadio(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type === 'radio';
}
