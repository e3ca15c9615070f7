/** The field of a mail in which the add-in lists what its writer has said is right in the letter (docs/tjek.md). */
export const LETTER_SEEN_FIELD = 'X-Postbro-Letter-Checked';

/** Most findings that a mail lists. One that lists more, lists none: a letter with that many wants another look. */
export const seenFindingsMax = 20;

/** The field's value, of signs as letter/seen-sign.ts makes them; null where there is nothing to list, or more than is listed. */
export function printSeenSigns(signs: readonly string[]): string | null {
  const each = [...new Set(signs)].sort();
  return each.length === 0 || each.length > seenFindingsMax ? null : each.join(' ');
}

/** The signs in a field's value, folded or not. None where anything in it is not as `printSeenSigns` writes it. */
export function readSeenSigns(value: string): ReadonlySet<string> {
  const signs = value.slice(0, valueCharactersMax + 1).trim().split(/\s+/);
  const isAsWritten = value.length <= valueCharactersMax && signs.length <= seenFindingsMax && signs.every((sign) => /^[0-9a-z]{1,4}$/.test(sign));
  return new Set(isAsWritten ? signs : []);
}

/** Twenty signs of four characters, with room for the blanks of folding. */
const valueCharactersMax = 400;
