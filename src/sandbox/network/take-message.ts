import { randomUUID } from 'node:crypto';
import { MemoContainerUnreadable } from '../../memo/memo-container-unreadable.ts';
import { readMemoContainer, type ContainerLimits } from '../../memo/memo-container.ts';
import { MemoUnreadable } from '../../memo/memo-unreadable.ts';
import { readMemo, type ReadMemo } from '../../memo/read-memo.ts';
import { BodyTooLarge, type BodyWriter } from '../body-store.ts';
import type { SenderSystem } from '../network-credentials.ts';
import type { NewContainer, NewMessage, NewTransmission } from './message-store.ts';
import { NetworkRefusal } from './network-answer.ts';
import type { Network } from './network.ts';
import { verdictOn, type Receipt } from './receipt.ts';

/** A body as it comes in at the door, and from whom. */
export interface Incoming {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly system: SenderSystem;
}

/** The platform's limit of 99.5 MB, 10^6 bytes each, measured on the XML (memo-ngdp.md 6). */
const MEMO_BYTES_MAX = 99_500_000;
/** NgDP's limits on containers are not public; the gateway keeps to 500 messages or 50 MB. */
const CONTAINER_BYTES_MAX = 200_000_000;
const CONTAINER_LIMITS: Partial<ContainerLimits> = { entriesMax: 10_000, entryBytesMax: MEMO_BYTES_MAX, unpackedBytesMax: 1_000_000_000 };

/**
 * Reads, validates and stores one MeMo that was announced under `messageUUID`; durable with its business receipt when
 * this returns the technical receipt. Throws NetworkRefusal: 400 for what is no message, 409 for a messageUUID that was
 * taken in before.
 */
export async function takeMessage(network: Network, messageUUID: string, incoming: Incoming): Promise<Receipt> {
  const intake = network.bodies.intake(incoming.chunks, MEMO_BYTES_MAX);
  try {
    const memo = await readMemo(intake.chunks());
    // memo-ngdp.md R12
    if (memo.header.messageUUID.toLowerCase() !== messageUUID.toLowerCase()) {
      throw new NetworkRefusal(400, 'message.uuid.mismatch', 'memo-message-uuid is not the messageUUID of the message');
    }
    const body = await intake.finish();
    const transmission = newTransmission(network, incoming.system);
    const message = newMessage(network, { memo, transmission, system: incoming.system });
    if (!(await network.messages.add(transmission, message, body))) throw duplicate();
    return { ...technicalReceipt(transmission), messageUUID: message.messageUUID };
  } catch (error) {
    await intake.abandon();
    throw refusalOf(error);
  }
}

/**
 * Reads, validates and stores a .tar.lzma of MeMos as it comes, never held whole; durable when this returns the one
 * technical receipt, which names no message. What is no container, or holds anything but messages named by their UUIDs,
 * is refused with 400 and nothing of it kept; a container of nothing but messages taken in before with 409.
 */
export async function takeContainer(network: Network, incoming: Incoming): Promise<Receipt> {
  const intake = network.bodies.intake(incoming.chunks, CONTAINER_BYTES_MAX);
  const unpacking = network.bodies.writer(Number.MAX_SAFE_INTEGER);
  try {
    const transmission = newTransmission(network, incoming.system);
    const messages: NewContainer['messages'][number][] = [];
    for await (const { name, chunks } of readMemoContainer(intake.chunks(), CONTAINER_LIMITS)) {
      const offset = unpacking.size;
      const memo = await readMemo(written(chunks, unpacking));
      if (name.toLowerCase() !== `${memo.header.messageUUID}.xml`.toLowerCase()) {
        throw new NetworkRefusal(400, 'message.uuid.mismatch', 'The name of an entry is not the messageUUID of its message');
      }
      messages.push({ ...newMessage(network, { memo, transmission, system: incoming.system }), offset, size: unpacking.size - offset });
    }
    if (messages.length === 0) throw new NetworkRefusal(400, 'container.empty', 'The container has no messages');
    const [container, unpacked] = [await intake.finish(), await unpacking.finish()];
    if ((await network.messages.addContainer(transmission, { container, unpacked, messages })) === 0) throw duplicate();
    return technicalReceipt(transmission);
  } catch (error) {
    await intake.abandon();
    await unpacking.abandon();
    throw refusalOf(error);
  }
}

async function* written(chunks: AsyncIterable<Uint8Array>, writer: BodyWriter): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) {
    await writer.write(chunk);
    yield chunk;
  }
}

function newTransmission({ name, settings }: Network, { systemId }: SenderSystem): NewTransmission {
  return { network: name, systemId, transmissionId: randomUUID(), receiptDelayMs: settings.receipts.delayMs };
}

interface TakenMemo {
  readonly memo: ReadMemo;
  readonly transmission: NewTransmission;
  readonly system: SenderSystem;
}

function newMessage(network: Network, { memo, transmission, system }: TakenMemo): NewMessage {
  const { header } = memo;
  const verdict = verdictOn(memo, network.profile, system.organisation.cvr);
  return {
    messageUUID: header.messageUUID,
    recipientId: header.recipient.id,
    senderId: header.sender.id,
    senderLabel: header.sender.label,
    label: header.label,
    reply: header.reply,
    receipt: {
      transmissionId: transmission.transmissionId, messageUUID: header.messageUUID, ...verdict, timeStamp: new Date().toISOString(),
    },
  };
}

function technicalReceipt({ transmissionId }: NewTransmission): Receipt {
  return { transmissionId, timeStamp: new Date().toISOString(), receiptStatus: 'RECEIVED' };
}

function duplicate(): NetworkRefusal {
  return new NetworkRefusal(409, 'message.uuid.duplicate', 'The messageUUID was received before');
}

function refusalOf(error: unknown): unknown {
  if (error instanceof MemoUnreadable) return new NetworkRefusal(400, 'memo.malformed', error.message);
  if (error instanceof MemoContainerUnreadable) return new NetworkRefusal(400, 'container.malformed', error.message);
  if (error instanceof BodyTooLarge) return new NetworkRefusal(400, 'memo.too.large', 'More bytes than are taken');
  return error;
}
