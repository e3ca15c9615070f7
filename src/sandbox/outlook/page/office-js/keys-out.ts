import { stopsOfPage } from '../stops.ts';
import type { OutlookLine } from './outlook-line.ts';

/** As office.js names what it tells its host (AgaveHostAction). */
const EXIT = { tab: 13, shiftTab: 14, escape: 15 } as const;

/**
 * Tells Outlook when the keys lead out of the page, as office.js does at the window, after all that the page does itself:
 * Tab past the last stop, Shift+Tab before the first, and Esc.
 */
export function tellOfKeysOut(line: OutlookLine): void {
  const tell = (exit: number): void => void line.ask('ContextActivationManager_notifyHost', [line.controlId, exit]);
  addEventListener('keydown', (event) => {
    const { key, shiftKey, target } = event;
    if (key === 'Escape') tell(EXIT.escape);
    if (key !== 'Tab' || (target !== document.body && target !== stopsOfPage().at(shiftKey ? 0 : -1))) return;
    event.preventDefault();
    tell(shiftKey ? EXIT.shiftTab : EXIT.tab);
  });
}
