import { useCallback, useLayoutEffect, useRef } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { fixedWords } from './fixed-words.ts';
import { cardsOnScreen, cardText, focusCard } from './focus-card.ts';

/** The bar takes focus where there is no card left. */
const barSelector = '[data-bar]';

interface FixedCard {
  readonly key: string;
  readonly what: string;
  /** All cards as they stood before. */
  readonly cards: readonly string[];
}

/**
 * What follows when a card has been put right (ux.md 4): once it has left the screen, focus goes to the next card, or to
 * the bar, and it is said what was put right and what is next. Where no card is left, the bar stands as before for as long as
 * the draft is looked through again, and says for itself what it becomes. Asked with the card's key and what is mended before it is mended; the answer is called when
 * that is done. Whoever has moved focus elsewhere meanwhile keeps it.
 */
export function useNextCard(): (key: string, what: string) => () => void {
  const { announce } = usePaneParts();
  const say = useText(frame);
  const fixed = useRef<FixedCard | null>(null);

  const goOn = useCallback(() => {
    if (!fixed.current || cardsOnScreen().includes(fixed.current.key)) return;
    const { key, what, cards } = fixed.current;
    fixed.current = null;
    const place = cards.indexOf(key);
    const others = [...cards.slice(place + 1), ...cards.slice(0, place)].filter((other) => cardText(other) !== '');
    if (document.activeElement === null || document.activeElement === document.body) {
      if (!others.some(focusCard)) document.querySelector<HTMLElement>(barSelector)?.focus();
    }
    announce(fixedWords({ what, next: others[0] === undefined ? null : cardText(others[0]) }, say));
  }, [announce, say]);

  // Before the bar says what has become of it.
  useLayoutEffect(goOn);
  return useCallback((key, what) => {
    const cards = cardsOnScreen();
    return () => {
      fixed.current = { key, what, cards };
      goOn();
    };
  }, [goOn]);
}
