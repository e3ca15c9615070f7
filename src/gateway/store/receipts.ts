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

/** Keeps a receipt as it came, with the delivery it belongs to; null for one that is not ours. */
export async function insertReceipt(
  connection: Queryable,
  receipt: BusinessReceipt,
  found: { readonly deliveryId: number | null; readonly now: Date },
): Promise<void> {
  await connection.query({
    name: 'insert-receipt',
    text: `insert into receipt (channel, message_uuid, transmission_id, status, error_code, error_message, received_at,
             delivery_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      receipt.channel, receipt.messageUuid, receipt.transmissionId, receipt.status, receipt.errorCode,
      receipt.errorMessage, found.now, found.deliveryId,
    ],
  });
}
