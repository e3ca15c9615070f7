import type { Database, Queryable } from './database.ts';

/**
 * A sign of life: as long as a process repeats it, what it has claimed is its own. Returns false when the process had
 * been given up meanwhile, so that it must drop what it held.
 */
export async function beat(database: Queryable, worker: string): Promise<void> {
  await database.query({
    name: 'worker-beat',
    text: `insert into worker (id, seen_at) values ($1, clock_timestamp())
           on conflict (id) do update set seen_at = excluded.seen_at`,
    values: [worker],
  });
}

/** What became free because its process fell silent. */
export interface FreedWork {
  readonly submissions: number;
  readonly deliveries: number;
  readonly notices: number;
}

/**
 * Frees the work of processes that have been silent longer than the lease, or that said goodbye: a mail being
 * converted waits again; a delivery being handed over becomes `unknown`, never `waiting`, for its answer may be lost
 * (design.md, "Exactly once"); a notice waits again.
 */
export async function freeLostWork(database: Database, leaseMs: number): Promise<FreedWork> {
  return await database.transaction(async (connection) => {
    const { rows: silent } = await connection.query<{ id: string }>({
      text: `delete from worker where seen_at < clock_timestamp() - $1 * interval '1 millisecond' returning id`,
      values: [leaseMs],
    });
    const gone = silent.map((row) => row.id);
    return gone.length === 0 ? { submissions: 0, deliveries: 0, notices: 0 } : await freeWorkOf(connection, gone);
  });
}

const UNHELD = {
  submission: `update submission set state = 'accepted', worker = null, attempts = attempts - 1
               where state = 'converting' and worker = $1 and id <> all($2)`,
  notice: `update notice set state = 'waiting', worker = null where state = 'sending' and worker = $1 and id <> all($2)`,
} as const;

/** Frees what a living process has claimed and knows nothing of, for the answer to its claim was lost. */
export async function freeUnheld(
  database: Queryable,
  of: { readonly worker: string; readonly queue: keyof typeof UNHELD; readonly held: readonly { readonly id: number }[] },
): Promise<void> {
  await database.query({ text: UNHELD[of.queue], values: [of.worker, of.held.map(({ id }) => id)] });
}

/** As `freeUnheld`, for messages that go by themselves over one channel. */
export async function freeUnheldDeliveries(
  database: Queryable,
  of: { readonly worker: string; readonly channel: string; readonly held: readonly { readonly id: number }[] },
): Promise<void> {
  await database.query({
    text: `update delivery set status = 'unknown', worker = null
           where under_way and channel = $3 and worker = $1 and id <> all($2)`,
    values: [of.worker, of.held.map(({ id }) => id), of.channel],
  });
}

/** As `freeUnheld`, for containers and the messages in them. */
export async function freeUnheldContainers(
  database: Queryable,
  of: { readonly worker: string; readonly held: readonly { readonly id: string }[] },
): Promise<void> {
  await database.query({
    text: `with freed as (
             update container set status = 'unknown', worker = null
             where status = 'sending' and worker = $1 and id <> all($2::uuid[]) returning id)
           update delivery set status = 'unknown' from freed
           where container = freed.id and status = 'sending'`,
    values: [of.worker, of.held.map(({ id }) => id)],
  });
}

/** A process that stops in order gives back what it still holds. */
export async function sayGoodbye(database: Database, worker: string): Promise<void> {
  await database.transaction(async (connection) => {
    await connection.query({ text: 'delete from worker where id = $1', values: [worker] });
    await freeWorkOf(connection, [worker]);
  });
}

async function freeWorkOf(connection: Queryable, workers: readonly string[]): Promise<FreedWork> {
  const submissions = await connection.query({
    text: `update submission set state = 'accepted', worker = null where state = 'converting' and worker = any($1)`,
    values: [workers],
  });
  // Containers before their messages, as a stop locks them.
  const { rows: containers } = await connection.query<{ id: string }>({
    text: `update container set status = 'unknown', worker = null where status = 'sending' and worker = any($1) returning id`,
    values: [workers],
  });
  const inContainers = await connection.query({
    text: `update delivery set status = 'unknown' where container = any($1) and status = 'sending'`,
    values: [containers.map(({ id }) => id)],
  });
  const deliveries = await connection.query({
    text: `update delivery set status = 'unknown', worker = null where under_way and worker = any($1)`,
    values: [workers],
  });
  const notices = await connection.query({
    text: `update notice set state = 'waiting', worker = null where state = 'sending' and worker = any($1)`,
    values: [workers],
  });
  return {
    submissions: submissions.rowCount ?? 0,
    deliveries: (deliveries.rowCount ?? 0) + (inContainers.rowCount ?? 0),
    notices: notices.rowCount ?? 0,
  };
}
