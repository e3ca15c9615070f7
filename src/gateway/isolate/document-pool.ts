import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import type { Settings } from '../config.ts';
import { openChildPool, type ChildOutcome, type ChildSettings, type FileTaker } from './child-pool.ts';
import type { DocumentJob, InspectJob, MendedHead, MendJob, MendResult, RenderJob, RenderResult } from './document-jobs.ts';

/** A file that a child made. */
export interface MadeFile<Head> {
  readonly head: Head;
  readonly bytes: Buffer;
}

/** What came of a job for somebody who waits for it: `text` says in Danish why not. */
export type DocumentOutcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly text: string }
  /** Too many wait already: ask again in a while. */
  | { readonly kind: 'busy' };

export interface DocumentPool {
  render(job: RenderJob, pictures: readonly Uint8Array[]): Promise<DocumentOutcome<RenderResult & { readonly pdf: Buffer }>>;
  /** Looks into one file; one that takes its child down counts as damaged. */
  inspect(job: InspectJob, bytes: Uint8Array): Promise<DocumentOutcome<AttachmentFacts>>;
  mend(job: MendJob, files: readonly Uint8Array[]): Promise<DocumentOutcome<MendResult & { readonly made: readonly MadeFile<MendedHead>[] }>>;
  close(): void;
}

/**
 * The children that work for people who wait at a screen: letters to look at, attachments to check and mend. Started when
 * first asked for, with limits of their own, so that the mails' children are never kept waiting.
 */
export function openDocumentPool(
  settings: ChildSettings & Pick<Settings, 'DOCUMENT_PROCESSES' | 'DOCUMENT_TIME_MAX_MS' | 'DOCUMENT_QUEUE_MAX'>,
): DocumentPool {
  const pool = openChildPool(settings, { processes: settings.DOCUMENT_PROCESSES, ready: false });

  const run = async <Head, Result>(job: DocumentJob, files: readonly Uint8Array[]) => {
    if (pool.waiting() >= settings.DOCUMENT_QUEUE_MAX) return 'busy';
    const made: MadeFile<Head>[] = [];
    const input = files.flatMap((bytes, file) => piecesOf(bytes).map((piece) => ({ file, bytes: piece })));
    const work = { job, input, files: keepIn(made), timeMaxMs: settings.DOCUMENT_TIME_MAX_MS };
    return { outcome: await pool.run<Head, Result>(work), made };
  };
  return {
    async render(job, pictures) {
      const ran = await run<unknown, RenderResult>(job, pictures);
      if (ran === 'busy') return { kind: 'busy' };
      if (ran.outcome.kind !== 'done') return { kind: 'failed', text: whyNot(ran.outcome, 'Brevet') };
      return { kind: 'done', value: { ...ran.outcome.result, pdf: ran.made[0]?.bytes ?? Buffer.alloc(0) } };
    },
    async inspect(job, bytes) {
      const ran = await run<unknown, AttachmentFacts>(job, [bytes]);
      if (ran === 'busy') return { kind: 'busy' };
      return { kind: 'done', value: ran.outcome.kind === 'done' ? ran.outcome.result : unfathomable(job, bytes.length) };
    },
    async mend(job, files) {
      const ran = await run<MendedHead, MendResult>(job, files);
      if (ran === 'busy') return { kind: 'busy' };
      if (ran.outcome.kind !== 'done') return { kind: 'failed', text: whyNot(ran.outcome, 'Filen') };
      return { kind: 'done', value: { ...ran.outcome.result, made: ran.made } };
    },
    close: () => pool.close(),
  };
}

const PIECE_BYTES = 262_144;

function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) pieces.push(bytes.subarray(at, at + PIECE_BYTES));
  return pieces;
}

function keepIn<Head>(made: MadeFile<Head>[]): FileTaker<Head> {
  return {
    open(head) {
      const pieces: Buffer[] = [];
      return {
        write: (bytes) => Promise.resolve(void pieces.push(Buffer.from(bytes))),
        end: () => Promise.resolve(void made.push({ head, bytes: Buffer.concat(pieces) })),
      };
    },
  };
}

function whyNot(outcome: Exclude<ChildOutcome<unknown>, { kind: 'done' }>, what: string): string {
  if (outcome.kind === 'unreadable') return outcome.unreadable.text;
  const reasons = {
    time: `${what} tog for lang tid at behandle.`,
    memory: `${what} kræver for meget hukommelse.`,
    crash: `${what} kan ikke behandles.`,
  };
  return reasons[outcome.reason];
}

/** A file that takes the one who looks into it down is not sound, whatever it is. */
function unfathomable({ name, type }: InspectJob, bytes: number): AttachmentFacts {
  return {
    name, declaredType: type, bytes, detectedType: null, detectedExtension: null, readsAsText: false, hasMacros: false,
    encrypted: false, active: false, damaged: true, unreadableTnef: false, memoHeaderPaths: [],
  };
}
