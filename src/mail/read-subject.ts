import { composed } from './composed.ts';
import { decodeWords } from './decode-words.ts';
import type { HeaderField } from './mail.ts';

/** Reads the subject from a mail's header fields: decoded, NFC, on one line; "" when there is none. */
export function readSubject(headers: readonly HeaderField[]): string {
  const written = headers.find((field) => field.name === 'subject')?.value ?? '';
  return composed(decodeWords(written).replace(/[\r\n]+/g, ' ').trim());
}
