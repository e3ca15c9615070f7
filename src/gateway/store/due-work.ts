import { memoChannelIds } from '../../domain/channel.ts';
import type { Queryable } from './database.ts';

export interface DueWorkQuestion {
  readonly now: Date;
  /** Whose messages are looked for, as when they are claimed. */
  readonly organisationCvrs: readonly string[];
  /** Mailboxes whose receipts wait to be gathered, and are not due by themselves. */
  readonly digestMailboxes: readonly string[];
}

/**
 * Whether anything waits whose time has come: a mail to be read, a message, a container or a mail from the gateway. One
 * look for all loops, where the claim of each costs as much; what is found may still have to wait for its turn. By the
 * conditions and indexes of the claims themselves (submissions.ts, deliveries.ts, containers.ts, notices.ts).
 */
export async function hasDueWork(database: Pick<Queryable, 'query'>, { now, organisationCvrs, digestMailboxes }: DueWorkQuestion): Promise<boolean> {
  const { rows } = await database.query<{ due: boolean }>({
    name: 'has-due-work',
    text: `select exists (select 1 from submission where state = 'accepted' and due_at <= $1)
             or exists (select 1 from notice where state = 'waiting' and due_at <= $1
                          and not (kind = 'receipt' and recipient = any($4)))
             or exists (select 1 from container where status in ('waiting', 'unknown') and due_at <= $1)
             or exists (select 1 from unnest($2::text[]) c (channel)
                          cross join unnest(array[false, true]) b (bulk) cross join unnest($3::text[]) o (cvr)
                          cross join lateral (
                            select 1 from delivery d
                            where d.channel = c.channel and d.bulk = b.bulk and d.organisation_cvr = o.cvr
                              and d.queued and d.due_at <= $1 limit 1) d) as due`,
    values: [now, ['mail', ...memoChannelIds], organisationCvrs, digestMailboxes],
  });
  return rows[0]?.due === true;
}
