import { maskCprNumbersIn } from '../../../domain/cpr-number.ts';
import type { AccessFind } from './access-find.ts';
import { bodyTree, type BodyElement } from './body-tree.ts';
import { headingFinds } from './heading-finds.ts';
import { linkFinds } from './link-finds.ts';
import { paleFinds } from './pale-finds.ts';
import { pictureFinds } from './picture-finds.ts';
import { edited } from './source-edit.ts';
import { tableFinds } from './table-finds.ts';

export type AccessKind = 'alt' | 'head' | 'pale' | 'table' | 'link';

/** Something that can make the letter hard to read (ux.md 5.11, texts `see.*`), as it is shown. */
export interface AccessWarning {
  /** Tells it from the others of the same mail, and stays while the rest of the mail changes. */
  readonly key: string;
  readonly kind: AccessKind;
  /** What stands there, numbers masked; null for a picture. */
  readonly quote: string | null;
  /** Of a picture: its address in the mail. */
  readonly picture: string | null;
}

const finders: Readonly<Record<AccessKind, (body: BodyElement) => readonly AccessFind[]>> = {
  alt: pictureFinds, head: headingFinds, pale: paleFinds, table: tableFinds, link: linkFinds,
};
const kinds = ['alt', 'head', 'pale', 'table', 'link'] as const satisfies readonly AccessKind[];

const QUOTE_CHARACTERS_MAX = 120;

/** What makes the letter of a mail hard to read, in the order in which it stands there. */
export function accessWarnings(html: string): readonly AccessWarning[] {
  return keyedFinds(html).map(({ key, kind, find: { quote, picture } }) => ({ key, kind, quote: picture === undefined ? shown(quote) : null, picture: picture ?? null }));
}

/**
 * The HTML with one warning mended and all else as it stands; null where it is not there any more, or cannot be mended.
 * `words`: what somebody wrote to describe a picture, or for a link.
 */
export function mendedHtml(html: string, key: string, words: string): string | null {
  const found = keyedFinds(html).find((one) => one.key === key);
  const edits = found?.find.mend(words.trim()) ?? [];
  return edits.length === 0 ? null : edited(html, edits);
}

interface KeyedFind {
  readonly key: string;
  readonly kind: AccessKind;
  readonly find: AccessFind;
}

function keyedFinds(html: string): readonly KeyedFind[] {
  const body = bodyTree(html);
  const seen = new Map<string, number>();
  const finds = kinds.flatMap((kind) => finders[kind](body).map((find) => ({ kind, find })));
  return finds.sort((a, b) => placeOf(a.find) - placeOf(b.find)).map(({ kind, find }) => {
    const about = `${kind} ${find.picture ?? find.quote}`;
    const nth = (seen.get(about) ?? 0) + 1;
    seen.set(about, nth);
    return { kind, find, key: `${about} ${String(nth)}` };
  });
}

function placeOf({ element }: AccessFind): number {
  return element.sourceCodeLocation?.startOffset ?? 0;
}

function shown(text: string): string {
  const masked = maskCprNumbersIn(text);
  return masked.length <= QUOTE_CHARACTERS_MAX ? masked : `${masked.slice(0, QUOTE_CHARACTERS_MAX)} …`;
}
