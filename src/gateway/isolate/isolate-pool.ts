import type { LetterFinding, LetterQuestion } from '../../domain/letter-check.ts';
import type { Settings } from '../config.ts';
import { openChildPool, type ChildOutcome, type ChildSettings, type FileTaker as TakerOf } from './child-pool.ts';
import type { CheckLetterResult } from './check-letter-job.ts';
import type { Unreadable } from './child-job.ts';
import type { FileTextResult, ReadFileTextJob } from './document-jobs.ts';
import type { FillLettersJob, FillLettersResult, OwnLetterHead } from './fill-letters-job.ts';
import type { FileHead, ReadMailJob, ReadMailResult } from './read-mail-job.ts';

/** Takes the files of a mail as the child hands them out. */
export type FileTaker = TakerOf<FileHead>;

/** How the reading of a mail ended: `killed` means that it took its process down, or would not end. */
export type ReadMailOutcome =
  | { readonly kind: 'read'; readonly result: ReadMailResult }
  | { readonly kind: 'unreadable'; readonly unreadable: Unreadable }
  | { readonly kind: 'killed'; readonly reason: 'time' | 'memory' | 'crash'; readonly stage: 'mail' | 'letter' };

export interface IsolatePool {
  /**
   * Reads one mail in a child process of its own. Throws when `raw` or `files` throw, or the pool is closed meanwhile:
   * our trouble, not the mail's.
   */
  readMail(job: ReadMailJob, raw: AsyncIterable<Buffer>, files: FileTaker): Promise<ReadMailOutcome>;
  /** Makes letters of a mail, each for one recipient. Throws as readMail does. */
  fillLetters(job: FillLettersJob, raw: AsyncIterable<Buffer>, files: TakerOf<OwnLetterHead>): Promise<ChildOutcome<FillLettersResult>>;
  /** The text of one file of a mail; null where it cannot be read, or takes longer than it may. Throws as readMail does. */
  readText(job: ReadFileTextJob, raw: AsyncIterable<Buffer>): Promise<FileTextResult['pages']>;
  /** What `checkLetter` finds in a letter; null where that takes longer than it may. Throws as readMail does. */
  checkLetter(question: LetterQuestion, timeMaxMs: number): Promise<readonly LetterFinding[] | null>;
  close(): void;
}

/**
 * The children that read mails, kept ready: MIME, TNEF, archives, HTML to PDF. What people ask for while they write
 * (document-pool.ts) has children of its own, so that no mail waits for it.
 */
export function openIsolatePool(settings: ChildSettings & Pick<Settings, 'ISOLATE_PROCESSES' | 'LETTER_CHECK_FILE_TIME_MAX_MS'>): IsolatePool {
  const pool = openChildPool(settings, { processes: settings.ISOLATE_PROCESSES, ready: true });
  return {
    async readMail(job, raw, files) {
      const outcome = await pool.run<FileHead, ReadMailResult>({ job: { kind: 'read-mail', ...job }, input: piecesOf(raw), files });
      if (outcome.kind === 'done') return { kind: 'read', result: outcome.result };
      if (outcome.kind === 'unreadable') return outcome;
      if (outcome.reason === 'aborted') throw new Error('nobody waits for the mail');
      return { kind: 'killed', reason: outcome.reason, stage: outcome.stages > 0 ? 'letter' : 'mail' };
    },
    fillLetters: (job, raw, files) => pool.run<OwnLetterHead, FillLettersResult>({ job, input: piecesOf(raw), files }),
    async readText(job, raw) {
      const outcome = await pool.run<never, FileTextResult>({ job, input: piecesOf(raw), files: noFiles, timeMaxMs: settings.LETTER_CHECK_FILE_TIME_MAX_MS });
      return outcome.kind === 'done' ? outcome.result.pages : null;
    },
    async checkLetter(question, timeMaxMs) {
      const job = { kind: 'check-letter', question: { ...question, today: question.today.toISOString() } } as const;
      const outcome = await pool.run<never, CheckLetterResult>({ job, input: [], files: noFiles, timeMaxMs });
      return outcome.kind === 'done' ? outcome.result.findings : null;
    },
    close: () => pool.close(),
  };
}

const noFiles: TakerOf<never> = { open: () => ({ write: () => Promise.resolve(), end: () => Promise.resolve() }) };

async function* piecesOf(raw: AsyncIterable<Buffer>): AsyncGenerator<{ readonly file: number; readonly bytes: Buffer }> {
  for await (const bytes of raw) yield { file: 0, bytes };
}
