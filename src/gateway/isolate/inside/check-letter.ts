import { checkLetter } from '../../../domain/letter-check.ts';
import type { CheckLetterJob, CheckLetterResult } from '../check-letter-job.ts';
import { tell } from './tell.ts';

/** Tells what in a letter looks as if it were written to somebody else. */
export async function checkLetterHere({ question }: CheckLetterJob): Promise<void> {
  const findings = checkLetter({ ...question, today: new Date(question.today) });
  await tell({ kind: 'result', payload: JSON.stringify({ findings } satisfies CheckLetterResult) });
}
