import type { AccessFind } from './access-find.ts';
import { attributeOf, folded, visitSeen, type BodyElement, type Surroundings } from './body-tree.ts';
import { contrastOf, readColour, white, type Colour } from './colour-contrast.ts';
import { withAttribute, type SourceEdit } from './source-edit.ts';

/** Least contrast of text (WCAG 2.2, 1.4.3). */
const CONTRAST_MIN = 4.5;
const DARK = '#242424';
const DARK_COLOUR: Colour = [0x24, 0x24, 0x24];

/**
 * Text too pale for its ground, once for each element that says its colour. Not where darkness would not mend it, as on a
 * dark ground.
 */
export function paleFinds(body: BodyElement): readonly AccessFind[] {
  const texts = new Map<BodyElement, string>();
  visitSeen(body, {
    element: () => undefined,
    text: (text, around) => {
      const { colorSetBy } = around;
      if (colorSetBy !== null && folded(text) !== '' && isPale(around)) texts.set(colorSetBy, `${texts.get(colorSetBy) ?? ''} ${text}`);
    },
  });
  return [...texts].map(([element, text]) => ({ element, quote: folded(text), mend: () => darkened(element) }));
}

function isPale({ color, background }: Surroundings): boolean {
  const text = readColour(color ?? '');
  const ground = background === null ? white : readColour(background);
  return text !== null && ground !== null && contrastOf(text, ground) < CONTRAST_MIN && contrastOf(DARK_COLOUR, ground) >= CONTRAST_MIN;
}

/** The colour alone is another: in its style, where it has one, else in the attribute of a font. */
function darkened(element: BodyElement): readonly SourceEdit[] {
  const style = attributeOf(element, 'style');
  if (style !== null && /(?:^|;)\s*color\s*:/i.test(style)) {
    return withAttribute(element, 'style', style.replace(/((?:^|;)\s*color\s*:\s*)[^;]*/gi, `$1${DARK}`));
  }
  return withAttribute(element, 'color', DARK);
}
