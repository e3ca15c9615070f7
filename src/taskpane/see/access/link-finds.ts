import type { AccessFind } from './access-find.ts';
import { attributeOf, holds, seenText, visitSeen, type BodyElement } from './body-tree.ts';
import { withWords } from './source-edit.ts';

/** Words under which anything could lie. */
const SAYS_NOTHING = /^(?:(?:klik|tryk|se|læs|find|hent|gå)? ?(?:her|videre|mere)(?: her)?|link(?:et)?|dette link|her er linket|click here|here|read more|more|this link|uani)[.:!]?$/i;
/** An address with a way in it: read out sign by sign. The name of a place alone, "www.borger.dk", says where it leads. */
const LONG_ADDRESS = /^(?:https?:\/\/|www\.)[^\s/]+\/\S+$/i;

/** Links whose words do not say where they lead. */
export function linkFinds(body: BodyElement): readonly AccessFind[] {
  const finds: AccessFind[] = [];
  visitSeen(body, {
    text: () => undefined,
    element: (element) => {
      const address = element.tagName === 'a' ? attributeOf(element, 'href') : null;
      if (address === null || !/^\s*(?:https?:|mailto:|tel:)/i.test(address)) return;
      const text = seenText(element);
      if (!saysNothing(element, text)) return;
      finds.push({ element, quote: SAYS_NOTHING.test(text) ? `${text} (${address.trim()})` : text, mend: (words) => withWords(element, words) });
    },
  });
  return finds;
}

function saysNothing(link: BodyElement, text: string): boolean {
  // A picture has its own words, or a warning of its own; a link without any content is a mark in the text.
  if (text === '') return false;
  if (holds(link, ({ tagName }) => tagName === 'img')) return false;
  return SAYS_NOTHING.test(text) || LONG_ADDRESS.test(text);
}
