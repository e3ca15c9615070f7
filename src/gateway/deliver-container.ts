import type { MemoChannelId } from '../domain/channel.ts';
import { writeMemoContainer } from '../memo/memo-container.ts';
import type { ContainerMessage as MemoEntry } from '../memo/write-memo-tar.ts';
import { writeMemo } from '../memo/write-memo.ts';
import type { DeliveryAnswer } from './channels/channel-delivery.ts';
import { memoNetworks } from './channels/memo-networks.ts';
import { memoOfDelivery, messageTo, type OpenFile } from './convert/memo-of-delivery.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { retryDelayMs } from './outbox/retry-delay.ts';
import { readBlob } from './store/blobs.ts';
import { endContainer, messagesInContainer, type ClaimedContainer, type ContainerEnd, type ContainerMessage } from './store/containers.ts';
import type { Letter } from './store/submissions.ts';
import { isStopped, lockActs } from './store/holds.ts';
import { stopInside } from './stop-submission.ts';

/**
 * The story of one container: its messages are durably `sending`; they are written and compressed, and handed over in
 * one call. What the network does not take as a whole goes one by one, under the same UUIDs.
 */
export async function deliverContainer(parts: GatewayParts, container: ClaimedContainer): Promise<void> {
  const messages = await messagesInContainer(parts.database, container.id);
  parts.log.info({ ...named(container), state: 'sending', attempt: container.attempts, messages: messages.length });
  const answer = messages.length === 0 ? TAKEN_ALREADY : await handOver(parts, container, messages);
  await writeAnswer(parts, container, answer);
}

/** The outcome could not be written: the hand-over is unknown, and the same container is handed over again. */
export async function giveContainerBack(parts: GatewayParts, container: ClaimedContainer): Promise<void> {
  await writeAnswer(parts, container, { outcome: 'unknown', errorCode: 'gateway.fault', errorMessage: FAULT_TEXT });
}

const TAKEN_ALREADY: DeliveryAnswer = { outcome: 'delivered', errorCode: null, errorMessage: null };
const FAULT_TEXT = 'Postbro har en fejl. Vi prøver igen.';

async function handOver(
  parts: GatewayParts,
  container: ClaimedContainer,
  messages: readonly ContainerMessage[],
): Promise<DeliveryAnswer> {
  const channel = container.channel as MemoChannelId;
  const client = parts.network(channel, container.organisationCvr);
  const deliver = memoNetworks[channel].deliverContainer;
  if (!client || !deliver) return { outcome: 'retry', errorCode: 'gateway.not-connected', errorMessage: FAULT_TEXT };
  const pieces: Uint8Array[] = [];
  for await (const piece of writeMemoContainer(entriesOf(parts, container, messages), { modifiedAt: container.receivedAt })) {
    pieces.push(piece);
  }
  // Compressing took a while: what was stopped meanwhile does not leave.
  if (await isStopped(parts.database, container.submissionId)) return STOPPED;
  return await deliver(client, pieces);
}

const STOPPED: DeliveryAnswer = { outcome: 'retry', errorCode: null, errorMessage: null };

/** The messages of a container as they are written into it, one after the other. */
export function* entriesOf(
  parts: GatewayParts,
  { letter }: ClaimedContainer,
  messages: readonly ContainerMessage[],
): Generator<MemoEntry, void, undefined> {
  const open = openerOf(parts, letter);
  for (const message of messages) {
    const to = messageTo(letter, message);
    if (!to) throw new Error('a message without sender or content');
    const written = writeMemo(memoOfDelivery(letter, to, open));
    yield { messageUUID: message.messageUuid, bytes: written.bytes, chunks: () => written.chunks() };
  }
}

/** Files that every message has are read once for the container, whose size bounds them; a recipient's own, when it is written. */
function openerOf({ database }: GatewayParts, { main, attachments }: Letter): OpenFile {
  const shared = new Set([...(main ? [main] : []), ...attachments].map(({ blob }) => blob));
  const read = new Map<number, Buffer[]>();
  const readOnce = async function* (blob: number) {
    const pieces = read.get(blob) ?? [];
    if (!read.has(blob)) {
      for await (const piece of readBlob(database, blob)) pieces.push(piece);
      read.set(blob, pieces);
    }
    yield* pieces;
  };
  return ({ blob, bytes }) => ({ bytes, open: () => (shared.has(blob) ? readOnce(blob) : readBlob(database, blob)) });
}

async function writeAnswer(parts: GatewayParts, container: ClaimedContainer, answer: DeliveryAnswer): Promise<void> {
  const { database, settings } = parts;
  const now = parts.now();
  const limits = { firstMs: settings.DELIVERY_RETRY_FIRST_MS, maxMs: settings.DELIVERY_RETRY_MAX_MS };
  const outcome: ContainerEnd['outcome'] = answer.outcome === 'refused' ? 'broken-up' : answer.outcome;
  const messages = await endContainer(database, container.id, {
    outcome,
    now,
    retryAt: new Date(now.getTime() + retryDelayMs(container.attempts, limits, parts.random)),
    errorCode: answer.errorCode,
    errorMessage: answer.errorMessage,
  });
  if (outcome !== 'delivered') await settleStopped(parts, container.submissionId, now);
  const state = STATE_AFTER[outcome];
  parts.metrics.deliveries.inc({ channel: container.channel, state }, messages);
  parts.log.info({ ...named(container), state, messages, ...(answer.errorCode && { reason: answer.errorCode }) });
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

const STATE_AFTER = { delivered: 'handed-over', retry: 'waiting', unknown: 'unknown', 'broken-up': 'waiting' } as const;

/** How the log names a container. */
function named({ id, submissionId, channel }: ClaimedContainer): { id: string; mail: string; channel: string } {
  return { id: `c${id}`, mail: `s${submissionId}`, channel };
}
