import type { Database, Queryable } from './database.ts';
import { lockActs } from './holds.ts';

/**
 * Clocks are set wrong and set right again (threat 27 in the reliability plan). Times that decide when something is due
 * come from the program's clock, so what was written while it ran ahead would wait for hours or years afterwards.
 */

/** The longest waits that the program ever sets, counted from now. */
export interface LongestWaits {
  readonly now: Date;
  /** Before a mail that could not be read is read again. */
  readonly readMs: number;
  /** Between two tries to hand something over. */
  readonly retryMs: number;
  /** Before a mail that its sender may take back goes, and before a mass send does. */
  readonly holdSingleMs: number;
  readonly holdMassMs: number;
}

/**
 * Lets go now what waits longer than anything can be made to wait now, and shortens holds likewise. A time that the
 * sender chose stands, and so does a wait for an approval. Returns how much it let go.
 */
export async function shortenWaits(database: Database, waits: LongestWaits): Promise<number> {
  const { now, readMs, retryMs } = waits;
  const after = (ms: number) => new Date(now.getTime() + ms);
  const unread = await database.query({
    name: 'shorten-unread',
    text: `update submission set due_at = $1 where state = 'accepted' and due_at > $2`,
    values: [now, after(readMs)],
  });
  const notices = await database.query({
    name: 'shorten-notices',
    text: `update notice set due_at = $1, created_at = least(created_at, $1) where state = 'waiting' and due_at > $2`,
    values: [now, after(retryMs)],
  });
  const holds = await shortenHolds(database, waits);
  const deliveries = await database.query({
    name: 'shorten-deliveries',
    text: `update delivery d set due_at = $1 from submission s
           where d.queued and d.due_at > $2 and d.due_at < 'infinity' and s.id = d.submission_id
             and (s.release_at is null or s.release_at <= $1)`,
    values: [now, after(retryMs)],
  });
  const containers = await database.query({
    name: 'shorten-containers',
    text: `update container c set due_at = $1 from submission s
           where c.status in ('waiting', 'unknown') and c.due_at > $2 and c.due_at < 'infinity' and s.id = c.submission_id
             and (s.release_at is null or s.release_at <= $1)`,
    values: [now, after(retryMs)],
  });
  const all = [unread, notices, deliveries, containers];
  return all.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), holds);
}

/**
 * The hold of a mail that came, or was approved, later than now: it ends with the longest wait from now, or at the time
 * that the sender chose, whatever is later.
 */
async function shortenHolds(database: Database, { now, holdSingleMs, holdMassMs }: LongestWaits): Promise<number> {
  const { rows } = await database.query<{ id: number; releaseAt: Date }>({
    name: 'holds-too-long',
    text: `select id, release_at as "releaseAt" from (
             select id, stopped_at, release_at as held_until,
               greatest(send_at, $1::timestamptz + case when mass then $3::float8 else $2::float8 end * interval '1 millisecond') as release_at
             from submission where state = 'expanded' and open_deliveries > 0 and release_at < 'infinity'
               and greatest(received_at, approval_at) > $1) held
           where held_until > release_at and stopped_at is null`,
    values: [now, holdSingleMs, holdMassMs],
  });
  for (const held of rows) await database.transaction((connection) => moveRelease(connection, held));
  return rows.length;
}

async function moveRelease(connection: Queryable, { id, releaseAt }: { readonly id: number; readonly releaseAt: Date }): Promise<void> {
  await lockActs(connection, id);
  await connection.query({
    text: `update container set due_at = $2 where submission_id = $1 and status = 'waiting' and due_at > $2 and due_at < 'infinity'`,
    values: [id, releaseAt],
  });
  await connection.query({
    text: `update delivery set due_at = $2 where submission_id = $1 and status = 'waiting' and due_at > $2 and due_at < 'infinity'`,
    values: [id, releaseAt],
  });
  await connection.query({
    text: `update submission set release_at = $2 where id = $1 and release_at > $2 and release_at < 'infinity'`,
    values: [id, releaseAt],
  });
}

/** The program's clock or the database's, whichever is behind: what is forgotten for good must be old by both. */
export async function earlierClock(database: Queryable, now: Date): Promise<Date> {
  const { rows } = await database.query<{ earlier: Date }>({
    name: 'earlier-clock',
    text: 'select least($1::timestamptz, clock_timestamp()) as earlier',
    values: [now],
  });
  return rows[0]?.earlier ?? now;
}
