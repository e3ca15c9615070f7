import { BLOB_CHUNK_BYTES } from '../store/blobs.ts';
import type { Database } from '../store/database.ts';
import { insertSmallSubmission, insertSmallSubmissions, type AcceptedMail, type SmallMail } from '../store/submissions.ts';

/** Stores a small mail durably; resolves with its id when it is on disk. */
export type StoreSmallMail = (mail: AcceptedMail, raw: Buffer) => Promise<number>;

interface Waiting extends SmallMail {
  readonly resolve: (id: number) => void;
  readonly reject: (error: unknown) => void;
}

const COMMITS_AT_ONCE = 2;
const MAILS_MAX = 32;

/**
 * Stores small mails that are whole at the same time in one commit: while one is being written to disk the next ones
 * gather. A mail alone waits for nobody. When a commit of several fails for a value in one of them, each is tried
 * by itself, so that no mail suffers for another.
 */
export function openSubmissionGatherer(database: Database): StoreSmallMail {
  const waiting: Waiting[] = [];
  let commits = 0;

  const takeBatch = (): Waiting[] => {
    let bytes = 0;
    const fits = waiting.findIndex(({ raw }) => (bytes += raw.length) > BLOB_CHUNK_BYTES);
    return waiting.splice(0, Math.min(fits === -1 ? waiting.length : Math.max(fits, 1), MAILS_MAX));
  };
  const next = () => {
    while (commits < COMMITS_AT_ONCE && waiting.length > 0) {
      commits += 1;
      void store(database, takeBatch())
        .catch((error: unknown) => {
          // The database is in trouble: those who wait hear it now, not after a wait of their own.
          for (const { reject } of waiting.splice(0)) reject(error);
        })
        .finally(() => {
          commits -= 1;
          next();
        });
    }
  };
  return (mail, raw) =>
    new Promise((resolve, reject) => {
      waiting.push({ mail, raw, resolve, reject });
      next();
    });
}

/** Settles each mail of the batch; rejects only when the database itself is in trouble. */
async function store(database: Database, batch: readonly Waiting[]): Promise<void> {
  try {
    const ids = await insertAll(database, batch);
    batch.forEach(({ resolve, reject }, n) => (ids[n] === undefined ? reject(new Error('a mail without an id')) : resolve(ids[n])));
  } catch (error) {
    if (isOfOneValue(error) && batch.length > 1) {
      await Promise.all(batch.map((one) => store(database, [one])));
      return;
    }
    for (const { reject } of batch) reject(error);
    if (!isOfOneValue(error)) throw error;
  }
}

async function insertAll(database: Database, batch: readonly Waiting[]): Promise<readonly number[]> {
  const [alone] = batch;
  if (alone && batch.length === 1) return [await insertSmallSubmission(database.urgent, alone.mail, alone.raw)];
  return await insertSmallSubmissions(database.urgent, batch);
}

/** SQLSTATE class 22: a value that PostgreSQL cannot take. Everything else is trouble with the database itself. */
function isOfOneValue(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('22') && code.length === 5;
}
