import { followApprovals } from '../acts/approve-submission.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { MemoChannelId } from '../../domain/channel.ts';
import { isReceiptStatus } from '../../domain/delivery-status.ts';
import { deleteHeldReceipt } from '../channels/held-receipts.ts';
import { memoNetworks } from '../channels/memo-networks.ts';
import { loggedCode } from '../log.ts';
import { networkSettings } from '../settings/network-settings.ts';
import { tellMassProgress } from './mass-progress.ts';
import { settleDelivery } from '../outbox/settle-delivery.ts';
import { tellNews } from '../news/tell-news.ts';
import { makeDigests } from './receipt-digests.ts';
import { takeReceipts, type ReceiptTaken } from '../receipts.ts';
import { forgetAnswers } from '../store/api-answers.ts';
import { removeAbandonedUploads } from '../store/blobs.ts';
import { endStoppedContainers } from '../store/containers.ts';
import type { Queryable } from '../store/database.ts';
import { lockDelivery, overdueDeliveries } from '../store/deliveries.ts';
import { insertNotice, type NoticeKind } from '../store/notices.ts';
import { takeLate, takePastDeadline, type SubmissionProgress } from '../store/progress.ts';
import type { BusinessReceipt } from '../store/receipts.ts';
import { forgetHandovers } from '../store/submissions.ts';
import { earlierClock, shortenWaits } from '../store/turned-clock.ts';
import { freeLostWork } from '../store/workers.ts';

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
  const steps: readonly (() => Promise<unknown>)[] = [
    () => undoTurnedClock(parts),
    () => tell(parts, 'late', (connection) => takeLate(connection, before(settings.DELIVERY_LATE_MS), now)),
    () => expireOverdue(parts, before(settings.DELIVERY_EXPIRY_MS)),
    () => followApprovals(parts),
    () => tell(parts, 'receipt', (connection) => takePastDeadline(connection, before(settings.RECEIPT_DEADLINE_MS))),
    () => tellMassProgress(parts),
    () => makeDigests(parts),
    () => tellNews(parts),
    () => endStoppedContainers(database),
    () => forget(parts),
    () => removeAbandonedUploads(database, settings.UPLOAD_ABANDONED_MS),
  ];
  let failed: unknown = null;
  // One that fails must not keep the others from their work; what it threw is told in the end.
  for (const step of steps) await step().catch((error: unknown) => (failed ??= error));
  if (failed !== null) throw failed;
}

/** What was made due while the clock ran ahead must not wait until the right one has come so far. */
async function undoTurnedClock(parts: GatewayParts): Promise<void> {
  const { database, settings, directory, log } = parts;
  const mailboxes = directory.organisations.flatMap(({ secureMailboxes }) => secureMailboxes);
  const freed = await shortenWaits(database, {
    now: parts.now(),
    readMs: settings.CONVERT_PAUSE_MS,
    retryMs: settings.DELIVERY_RETRY_MAX_MS,
    holdSingleMs: Math.max(settings.HOLD_SINGLE_MS, ...mailboxes.map(({ holdSingleMs }) => holdSingleMs ?? 0)),
    holdMassMs: Math.max(settings.HOLD_MASS_MS, ...mailboxes.map(({ holdMassMs }) => holdMassMs ?? 0)),
  });
  if (freed === 0) return;
  log.warn({ state: 'clock-turned-back', freed });
  parts.wake();
}

/** Forgets what nobody will ask for again. A clock that runs ahead forgets nothing, for a letter would go twice then. */
async function forget({ database, settings, now }: GatewayParts): Promise<void> {
  const clock = await earlierClock(database, now());
  const before = (ms: number) => new Date(clock.getTime() - ms);
  await forgetHandovers(database, before(settings.DEDUPE_MEMORY_MS));
  await forgetAnswers(database, before(settings.API_ANSWER_MEMORY_MS));
}

/** Fetches the business receipts that a network holds for one organisation: kept and acted on first, then deleted there. */
export async function pollReceipts(parts: GatewayParts, channel: MemoChannelId, cvr: string): Promise<void> {
  const client = parts.network(channel, cvr);
  if (client === null) return;
  const { receiptsPage, concurrency } = networkSettings(parts.settings, channel);
  for (;;) {
    const held = await memoNetworks[channel].fetchReceipts(client, receiptsPage);
    const receipts = held.flatMap(({ receipt }) => receipt ?? []);
    if (receipts.length > 0) await takeAndCount(parts, receipts);
    if (receipts.length < held.length) parts.log.warn({ state: 'receipt-unreadable', channel, count: held.length - receipts.length });
    const ids = held.flatMap(({ id }) => id ?? []).values();
    const deleteNext = async () => {
      for (const id of ids) await deleteHeldReceipt(client, id);
    };
    await Promise.all(Array.from({ length: concurrency }, deleteNext));
    if (held.length < receiptsPage) return;
  }
}

/** Takes receipts, however they came, and wakes whoever waits for them. */
export async function takeAndCount(parts: GatewayParts, receipts: readonly BusinessReceipt[]): Promise<void> {
  const taken = await takeReceipts(parts.database, receipts, parts.now());
  for (const [n, receipt] of receipts.entries()) count(parts, receipt, taken[n]);
  parts.wake();
}

function count(parts: GatewayParts, { channel, status: given, errorCode, errorMessage }: BusinessReceipt, taken: ReceiptTaken | undefined): void {
  const matched = taken?.kind === 'matched';
  // Whatever a network writes in its place names no series of its own, and no line.
  const status = isReceiptStatus(given) ? given : 'OTHER';
  parts.metrics.receipts.inc({ status, matched: matched ? 'yes' : 'no' });
  if (!matched) {
    parts.log.warn({ state: 'receipt-unmatched', status });
    return;
  }
  const { before, after, deliveryId } = taken.step;
  if (after === before) return;
  parts.metrics.deliveries.inc({ channel, state: after });
  parts.log.info({ id: `d${deliveryId}`, channel, state: after, ...(errorCode && { reason: loggedCode(errorCode) }), errorText: errorMessage });
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
