import { textSign } from '../letter-quote.ts';
import { readableText } from '../letter-text.ts';

/** What was found, as its sign is made of it. */
export interface SignedFind {
  /** The kind of finding. */
  readonly kind: string;
  /** In which part of the mail, as `partOf` gives it. */
  readonly part: string;
  /** The number or the name, as `findText` gives it; empty for a file that could not be read. */
  readonly text: string;
}

/** A number by its digits, a name without its letter case and line breaks: what the way through Outlook's HTML leaves alone. */
export function findText(kind: string, written: string): string {
  return kind === 'other-cpr' || kind === 'other-cvr' || kind === 'subject-cpr' ? written.replace(/\D/g, '') : written.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** In which part of the mail something was found: subject, text, or a file by its name. */
export function partOf({ place, file }: { readonly place: string; readonly file?: string }): string {
  if (file !== undefined) return `file ${readableText(file).toLowerCase().trim()}`;
  return place === 'greeting' ? 'text' : place;
}

/**
 * The sign by which the add-in and the gateway mean the same finding: a number or a name, in a part of the mail, in a letter to
 * these recipients. To others, or in another part, it is a new one. Twenty bits (letter-quote.ts): no secret makes it, so a
 * longer one would be no harder to forge, and only easier to find the number by; a new finding has the sign of one of twenty
 * listed once in 50,000.
 */
export function seenSign({ kind, part, text }: SignedFind, recipients: readonly { readonly kind: string; readonly number: string }[]): string {
  const whom = [...new Set(recipients.map((recipient) => recipient.kind + recipient.number))].sort();
  return textSign([kind, part, text, ...whom].join('\n'));
}
