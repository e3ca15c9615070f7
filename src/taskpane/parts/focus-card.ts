/**
 * Moves focus to the heading of a card and scrolls it to the top; false where the card does not stand on the screen.
 * A card is an element with `data-card`; its heading is what has `data-card-heading`, or its h3.
 */
export function focusCard(key: string): boolean {
  const card = cardElement(key);
  const heading = card?.querySelector<HTMLElement>('[data-card-heading], h3');
  if (!card || !heading) return false;
  card.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
  return true;
}

/** The keys of all cards on the screen, from top to bottom. */
export function cardsOnScreen(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-card]')].flatMap((element) => element.dataset['card'] ?? []);
}

/** Moves focus to the first card on the screen, or to the bar where there is none. */
export function focusFirstCard(): void {
  const [first] = cardsOnScreen();
  if (first === undefined || !focusCard(first)) document.querySelector<HTMLElement>('[data-bar]')?.focus();
}

/** What a card says; empty where it does not stand on the screen. */
export function cardText(key: string): string {
  return cardElement(key)?.querySelector('p')?.textContent ?? '';
}

function cardElement(key: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('[data-card]')].find((element) => element.dataset['card'] === key);
}
