import { randomUUID } from 'node:crypto';
import { checkMemo } from '../../memo/check-memo.ts';
import { MemoUnreadable } from '../../memo/memo-unreadable.ts';
import { readMemo, type ReadMemo } from '../../memo/read-memo.ts';
import { BodyTooLarge } from '../body-store.ts';
import type { SenderSystem } from '../network-credentials.ts';
import { NetworkRefusal } from './network-answer.ts';
import type { Network } from './network.ts';
import { verdictOn, type Receipt } from './receipt.ts';

/** A message as it comes in at the door. */
export interface IncomingMessage {
  /** The query parameter memo-message-uuid. */
  readonly messageUUID: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly system: SenderSystem;
}

/** The platform's limit of 99.5 MB, 10^6 bytes each, measured on the XML (memo-ngdp.md 6). */
const MEMO_BYTES_MAX = 99_500_000;

/**
 * Reads, validates and stores one MeMo; durable with its business receipt when this returns the technical receipt.
 * Throws NetworkRefusal: 400 for what is no message, 409 for a messageUUID that was taken in before.
 */
export async function takeMessage(network: Network, incoming: IncomingMessage): Promise<Receipt> {
  const intake = network.bodies.intake(incoming.chunks, MEMO_BYTES_MAX);
  try {
    const memo = await readMemo(intake.chunks());
    const { header } = memo;
    // memo-ngdp.md R12
    if (header.messageUUID.toLowerCase() !== incoming.messageUUID.toLowerCase()) {
      throw new NetworkRefusal(400, 'message.uuid.mismatch', 'memo-message-uuid is not the messageUUID of the message');
    }
    const body = await intake.finish();
    const transmissionId = randomUUID();
    const added = await network.messages.add({
      network: network.name,
      messageUUID: header.messageUUID,
      recipientId: header.recipient.id,
      senderId: header.sender.id,
      senderLabel: header.sender.label,
      label: header.label,
      reply: header.reply,
      container: null,
      systemId: incoming.system.systemId,
      transmissionId,
      body,
      receipt: businessReceipt(memo, transmissionId, incoming.system),
      receiptDelayMs: network.settings.receipts.delayMs,
    });
    if (!added) throw new NetworkRefusal(409, 'message.uuid.duplicate', 'The messageUUID was received before');
    return { transmissionId, messageUUID: header.messageUUID, timeStamp: new Date().toISOString(), receiptStatus: 'RECEIVED' };
  } catch (error) {
    await intake.abandon();
    throw refusalOf(error);
  }
}

function businessReceipt(memo: ReadMemo, transmissionId: string, system: SenderSystem): Receipt {
  const { header } = memo;
  const verdict = verdictOn({
    recipientId: header.recipient.id,
    senderIsSystems: header.sender.id === system.organisation.cvr,
    faults: checkMemo(memo),
  });
  return { transmissionId, messageUUID: header.messageUUID, ...verdict, timeStamp: new Date().toISOString() };
}

function refusalOf(error: unknown): unknown {
  if (error instanceof MemoUnreadable) return new NetworkRefusal(400, 'memo.malformed', error.message);
  if (error instanceof BodyTooLarge) return new NetworkRefusal(400, 'memo.too.large', 'The message is larger than 99.5 MB');
  return error;
}
