import { isCprNumber } from '../../domain/cpr-number.ts';

/**
 * Whether ten digits may be sent to CVR as a P number. P numbers begin with 1, so most CPR numbers never leave. Where the
 * way can be read by others (Virk's is plain HTTP), nothing goes that could be somebody's CPR number: a
 * mistyped one must not travel in the clear (registers-identity.md 2.2).
 */
export function mayBePNumber(digits: string, { isInTheClear }: { readonly isInTheClear: boolean }): boolean {
  return isCprNumber(digits) && digits.startsWith('1') && !(isInTheClear && couldBeCprNumber(digits));
}

/** True for a date that some century has; substitute numbers add 60 to the day (registers-identity.md 3.1). */
function couldBeCprNumber(digits: string): boolean {
  const day = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2, 4));
  const plainDay = day > 60 ? day - 60 : day;
  return month >= 1 && month <= 12 && plainDay >= 1 && plainDay <= (DAYS[month - 1] ?? 0);
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
