import { cprNumbersIn } from '../../domain/cpr-in-text.ts';
import { readableText } from '../../domain/letter-text.ts';

/**
 * A subject without its CPR numbers, and without what then means nothing: the words "CPR-nr." before one, empty brackets,
 * signs and blanks left over. "Vedr. 251248-9996, opfølgning" → "Vedr. opfølgning".
 */
export function subjectWithoutCpr(subject: string): string {
  let text = readableText(subject).replace(/\n/g, ' ');
  for (const { start, end } of [...cprNumbersIn(text, { inSubject: true })].reverse()) {
    const before = text.slice(0, start).replace(/(?:\(\s*)?\b(?:cpr|person)[-. ]*(?:nr|nummer|no)?[.: ]*$/i, (label) => (label.startsWith('(') ? '(' : ''));
    text = `${before}${GAP}${text.slice(end)}`;
  }
  return tidied(text);
}

/** Stands where a number stood; no subject holds it. */
const GAP = '\ue000';

function tidied(text: string): string {
  return text
    .replace(/\(\s*\ue000\s*\)|\[\s*\ue000\s*\]/g, GAP)
    // Of the signs on both sides of a number one is enough.
    .replace(/(^|[:.,;/–-])?\s*\ue000\s*([:.,;/–-])?/g, (_, before: string | undefined, after: string | undefined) => `${before ?? after ?? ''} `)
    .replace(/\s+([,.;:])/g, '$1')
    .replace(/\s{2,}/g, ' ')
    .replace(/^[\s,.;:/–-]+|[\s,;:/–-]+$/g, '');
}
