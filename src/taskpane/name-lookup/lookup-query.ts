import { maskCprNumber } from '../../domain/cpr-number.ts';
import { numberOfGroups } from '../../domain/number-of-groups.ts';

/** What somebody asks about: a number, or a company by its name; or what is wrong with what was typed. */
export type LookupQuery =
  | { readonly kind: 'cpr'; readonly number: string }
  | { readonly kind: 'cvr'; readonly number: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'bad-digits'; readonly count: number }
  | { readonly kind: 'too-short' };

/** The gateway searches by at least this many characters. */
const NAME_CHARACTERS_MIN = 2;

/** Signs that stand between the digits of a number: blanks, dots, and all that looks like a hyphen. */
const betweenDigits = /[\s.\u00a0_\u2010-\u2015-]/g;

/**
 * Reads the field: "010203-1234", "01 02 03 12 34", "DK12345678", "cvr: 12 34 56 78", or a name. Ten digits are a CPR number
 * (or a P number, which the register tells), eight a CVR number; dates and check digits are not looked at.
 */
export function readLookupQuery(typed: string): LookupQuery {
  const text = typed.trim();
  const number = text.replace(/^(?:cpr|cvr|dk)[\s:.-]*/i, '');
  const digits = number.replaceAll(betweenDigits, '');
  if (/^[0-9]+$/.test(digits)) {
    const read = numberOfGroups(number.match(/[0-9]+/g) ?? []);
    if (read) return read;
    return { kind: 'bad-digits', count: digits.length };
  }
  return text.length < NAME_CHARACTERS_MIN ? { kind: 'too-short' } : { kind: 'name', name: text };
}

/** What stands in the field when it has been asked about: never a whole CPR number (ux.md 2). */
export function shownQuery(query: LookupQuery, typed: string): string {
  return query.kind === 'cpr' ? maskCprNumber(query.number) : typed;
}
