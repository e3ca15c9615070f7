import { problemOf, type Problem } from '../../domain/problem.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { readBlob } from '../store/blobs.ts';
import type { Submission } from '../store/submissions.ts';
import type { KeptFiles } from './file-keeper.ts';
import type { MassMerge, MassSend } from './mass-send.ts';
import { createdAtOf } from './submission-letter.ts';

export interface MergedMail {
  readonly submission: Submission;
  readonly massSend: MassSend | null;
  readonly kept: KeptFiles;
  /** Why it may not go in any case: then no letter is made. */
  readonly problems: readonly Problem[];
}

/**
 * Makes the letters of a mass send that is filled in from columns, and keeps each in the store: all of them, or the mail is
 * refused. Some at a time in a child process that reads the mail anew, one batch after another, so that other mails find a
 * child free, and its memory stays small however many there are. A process that dies here leaves a mail that is read again.
 */
export async function fillLetters(parts: GatewayParts, mail: MergedMail): Promise<readonly Problem[]> {
  const merge = mail.massSend?.merge;
  if (!merge || mail.problems.length > 0) return mail.problems;
  let attempts = 0;
  for (let done = 0; done < merge.rows.length; ) {
    const outcome = await fillSome(parts, mail, merge, done);
    if (outcome.failed !== null) attempts += 1;
    // A child that was killed may be innocent; what it has made is made.
    if (outcome.failed !== null && (outcome.isCertain || attempts >= parts.settings.CONVERT_ATTEMPTS_MAX)) {
      return [failedAt(merge, done + outcome.made, outcome.failed)];
    }
    done += outcome.made;
    parts.log.info({ id: `s${mail.submission.id}`, state: 'filling-letters', letters: done, of: merge.rows.length });
  }
  return [];
}

interface FilledSome {
  readonly made: number;
  readonly failed: string | null;
  readonly isCertain: boolean;
}

async function fillSome({ isolate, database, settings }: GatewayParts, { submission, kept }: MergedMail, { keys, rows }: MassMerge, from: number): Promise<FilledSome> {
  const some = rows.slice(from, from + settings.MASS_MERGE_BATCH_LETTERS);
  const job = { kind: 'fill-letters', createdAt: createdAtOf(submission), keys, rows: some, timeWantedMs: settings.MASS_MERGE_BATCH_MS } as const;
  const outcome = await isolate.fillLetters(job, readBlob(database, submission.rawBlob), kept.taker);
  if (outcome.kind === 'done') return { ...outcome.result, isCertain: true };
  return { made: 0, failed: 'Brevet kunne ikke laves.', isCertain: false };
}

function failedAt({ rows }: MassMerge, n: number, reason: string): Problem {
  const what = `${reason.replace(/\.$/, '')} (brevet til linje ${String(rows[n]?.line ?? 0)} i masseforsendelse.txt)`;
  return problemOf('conversion-failed', { what });
}
