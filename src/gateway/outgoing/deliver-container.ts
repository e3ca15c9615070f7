import type { MemoChannelId } from '../../domain/channel.ts';
import { writeMemoContainer } from '../../memo/memo-container.ts';
import type { ContainerMessage as MemoEntry } from '../../memo/write-memo-tar.ts';
import { memoSeries, renderMemoBody, writeMemo } from '../../memo/write-memo.ts';
import type { DeliveryAnswer } from '../channels/channel-delivery.ts';
import { memoNetworks } from '../channels/memo-networks.ts';
import { memoOfDelivery, messageTo, type OpenFile } from '../convert/memo-of-delivery.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { loggedCode } from '../log.ts';
import { retryDelayMs } from '../outbox/retry-delay.ts';
import { readBlob } from '../store/blobs.ts';
import { isDatabaseTrouble } from '../store/database.ts';
import { endContainer, messagesInContainer, type ClaimedContainer, type ContainerEnd, type ContainerMessage } from '../store/containers.ts';
import { isStopped, lockActs } from '../store/holds.ts';
import { stopInside } from '../acts/stop-submission.ts';

/**
 * The story of one container: its messages are durably `sending`; they are written and compressed, and handed over in
 * one call. What the network does not take as a whole goes one by one, under the same UUIDs.
 */
export async function deliverContainer(parts: GatewayParts, container: ClaimedContainer): Promise<void> {
  const messages = await messagesInContainer(parts.database, container.id);
  parts.log.info({ ...named(container), state: 'sending', attempt: container.attempts, messages: messages.length });
  const answer = messages.length === 0 ? TAKEN_ALREADY : await handOver(parts, container, messages).catch((error: unknown) => faultOf(parts, container, error));
  await writeAnswer(parts, container, answer);
}

/** The outcome could not be written: the hand-over is unknown, and the same container is handed over again. */
export async function giveContainerBack(parts: GatewayParts, container: ClaimedContainer): Promise<void> {
  await writeAnswer(parts, container, { outcome: 'unknown', errorCode: 'gateway.fault', errorMessage: FAULT_TEXT });
}

/** A message that we cannot write must not hold up the others: they go one by one, and it is set aside by itself. */
function faultOf(parts: GatewayParts, container: ClaimedContainer, error: unknown): DeliveryAnswer {
  parts.log.error({ ...named(container), state: 'hand-over-failed', reason: error });
  return { outcome: isDatabaseTrouble(error) ? 'retry' : 'refused', errorCode: 'gateway.fault', errorMessage: FAULT_TEXT };
}

const TAKEN_ALREADY: DeliveryAnswer = { outcome: 'delivered', errorCode: null, errorMessage: null };
const FAULT_TEXT = 'Postbro har en fejl. Vi prøver igen.';

async function handOver(
  parts: GatewayParts,
  container: ClaimedContainer,
  messages: readonly ContainerMessage[],
): Promise<DeliveryAnswer> {
  const channel = container.channel as MemoChannelId;
  const deliver = memoNetworks[channel].deliverContainer;
  const client = () => parts.network(channel, container.organisationCvr);
  if (!client() || !deliver) return NOT_CONNECTED;
  const pieces: Uint8Array[] = [];
  for await (const piece of writeMemoContainer(entriesOf(parts, container, messages), { modifiedAt: container.receivedAt })) {
    pieces.push(piece);
  }
  // Compressing took a while: what was stopped meanwhile does not leave, and the client may be another, or none.
  if (await isStopped(parts.database, container.submissionId)) return STOPPED;
  const current = client();
  return current ? await deliver(current, pieces) : NOT_CONNECTED;
}

const NOT_CONNECTED: DeliveryAnswer = { outcome: 'retry', errorCode: 'gateway.not-connected', errorMessage: FAULT_TEXT };

const STOPPED: DeliveryAnswer = { outcome: 'retry', errorCode: null, errorMessage: null };

/**
 * The messages of a container as they are written into it, one after the other. What all have in common is written
 * once; the size of a container bounds it.
 */
export async function* entriesOf(
  parts: GatewayParts,
  { letter }: ClaimedContainer,
  messages: readonly ContainerMessage[],
): AsyncGenerator<MemoEntry, void, undefined> {
  const open: OpenFile = ({ blob, bytes }) => ({ bytes, open: () => readBlob(parts.database, blob) });
  const series = new Map<string, ReturnType<typeof memoSeries>>();
  for (const message of messages) {
    const to = messageTo(letter, message);
    if (!to) throw new Error('a message without sender or content');
    const { recipient: { kind, number }, recipientContactPoint } = to.address;
    const alike = `${kind} ${recipientContactPoint ?? ''}`;
    if (!message.ownMain && !series.has(alike)) {
      const memo = memoOfDelivery(letter, to, open);
      series.set(alike, memoSeries(memo, await renderMemoBody(memo)));
    }
    const own = { messageUUID: message.messageUuid, recipientId: number };
    const written = (message.ownMain ? null : series.get(alike)?.(own)) ?? writeMemo(memoOfDelivery(letter, to, open));
    yield { messageUUID: message.messageUuid, bytes: written.bytes, chunks: () => written.chunks() };
  }
}

async function writeAnswer(parts: GatewayParts, container: ClaimedContainer, answer: DeliveryAnswer): Promise<void> {
  const { database, settings } = parts;
  const now = parts.now();
  const limits = { firstMs: settings.DELIVERY_RETRY_FIRST_MS, maxMs: settings.DELIVERY_RETRY_MAX_MS };
  const outcome = outcomeOf(container, answer);
  const messages = await endContainer(database, { id: container.id, worker: parts.worker }, {
    outcome,
    mayHaveLeft: container.mayHaveLeft,
    now,
    retryAt: new Date(now.getTime() + retryDelayMs(container.attempts, limits, parts.random)),
    errorCode: answer.errorCode,
    errorMessage: answer.errorMessage,
  });
  if (outcome !== 'delivered') await settleStopped(parts, container.submissionId, now);
  const state = STATE_AFTER[outcome];
  parts.metrics.deliveries.inc({ channel: container.channel, state }, messages);
  parts.log.info({ ...named(container), state, messages, ...(answer.errorCode && { reason: loggedCode(answer.errorCode), errorText: answer.errorMessage }) });
  parts.wake();
}

/** Messages of a mail that was stopped while they were under way, and that did not leave, are not tried again. */
async function settleStopped({ database }: GatewayParts, submissionId: number, now: Date): Promise<void> {
  if (!(await isStopped(database, submissionId))) return;
  await database.transaction(async (connection) => {
    await lockActs(connection, submissionId);
    await stopInside(connection, { submissionId, by: '', now, notice: null });
  });
}

/** "Try again" does not tell what became of an earlier call whose answer was lost. */
function outcomeOf({ mayHaveLeft }: ClaimedContainer, { outcome }: DeliveryAnswer): ContainerEnd['outcome'] {
  if (outcome === 'refused') return 'broken-up';
  return outcome === 'retry' && mayHaveLeft ? 'unknown' : outcome;
}

const STATE_AFTER = { delivered: 'handed-over', retry: 'waiting', unknown: 'unknown', 'broken-up': 'waiting' } as const;

/** How the log names a container. */
function named({ id, submissionId, channel }: ClaimedContainer): { id: string; mail: string; channel: string } {
  return { id: `c${id}`, mail: `s${submissionId}`, channel };
}
