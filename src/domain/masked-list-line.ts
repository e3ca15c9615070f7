import { maskCprNumbersIn } from './cpr-number.ts';
import { wellFormed } from './unicode-pattern.ts';

const shownCharactersMax = 60;
const digitsShownMax = 6;

/**
 * What stands on a line of a list, or in a cell of a sheet, where a number should be: CPR numbers as ever, and of all other
 * digits the first six only, for they may be most of one. At most 60 characters.
 */
export function maskedListLine(text: string): string {
  const characters = Array.from(maskCprNumbersIn(wellFormed(text)));
  const start = characters.slice(0, shownCharactersMax).join('');
  let digits = 0;
  const masked = start
    .split(/([0-9]{6}-xxxx)/)
    .map((piece, n) =>
      n % 2 === 1
        ? piece
        : piece.replace(/\p{Nd}/gu, (digit) => {
            digits += 1;
            return digits > digitsShownMax ? 'x' : digit;
          }),
    )
    .join('');
  return characters.length > shownCharactersMax ? `${masked}…` : masked;
}
