import { LETTER_MARK_FIELD, letterSource, readLetterMark, type LetterMark, type LetterNow, type LetterParts } from '../../domain/letter-mark.ts';
import { isBodyPdfName } from '../../domain/memo-header-file.ts';
import { fileKey } from '../check/file-key.ts';
import type { Draft, ItemAttachment, Outlook } from '../office/outlook.ts';
import { bytesOfBase64, sha256 } from './sha256.ts';

/** A body.pdf of the draft; its sum is null where it cannot be read. */
export interface AttachedLetter {
  readonly attachment: ItemAttachment;
  readonly sha256: string | null;
}

/** The letters of a draft, and what it tells of the one that we have made. */
export interface AttachedLetters {
  readonly mark: LetterMark | null;
  readonly letters: readonly AttachedLetter[];
}

type LetterOutlook = Pick<Outlook, 'headers' | 'fileContent'>;

/** Reads them; rejects with OutlookFailure where the draft cannot tell its headers. */
export async function readLetters(outlook: LetterOutlook, { attachments }: Pick<Draft, 'attachments'>): Promise<AttachedLetters> {
  const letters: AttachedLetter[] = [];
  // One after the other: Outlook is asked for one file at a time.
  for (const attachment of attachments.filter(isLetter)) letters.push({ attachment, sha256: await sumOf(outlook, attachment.id) });
  return { mark: await readMark(outlook), letters };
}

async function readMark(outlook: LetterOutlook): Promise<LetterMark | null> {
  const { [LETTER_MARK_FIELD]: told = null } = await outlook.headers([LETTER_MARK_FIELD]);
  return readLetterMark(told);
}

export function isLetter({ name, isInline, kind }: ItemAttachment): boolean {
  return !isInline && kind === 'file' && isBodyPdfName(name);
}

async function sumOf(outlook: LetterOutlook, id: string): Promise<string | null> {
  const content = await outlook.fileContent(id);
  return content.kind === 'content' ? await sha256(bytesOfBase64(content.base64)) : null;
}

/** Tells of the letter of a draft again and again, and reads each file once. */
export class LetterReader {
  readonly #outlook: LetterOutlook;
  readonly #sums = new Map<string, string | null>();

  constructor(outlook: LetterOutlook) {
    this.#outlook = outlook;
  }

  /** What the check of a mass send must know of its letter. Never rejects: what cannot be read is not known. */
  async now({ attachments }: Pick<Draft, 'attachments'>, parts: LetterParts): Promise<LetterNow> {
    try {
      const [letter, another] = attachments.filter(isLetter);
      // Without a letter, or without a word on it, there is nothing to compare.
      const mark = letter && !another ? await readMark(this.#outlook) : null;
      if (!letter || !mark) return letterUnknown;
      return { mark, pdfSha256: await this.#sumOf(letter), sourceSha256: await sha256(letterSource(parts)) };
    } catch {
      return letterUnknown;
    }
  }

  async #sumOf(letter: ItemAttachment): Promise<string | null> {
    const key = fileKey(letter);
    const known = this.#sums.get(key) ?? await sumOf(this.#outlook, letter.id);
    this.#sums.set(key, known);
    return known;
  }
}

export const letterUnknown: LetterNow = { mark: null, pdfSha256: null, sourceSha256: null };
