import { getDocumentProxy } from 'unpdf';

/** How much of a PDF is read. */
export interface PdfTextLimits {
  readonly pagesMax: number;
  /** Of all pages together. */
  readonly charactersMax: number;
}

/**
 * The text of each page of a PDF, in lines as they are seen. Null for one that cannot be read: broken, locked, or over a
 * limit. Runs nothing of the PDF, fetches nothing and draws nothing; for a killable process, since a PDF may take any time.
 */
export async function pdfText(bytes: Uint8Array, { pagesMax, charactersMax }: PdfTextLimits): Promise<readonly string[] | null> {
  try {
    // A copy, for the reader takes its bytes away.
    const pdf = await getDocumentProxy(Uint8Array.from(bytes), readerOptions);
    try {
      return pdf.numPages > pagesMax ? null : await pagesOf(pdf, charactersMax);
    } finally {
      await pdf.loadingTask.destroy();
    }
  } catch {
    return null;
  }
}

const readerOptions = { verbosity: 0, isEvalSupported: false, useSystemFonts: false, disableFontFace: true, stopAtErrors: false, enableXfa: true } as const;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

async function pagesOf(pdf: Pdf, charactersMax: number): Promise<readonly string[] | null> {
  const pages: string[] = [];
  let room = charactersMax;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const text = textInLines(items.flatMap((item) => ('str' in item ? [pieceOf(item)] : [])));
    page.cleanup();
    room -= text.length;
    if (room < 0) return null;
    pages.push(text);
  }
  return pages;
}

/** A piece of text where it stands on the page, in points. */
interface TextPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly endsLine: boolean;
}

interface PdfItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

function pieceOf({ str, transform, width, height, hasEOL }: PdfItem): TextPiece {
  return { text: str, x: transform[4] ?? 0, y: transform[5] ?? 0, width, height, endsLine: hasEOL };
}

/** A gap as wide as this many letters parts columns; behind a colon it leads to what the label says. */
const COLUMN_GAP_HEIGHTS = 2;
const PARAGRAPH_GAP_HEIGHTS = 1.7;

/** Puts the pieces together: blanks between words, a line for each line and column, an empty one between paragraphs. */
function textInLines(pieces: readonly TextPiece[]): string {
  let text = '';
  let last: TextPiece | null = null;
  for (const piece of pieces) {
    if (piece.text.trim() !== '') {
      text += last === null ? piece.text : `${between(last, piece, text)}${piece.text}`;
      last = piece;
    } else if (last !== null && piece.text !== '' && !/\s$/.test(text)) text += ' ';
    if (piece.endsLine && last !== null) last = { ...last, endsLine: true };
  }
  return text;
}

function between(last: TextPiece, next: TextPiece, text: string): string {
  const height = Math.max(last.height, next.height, 1);
  const down = last.y - next.y;
  if (Math.abs(down) > height / 2) return down > height * PARAGRAPH_GAP_HEIGHTS || down < 0 ? '\n\n' : '\n';
  const gap = next.x - (last.x + last.width);
  if (gap > height * COLUMN_GAP_HEIGHTS || gap < -height * COLUMN_GAP_HEIGHTS) return /:\s*$/.test(text) ? ' ' : '\n';
  return gap > height / 8 && !/\s$/.test(text) ? ' ' : '';
}
