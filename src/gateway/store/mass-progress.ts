import type { Queryable } from './database.ts';
import type { SubmissionProgress } from './progress.ts';

/**
 * Mass sends that began to go before a time and are not done, each returned once. The time counts from when it might
 * go: one that is held or waits for an approval has not begun.
 */
export async function takeLongMassSends(
  database: Queryable,
  began: { readonly before: Date; readonly now: Date },
): Promise<readonly SubmissionProgress[]> {
  const { rows } = await database.query<SubmissionProgress>({
    name: 'take-long-mass-sends',
    text: `update submission set progress_sent_at = $2
           where id in (select id from submission s
                        where s.state = 'expanded' and s.open_deliveries > 0 and s.mass and s.received_at < $1
                          and coalesce(s.release_at, s.received_at) < $1 and s.progress_sent_at is null
                          and s.stopped_at is null and s.mail_from <> ''
                        limit 100 for update skip locked)
           returning id, open_deliveries as "openDeliveries", organisation_cvr as "organisationCvr",
             from_mailbox as "fromMailbox"`,
    values: [began.before, began.now],
  });
  return rows;
}
