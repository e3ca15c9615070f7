import type { AccessFind } from './access-find.ts';
import { attributeOf, stylesOf, visitSeen, type BodyElement } from './body-tree.ts';
import { withAttribute } from './source-edit.ts';

/** Pictures of a pixel or two keep a distance, or count readers. */
const SPECK_PX = 3;
/** What programs write where nobody has described a picture: the name of its file, or that it is one. */
const NO_WORDS = /^(?:(?:image|img|billede|picture|logo)?[\s_-]*\d*\.?(?:png|jpe?g|gif|bmp|webp|svg|tiff?)?|[\w%.()-]+\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?)|cid:.*)$/i;

/** Pictures without a description. `alt=""` says that a picture is decoration, and is believed, as the letter does. */
export function pictureFinds(body: BodyElement): readonly AccessFind[] {
  const finds: AccessFind[] = [];
  visitSeen(body, {
    text: () => undefined,
    element: (element) => {
      if (element.tagName !== 'img' || isSpeck(element) || !lacksWords(element)) return;
      finds.push({ element, quote: '', picture: attributeOf(element, 'src') ?? '', mend: (words) => withAttribute(element, 'alt', words) });
    },
  });
  return finds;
}

function lacksWords(picture: BodyElement): boolean {
  const role = attributeOf(picture, 'role');
  if (role === 'presentation' || role === 'none') return false;
  const words = attributeOf(picture, 'alt') ?? attributeOf(picture, 'title');
  return words === null || (words !== '' && NO_WORDS.test(words.trim()));
}

function isSpeck(picture: BodyElement): boolean {
  const styles = stylesOf(picture);
  return ['width', 'height'].some((side) => {
    const size = parseFloat(styles[side] ?? attributeOf(picture, side) ?? '');
    return size < SPECK_PX;
  });
}
