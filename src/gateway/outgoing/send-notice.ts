import type { Settings } from '../config.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { loggedCode } from '../log.ts';
import { LINK_KEY, linkUrl, type LinkAction } from '../acts/link.ts';
import { leaveUrl } from '../news/leave-link.ts';
import { composeNotice, type ComposeParts } from '../notify/compose-notice.ts';
import { retryDelayMs } from '../outbox/retry-delay.ts';
import { deferNotice, endNotice, type ClaimedNotice } from '../store/notices.ts';

/**
 * The story of a mail from the gateway: composed from what the database says now, and handed to Exchange with an empty
 * return path, so that nothing can bounce back and forth. Tried until the mail server takes or finally refuses it.
 */
export async function sendNotice(parts: GatewayParts, notice: ClaimedNotice): Promise<void> {
  const { database, settings } = parts;
  const organisation = parts.directory.organisationOfCvr(notice.organisationCvr);
  if (!organisation) throw new Error('a notice of an organisation that is not set up here');
  const linkTo = linksFor(parts, notice);
  const raw = await composeNotice({ database, settings, organisation, linkTo, news: newsLinks(parts, notice) }, notice);
  const answer = await parts.exchange.send({ from: '', to: notice.recipient }, raw);
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
    ...(answer.errorCode && { reason: loggedCode(answer.errorCode), errorText: answer.errorMessage }),
  });
}

/**
 * How links in a notice are made: for its recipient alone, and for a time that counts from the notice, so that the mail
 * is the same when it is sent again.
 */
function linksFor({ keys, settings }: GatewayParts, notice: ClaimedNotice): ComposeParts['linkTo'] {
  if (settings.PUBLIC_URL === '') return () => null;
  const key = keys.newest(LINK_KEY);
  return ({ id, contentSha256 }, action) => {
    const expiresAt = linkExpiresAt(settings, notice, action);
    return linkUrl(settings.PUBLIC_URL, key, { action, submissionId: id, person: notice.recipient, contentSha256, expiresAt });
  };
}

/** Whoever gets news can leave by a link: without one, the mail waits until there is an address to begin it with. */
function newsLinks({ keys, settings: { PUBLIC_URL } }: GatewayParts, { kind, detail }: ClaimedNotice): ComposeParts['news'] {
  if (kind !== 'news') return null;
  if (PUBLIC_URL === '' || detail?.subscriber === undefined) throw new Error('a mail of news by which nobody could leave');
  return { newsUrl: `${PUBLIC_URL.replace(/\/+$/, '')}/nyheder`, leaveUrl: leaveUrl(PUBLIC_URL, keys, detail.subscriber) };
}

/** A stop must be possible until the mail goes, however long it waits for its time or for an approval. */
function linkExpiresAt(settings: Settings, { createdAt, detail }: ClaimedNotice, action: LinkAction): Date {
  const lifeMs = action === 'stop' ? Math.max(settings.LINK_LIFETIME_MS, settings.APPROVAL_EXPIRY_MS) : settings.LINK_LIFETIME_MS;
  const releaseMs = detail?.releaseAt ? new Date(detail.releaseAt).getTime() : 0;
  return new Date(Math.max(createdAt.getTime() + lifeMs, releaseMs));
}

/** Sending failed for a reason of ours: the notice waits and is sent later. */
export async function giveNoticeBack(parts: GatewayParts, notice: ClaimedNotice): Promise<void> {
  await deferNotice(parts.database, notice.id, nextTry(parts, notice), 'Postbro har en fejl. Vi prøver igen.');
}

function nextTry({ settings, now, random }: GatewayParts, notice: ClaimedNotice): Date {
  const limits = { firstMs: settings.DELIVERY_RETRY_FIRST_MS, maxMs: settings.DELIVERY_RETRY_MAX_MS };
  return new Date(now().getTime() + retryDelayMs(notice.attempts, limits, random));
}
