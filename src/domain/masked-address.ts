import { maskCprNumbersIn } from './cpr-number.ts';
import { skeletonOf } from './look-alike.ts';

const maskedCharactersMax = 120;

/**
 * An address fit to be shown, also one that could not be read: nine, eleven or more digits in a row hold most of a CPR
 * number, and so do digits of other scripts, or with a sign among them.
 */
export function maskedAddress(text: string): string {
  const plain = skeletonOf(text.slice(0, 4 * maskedCharactersMax));
  const looksPlain = /^[\x20-\x7e]*$/.test(text);
  const shown = maskCprNumbersIn((looksPlain ? text : plain).slice(0, 4 * maskedCharactersMax));
  const masked = shown.replace(guidOrDigits, (match, guid: string | undefined) =>
    guid !== undefined ? match : maskedDigits(match),
  );
  return masked.length <= maskedCharactersMax ? masked : `${masked.slice(0, maskedCharactersMax - 1)}…`;
}

const guidOrDigits = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|[0-9](?:[^0-9@a-z.]?[0-9]){8,}/gi;

function maskedDigits(run: string): string {
  const digits = run.replace(/[^0-9]/g, '');
  const kept = Math.min(6, digits.length - 4);
  return `${digits.slice(0, kept)}-${'x'.repeat(Math.min(digits.length - kept, 12))}`;
}
