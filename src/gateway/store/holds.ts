import type { DeliveryStatus } from '../../domain/delivery-status.ts';
import type { Queryable } from './database.ts';

/**
 * Mails that do not go at once: held, waiting for an approval, stopped. A held delivery is a waiting one that is due
 * later. Locks are taken in one order everywhere: the act on the mail, its containers, its deliveries, the mail itself.
 */

/** When the waiting messages of a mail are due; `infinity`: not before somebody says so. */
export type DueAt = Date | 'infinity';

/** How a mail stands that a person wants to stop, approve or send again. */
export interface ActedOn {
  readonly id: number;
  readonly state: 'accepted' | 'converting' | 'expanded' | 'refused' | 'skipped' | 'parked';
  readonly organisationCvr: string | null;
  readonly fromMailbox: string | null;
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  readonly messageId: string | null;
  readonly subject: string | null;
  readonly writtenBy: string | null;
  readonly mass: boolean;
  readonly approval: 'pending' | 'approved' | 'rejected' | null;
  readonly approvalBy: string | null;
  readonly approvalAt: Date | null;
  readonly sendAt: Date | null;
  readonly contentSha256: string | null;
  readonly stoppedAt: Date | null;
  readonly stoppedBy: string | null;
  readonly receivedAt: Date;
  readonly openDeliveries: number;
  /** Its letter and files were deleted by age; null while they are there. */
  readonly contentDeletedAt: Date | null;
}

const COLUMNS = `id, state, organisation_cvr as "organisationCvr", from_mailbox as "fromMailbox", mail_from as "mailFrom",
  recipients, message_id as "messageId", subject, written_by as "writtenBy", mass, approval, approval_by as "approvalBy",
  approval_at as "approvalAt", send_at as "sendAt", content_sha256 as "contentSha256", stopped_at as "stoppedAt",
  stopped_by as "stoppedBy", received_at as "receivedAt", open_deliveries as "openDeliveries",
  content_deleted_at as "contentDeletedAt"`;

const ACT_LOCK = 7_041;

/** What people do with one mail comes one after the other: the second waits here for the first. */
export async function lockActs(connection: Queryable, submissionId: number): Promise<void> {
  await connection.query({ text: 'select pg_advisory_xact_lock($1, $2::int)', values: [ACT_LOCK, submissionId] });
}

const VERSION_LOCK = 7_042;

/** Two versions of one mail that are written at the same time would not see each other: the second waits here. */
export async function lockVersions(connection: Queryable, mailbox: string, messageId: string): Promise<void> {
  await connection.query({ text: 'select pg_advisory_xact_lock($1, hashtext($2))', values: [VERSION_LOCK, `${mailbox} ${messageId}`] });
}

/** A mail as it stands; null when there is none. */
export async function actedOn(database: Queryable, submissionId: number): Promise<ActedOn | null> {
  const { rows } = await database.query<ActedOn>({ text: `select ${COLUMNS} from submission where id = $1`, values: [submissionId] });
  return rows[0] ?? null;
}

/** Whether a mail has been stopped: nothing of it may leave any more. */
export async function isStopped(database: Queryable, submissionId: number): Promise<boolean> {
  const { rowCount } = await database.query({
    name: 'is-stopped',
    text: 'select 1 from submission where id = $1 and stopped_at is not null',
    values: [submissionId],
  });
  return rowCount === 1;
}

/** Who stopped a mail, and when. */
export interface Stop {
  readonly submissionId: number;
  readonly by: string;
  readonly now: Date;
}

/** Marks a mail that has not been read to its end; false when it has, for its deliveries must be stopped then. */
export async function stopUnread(connection: Queryable, { submissionId, by, now }: Stop): Promise<boolean> {
  const { rowCount } = await connection.query({
    text: `update submission set stopped_at = $2, stopped_by = $3
           where id = $1 and state in ('accepted', 'converting') and stopped_at is null`,
    values: [submissionId, now, by],
  });
  return rowCount === 1;
}

/**
 * Stops whatever of a mail has not begun to leave, and sees to it that what is in the air is not tried again; returns how
 * many messages it stopped. A mail of which nothing waits and nothing is in the air stays as it is.
 */
export async function stopDeliveries(connection: Queryable, { submissionId, by, now }: Stop): Promise<number> {
  await connection.query({
    text: `select 1 from container where submission_id = $1 and status <> 'done' order by id for update`,
    values: [submissionId],
  });
  // Locked first: an answer that is being written counts, and what it leaves waiting is stopped. Counted, for a mass send
  // has a million of them.
  const { rows: [open] } = await connection.query<{ count: number }>({
    text: `select count(*) as count from (
             select 1 from delivery where submission_id = $1 and status in ('waiting', 'sending', 'unknown')
             order by id for update) locked`,
    values: [submissionId],
  });
  if (!open?.count) return 0;
  await connection.query({
    text: `update container set status = case status when 'waiting' then 'done' else status end, due_at = 'infinity'
           where submission_id = $1 and status <> 'done'`,
    values: [submissionId],
  });
  const { rowCount } = await connection.query({
    text: `update delivery set status = 'stopped', settled_at = $2 where submission_id = $1 and status = 'waiting'`,
    values: [submissionId, now],
  });
  await connection.query({
    text: `update delivery set due_at = 'infinity' where submission_id = $1 and status in ('sending', 'unknown')`,
    values: [submissionId],
  });
  await connection.query({
    text: `update submission set open_deliveries = open_deliveries - $2, stopped_deliveries = stopped_deliveries + $2,
             stopped_at = coalesce(stopped_at, $3), stopped_by = coalesce(stopped_by, $4) where id = $1`,
    values: [submissionId, rowCount ?? 0, now, by],
  });
  return rowCount ?? 0;
}

/** How the messages of a mail stand, by status, and when the last one was handed over. */
export interface DeliveryCounts {
  readonly byStatus: Readonly<Partial<Record<DeliveryStatus, number>>>;
  /** Those to Digital Post, in whatever status. */
  readonly digital: number;
  readonly lastHandedOverAt: Date | null;
}

/** Counts the messages of a mail. */
export async function countDeliveries(database: Queryable, submissionId: number): Promise<DeliveryCounts> {
  const { rows } = await database.query<{ status: DeliveryStatus; count: number; digital: number; last: Date | null }>({
    text: `select status, count(*) as count, count(*) filter (where channel <> 'mail') as digital, max(coalesce(handed_over_at, settled_at)) as last
           from delivery where submission_id = $1 group by status`,
    values: [submissionId],
  });
  const left = rows.flatMap(({ status, last }) => (last && (status === 'handed-over' || status === 'completed') ? [last] : []));
  return {
    byStatus: Object.fromEntries(rows.map(({ status, count }) => [status, count])),
    digital: rows.reduce((sum, { digital }) => sum + digital, 0),
    lastHandedOverAt: left.sort((a, b) => b.getTime() - a.getTime())[0] ?? null,
  };
}

/** What is remembered of a mail whose messages have just been written. */
export interface Hold {
  /** Null: it goes at once. */
  readonly releaseAt: DueAt | null;
  readonly sendAt: Date | null;
  readonly approval: 'pending' | null;
  readonly contentSha256: string;
}

/** Writes how a mail is held; tells who stopped it before it was read, null when nobody did. */
export async function writeHold(connection: Queryable, submissionId: number, hold: Hold): Promise<string | null> {
  const { rows } = await connection.query<{ stoppedBy: string | null }>({
    name: 'write-hold',
    text: `update submission set release_at = $2, send_at = $3, approval = $4, content_sha256 = $5
           where id = $1 returning stopped_by as "stoppedBy"`,
    values: [submissionId, hold.releaseAt, hold.sendAt, hold.approval, hold.contentSha256],
  });
  return rows[0]?.stoppedBy ?? null;
}

/** By what an earlier version of a mail is found: the mailbox, and one of the Message-IDs or our own id. */
export interface VersionsOf {
  readonly mailbox: string;
  readonly messageIds: readonly string[];
  readonly id: number | null;
  /** The newer version itself. */
  readonly not: number;
}

/** Held mails of which something still waits to go, and that another mail may be a newer version of. */
export async function heldVersions(connection: Queryable, of: VersionsOf): Promise<readonly ActedOn[]> {
  const { rows } = await connection.query<ActedOn>({
    text: `select ${COLUMNS} from submission
           where release_at is not null and (message_id = any($2) or id = $3) and id <> $4 and from_mailbox = $1
             and state = 'expanded' and stopped_at is null and open_deliveries > 0
             and exists (select 1 from delivery d where d.submission_id = submission.id and d.status = 'waiting')`,
    values: [of.mailbox, of.messageIds, of.id, of.not],
  });
  return rows;
}

/** Sets when the waiting messages of a mail go, and who said so. */
export async function approveHold(
  connection: Queryable,
  approval: { readonly submissionId: number; readonly by: string; readonly now: Date; readonly releaseAt: Date },
): Promise<void> {
  const { submissionId, releaseAt } = approval;
  await connection.query({
    text: `update container set due_at = $2 where submission_id = $1 and status = 'waiting'`,
    values: [submissionId, releaseAt],
  });
  // Those in a container go when it does: nobody writes a million rows while a person waits for the page.
  await connection.query({
    text: `update delivery set due_at = $2 where submission_id = $1 and status = 'waiting' and container is null`,
    values: [submissionId, releaseAt],
  });
  await connection.query({
    text: `update submission set approval = 'approved', approval_by = $2, approval_at = $3, release_at = $4 where id = $1`,
    values: [submissionId, approval.by, approval.now, releaseAt],
  });
}

/** Writes that a mail may not go. */
export async function rejectHold(connection: Queryable, { submissionId, by, now }: Stop): Promise<void> {
  await connection.query({
    text: `update submission set approval = 'rejected', approval_by = $2, approval_at = $3 where id = $1`,
    values: [submissionId, by, now],
  });
}

/** Mails that have waited for an approval since before a time; those of which somebody was reminded left out, if asked. */
export async function pendingApprovals(
  database: Queryable,
  since: { readonly receivedBefore: Date; readonly notReminded: boolean },
): Promise<readonly ActedOn[]> {
  const { rows } = await database.query<ActedOn>({
    text: `select ${COLUMNS} from submission s
           where s.approval = 'pending' and s.stopped_at is null and s.state = 'expanded' and s.open_deliveries > 0
             and s.received_at < $1
             and not ($2 and exists (select 1 from notice n where n.submission_id = s.id and n.kind = 'approval-reminder'))
           order by s.id limit 100`,
    values: [since.receivedBefore, since.notReminded],
  });
  return rows;
}
