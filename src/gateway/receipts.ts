import type { ReceiptEvent } from '../domain/delivery-status.ts';
import type { DeliveryStep } from './outbox/settle-delivery.ts';
import { settleReceipts, type ReceiptNews } from './outbox/settle-receipts.ts';
import type { Database } from './store/database.ts';
import { lockDeliveriesOfMessages } from './store/deliveries.ts';
import { insertReceipts, type BusinessReceipt } from './store/receipts.ts';

/** How a receipt was taken: with the step its delivery made, or as one that is not ours, or of no known status. */
export type ReceiptTaken = { readonly kind: 'matched'; readonly step: DeliveryStep } | { readonly kind: 'unmatched' };

/**
 * The story of business receipts: they are kept as they came and move their deliveries, in one transaction; only then
 * may the network be told that we have them. Late, twice, out of order or for an id we do not know: kept all the same.
 */
export async function takeReceipts(database: Database, receipts: readonly BusinessReceipt[], now: Date): Promise<readonly ReceiptTaken[]> {
  return await database.transaction(async (connection) => {
    const uuids = receipts.flatMap(({ messageUuid }) => messageUuid ?? []);
    const locked = await lockDeliveriesOfMessages(connection, [...new Set(uuids)]);
    const byMessage = new Map(locked.map((delivery) => [`${delivery.channel} ${delivery.messageUuid}`, delivery]));
    const found = receipts.map((receipt) => ({ receipt, delivery: byMessage.get(`${receipt.channel} ${receipt.messageUuid}`) ?? null }));
    await insertReceipts(connection, found.map(({ receipt, delivery }) => ({ receipt, deliveryId: delivery?.id ?? null })), now);
    const news = found.map(({ receipt, delivery }) => {
      const event = eventOf(receipt);
      return delivery && event ? newsOf(receipt, delivery, event) : null;
    });
    const steps = (await settleReceipts(connection, news.filter((one) => one !== null), now)).values();
    return news.map((one): ReceiptTaken => {
      const step = one && steps.next().value;
      return step ? { kind: 'matched', step } : { kind: 'unmatched' };
    });
  });
}

function newsOf(receipt: BusinessReceipt, delivery: ReceiptNews['delivery'], event: ReceiptEvent): ReceiptNews {
  const went = event.status === 'COMPLETED' || event.status === 'RECEIVED';
  return { delivery, event, errorCode: receipt.errorCode ?? (went ? null : event.status), errorMessage: receipt.errorMessage };
}

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
