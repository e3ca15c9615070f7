import { isFinal, nextDeliveryStatus, type DeliveryEvent, type DeliveryStatus } from '../../domain/delivery-status.ts';
import type { Database, Queryable } from '../store/database.ts';
import { changeDelivery, keepMessageSha256, type DeliveryChange, type LockedDelivery } from '../store/deliveries.ts';
import { isStopped } from '../store/holds.ts';
import { insertNotice } from '../store/notices.ts';
import { needsReceipt, settledCounts, settleDeliveries, type SettledCounts } from '../store/progress.ts';

/** What happened to a delivery, and what is to be remembered of it. */
export interface DeliveryNews {
  readonly events: readonly DeliveryEvent[];
  readonly now: Date;
  /** When to try again, where the events leave it waiting or unknown. */
  readonly retryAt: Date | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** SHA-256 of the message as it left; absent or null where it did not, or not whole. */
  readonly messageSha256?: Buffer | null;
  /** The process that worked on it: a try that ended without a result counts only while it still holds the delivery. */
  readonly worker: string | null;
}

export interface DeliveryStep {
  readonly deliveryId: number;
  readonly before: DeliveryStatus;
  readonly after: DeliveryStatus;
}

/**
 * Moves one delivery by what has happened to it, in one transaction: its status, the count of its mail's open
 * deliveries, and, with the last of them, the receipt for the sender. Returns null when there is no such delivery.
 */
export async function settleDelivery(
  database: Database,
  find: (connection: Queryable) => Promise<LockedDelivery | null>,
  news: DeliveryNews,
): Promise<DeliveryStep | null> {
  return await database.transaction(async (connection) => {
    const delivery = await find(connection);
    return delivery && (await moveDelivery(connection, delivery, news));
  });
}

/** As `settleDelivery`, for a delivery that is locked already. */
export async function moveDelivery(
  connection: Queryable,
  delivery: LockedDelivery,
  news: DeliveryNews,
): Promise<DeliveryStep> {
  const before = delivery.status;
  const lostHold = news.worker !== null && delivery.worker !== news.worker;
  const events = lostHold ? news.events.filter(isCertain) : news.events;
  const told = events.reduce(nextDeliveryStatus, before);
  // What has not left of a mail that its sender stopped is not tried again; of what may have left, only a receipt tells.
  const stopped = (told === 'waiting' || told === 'unknown') && (await isStopped(connection, delivery.submissionId));
  const after = stopped ? nextDeliveryStatus(told, { kind: 'stop' }) : told;
  const step = { deliveryId: delivery.id, before, after };
  if (after === before) {
    // The receipt was quicker than the answer.
    if (news.messageSha256) await keepMessageSha256(connection, delivery.id, news.messageSha256);
    return step;
  }
  await changeDelivery(connection, delivery.id, changeTo(after, news, stopped));
  if (isFinal(after)) await tellWhenAllSettled(connection, delivery.submissionId, { counts: settledCounts([step]), now: news.now });
  return step;
}

function changeTo(after: DeliveryStatus, news: DeliveryNews, stopped: boolean): DeliveryChange {
  const waits = after === 'waiting' || after === 'unknown';
  return {
    status: after,
    dueAt: waits ? (stopped ? 'infinity' : news.retryAt) : null,
    handedOverAt: after === 'handed-over' || after === 'completed' ? news.now : null,
    settledAt: isFinal(after) ? news.now : null,
    errorCode: news.errorCode,
    errorMessage: news.errorMessage,
    messageSha256: news.messageSha256 ?? null,
  };
}

/** A lost answer or a busy network is news only to the one who asked; the others say something about the message itself. */
function isCertain(event: DeliveryEvent): boolean {
  return event.kind !== 'answer' || event.outcome === 'delivered' || event.outcome === 'refused';
}

async function tellWhenAllSettled(
  connection: Queryable,
  submissionId: number,
  change: { readonly counts: SettledCounts; readonly now: Date },
): Promise<void> {
  const progress = await settleDeliveries(connection, submissionId, change.counts);
  if (progress.openDeliveries > 0 || !(await needsReceipt(connection, submissionId))) return;
  await insertNotice(
    connection,
    {
      kind: 'receipt',
      organisationCvr: progress.organisationCvr,
      submissionId,
      recipient: progress.fromMailbox,
      detail: { pending: false },
    },
    change.now,
  );
}
