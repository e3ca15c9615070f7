import type { Settings } from '../config.ts';
import { openChildPool, type ChildSettings, type FileTaker as TakerOf } from './child-pool.ts';
import type { Unreadable } from './child-job.ts';
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
  close(): void;
}

/**
 * The children that read mails, kept ready: MIME, TNEF, archives, HTML to PDF. What people ask for while they write
 * (document-pool.ts) has children of its own, so that no mail waits for it.
 */
export function openIsolatePool(settings: ChildSettings & Pick<Settings, 'ISOLATE_PROCESSES'>): IsolatePool {
  const pool = openChildPool(settings, { processes: settings.ISOLATE_PROCESSES, ready: true });
  return {
    async readMail(job, raw, files) {
      const outcome = await pool.run<FileHead, ReadMailResult>({ job: { kind: 'read-mail', ...job }, input: piecesOf(raw), files });
      if (outcome.kind === 'done') return { kind: 'read', result: outcome.result };
      if (outcome.kind === 'unreadable') return outcome;
      if (outcome.reason === 'aborted') throw new Error('nobody waits for the mail');
      return { kind: 'killed', reason: outcome.reason, stage: outcome.stages > 0 ? 'letter' : 'mail' };
    },
    close: () => pool.close(),
  };
}

async function* piecesOf(raw: AsyncIterable<Buffer>): AsyncGenerator<{ readonly file: number; readonly bytes: Buffer }> {
  for await (const bytes of raw) yield { file: 0, bytes };
}
