import type { Remembered } from './remembered.ts';

export function openRemembered(): Remembered {
  throw new Error('not yet');
}
