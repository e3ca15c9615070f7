import { stopsOfPage } from './stops.ts';

/** Moves the focus from a frame to Outlook's next or previous control; past the last one, round to the first. */
export function focusBeside(frame: HTMLIFrameElement, direction: 'next' | 'previous'): void {
  const stops = stopsOfPage();
  const at = stops.indexOf(frame);
  stops[(at + (direction === 'next' ? 1 : -1) + stops.length) % stops.length]?.focus();
}
