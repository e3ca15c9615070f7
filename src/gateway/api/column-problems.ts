import { firstOf } from '../../domain/first-of.ts';
import type { MassRecipient } from '../../domain/mass-send-list.ts';
import { mergeTooLarge, readMergeColumns } from '../../domain/merge-columns.ts';
import { fieldsOfAll, mergeTextOf } from '../../domain/merge-fields.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import type { ApiParts } from './api-parts.ts';

/** A mass send whose letters are to be filled in, as far as it is judged before it is taken. */
export interface ColumnsAsked {
  readonly subject: string;
  readonly html: string | undefined;
  readonly text: string | undefined;
  /** masseforsendelse.csv. */
  readonly columns: Uint8Array;
  readonly recipients: readonly MassRecipient[];
  /** Names of finished letters that were given beside it. */
  readonly letters: readonly string[];
}

/**
 * What is wrong with the columns of a program's mass send, by the rules of the road itself (outgoing/mass-send.ts): a program is
 * better told at once. What only the letter's own reading finds, such as a field over two paragraphs, comes after 202.
 */
export function columnProblems({ settings }: Pick<ApiParts, 'settings'>, asked: ColumnsAsked): readonly Problem[] {
  const { subject, html, text = '', columns, recipients, letters } = asked;
  if (letters.length > 0) return [problemOf('merge-and-letters', { files: firstOf(letters) })];
  const { MASS_LIST_MAX_BYTES: bytesMax, MASS_MERGE_LETTERS_MAX: lettersMax } = settings;
  const tooLarge = mergeTooLarge({ bytes: columns.length, bytesMax, letters: recipients.length, lettersMax });
  if (tooLarge) return [tooLarge];
  const texts = [mergeTextOf(subject, 'line'), html === undefined ? mergeTextOf(text, 'text') : mergeTextOf(html, 'html')];
  const read = readMergeColumns(columns, { recipients, fields: fieldsOfAll(texts) });
  return read.kind === 'problems' ? read.problems : [];
}
