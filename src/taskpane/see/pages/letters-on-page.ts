import { openLetter } from './open-letter.ts';
import { showPages } from './show-pages.ts';

// For a page outside the pane that shows letters, each in an element with its address: `<div data-letter="…">`. The very
// same pages as in the pane, and the sum of the bytes that they were drawn from.

for (const place of document.querySelectorAll<HTMLElement>('[data-letter]')) void showLetter(place);

async function showLetter(place: HTMLElement): Promise<void> {
  try {
    const response = await fetch(place.dataset['letter'] ?? '');
    const bytes = new Uint8Array(await response.arrayBuffer());
    const letter = await openLetter(bytes);
    const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    place.dataset['sha256'] = Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
    showPages(place, letter, { nameOf: (page, pages) => `Side ${String(page)} af ${String(pages)}`, onFault: () => fail(place) });
  } catch {
    fail(place);
  }
}

function fail(place: HTMLElement): void {
  place.textContent = 'Brevet kan ikke vises her.';
}
