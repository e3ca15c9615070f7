import { MAIL_GUARD_CODE } from '../../domain/mail-guard.ts';
import { isFinal, type DeliveryStatus } from '../../domain/delivery-status.ts';
import type { Queryable } from './database.ts';

/** A mail whose last open delivery has just been settled, or whose deadline has passed. */
export interface SubmissionProgress {
  readonly id: number;
  readonly openDeliveries: number;
  readonly organisationCvr: string;
  readonly fromMailbox: string;
}

const COLUMNS = `id, open_deliveries as "openDeliveries", organisation_cvr as "organisationCvr", from_mailbox as "fromMailbox"`;

/** How the counts of a mail change with its deliveries: `settled` are no longer open; a late receipt may end a failure. */
export interface SettledCounts {
  readonly settled: number;
  readonly failed: number;
  readonly stopped: number;
}

const FAILED: ReadonlySet<DeliveryStatus> = new Set(['refused', 'expired', 'parked']);

/** What moves of deliveries mean for the counts of their mail. */
export function settledCounts(moves: readonly { readonly before: DeliveryStatus; readonly after: DeliveryStatus }[]): SettledCounts {
  const change = (is: (status: DeliveryStatus) => boolean) =>
    moves.reduce((sum, { before, after }) => sum + Number(is(after)) - Number(is(before)), 0);
  return { settled: change(isFinal), failed: change((status) => FAILED.has(status)), stopped: change((status) => status === 'stopped') };
}

/** Deliveries of the mail have ended; tells how many are still open. Counters, so that a mass send stays linear. */
export async function settleDeliveries(connection: Queryable, submissionId: number, counts: SettledCounts): Promise<SubmissionProgress> {
  const { settled, failed, stopped } = counts;
  if (settled === 0 && failed === 0 && stopped === 0) return await progressOf(connection, submissionId);
  const { rows } = await connection.query<SubmissionProgress>({
    name: 'settle-deliveries',
    text: `update submission set open_deliveries = open_deliveries - $2, failed_deliveries = failed_deliveries + $3,
             stopped_deliveries = stopped_deliveries + $4 where id = $1 returning ${COLUMNS}`,
    values: [submissionId, settled, failed, stopped],
  });
  const row = rows[0];
  if (!row) throw new Error(`no submission ${submissionId}`);
  return row;
}

// Something of the mail `s` has not been handed over yet.
const STILL_GOING = `(exists (select 1 from delivery d where d.submission_id = s.id and (d.queued or d.under_way))
  or exists (select 1 from container c where c.submission_id = s.id and c.status <> 'done'))`;

/** The mail as it stands, without a change. */
export async function progressOf(connection: Queryable, submissionId: number): Promise<SubmissionProgress> {
  const { rows } = await connection.query<SubmissionProgress>({
    text: `select ${COLUMNS} from submission where id = $1`,
    values: [submissionId],
  });
  const row = rows[0];
  if (!row) throw new Error(`no submission ${submissionId}`);
  return row;
}

/**
 * Whether the sender needs a receipt: for Digital Post always, for ordinary mail only when it could not be delivered,
 * and never for a mail from nobody. Whom Mail Guard stopped has been told of already.
 */
export async function needsReceipt(connection: Queryable, submissionId: number): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'needs-receipt',
    text: `select 1 from delivery d join submission s on s.id = d.submission_id
           where d.submission_id = $1 and s.mail_from <> '' and (d.channel <> 'mail' or (d.status <> 'completed' and d.error_code is distinct from $2)) limit 1`,
    values: [submissionId, MAIL_GUARD_CODE],
  });
  return (rowCount ?? 0) > 0;
}

/**
 * Mails still without all receipts at the deadline, which runs from the hand-over: NgDP may have been away before it.
 * Each is returned once.
 */
export async function takePastDeadline(database: Queryable, receivedBefore: Date): Promise<readonly SubmissionProgress[]> {
  const { rows } = await database.query<SubmissionProgress>({
    text: `update submission set receipt_pending = true
           where id in (select id from submission s
                        where s.state = 'expanded' and s.open_deliveries > 0 and s.received_at < $1 and not s.receipt_pending
                          and (s.stopped_at < $1 or not ${STILL_GOING}
                            and exists (select 1 from delivery d where d.submission_id = s.id
                                        and d.status = 'handed-over' and d.handed_over_at < $1))
                        limit 100 for update skip locked)
           returning ${COLUMNS}`,
    values: [receivedBefore],
  });
  return rows;
}

/** Mails with a message that still waits to be handed over so long after it might go; each is returned once. */
export async function takeLate(database: Queryable, receivedBefore: Date, now: Date): Promise<readonly SubmissionProgress[]> {
  const { rows } = await database.query<SubmissionProgress>({
    text: `update submission set late_sent_at = $2
           where id in (select id from submission s
                        where s.state = 'expanded' and s.open_deliveries > 0 and s.received_at < $1 and s.late_sent_at is null
                          and (s.release_at is null or s.release_at < $1) and s.stopped_at is null
                          and ${STILL_GOING}
                        limit 100 for update skip locked)
           returning ${COLUMNS}`,
    values: [receivedBefore, now],
  });
  return rows;
}
