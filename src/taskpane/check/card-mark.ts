import type { Grade } from '../parts/card.tsx';

/** That a card stands on the screen: a row with a problem, or one of Tjek. The bar counts them and leads to them. */
export interface CardMark {
  /** The `data-card` of the element that it stands in; its heading (h3, or `data-card-heading`) takes focus. */
  readonly key: string;
  readonly grade: Grade;
}
