import { maskCprNumber } from '../../domain/cpr-number.ts';
import type { SplitAnswer, SplitQuestion } from '../../domain/gateway-api.ts';
import type { LetterFault } from '../../domain/letters-by-number.ts';
import type { DocumentAnswer, DocumentCall } from '../api/document-actions.ts';
import type { Settings } from '../config.ts';
import type { DocumentPool } from '../isolate/document-pool.ts';

export interface SplitParts {
  readonly settings: Settings;
  readonly documents: DocumentPool;
}

/** Splits one PDF into letters by the numbers on its pages, in a child process; nothing is kept. */
export async function splitLetters(
  { settings, documents }: SplitParts,
  { question, signal }: DocumentCall<SplitQuestion>,
): Promise<DocumentAnswer<SplitAnswer>> {
  const { file: { name, type = '', content }, numbers, title, make = null } = question;
  const outcome = await documents.splitLetters({
    job: {
      kind: 'split-letters', name, type, numbers, title: title ?? name.replace(/\.pdf$/i, ''), make,
      limits: { pagesMax: settings.SPLIT_PAGES_MAX, charactersMax: settings.SPLIT_CHARACTERS_MAX, bytesMax: settings.LETTER_TEXT_FILE_MAX_BYTES },
      madeBytesMax: settings.UNPACK_BYTES_MAX,
    },
    files: [Buffer.from(content, 'base64')],
    signal,
  });
  if (outcome.kind !== 'done') return outcome;
  const { letters, faults, tagged, made } = outcome.value;
  return {
    kind: 'answer',
    answer: {
      letters: letters.map(({ number, ...pages }) => ({ position: numbers.indexOf(number) + 1, ...pages })),
      faults: faults.map(shownFault),
      tagged,
      files: made.map(({ head: { number }, bytes }) => ({ position: numbers.indexOf(number) + 1, content: bytes.toString('base64'), bytes: bytes.length })),
    },
  };
}

/** A number that is not on the list is somebody's, too. */
function shownFault(fault: LetterFault): SplitAnswer['faults'][number] {
  const numbers = 'numbers' in fault ? fault.numbers : 'number' in fault ? [fault.number] : [];
  return {
    kind: fault.kind,
    page: 'page' in fault ? fault.page : 0,
    pages: 'pages' in fault ? fault.pages : 'page' in fault ? 1 : 0,
    numbers: numbers.map((number) => (number.length === 10 ? maskCprNumber(number) : number)),
  };
}
