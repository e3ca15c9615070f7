import type { GatewayParts } from './gateway-parts.ts';
import { composeNotice } from './notify/compose-notice.ts';
import { retryDelayMs } from './outbox/retry-delay.ts';
import { deferNotice, endNotice, type ClaimedNotice } from './store/notices.ts';

/**
 * The story of a mail from the gateway: composed from what the database says now, and handed to Exchange with an empty
 * return path, so that nothing can bounce back and forth. Tried until the mail server takes or finally refuses it.
 */
export async function sendNotice(parts: GatewayParts, notice: ClaimedNotice): Promise<void> {
  const { database, settings } = parts;
  const organisation = parts.directory.organisationOfCvr(notice.organisationCvr);
  if (!organisation) throw new Error('a notice of an organisation that is not set up here');
  const raw = await composeNotice({ database, settings, organisation }, notice);
  const answer = await parts.exchange.send({ from: '', to: notice.recipient }, onePiece(raw));
  const state = answer.outcome === 'delivered' ? 'sent' : answer.outcome === 'refused' ? 'refused' : 'waiting';
  if (state === 'waiting') {
    await deferNotice(database, notice.id, nextTry(parts, notice), answer.errorMessage ?? '');
  } else {
    await endNotice(database, notice.id, state, answer.errorMessage);
  }
  parts.metrics.notices.inc({ kind: notice.kind, state });
  parts.log.info({
    id: `n${notice.id}`,
    ...(notice.submission && { mail: `s${notice.submission.id}` }),
    kind: notice.kind,
    state,
    ...(answer.errorCode && { reason: answer.errorCode }),
  });
}

/** Sending failed for a reason of ours: the notice waits and is sent later. */
export async function giveNoticeBack(parts: GatewayParts, notice: ClaimedNotice): Promise<void> {
  await deferNotice(parts.database, notice.id, nextTry(parts, notice), 'Postbro har en fejl. Vi prøver igen.');
}

function nextTry({ settings, now, random }: GatewayParts, notice: ClaimedNotice): Date {
  const limits = { firstMs: settings.DELIVERY_RETRY_FIRST_MS, maxMs: settings.DELIVERY_RETRY_MAX_MS };
  return new Date(now().getTime() + retryDelayMs(notice.attempts, limits, random));
}

async function* onePiece(bytes: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
