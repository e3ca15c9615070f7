const STOPS = 'a[href], button, input, select, textarea, iframe, [contenteditable="true"], [tabindex]';

/** What Tab stops at in the page, in order. */
export function stopsOfPage(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(STOPS)].filter((one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility());
}
