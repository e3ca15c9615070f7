import type { CheckLetterJob } from './check-letter-job.ts';
import type { DocumentJob } from './document-jobs.ts';
import type { FillLettersJob } from './fill-letters-job.ts';
import type { ReadMailJob } from './read-mail-job.ts';

/** Everything that a child process can be asked to do. */
export type ChildJob = ({ readonly kind: 'read-mail' } & ReadMailJob) | ({ readonly kind: 'check-letter' } & CheckLetterJob) | FillLettersJob | DocumentJob;

/** The input is beyond what can be read or set; `text` says why, in Danish, for the sender. */
export interface Unreadable {
  readonly stage: 'mail' | 'letter';
  readonly code: string;
  readonly text: string;
}
