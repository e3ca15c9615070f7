import type { MergeRow } from '../../domain/merge-columns.ts';

/** Make the letters of some recipients of a mass send, each filled in from its own row. The input is the raw mail. */
export interface FillLettersJob {
  readonly kind: 'fill-letters';
  /** As the mail was read with (ReadMailJob). */
  readonly createdAt: string;
  /** Keys of the fields, in the order of the rows' values. */
  readonly keys: readonly string[];
  readonly rows: readonly MergeRow[];
  /** When this has passed no further letter is begun, so that mails that wait for a child get their turn. At least one is made. */
  readonly timeWantedMs: number;
}

/** Says whose letter a file is, by the line of the list. */
export interface OwnLetterHead {
  readonly kind: 'own-letter';
  readonly line: number;
}

export interface FillLettersResult {
  /** How many letters were made, from the first row on. */
  readonly made: number;
  /** Why the next one cannot be made, in Danish; null where it was not begun. */
  readonly failed: string | null;
}
