import type { LetterFinding, LetterQuestion } from '../../domain/letter-check.ts';

/** Look whether a letter is written to the one it goes to. Whoever wrote it decides how long that takes. */
export interface CheckLetterJob {
  /** `today` in ISO 8601. */
  readonly question: Omit<LetterQuestion, 'today'> & { readonly today: string };
}

export interface CheckLetterResult {
  readonly findings: readonly LetterFinding[];
}
