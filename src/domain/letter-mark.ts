/** The field of a draft that tells from what its body.pdf was made. For the add-in alone: it never leaves the house. */
export const LETTER_MARK_FIELD = 'X-Postbro-Letter';

/** What a letter was made from. Both are SHA-256 in lower-case hex digits. */
export interface LetterMark {
  /** Of body.pdf itself: a file with another sum is the writer's own, and is left alone. */
  readonly pdfSha256: string;
  /** Of `letterSource` as it was then. */
  readonly sourceSha256: string;
}

/** The field's value. */
export function printLetterMark({ pdfSha256, sourceSha256 }: LetterMark): string {
  return `${pdfSha256} ${sourceSha256}`;
}

/** The mark in a field's value, folded or not; null where it is none. */
export function readLetterMark(value: string | null): LetterMark | null {
  const [, pdfSha256, sourceSha256] = /^\s*([0-9a-f]{64})\s+([0-9a-f]{64})\s*$/.exec((value || '').slice(0, valueCharactersMax)) || [];
  return pdfSha256 !== undefined && sourceSha256 !== undefined ? { pdfSha256, sourceSha256 } : null;
}

/** Two sums of 64 digits, with room for the blanks of folding. */
const valueCharactersMax = 200;

/** The parts of a mail that its letter shows, as far as they can be compared. */
export interface LetterParts {
  readonly subject: string;
  /** The text as a person reads it. */
  readonly text: string;
  readonly hasPictures: boolean;
}

/**
 * What is compared to see whether a letter still says what its mail says: subject and words. Blanks count as one, since Outlook
 * writes the HTML of a draft anew each time that it is kept. Another look of the same words is not seen.
 */
export function letterSource({ subject, text, hasPictures }: LetterParts): string {
  const plain = (part: string): string => part.normalize('NFC').replace(/[\s\u00a0]+/g, ' ').trim();
  return [plain(subject), plain(text), hasPictures ? 'pictures' : ''].join('\n');
}

/** What is known of the letter of a draft now; null: not known, or not there. */
export interface LetterNow {
  readonly mark: LetterMark | null;
  /** Of the body.pdf that is attached. */
  readonly pdfSha256: string | null;
  /** Of what the mail says now. */
  readonly sourceSha256: string | null;
}

/** Whether body.pdf is the one that we made of the mail's text; a writer's own is not. */
export function isMadeLetter({ mark, pdfSha256 }: Pick<LetterNow, 'mark' | 'pdfSha256'>): boolean {
  return mark !== null && pdfSha256 !== null && mark.pdfSha256 === pdfSha256;
}

/** Whether the mail has been written on since its letter was made, so that the recipients would get the old words. */
export function isLetterOutdated(letter: LetterNow): boolean {
  return isMadeLetter(letter) && letter.sourceSha256 !== null && letter.mark?.sourceSha256 !== letter.sourceSha256;
}
