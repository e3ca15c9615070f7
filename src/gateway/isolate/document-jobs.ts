import type { LettersByNumber } from '../../domain/letters-by-number.ts';
import type { BodyLanguage } from '../../pdf/set-document.ts';

/** Make the letter of a mail that is being written: the very bytes that sending it would make. */
export interface RenderJob {
  readonly kind: 'render';
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly language: BodyLanguage | null;
  /** Their bytes are the input's files, in this order. */
  readonly pictures: readonly { readonly contentId: string; readonly type: string }[];
}

export interface RenderResult {
  readonly pages: number;
  readonly warnings: readonly string[];
}

/** A file as somebody hands it in; its bytes are the input's file of the same number. */
export interface NamedInput {
  readonly name: string;
  /** MIME type as claimed; "" where it is not. */
  readonly type: string;
}

/** Look into one file. Its result is `AttachmentFacts`. */
export interface InspectJob extends NamedInput {
  readonly kind: 'inspect';
}

/** What may become of files while they are mended. */
export interface MendingLimits {
  /** Of one picture, before it is decoded. */
  readonly picturePixelsMax: number;
  readonly pagesMax: number;
  /** Files, and bytes of all of them, that may come out of one. */
  readonly filesMax: number;
  readonly bytesMax: number;
  /** Of shrunk pictures: the longest side, and JPEG's quality from 0 to 100. */
  readonly sideMaxPx: number;
  readonly jpegQuality: number;
}

/** Mend files: one file, or for `join` several, which become one named `name`. */
export interface MendJob {
  readonly kind: 'mend';
  readonly operation: 'to-pdf' | 'unpack' | 'shrink' | 'join' | 'remove-macros';
  readonly files: readonly NamedInput[];
  readonly name: string;
  readonly limits: MendingLimits;
}

/** A file that came of it, before its bytes. */
export interface MendedHead {
  readonly name: string;
  readonly type: string;
  /** What the file lost on the way, in Danish. */
  readonly remarks: readonly string[];
}

export interface MendResult {
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/** How much of a file is read as text; one that is larger counts as unreadable. */
export interface TextLimits {
  readonly pagesMax: number;
  /** Of all pages together. */
  readonly charactersMax: number;
  /** Of the file, and of what it holds after unpacking. */
  readonly bytesMax: number;
}

/** Read the text of one file. */
export interface ReadFileTextJob extends NamedInput {
  readonly kind: 'read-text';
  readonly limits: TextLimits;
}

export interface FileTextResult {
  /** The text of each page; null where nothing can be read. */
  readonly pages: readonly string[] | null;
}

/** Tell whose letters a PDF holds, one after another, and make some of them files of their own. */
export interface SplitLettersJob extends NamedInput {
  readonly kind: 'split-letters';
  readonly numbers: readonly string[];
  readonly title: string;
  /** Null: none are made. */
  readonly make: { readonly from: number; readonly count: number } | null;
  readonly limits: TextLimits;
  /** Of all that is made together. */
  readonly madeBytesMax: number;
}

export interface SplitLettersResult extends LettersByNumber {
  readonly tagged: boolean;
}

/** One letter of it, before its bytes. */
export interface SplitLetterHead {
  readonly number: string;
}

export type DocumentJob = RenderJob | InspectJob | MendJob | ReadFileTextJob | SplitLettersJob;
