import { MAIL_GUARD_CODE } from '../../domain/mail-guard.ts';
import type { DeliveryChannel } from './deliveries.ts';
import type { Queryable } from './database.ts';
import type { Letter, OwnLetter } from './submissions.ts';

/** A message that did not get there, as it was sent the first time. */
export interface FailedDelivery {
  readonly position: number;
  readonly channel: DeliveryChannel;
  readonly address: string;
  readonly namedInHeader: boolean;
  readonly recipientKey: string | null;
  readonly recipientName: string | null;
  readonly bulk: boolean;
  readonly ownMain: OwnLetter | null;
}

/** Whom Mail Guard stopped is not tried again: only a mail with an approval gets there. */
const FAILED = `status in ('refused', 'expired', 'parked') and error_code is distinct from $2`;

/** How many messages of a mail can be sent again. */
export async function countFailed(database: Queryable, submissionId: number): Promise<number> {
  const { rows } = await database.query<{ failed: number }>({
    text: `select count(*)::int as failed from delivery where submission_id = $1 and ${FAILED}`,
    values: [submissionId, MAIL_GUARD_CODE],
  });
  return rows[0]?.failed ?? 0;
}

/** The messages of a mail that failed for good, in the order of its recipients; those that were stopped are not among them. */
export async function failedDeliveries(database: Queryable, submissionId: number): Promise<readonly FailedDelivery[]> {
  const { rows } = await database.query<FailedDelivery>({
    text: `select position, channel, address, named_in_header as "namedInHeader", recipient_key as "recipientKey",
             recipient_name as "recipientName", bulk, own_main as "ownMain"
           from delivery where submission_id = $1 and ${FAILED} order by position`,
    values: [submissionId, MAIL_GUARD_CODE],
  });
  return rows;
}

/** The letter of a mail; null for one to nobody in Digital Post. */
export async function letterOfSubmission(database: Queryable, submissionId: number): Promise<Letter | null> {
  const { rows } = await database.query<{ letter: Letter | null }>({
    text: 'select letter from submission where id = $1',
    values: [submissionId],
  });
  return rows[0]?.letter ?? null;
}

/** The first letter of a mail in which each recipient has their own; null in any other. */
export async function firstOwnLetter(database: Queryable, submissionId: number): Promise<OwnLetter | null> {
  const { rows } = await database.query<{ ownMain: OwnLetter }>({
    text: `select own_main as "ownMain" from delivery where submission_id = $1 and own_main is not null order by position limit 1`,
    values: [submissionId],
  });
  return rows[0]?.ownMain ?? null;
}

/**
 * Writes the mail that tries the failed recipients of another again, with the same letter and the same bytes; its
 * messages are the caller's to write. Null when there is one already: a mail is sent again once.
 */
export async function insertResend(
  connection: Queryable,
  resend: { readonly of: number; readonly by: string; readonly messages: number; readonly now: Date },
): Promise<number | null> {
  const { rows } = await connection.query<{ id: number }>({
    text: `insert into submission (received_at, mail_from, recipients, peer_cvr, raw_blob, raw_bytes, state, due_at,
             organisation_cvr, from_mailbox, message_id, subject, letter, problems, open_deliveries, deliveries, source, written_by, mass,
             content_sha256, resend_of)
           select $3, mail_from, recipients, peer_cvr, raw_blob, raw_bytes, 'expanded', $3,
             organisation_cvr, from_mailbox, message_id, subject, letter, '[]', $4, $4, 'resend', $2, mass, content_sha256, id
           from submission where id = $1
           on conflict (resend_of) do nothing returning id`,
    values: [resend.of, resend.by, resend.now, resend.messages],
  });
  return rows[0]?.id ?? null;
}

/** The mail that tries the failed recipients of another again; null when there is none. */
export async function resendOf(database: Queryable, submissionId: number): Promise<number | null> {
  const { rows } = await database.query<{ id: number }>({
    text: 'select id from submission where resend_of = $1',
    values: [submissionId],
  });
  return rows[0]?.id ?? null;
}
