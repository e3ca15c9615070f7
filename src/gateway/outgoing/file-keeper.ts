import { createHash } from 'node:crypto';
import type { StoredFile } from '../convert/letter-of-mail.ts';
import type { OwnLetterHead } from '../isolate/fill-letters-job.ts';
import type { FileHead } from '../isolate/read-mail-job.ts';
import type { FileTaker } from '../isolate/child-pool.ts';
import { openBlob, type BlobWriter } from '../store/blobs.ts';
import type { Database } from '../store/database.ts';

/** The files of one mail on their way from the child process into the store. */
export interface KeptFiles {
  readonly taker: FileTaker<FileHead | OwnLetterHead>;
  /** Each attachment, by its index. */
  readonly attachments: ReadonlyMap<number, StoredFile>;
  /** The letter made of the text; null when none was made. */
  readonly letter: StoredFile | null;
  /** The letters made for single recipients, by the line of the list. */
  readonly ownLetters: ReadonlyMap<number, StoredFile>;
  /** Removes everything that was stored and has not become part of a letter. */
  discard(): Promise<void>;
}

/** Stores each file as it streams by, or, for mails to nobody in Digital Post, lets it go. */
export function keepFiles(database: Database, keep: boolean): KeptFiles {
  const attachments = new Map<number, StoredFile>();
  const ownLetters = new Map<number, StoredFile>();
  const writers: BlobWriter[] = [];
  let letter: StoredFile | null = null;

  const open = (head: FileHead | OwnLetterHead) => {
    const blob = openBlob(database);
    writers.push(blob);
    // Only the message itself has its checksum told in the receipt; hashing every attachment would cost as much as reading it.
    const hash = head.kind === 'letter' || (head.kind === 'attachment' && head.isBodyPdf) ? createHash('sha256') : null;
    return {
      async write(bytes: Buffer) {
        hash?.update(bytes);
        if (keep) await blob.write(bytes);
      },
      async end() {
        if (!keep) return;
        const file = { blob: await blob.end(), bytes: blob.bytes, sha256: hash?.digest('hex') ?? null };
        if (head.kind === 'attachment') attachments.set(head.index, file);
        else if (head.kind === 'own-letter') ownLetters.set(head.line, file);
        else letter = file;
      },
    };
  };
  return {
    taker: { open },
    attachments,
    ownLetters,
    get letter() {
      return letter;
    },
    async discard() {
      for (const writer of writers) await writer.discard();
    },
  };
}
