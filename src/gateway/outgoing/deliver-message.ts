import { channels, type ChannelId } from '../../domain/channel.ts';
import type { DeliveryEvent } from '../../domain/delivery-status.ts';
import { isInDomains } from '../../domain/mail-address.ts';
import type { Memo } from '../../memo/memo.ts';
import type { DeliveryAnswer } from '../channels/channel-delivery.ts';
import { deliver as deliverByMail } from '../channels/mail/deliver.ts';
import { memoNetworks } from '../channels/memo-networks.ts';
import { memoOfDelivery, messageTo } from '../convert/memo-of-delivery.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { loggedCode } from '../log.ts';
import { retryDelayMs } from '../outbox/retry-delay.ts';
import { moveDelivery, settleDelivery } from '../outbox/settle-delivery.ts';
import { readBlob } from '../store/blobs.ts';
import { isDatabaseTrouble } from '../store/database.ts';
import { lockDelivery, type ClaimedDelivery } from '../store/deliveries.ts';
import { hasNotice, insertNotice } from '../store/notices.ts';

/**
 * The story of one delivery: it is durably `sending` already; it is handed over, and what the answer means is written.
 * A fault of ours parks this one delivery and tells the watch mailbox; the process lives.
 */
export async function deliverMessage(parts: GatewayParts, delivery: ClaimedDelivery): Promise<void> {
  parts.log.info({ ...named(delivery), state: 'sending', attempt: delivery.attempts });
  try {
    await writeAnswer(parts, delivery, await handOver(parts, delivery));
  } catch (error) {
    parts.log.error({ ...named(delivery), state: 'hand-over-failed', reason: error });
    const isOurs = !isDatabaseTrouble(error) && delivery.attempts >= parts.settings.DELIVERY_FAULTS_MAX;
    await (isOurs ? park(parts, delivery) : writeAnswer(parts, delivery, FAULT));
  }
  parts.wake();
}

/** A fault of ours that comes back is not tried for days: this one message is set aside, and both sides are told. */
async function park(parts: GatewayParts, delivery: ClaimedDelivery): Promise<void> {
  const { id, submissionId, organisationCvr } = delivery;
  const now = parts.now();
  const watchMailbox = parts.directory.organisationOfCvr(organisationCvr)?.watchMailbox;
  await parts.database.transaction(async (connection) => {
    const locked = await lockDelivery(connection, id);
    if (!locked) return;
    const errorMessage = 'Postbro har en fejl.';
    const news = { events: [{ kind: 'park' } as const], now, retryAt: null, errorCode: 'gateway.fault', errorMessage, worker: null };
    const { before, after } = await moveDelivery(connection, locked, news);
    if (after === before || watchMailbox === undefined) return;
    const notice = { kind: 'watch', organisationCvr, submissionId, recipient: watchMailbox } as const;
    // One mail for one letter: in a mass send what is wrong with one message is mostly wrong with all.
    if (await hasNotice(connection, notice)) return;
    const text = `Beskeder af mail s${submissionId} kunne ikke dannes uden fejl og er sat til side, den første er d${id}. Afsenderen får det at vide i kvitteringen.`;
    await insertNotice(connection, { ...notice, detail: { subject: 'En besked er sat til side', text } }, now);
  });
  parts.metrics.deliveries.inc({ channel: delivery.channel, state: 'parked' });
  parts.log.error({ ...named(delivery), state: 'parked', attempts: delivery.attempts });
}

/** The outcome could not be written: the hand-over is unknown, and is settled as any other lost answer. */
export async function giveDeliveryBack(parts: GatewayParts, delivery: ClaimedDelivery): Promise<void> {
  await writeAnswer(parts, delivery, FAULT);
}

const FAULT: DeliveryAnswer = {
  outcome: 'unknown',
  errorCode: 'gateway.fault',
  errorMessage: 'Postbro har en fejl. Vi prøver igen.',
};

async function handOver(parts: GatewayParts, delivery: ClaimedDelivery): Promise<DeliveryAnswer> {
  const { channel, organisationCvr } = delivery;
  if (channel === 'mail') return await deliverByMail(parts.exchange, relayedMail(parts, delivery));
  if (channel === 'secure-mail') return notConnected(channel);
  const client = parts.network(channel, organisationCvr);
  return client ? await memoNetworks[channel].deliver(client, memoOf(parts, delivery)) : notConnected(channel);
}

function notConnected(channel: ChannelId): DeliveryAnswer {
  const errorMessage = `Organisationen er ikke tilsluttet ${channels[channel].name} lige nu.`;
  return { outcome: 'retry', errorCode: 'gateway.not-connected', errorMessage };
}

function memoOf(parts: GatewayParts, delivery: ClaimedDelivery): Memo {
  const { letter } = delivery;
  const to = letter && messageTo(letter, delivery);
  if (!letter || !to) throw new Error('a delivery without letter, id or sender');
  return memoOfDelivery(letter, to, ({ blob, bytes }) => ({ bytes, open: () => readBlob(parts.database, blob) }));
}

function relayedMail(parts: GatewayParts, delivery: ClaimedDelivery): Parameters<typeof deliverByMail>[1] {
  const organisation = parts.directory.organisationOfCvr(delivery.organisationCvr);
  const { SMTP_NAME } = parts.settings;
  return {
    from: delivery.mailFrom,
    to: delivery.address,
    received: `Received: by ${SMTP_NAME} (Postbro) with ESMTP id s${delivery.submissionId}; ${mailDate(delivery.receivedAt)}`,
    outside: !organisation || !isInDomains(delivery.address, organisation.mailDomains),
    raw: readBlob(parts.database, delivery.rawBlob),
  };
}

async function writeAnswer(parts: GatewayParts, delivery: ClaimedDelivery, answer: DeliveryAnswer): Promise<void> {
  const { database, settings, worker } = parts;
  const now = parts.now();
  const limits = { firstMs: settings.DELIVERY_RETRY_FIRST_MS, maxMs: settings.DELIVERY_RETRY_MAX_MS };
  const step = await settleDelivery(database, (connection) => lockDelivery(connection, delivery.id), {
    events: eventsOf(delivery, answer),
    now,
    retryAt: new Date(now.getTime() + retryDelayMs(delivery.attempts, limits, parts.random)),
    errorCode: answer.errorCode,
    errorMessage: answer.errorMessage,
    messageSha256: answer.messageSha256 ?? null,
    worker,
  });
  const state = step?.after ?? 'gone';
  parts.metrics.deliveries.inc({ channel: delivery.channel, state });
  parts.log.info({ ...named(delivery), state, ...(answer.errorCode && { reason: loggedCode(answer.errorCode), errorText: answer.errorMessage }) });
}

/** How the log names a delivery. */
function named({ id, submissionId, channel }: ClaimedDelivery): { id: string; mail: string; channel: string } {
  return { id: `d${id}`, mail: `s${submissionId}`, channel };
}

/** The mail server's 250 is all that ordinary mail ever tells: it stands for the receipt too. */
function eventsOf(delivery: ClaimedDelivery, answer: DeliveryAnswer): readonly DeliveryEvent[] {
  // "Try again" does not tell what became of an earlier call whose answer was lost; of mail nothing ever will.
  const outcome = answer.outcome === 'retry' && delivery.mayHaveLeft && delivery.channel !== 'mail' ? 'unknown' : answer.outcome;
  const events: DeliveryEvent[] = [{ kind: 'answer', outcome }];
  if (delivery.channel === 'mail' && answer.outcome === 'delivered') {
    events.push({ kind: 'receipt', status: 'COMPLETED', errorCode: null, errorMessage: null });
  }
  return events;
}

/** RFC 5322 3.3, in UTC. */
function mailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
