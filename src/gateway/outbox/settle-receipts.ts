import { isFinal, nextDeliveryStatus, type DeliveryStatus, type ReceiptEvent } from '../../domain/delivery-status.ts';
import type { Queryable } from '../store/database.ts';
import { changeDeliveries, type LockedDelivery } from '../store/deliveries.ts';
import { insertNotice } from '../store/notices.ts';
import { needsReceipt, settledCounts, settleDeliveries } from '../store/progress.ts';
import type { DeliveryStep } from './settle-delivery.ts';

/** What a receipt says of a delivery that is locked. */
export interface ReceiptNews {
  readonly delivery: LockedDelivery;
  readonly event: ReceiptEvent;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/**
 * Moves deliveries by their receipts, in the given order, inside the caller's transaction: thousands come at once for a
 * mass send, and one by one they would take longer than the send. With the last delivery of a mail goes its receipt.
 */
export async function settleReceipts(connection: Queryable, news: readonly ReceiptNews[], now: Date): Promise<readonly DeliveryStep[]> {
  const status = new Map<number, DeliveryStatus>();
  const last = new Map<number, ReceiptNews>();
  const steps = news.map((one): DeliveryStep => {
    const { id } = one.delivery;
    const before = status.get(id) ?? one.delivery.status;
    const after = nextDeliveryStatus(before, one.event);
    status.set(id, after);
    if (after !== before) last.set(id, one);
    return { deliveryId: id, before, after };
  });
  const changes = [...last.values()].map((one) => changeOf(one, status.get(one.delivery.id) ?? one.delivery.status, now));
  if (changes.length > 0) await changeDeliveries(connection, changes);
  const moved = [...last.values()].map(({ delivery }): SettledStep => {
    return { submissionId: delivery.submissionId, before: delivery.status, after: status.get(delivery.id) ?? delivery.status };
  });
  await tellOfSettled(connection, moved.filter(({ after }) => isFinal(after)), now);
  return steps;
}

function changeOf({ delivery, errorCode, errorMessage }: ReceiptNews, status: DeliveryStatus, now: Date) {
  return {
    id: delivery.id,
    status,
    handedOverAt: status === 'handed-over' || status === 'completed' ? now : null,
    settledAt: isFinal(status) ? now : null,
    errorCode,
    errorMessage,
  };
}

interface SettledStep {
  readonly submissionId: number;
  readonly before: DeliveryStatus;
  readonly after: DeliveryStatus;
}

async function tellOfSettled(connection: Queryable, settled: readonly SettledStep[], now: Date): Promise<void> {
  const bySubmission = Map.groupBy(settled, ({ submissionId }) => submissionId);
  // In one order everywhere, so that two processes never wait for each other.
  for (const submissionId of [...bySubmission.keys()].sort((a, b) => a - b)) {
    const progress = await settleDeliveries(connection, submissionId, settledCounts(bySubmission.get(submissionId) ?? []));
    if (progress.openDeliveries > 0 || !(await needsReceipt(connection, submissionId))) continue;
    const { organisationCvr, fromMailbox } = progress;
    await insertNotice(
      connection,
      { kind: 'receipt', organisationCvr, submissionId, recipient: fromMailbox, detail: { pending: false } },
      now,
    );
  }
}
