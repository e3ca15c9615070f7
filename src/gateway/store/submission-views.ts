import type { Problem } from '../../domain/problem.ts';
import type { Queryable } from './database.ts';
import type { DeliveryRow } from './deliveries.ts';

/** Who may see a mail: an organisation, and where its program is bound to some mailboxes, mails from those alone. */
export interface Viewer {
  readonly cvrNumbers: readonly string[];
  readonly mailboxes: readonly string[] | null;
}

/** A mail as its organisation may see it. */
export interface SubmissionView {
  readonly id: number;
  readonly source: 'smtp' | 'api' | 'resend';
  readonly state: 'accepted' | 'converting' | 'expanded' | 'refused' | 'skipped' | 'parked';
  readonly receivedAt: Date;
  readonly organisationCvr: string;
  readonly fromMailbox: string;
  readonly messageId: string | null;
  readonly subject: string;
  readonly mass: boolean;
  readonly writtenBy: string | null;
  readonly recipientCount: number;
  readonly firstRecipient: string;
  readonly openDeliveries: number;
  /** Its messages, and those that failed or were stopped for good. */
  readonly deliveries: number;
  readonly failedDeliveries: number;
  readonly stoppedDeliveries: number;
  /** The first recipients, as they were written. */
  readonly firstRecipients: readonly string[];
  /** What the mail names those of Digital Post among them, by their position from 1; null where it names nobody. */
  readonly firstNames: Readonly<Record<string, string>> | null;
  /** When it ended for the only recipient; null for several, and as long as it has not. */
  readonly settledAt: Date | null;
  /** As whom it was sent; null before it is read, and for ordinary mail. */
  readonly senderLabels: readonly string[] | null;
  readonly letterSha256: string | null;
  /** What an approval is about: all of the mail. */
  readonly contentSha256: string | null;
  readonly problems: readonly Problem[] | null;
  /** Null: at once. */
  readonly releaseAt: Date | null;
  readonly approval: 'pending' | 'approved' | 'rejected' | null;
  readonly approvalBy: string | null;
  readonly approvalAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly stoppedBy: string | null;
  readonly resendOf: number | null;
}

/** What a view is read from, of a row of `submission`. */
export const VIEW_COLUMNS = `id, source, state, received_at as "receivedAt", organisation_cvr as "organisationCvr",
  from_mailbox as "fromMailbox", message_id as "messageId", coalesce(subject, '') as subject, mass,
  written_by as "writtenBy", cardinality(recipients) as "recipientCount",
  recipients[1] as "firstRecipient", open_deliveries as "openDeliveries", deliveries,
  failed_deliveries as "failedDeliveries", stopped_deliveries as "stoppedDeliveries", recipients[1:3] as "firstRecipients",
  (select jsonb_object_agg(position, recipient_name) from delivery named
   where named.submission_id = submission.id and named.position <= 3 and named.recipient_name is not null) as "firstNames",
  case when deliveries = 1 then (select settled_at from delivery only_one where only_one.submission_id = submission.id limit 1) end as "settledAt",
  (select array_agg(distinct sender->>'label') from jsonb_each(letter->'senders') named (key, sender)) as "senderLabels",
  letter->>'mainSha256' as "letterSha256", content_sha256 as "contentSha256", problems,
  case when isfinite(release_at) then release_at end as "releaseAt", approval, approval_by as "approvalBy", approval_at as "approvalAt", stopped_at as "stoppedAt", stopped_by as "stoppedBy",
  resend_of as "resendOf"`;

const VISIBLE = 'organisation_cvr = any($1) and ($2::text[] is null or from_mailbox = any($2))';

/** One mail; null when there is none with this id that the viewer may see. */
export async function viewSubmission(database: Queryable, viewer: Viewer, id: number): Promise<SubmissionView | null> {
  const { rows } = await database.query<SubmissionView>({
    name: 'view-submission',
    text: `select ${VIEW_COLUMNS} from submission where ${VISIBLE} and id = $3`,
    values: [viewer.cvrNumbers, viewer.mailboxes, id],
  });
  return rows[0] ?? null;
}

/** A delivery with the name that the mail gives its recipient. */
export interface NamedDeliveryRow extends DeliveryRow {
  readonly recipientName: string | null;
}

/** One page of a mail's deliveries, or of those alone that did not get there, in the order of its recipients. */
export async function pageOfDeliveries(
  database: Queryable,
  submissionId: number,
  page: { readonly after: number; readonly limit: number; readonly failedOnly: boolean },
): Promise<readonly NamedDeliveryRow[]> {
  const { rows } = await database.query<NamedDeliveryRow>({
    name: page.failedOnly ? 'page-of-failed-deliveries' : 'page-of-deliveries',
    text: `select position, channel, address, named_in_header as "namedInHeader", message_uuid as "messageUuid", status,
             handed_over_at as "handedOverAt", settled_at as "settledAt", error_code as "errorCode",
             error_message as "errorMessage", recipient_name as "recipientName"
           from delivery where submission_id = $1 and position > $2
             ${page.failedOnly ? `and status in ('refused', 'expired', 'parked')` : ''} order by position limit $3`,
    values: [submissionId, page.after, page.limit],
  });
  return rows;
}

/** What is known of a program's mail before it is read; the caller stores it in the same transaction as the mail. */
export async function markAsApiSubmission(
  connection: Queryable,
  id: number,
  facts: {
    readonly organisationCvr: string;
    readonly fromMailbox: string;
    readonly messageId: string;
    readonly subject: string;
    readonly writtenBy: string;
  },
): Promise<void> {
  await connection.query({
    name: 'mark-as-api-submission',
    text: `update submission set source = 'api', organisation_cvr = $2, from_mailbox = $3, message_id = $4, subject = $5,
             written_by = $6 where id = $1`,
    values: [id, facts.organisationCvr, facts.fromMailbox, facts.messageId, facts.subject, facts.writtenBy],
  });
}
