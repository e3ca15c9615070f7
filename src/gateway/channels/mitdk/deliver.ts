import type { Memo } from '../../../memo/memo.ts';
import type { DeliveryAnswer } from '../channel-delivery.ts';
import { handOverMemo } from '../hand-over-memo.ts';
import type { NetworkClient } from '../network-client.ts';
import { answers } from './answers.ts';

/** Hands one message over to mit.dk; throws only for what is wrong with the message's own files. */
export function deliver(client: NetworkClient, memo: Memo): Promise<DeliveryAnswer> {
  return handOverMemo(client, answers, memo);
}
