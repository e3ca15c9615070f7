import type { Block } from './block-model.ts';
import { plainMarks } from './block-model.ts';
import type { BodyLimits } from './body-limits.ts';
import { BodyTooLarge, defaultBodyLimits } from './body-limits.ts';
import type { BodyImage } from './body-pictures.ts';
import { BodyPictures } from './body-pictures.ts';
import type { HtmlNotes } from './html-to-blocks.ts';
import { htmlToBlocks } from './html-to-blocks.ts';
import { letterFonts } from './letter-fonts.ts';
import type { MadePdf } from './make-pdf.ts';
import { makePdf, TypesettingError } from './make-pdf.ts';
import { printableText } from './printable-text.ts';
import { withoutBrokenPictures, withoutCombiningMarks } from './simpler-blocks.ts';
import type { PlainText } from './text-to-blocks.ts';
import { textToBlocks } from './text-to-blocks.ts';
import type { LetterHead } from './typst-document.ts';
import { typstDocument } from './typst-document.ts';

export type BodyLanguage = 'da' | 'en' | 'fo' | 'kl' | 'de' | 'sv' | 'nb';

export type BodyPdfInput = {
  readonly subject: string;
  readonly html: string | null;
  readonly text: PlainText | null;
  readonly images: readonly BodyImage[];
  readonly createdAt: Date;
  readonly language?: BodyLanguage;
  readonly limits?: Partial<BodyLimits>;
};

/** Something about the body that its sender may want to know; the letter was made all the same. */
export type BodyWarning =
  | { readonly code: 'empty-body' }
  /** Letters no font has, shown as U+25A1; at most 20 of them, as `U+5B57`. */
  | { readonly code: 'missing-glyphs'; readonly signs: readonly string[] }
  /** Pictures that are not in the mail, or of a type or size that cannot be shown: their alt text stands instead. */
  | { readonly code: 'pictures-left-out'; readonly count: number }
  | { readonly code: 'pictures-without-alt'; readonly count: number }
  /** The letter was only to be set without combining marks; `reason` is Typst's. */
  | { readonly code: 'simplified'; readonly reason: string }
  /** The PDF is PDF/A-2a but does not declare PDF/UA-1. */
  | { readonly code: 'not-stamped' };

export type BodyPdf = {
  readonly pdf: Uint8Array;
  readonly warnings: readonly BodyWarning[];
  readonly pages: number;
};

const regions: Readonly<Record<BodyLanguage, string>> = {
  da: 'DK', en: 'GB', fo: 'FO', kl: 'GL', de: 'DE', sv: 'SE', nb: 'NO',
};
const titleCharsMax = 256;
const noSubject: Readonly<Partial<Record<BodyLanguage, string>>> = { en: 'No subject' };

/**
 * Makes body.pdf, the main document, of the body of a mail: PDF/A-2a and PDF/UA-1, tagged, titled by the subject, not
 * hyphenated, its text to be copied as written. Of HTML and text the HTML alone counts. The same input gives the same
 * bytes. Pictures come from `images` (by `cid:`) and `data:` URLs; nothing else is read, fetched or run.
 *
 * Synchronous work on the CPU, about 10 ms a page: to be called in a child process that may be killed. Throws
 * BodyTooLarge where a limit is passed and TypesettingError where Typst refuses even the simplified letter.
 */
export function bodyPdf(input: BodyPdfInput): BodyPdf {
  const limits = { ...defaultBodyLimits, ...input.limits };
  const notes: HtmlNotes = { missing: new Set(), picturesLeftOut: 0, picturesWithoutAlt: 0 };
  const head = letterHead(input, notes);
  const blocks = bodyBlocks(input, limits, notes);
  const empty = blocks.every((block) => block.kind === 'space');
  const shown = empty ? [titleBlock(head.title)] : blocks;
  const { made, brokenPictures, simplified } = setLetter(head, shown);
  notes.picturesLeftOut += brokenPictures;
  if (made.pages > limits.pagesMax) throw new BodyTooLarge('too-many-pages', limits.pagesMax);
  const warnings: BodyWarning[] = [
    ...(empty ? [{ code: 'empty-body' } as const] : []),
    ...warningsOf(notes),
    ...(simplified === null ? [] : [{ code: 'simplified', reason: simplified } as const]),
    ...(made.stamped ? [] : [{ code: 'not-stamped' } as const]),
  ];
  return { pdf: made.pdf, warnings, pages: made.pages };
}

function letterHead({ subject, createdAt, language = 'da' }: BodyPdfInput, notes: HtmlNotes): LetterHead {
  const { text, missing } = printableText(subject.slice(0, 4 * titleCharsMax));
  const title = text.replace(/\s+/gu, ' ').trim().slice(0, titleCharsMax).toWellFormed();
  if (title === '') missing.forEach((sign) => notes.missing.add(sign));
  const { families, monoFamilies } = letterFonts();
  return {
    title: title === '' ? noSubject[language] ?? 'Uden emne' : title,
    createdAt, lang: language, region: regions[language], families, monoFamilies,
  };
}

function bodyBlocks({ html, text, images }: BodyPdfInput, limits: BodyLimits, notes: HtmlNotes): readonly Block[] {
  if (html !== null && html.trim() !== '') {
    if (html.length > limits.sourceCharsMax) throw new BodyTooLarge('source-too-long', limits.sourceCharsMax);
    return htmlToBlocks({ html, pictures: new BodyPictures(images, limits), limits, notes });
  }
  if (text === null) return [];
  if (text.text.length > limits.textCharsMax) throw new BodyTooLarge('text-too-long', limits.textCharsMax);
  return textToBlocks(text, notes.missing);
}

function titleBlock(title: string): Block {
  return {
    kind: 'heading', level: 1, align: 'start',
    content: [{ kind: 'text', text: title, href: null, marks: plainMarks }],
  };
}

type SetLetter = { readonly made: MadePdf; readonly brokenPictures: number; readonly simplified: string | null };

/** Sets the letter; where Typst will not, again without what it stumbled over: broken pictures, then odd marks. */
function setLetter(head: LetterHead, blocks: readonly Block[]): SetLetter {
  const tried = trySetting(head, blocks);
  if (!(tried instanceof TypesettingError)) return { made: tried, brokenPictures: 0, simplified: null };
  const pictured = withoutBrokenPictures(blocks);
  const again = pictured.broken > 0 ? trySetting(head, pictured.blocks) : tried;
  if (!(again instanceof TypesettingError)) return { made: again, brokenPictures: pictured.broken, simplified: null };
  const made = makePdf(typstDocument(head, withoutCombiningMarks(pictured.blocks)));
  return { made, brokenPictures: pictured.broken, simplified: again.message };
}

function trySetting(head: LetterHead, blocks: readonly Block[]): MadePdf | TypesettingError {
  try {
    return makePdf(typstDocument(head, blocks));
  } catch (error) {
    if (error instanceof TypesettingError) return error;
    throw error;
  }
}

function warningsOf(notes: HtmlNotes): BodyWarning[] {
  const warnings: BodyWarning[] = [];
  if (notes.missing.size > 0) warnings.push({ code: 'missing-glyphs', signs: [...notes.missing].slice(0, 20) });
  if (notes.picturesLeftOut > 0) warnings.push({ code: 'pictures-left-out', count: notes.picturesLeftOut });
  if (notes.picturesWithoutAlt > 0) warnings.push({ code: 'pictures-without-alt', count: notes.picturesWithoutAlt });
  return warnings;
}
