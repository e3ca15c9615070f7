import type { Block } from './block-model.ts';
import { plainMarks } from './block-model.ts';
import { BodyTooLarge } from './body-limits.ts';
import type { HtmlNotes } from './html-to-blocks.ts';
import { letterFonts } from './letter-fonts.ts';
import type { MadePdf } from './make-pdf.ts';
import { makePdf, TypesettingError } from './make-pdf.ts';
import { printableText, visibleText } from './printable-text.ts';
import { withoutBrokenPictures, withoutSigns } from './simpler-blocks.ts';
import type { LetterHead } from './typst-document.ts';
import { typstDocument } from './typst-document.ts';

export type BodyLanguage = 'da' | 'en' | 'fo' | 'kl' | 'de' | 'sv' | 'nb';

/** A PDF that was set. */
export type SetPdf = {
  readonly pdf: Uint8Array;
  /**
   * What the sender may want to know although the letter was made, as `code` or `code: details`:
   * `empty-body`; `missing-glyphs: U+6F22 …` (shown as U+25A1); `pictures-left-out: 2` (their alt text stands instead);
   * `pictures-without-alt: 1`; `simplified: …` (set without a few combining marks, with Typst's reason);
   * `not-stamped` (PDF/A-2a, but not declared PDF/UA-1).
   */
  readonly warnings: readonly string[];
  readonly pages: number;
};

/** Blocks that become one PDF, and what reading them has found wanting. */
export type DocumentParts = {
  readonly subject: string;
  readonly language: BodyLanguage;
  readonly blocks: readonly Block[];
  readonly notes: HtmlNotes;
  readonly pagesMax: number;
};

/**
 * Sets blocks as one PDF, titled by the subject; without any, its page shows the title. What Typst will not set is simplified
 * and told of in the warnings. Throws BodyTooLarge over `pagesMax`, and TypesettingError where nothing helps.
 */
export function setDocument({ subject, language, blocks, notes, pagesMax }: DocumentParts): SetPdf {
  const head = letterHead(subject, language);
  const empty = blocks.every((block) => block.kind === 'space');
  const shown = empty ? [titleBlock(head.title, notes)] : blocks;
  const { made, brokenPictures, simplified } = setLetter(head, shown);
  notes.picturesLeftOut += brokenPictures;
  if (made.pages > pagesMax) throw new BodyTooLarge('too-many-pages', pagesMax);
  const warnings = [
    ...(empty ? ['empty-body'] : []),
    ...warningsOf(notes),
    ...(simplified === null ? [] : [`simplified: ${simplified}`]),
    ...(made.stamped ? [] : ['not-stamped']),
  ];
  return { pdf: made.pdf, warnings, pages: made.pages };
}

const regions: Readonly<Record<BodyLanguage, string>> = {
  da: 'DK', en: 'GB', fo: 'FO', kl: 'GL', de: 'DE', sv: 'SE', nb: 'NO',
};
const titleCharsMax = 256;
const noSubject: Readonly<Partial<Record<BodyLanguage, string>>> = { en: 'No subject' };

function letterHead(subject: string, language: BodyLanguage): LetterHead {
  const title = visibleText(subject.slice(0, 4 * titleCharsMax)).replace(/\s+/gu, ' ').trim();
  const { families, monoFamilies } = letterFonts();
  return {
    title: title === '' ? noSubject[language] ?? 'Uden emne' : title.slice(0, titleCharsMax).toWellFormed(),
    lang: language, region: regions[language], families, monoFamilies,
  };
}

/** What a letter without a body shows, so that it has a page to be read. */
function titleBlock(title: string, notes: HtmlNotes): Block {
  const { text, missing } = printableText(title);
  missing.forEach((sign) => notes.missing.add(sign));
  return { kind: 'heading', level: 1, align: 'start', content: [{ kind: 'text', text, href: null, marks: plainMarks }] };
}

type SetLetter = { readonly made: MadePdf; readonly brokenPictures: number; readonly simplified: string | null };

const attemptsMax = 3;

/** Sets the letter; where Typst will not, again without what it stumbled over: broken pictures, then odd signs. */
function setLetter(head: LetterHead, blocks: readonly Block[]): SetLetter {
  let tried = trySetting(head, blocks);
  if (!(tried instanceof TypesettingError)) return { made: tried, brokenPictures: 0, simplified: null };
  const { blocks: sound, broken } = withoutBrokenPictures(blocks);
  let simpler = sound;
  if (broken > 0) tried = trySetting(head, simpler);
  let simplified: string | null = null;
  for (let attempt = 0; attempt < attemptsMax && tried instanceof TypesettingError && tried.signs.size > 0; attempt++) {
    simplified = tried.message;
    simpler = withoutSigns(simpler, tried.signs);
    tried = trySetting(head, simpler);
  }
  if (!(tried instanceof TypesettingError)) return { made: tried, brokenPictures: broken, simplified };
  const made = makePdf(typstDocument(head, withoutSigns(simpler, 'marks')));
  return { made, brokenPictures: broken, simplified: tried.message };
}

function trySetting(head: LetterHead, blocks: readonly Block[]): MadePdf | TypesettingError {
  try {
    return makePdf(typstDocument(head, blocks));
  } catch (error) {
    if (error instanceof TypesettingError) return error;
    throw error;
  }
}

const missingNamedMax = 20;

function warningsOf({ missing, picturesLeftOut, picturesWithoutAlt }: HtmlNotes): string[] {
  return [
    ...(missing.size > 0 ? [`missing-glyphs: ${[...missing].slice(0, missingNamedMax).join(' ')}`] : []),
    ...(picturesLeftOut > 0 ? [`pictures-left-out: ${picturesLeftOut}`] : []),
    ...(picturesWithoutAlt > 0 ? [`pictures-without-alt: ${picturesWithoutAlt}`] : []),
  ];
}
