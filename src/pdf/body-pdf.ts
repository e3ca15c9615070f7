import type { Block } from './block-model.ts';
import type { BodyLimits } from './body-limits.ts';
import { BodyTooLarge, defaultBodyLimits } from './body-limits.ts';
import type { BodyImage } from './body-pictures.ts';
import { BodyPictures } from './body-pictures.ts';
import type { HtmlNotes } from './html-to-blocks.ts';
import { htmlToBlocks } from './html-to-blocks.ts';
import type { BodyLanguage, SetPdf } from './set-document.ts';
import { setDocument } from './set-document.ts';
import type { PlainText } from './text-to-blocks.ts';
import { textToBlocks } from './text-to-blocks.ts';

/** The body of a mail or of a file: HTML, or else text, with the pictures that the HTML shows. */
export type Body = {
  readonly html: string | null;
  readonly text: PlainText | null;
  readonly images: readonly BodyImage[];
};

export type BodyPdfInput = Body & {
  readonly subject: string;
  readonly language?: BodyLanguage;
  readonly limits?: Partial<BodyLimits>;
};

/**
 * Makes body.pdf, the main document, of the body of a mail: PDF/A-2a and PDF/UA-1, tagged, titled by the subject, not
 * hyphenated, its text to be copied as written. Of HTML and text the HTML alone counts. The same input gives the same
 * bytes, on any day (the file holds no date), so that what was previewed is what is sent. Pictures come from `images` (by
 * `cid:`) and `data:` URLs; nothing else is read, fetched or run.
 *
 * Synchronous work on the CPU, about 10 ms a page: to be called in a child process that may be killed. Throws
 * BodyTooLarge where a limit is passed and TypesettingError where Typst refuses even the simplified letter.
 */
export function bodyPdf({ subject, language = 'da', limits: given, ...body }: BodyPdfInput): SetPdf {
  const limits = { ...defaultBodyLimits, ...given };
  const notes: HtmlNotes = { missing: new Set(), picturesLeftOut: 0, picturesWithoutAlt: 0 };
  const blocks = bodyBlocks(body, { limits, notes, picturePrefix: 'picture' });
  return setDocument({ subject, language, blocks, notes, pagesMax: limits.pagesMax });
}

export type BodyReading = {
  readonly limits: BodyLimits;
  /** What was found wanting is added here. */
  readonly notes: HtmlNotes;
  /** Begins the names of the body's pictures: where several bodies become one PDF, each has its own. */
  readonly picturePrefix: string;
};

/** Reads a body into blocks: its HTML, else its text. Throws BodyTooLarge. */
export function bodyBlocks({ html, text, images }: Body, { limits, notes, picturePrefix }: BodyReading): readonly Block[] {
  if (html !== null && html.trim() !== '') {
    if (html.length > limits.sourceCharsMax) throw new BodyTooLarge('source-too-long', limits.sourceCharsMax);
    return htmlToBlocks({ html, pictures: new BodyPictures(images, limits, picturePrefix), limits, notes });
  }
  if (text === null) return [];
  if (text.text.length > limits.textCharsMax) throw new BodyTooLarge('text-too-long', limits.textCharsMax);
  return textToBlocks(text, notes.missing);
}
