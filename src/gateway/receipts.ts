import type { DeliveryEvent } from '../domain/delivery-status.ts';
import { moveDelivery, type DeliveryStep } from './outbox/settle-delivery.ts';
import type { Database } from './store/database.ts';
import { lockDeliveryOfMessage } from './store/deliveries.ts';
import { insertReceipt, type BusinessReceipt } from './store/receipts.ts';

/** How a receipt was taken: with the step its delivery made, or as one that is not ours, or of no known status. */
export type ReceiptTaken = { readonly kind: 'matched'; readonly step: DeliveryStep } | { readonly kind: 'unmatched' };

/**
 * The story of a business receipt: it is kept as it came and moves its delivery, in one transaction; only then may the
 * network be told that we have it. Late, twice, out of order or for an id we do not know: it is kept all the same.
 */
export async function takeReceipt(database: Database, receipt: BusinessReceipt, now: Date): Promise<ReceiptTaken> {
  return await database.transaction(async (connection) => {
    const delivery =
      receipt.messageUuid === null
        ? null
        : await lockDeliveryOfMessage(connection, receipt.channel, receipt.messageUuid);
    await insertReceipt(connection, receipt, { deliveryId: delivery?.id ?? null, now });
    const event = eventOf(receipt);
    if (delivery === null || event === null) return { kind: 'unmatched' };
    const step = await moveDelivery(connection, delivery, {
      events: [event],
      now,
      retryAt: null,
      errorCode: receipt.errorCode ?? (event.status === 'COMPLETED' || event.status === 'RECEIVED' ? null : event.status),
      errorMessage: receipt.errorMessage,
      worker: null,
    });
    return { kind: 'matched', step };
  });
}

type ReceiptEvent = Extract<DeliveryEvent, { kind: 'receipt' }>;

function eventOf({ status, errorCode, errorMessage }: BusinessReceipt): ReceiptEvent | null {
  switch (status) {
    case 'COMPLETED':
    case 'RECEIVED':
    case 'INVALID':
    case 'NOT_ALLOWED':
      return { kind: 'receipt', status, errorCode, errorMessage };
    default:
      return null;
  }
}
