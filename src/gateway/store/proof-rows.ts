import type { Queryable } from './database.ts';
import type { DeliveryRow } from './deliveries.ts';
import type { OwnLetter } from './submissions.ts';

/** A delivery with all that its message is made from. */
export interface ProvenDelivery extends DeliveryRow {
  readonly id: number;
  readonly ownMain: OwnLetter | null;
  readonly recipientName: string | null;
  /** Of the message as it was handed over; null for those in containers, and those that did not leave whole. */
  readonly messageSha256: Buffer | null;
}

/** A business receipt as it came. */
export interface ReceiptRow {
  readonly deliveryId: number;
  readonly channel: string;
  readonly messageUuid: string | null;
  readonly transmissionId: string | null;
  readonly status: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly receivedAt: Date;
}

/** The first deliveries of a mail in the order of its recipients, or the one at a position. */
export async function provenDeliveries(
  database: Queryable,
  submissionId: number,
  of: { readonly position: number | null; readonly limit: number },
): Promise<readonly ProvenDelivery[]> {
  const { rows } = await database.query<ProvenDelivery>({
    text: `select id, position, channel, address, named_in_header as "namedInHeader", message_uuid as "messageUuid", status,
             handed_over_at as "handedOverAt", settled_at as "settledAt", error_code as "errorCode", error_message as "errorMessage",
             own_main as "ownMain", recipient_name as "recipientName", message_sha256 as "messageSha256"
           from delivery where submission_id = $1 and ($2::int is null or position = $2) order by position limit $3`,
    values: [submissionId, of.position, of.limit],
  });
  return rows;
}

/** What the networks have said of deliveries, in the order in which it came. */
export async function receiptsOfDeliveries(database: Queryable, deliveryIds: readonly number[]): Promise<readonly ReceiptRow[]> {
  const { rows } = await database.query<ReceiptRow>({
    text: `select delivery_id as "deliveryId", channel, message_uuid as "messageUuid", transmission_id as "transmissionId", status,
             error_code as "errorCode", error_message as "errorMessage", received_at as "receivedAt"
           from receipt where delivery_id = any($1) order by id`,
    values: [deliveryIds],
  });
  return rows;
}

/** When the letter and the files of a mail were deleted by age; null while they are there. */
export async function contentDeletedAt(database: Queryable, submissionId: number): Promise<Date | null> {
  const { rows } = await database.query<{ deletedAt: Date | null }>({
    text: 'select content_deleted_at as "deletedAt" from submission where id = $1',
    values: [submissionId],
  });
  return rows[0]?.deletedAt ?? null;
}
