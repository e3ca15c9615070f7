import type { OpenedLetter } from './open-letter.ts';
import { pageSheet } from './page-sheet.ts';

export interface ShownPages {
  /** What each page is called, e.g. "Side 1 af 2". */
  readonly nameOf: (page: number, pages: number) => string;
  /** A page cannot be drawn. */
  readonly onFault: () => void;
}

/** Pages so near to what is seen are drawn, as a part of the screen's height. */
const NEAR = '100%';

/**
 * Puts the pages of a letter into `place`, one under the other, as wide as it is. A page is drawn when it is nearly seen,
 * and let go of when it is far away, so that a long letter takes no more memory than a short one. Answers what ends it.
 */
export function showPages(place: HTMLElement, letter: OpenedLetter, { nameOf, onFault }: ShownPages): () => void {
  const { document } = globalThis;
  if (!document.adoptedStyleSheets.includes(pageSheet())) document.adoptedStyleSheets = [...document.adoptedStyleSheets, pageSheet()];
  const pages = letter.sizes.map(({ width, height }, n) => new PageView({ n, width, height, name: nameOf(n + 1, letter.sizes.length) }));
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const page = pages.find(({ element }) => element === target);
      if (!isIntersecting) page?.letGo();
      else page?.draw(letter).catch(onFault);
    }
  }, { rootMargin: NEAR });
  const sized = new ResizeObserver(() => {
    for (const page of pages) page.fit();
  });
  sized.observe(place);
  place.replaceChildren(...pages.map(({ element }) => element));
  for (const page of pages) {
    page.fit();
    near.observe(page.element);
  }
  return () => {
    near.disconnect();
    sized.disconnect();
    place.replaceChildren();
  };
}

interface PageFacts {
  readonly n: number;
  /** In CSS pixels at full size. */
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

/** One page: its picture, and its words above it. */
class PageView {
  readonly element = document.createElement('div');
  readonly #canvas = document.createElement('canvas');
  readonly #words = document.createElement('div');
  readonly #facts: PageFacts;
  #drawing: Promise<void> | null = null;

  constructor(facts: PageFacts) {
    this.#facts = facts;
    const { element } = this;
    element.className = 'letter-page';
    element.style.aspectRatio = `${String(facts.width)} / ${String(facts.height)}`;
    element.role = 'group';
    element.ariaLabel = facts.name;
    this.#canvas.role = 'img';
    this.#canvas.ariaLabel = facts.name;
    this.#words.className = 'letter-words';
    element.append(this.#canvas, this.#words);
  }

  async draw(letter: OpenedLetter): Promise<void> {
    if (this.#drawing) return await this.#drawing;
    const drawing = letter.draw(this.#facts.n, { canvas: this.#canvas, words: this.#words });
    this.#drawing = drawing;
    await drawing;
    this.element.dataset['drawn'] = 'yes';
  }

  /** The picture goes, which is what weighs; the words stay. */
  letGo(): void {
    if (this.element.dataset['drawn'] === undefined) return;
    delete this.element.dataset['drawn'];
    this.#drawing = null;
    this.#canvas.width = 0;
  }

  /** The words follow the picture, which is as wide as its place. */
  fit(): void {
    const { width } = this.#facts;
    const shown = this.element.clientWidth || width;
    this.element.style.setProperty('--total-scale-factor', String((shown / width) * (96 / 72)));
  }
}
