import { readFile } from 'node:fs/promises';

const FILE_BYTES_MAX = 20_000_000;

/**
 * Whether a CVR number stands in a list of organisations approved as public senders: a number on each line, or CSV with the
 * number in any column. Null when there is no list, or it cannot be read, or holds no number.
 */
export async function isPublicSender(file: string | null, cvr: string): Promise<boolean | null> {
  if (file === null) return null;
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length > FILE_BYTES_MAX) return null;
  // "DK 12 34 56 78" and "12345678" are one number; a number inside a longer one is none.
  const numbers = bytes.toString('latin1').match(/(?<![0-9])[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}(?![0-9])/g) ?? [];
  return numbers.length === 0 ? null : numbers.some((number) => number.replaceAll(' ', '') === cvr);
}
