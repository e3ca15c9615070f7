import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import type { Settings } from '../config.ts';
import { openChildPool, type ChildOutcome, type ChildSettings, type FileTaker } from './child-pool.ts';
import type {
  DocumentJob, FileTextResult, InspectJob, MendedHead, MendJob, MendResult, ReadFileTextJob, RenderJob, RenderResult,
  SplitLetterHead, SplitLettersJob, SplitLettersResult,
} from './document-jobs.ts';

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

/** A job, the bytes of its files, and for how long somebody waits for it. */
export interface DocumentWork<Job> {
  readonly job: Job;
  readonly files: readonly Uint8Array[];
  readonly signal: AbortSignal;
}

export interface DocumentPool {
  render(work: DocumentWork<RenderJob>): Promise<DocumentOutcome<RenderResult & { readonly pdf: Buffer }>>;
  /** Looks into one file; one that takes its child down counts as damaged. */
  inspect(work: DocumentWork<InspectJob>): Promise<DocumentOutcome<AttachmentFacts>>;
  /** The text of one file; one that takes its child down cannot be read. */
  readText(work: DocumentWork<ReadFileTextJob>): Promise<DocumentOutcome<FileTextResult>>;
  mend(work: DocumentWork<MendJob>): Promise<DocumentOutcome<MendResult & { readonly made: readonly MadeFile<MendedHead>[] }>>;
  splitLetters(work: DocumentWork<SplitLettersJob>): Promise<DocumentOutcome<SplitLettersResult & { readonly made: readonly MadeFile<SplitLetterHead>[] }>>;
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

  const run = async <Head, Result>({ job, files, signal }: DocumentWork<DocumentJob>) => {
    if (pool.waiting() >= settings.DOCUMENT_QUEUE_MAX) return 'busy';
    const made: MadeFile<Head>[] = [];
    const input = files.flatMap((bytes, file) => piecesOf(bytes).map((piece) => ({ file, bytes: piece })));
    const work = { job, input, files: keepIn(made), timeMaxMs: settings.DOCUMENT_TIME_MAX_MS, signal };
    return { outcome: await pool.run<Head, Result>(work), made };
  };
  return {
    async render(work) {
      const ran = await run<unknown, RenderResult>(work);
      if (ran === 'busy') return { kind: 'busy' };
      if (ran.outcome.kind !== 'done') return { kind: 'failed', text: whyNot(ran.outcome, 'Brevet') };
      return { kind: 'done', value: { ...ran.outcome.result, pdf: ran.made[0]?.bytes ?? Buffer.alloc(0) } };
    },
    async inspect(work) {
      const ran = await run<unknown, AttachmentFacts>(work);
      if (ran === 'busy') return { kind: 'busy' };
      const { outcome } = ran;
      if (outcome.kind === 'done') return { kind: 'done', value: outcome.result };
      // Of a file that nobody has looked into to the end nothing is known.
      if (outcome.kind === 'killed' && outcome.reason === 'aborted') return { kind: 'failed', text: whyNot(outcome, 'Filen') };
      return { kind: 'done', value: unfathomable(work) };
    },
    async readText(work) {
      const ran = await run<unknown, FileTextResult>(work);
      if (ran === 'busy') return { kind: 'busy' };
      const { outcome } = ran;
      if (outcome.kind === 'done') return { kind: 'done', value: outcome.result };
      if (outcome.kind === 'killed' && outcome.reason === 'aborted') return { kind: 'failed', text: whyNot(outcome, 'Filen') };
      return { kind: 'done', value: { pages: null } };
    },
    async mend(work) {
      const ran = await run<MendedHead, MendResult>(work);
      if (ran === 'busy') return { kind: 'busy' };
      if (ran.outcome.kind !== 'done') return { kind: 'failed', text: whyNot(ran.outcome, 'Filen') };
      return { kind: 'done', value: { ...ran.outcome.result, made: ran.made } };
    },
    async splitLetters(work) {
      const ran = await run<SplitLetterHead, SplitLettersResult>(work);
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
    aborted: 'Der var ikke tid til flere filer. Tag færre ad gangen.',
  };
  return reasons[outcome.reason];
}

/** A file that takes the one who looks into it down is not sound, whatever it is. */
function unfathomable({ job: { name, type }, files }: DocumentWork<InspectJob>): AttachmentFacts {
  const bytes = files[0]?.length ?? 0;
  return {
    name, declaredType: type, bytes, detectedType: null, detectedExtension: null, readsAsText: false, hasMacros: false,
    encrypted: false, active: false, damaged: true, unreadableTnef: false, memoHeaderPaths: [],
  };
}
