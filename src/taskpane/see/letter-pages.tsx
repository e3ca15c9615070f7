import { useEffect, useRef, type ReactElement } from 'react';
import { see } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { OpenedLetter } from './pages/open-letter.ts';

export interface LetterPagesProps {
  readonly pdf: Uint8Array;
  /** They cannot be shown. */
  readonly onFault: () => void;
}

/** The pages of a letter as they are in the PDF, drawn by what is fetched for it. */
export function LetterPages({ pdf, onFault }: LetterPagesProps): ReactElement {
  const say = useText(see);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let over = false;
    let letter: OpenedLetter | null = null;
    let end = (): void => undefined;
    const show = async (): Promise<void> => {
      const [{ openLetter }, { showPages }] = await Promise.all([
        import(/* webpackChunkName: "letter-pages" */ './pages/open-letter.ts'), import(/* webpackChunkName: "letter-pages" */ './pages/show-pages.ts'),
      ]);
      const opened = await openLetter(pdf);
      letter = opened;
      if (over || !place.current) return opened.close();
      end = showPages(place.current, opened, { nameOf: (n, m) => say('see.page', { n, m }), onFault: () => !over && onFault() });
    };
    show().catch(() => !over && onFault());
    return () => {
      over = true;
      end();
      letter?.close();
    };
  }, [pdf, onFault, say]);
  return <div ref={place} />;
}
