import type { DeliveryChannel } from './deliveries.ts';
import type { Queryable } from './database.ts';

/** A business receipt as a network handed it over (memo-ngdp.md section 4). */
export interface BusinessReceipt {
  readonly channel: DeliveryChannel;
  readonly messageUuid: string | null;
  readonly transmissionId: string | null;
  readonly status: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** Keeps receipts as they came, each with the delivery it belongs to; null for one that is not ours. */
export async function insertReceipts(
  connection: Queryable,
  receipts: readonly { readonly receipt: BusinessReceipt; readonly deliveryId: number | null }[],
  now: Date,
): Promise<void> {
  await connection.query({
    name: 'insert-receipts',
    text: `insert into receipt (received_at, channel, message_uuid, transmission_id, status, error_code, error_message, delivery_id)
           select $1, * from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[])`,
    values: [
      now, receipts.map(({ receipt }) => receipt.channel), receipts.map(({ receipt }) => receipt.messageUuid),
      receipts.map(({ receipt }) => receipt.transmissionId), receipts.map(({ receipt }) => receipt.status),
      receipts.map(({ receipt }) => receipt.errorCode), receipts.map(({ receipt }) => receipt.errorMessage),
      receipts.map(({ deliveryId }) => deliveryId),
    ],
  });
}
