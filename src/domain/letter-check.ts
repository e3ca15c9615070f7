import { cprNumbersIn } from './cpr-in-text.ts';
import { maskCprNumber } from './cpr-number.ts';
import { readableText } from './letter-text.ts';

/** Somebody whom the message goes to. */
export interface LetterRecipient {
  readonly kind: 'cpr' | 'cvr';
  readonly number: string;
  /** As the register or the address gives it, in any order of words; null: nobody knows it, or it is protected. */
  readonly name: string | null;
  /** Name and address protected. */
  readonly protected: boolean;
}

/** A file that goes with it. */
export interface LetterFile {
  readonly name: string;
  /** The text of each page, lines ended by "\n"; null: it could not be read. */
  readonly pages: readonly string[] | null;
}

export interface LetterQuestion {
  /** Empty for a mass send, whose recipients the letter cannot name: only the subject is then looked at. */
  readonly recipients: readonly LetterRecipient[];
  /** Names that are rightly there: of the organisation, its contact points, the one who writes. */
  readonly rightNames: readonly string[];
  readonly subject: string;
  /** Plain, with its line breaks. */
  readonly text: string;
  readonly files: readonly LetterFile[];
  /** Tells who is a child. */
  readonly today: Date;
}

export type LetterPlace =
  | { readonly place: 'subject' | 'text' | 'greeting' }
  /** `page` counts from 1. */
  | { readonly place: 'page'; readonly file: string; readonly page: number }
  /** The file as a whole: it could not be read. */
  | { readonly place: 'file'; readonly file: string };

/** A place in the letter, one line of at most 60 characters on either side; every CPR number in it is masked. */
export interface LetterQuote {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

export type LetterFindingKind = 'subject-cpr' | 'other-cpr' | 'other-name' | 'subject-protected' | 'unread';

/** Something that looks as if the letter were written to somebody else. */
export interface LetterFinding {
  readonly kind: LetterFindingKind;
  /** stop: it must be put right. look: somebody must look. */
  readonly grade: 'stop' | 'look';
  readonly where: LetterPlace;
  /** Null for a file that could not be read. */
  readonly quote: LetterQuote | null;
  /** The same for the same find in the same words, so that "Det er rigtigt" can be remembered; holds no number. */
  readonly key: string;
  /** What the recipient is called, where there is one recipient and its name is known. */
  readonly recipientName: string | null;
}

/**
 * Looks whether a letter is written to the one it goes to: CPR numbers and names in subject, text and files that are no
 * recipient's. Other people are rightly in letters (children, spouses, caseworkers, doctors); they are left alone. Pure;
 * the pane and the gateway run it alike. The order is that of the letter: subject, text, files.
 */
export function checkLetter(question: LetterQuestion): readonly LetterFinding[] {
  const subject = readableText(question.subject).replace(/\n/g, ' ');
  return cprNumbersIn(subject).map(({ cpr, start, end }) => ({
    kind: 'subject-cpr',
    grade: 'stop',
    where: { place: 'subject' },
    quote: { before: subject.slice(0, start), found: maskCprNumber(cpr), after: subject.slice(end) },
    key: 'subject-cpr',
    recipientName: null,
  }));
}
