import type { Block } from './block-model.ts';
import { type Body, bodyBlocks, type BodyReading } from './body-pdf.ts';
import { defaultBodyLimits } from './body-limits.ts';
import { FileFault } from './file-fault.ts';
import { canSetPicture } from './make-pdf.ts';
import { UNREADABLE } from './picture-codec.ts';
import type { SetPdf } from './set-document.ts';
import { setDocument } from './set-document.ts';
import type { SettablePicture } from './settable-pictures.ts';

/** What one file becomes in a PDF: pages of pictures, or text that begins on a page of its own. */
export type Section =
  | { readonly kind: 'pictures'; readonly pictures: readonly SettablePicture[]; readonly alt: string }
  /** `heads` are shown one after another before the body itself: what a mail says of itself. */
  | { readonly kind: 'body'; readonly heads: readonly Body[]; readonly body: Body };

const pointsPerPixel = 0.75;

/**
 * Makes one accessible PDF of files, in their order: PDF/A-2a and PDF/UA-1 as a letter is, each picture with its alt text, the
 * same bytes for the same input. Throws FileFault for a picture that cannot be shown, BodyTooLarge over a limit.
 */
export function sectionsPdf({ title, sections, pagesMax }: {
  readonly title: string;
  readonly sections: readonly Section[];
  readonly pagesMax: number;
}): SetPdf {
  const notes = { missing: new Set<string>(), picturesLeftOut: 0, picturesWithoutAlt: 0 };
  const blocks = sections.flatMap((section, n): readonly Block[] => {
    const reading = { limits: defaultBodyLimits, notes, picturePrefix: `section-${n + 1}` };
    if (section.kind === 'pictures') return picturePages(section, reading.picturePrefix);
    // A page of a picture ends by itself.
    const begins: readonly Block[] = sections[n - 1]?.kind === 'body' ? [{ kind: 'page-break' }] : [];
    return [...begins, ...textBlocks(section, reading)];
  });
  return setDocument({ subject: title, language: 'da', blocks, notes, pagesMax });
}

function textBlocks({ heads, body }: Extract<Section, { kind: 'body' }>, reading: BodyReading): readonly Block[] {
  const shown = bodyBlocks(body, reading);
  if (heads.length === 0) return shown;
  return [...heads.flatMap((head) => bodyBlocks(head, reading)), { kind: 'rule' }, ...shown];
}

function picturePages({ pictures, alt }: Extract<Section, { kind: 'pictures' }>, prefix: string): readonly Block[] {
  return pictures.map(({ bytes, type, widthPx, heightPx }, n) => {
    const picture = {
      name: `${prefix}-${n + 1}.${type}`,
      bytes,
      widthPt: widthPx * pointsPerPixel,
      heightPt: heightPx * pointsPerPixel,
      alt: pictures.length === 1 ? alt : `${alt}, side ${n + 1} af ${pictures.length}`,
    };
    if (!canSetPicture(picture)) throw new FileFault(UNREADABLE);
    return { kind: 'picture-page', picture };
  });
}
