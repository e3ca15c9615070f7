/**
 * Moves focus to the heading of a card and scrolls it to the top; false where the card does not stand on the screen.
 * A card is an element with `data-card`; its heading is its h3, or what has `data-card-heading`.
 */
export function focusCard(key: string): boolean {
  const card = [...document.querySelectorAll<HTMLElement>('[data-card]')].find((element) => element.dataset['card'] === key);
  const heading = card?.querySelector<HTMLElement>('[data-card-heading], h3');
  if (!card || !heading) return false;
  card.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
  return true;
}
