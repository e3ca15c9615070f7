import type { GatewayParts } from './gateway-parts.ts';
import { deleteReceipt, fetchReceipts } from './channels/ngdp/receipts.ts';
import { settleDelivery } from './outbox/settle-delivery.ts';
import { takeReceipt } from './receipts.ts';
import { removeAbandonedUploads } from './store/blobs.ts';
import type { Queryable } from './store/database.ts';
import { lockDelivery, overdueDeliveries } from './store/deliveries.ts';
import { insertNotice, type NoticeKind } from './store/notices.ts';
import { takeLate, takePastDeadline, type SubmissionProgress } from './store/progress.ts';
import { forgetHandovers } from './store/submissions.ts';
import { freeLostWork } from './store/workers.ts';

const OVERDUE_BATCH = 200;

/** Frees what silent processes held. */
export async function freeWork(parts: GatewayParts): Promise<void> {
  const freed = await freeLostWork(parts.database, parts.settings.WORKER_LEASE_MS);
  if (freed.submissions + freed.deliveries + freed.notices === 0) return;
  parts.log.warn({ state: 'work-freed', ...freed });
  parts.wake();
}

/** What time alone brings about: senders warned, deliveries given up, receipts missed; and what may be forgotten. */
export async function followTime(parts: GatewayParts): Promise<void> {
  const { database, settings } = parts;
  const now = parts.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  await tell(parts, 'late', (connection) => takeLate(connection, before(settings.DELIVERY_LATE_MS), now));
  await expireOverdue(parts, before(settings.DELIVERY_EXPIRY_MS));
  await tell(parts, 'receipt', (connection) => takePastDeadline(connection, before(settings.RECEIPT_DEADLINE_MS)));
  await forgetHandovers(database, before(settings.DEDUPE_MEMORY_MS));
  await removeAbandonedUploads(database, settings.UPLOAD_ABANDONED_MS);
}

/** Fetches the business receipts that NgDP holds for one organisation: kept and acted on first, then deleted there. */
export async function pollReceipts(parts: GatewayParts, cvr: string): Promise<void> {
  const client = parts.ngdp(cvr);
  if (client === null) return;
  for (;;) {
    const held = await fetchReceipts(client, parts.settings.NGDP_RECEIPTS_PAGE);
    for (const { id, receipt } of held) {
      if (receipt) await takeAndCount(parts, receipt);
      else parts.log.warn({ state: 'receipt-unreadable' });
      if (id !== null) await deleteReceipt(client, id);
    }
    if (held.length < parts.settings.NGDP_RECEIPTS_PAGE) return;
  }
}

/** Takes one receipt, however it came, and wakes whoever waits for it. */
export async function takeAndCount(parts: GatewayParts, receipt: Parameters<typeof takeReceipt>[1]): Promise<void> {
  const taken = await takeReceipt(parts.database, receipt, parts.now());
  parts.metrics.receipts.inc({ status: receipt.status, matched: taken.kind === 'matched' ? 'yes' : 'no' });
  if (taken.kind === 'unmatched') {
    parts.log.warn({ state: 'receipt-unmatched', status: receipt.status });
    return;
  }
  const { step } = taken;
  if (step.after === step.before) return;
  parts.metrics.deliveries.inc({ channel: receipt.channel, state: step.after });
  parts.log.info({
    id: `d${step.deliveryId}`,
    channel: receipt.channel,
    state: step.after,
    ...(receipt.errorCode && { reason: receipt.errorCode }),
  });
  parts.wake();
}

/** Marks the mails and queues their notices in one transaction: each sender is told once, also when we are killed here. */
async function tell(
  parts: GatewayParts,
  kind: NoticeKind,
  take: (connection: Queryable) => Promise<readonly SubmissionProgress[]>,
): Promise<void> {
  const mails = await parts.database.transaction(async (connection) => {
    const taken = await take(connection);
    for (const { id, organisationCvr, fromMailbox } of taken) {
      const detail = kind === 'receipt' ? { pending: true } : null;
      const notice = { kind, organisationCvr, submissionId: id, recipient: fromMailbox, detail };
      await insertNotice(connection, notice, parts.now());
    }
    return taken;
  });
  for (const { id, openDeliveries } of mails) {
    parts.log.warn({ id: `s${id}`, state: kind === 'late' ? 'late' : 'receipt-missing', open: openDeliveries });
  }
  if (mails.length > 0) parts.wake();
}

async function expireOverdue(parts: GatewayParts, receivedBefore: Date): Promise<void> {
  for (const id of await overdueDeliveries(parts.database, receivedBefore, OVERDUE_BATCH)) {
    const step = await settleDelivery(parts.database, (connection) => lockDelivery(connection, id), {
      events: [{ kind: 'expire' }],
      now: parts.now(),
      retryAt: null,
      errorCode: 'gateway.expired',
      errorMessage: 'Modtagersystemet har ikke svaret i den tid, vi prøver.',
      worker: null,
    });
    if (step) parts.log.warn({ id: `d${id}`, state: step.after });
    parts.wake();
  }
}
