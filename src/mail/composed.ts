/** No writing puts this many combining marks on one letter; sorting a longer run takes quadratic time. */
const tooManyMarks = /\p{M}{64}/u;

/** Gives a text in Unicode's composed form (NFC); a text with an absurd run of combining marks as it is. */
export function composed(text: string): string {
  return tooManyMarks.test(text) ? text : text.normalize('NFC');
}

/** Gives a text with wide, small and other compatible signs made plain (NFKC), for comparing; else as `composed`. */
export function compatible(text: string): string {
  return tooManyMarks.test(text) ? text : text.normalize('NFKC');
}
