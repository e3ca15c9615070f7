import type { MemoChannelId } from '../../domain/channel.ts';
import type { Memo } from '../../memo/memo.ts';
import type { DeliveryAnswer } from './channel-delivery.ts';
import * as eboks from './eboks/deliver.ts';
import * as eboksReceipts from './eboks/receipts.ts';
import type { HeldReceipt } from './held-receipts.ts';
import * as mitdk from './mitdk/deliver.ts';
import * as mitdkReceipts from './mitdk/receipts.ts';
import type { NetworkClient } from './network-client.ts';
import * as ngdpContainer from './ngdp/deliver-container.ts';
import * as ngdp from './ngdp/deliver.ts';
import * as ngdpReceipts from './ngdp/receipts.ts';

/** What the road does with a network that carries MeMo. */
export interface MemoNetwork {
  /** Hands one message over; throws only for what is wrong with the message's own files. */
  deliver(client: NetworkClient, memo: Memo): Promise<DeliveryAnswer>;
  /** Hands over several messages in one .tar.lzma; null for a network that takes them one by one only. */
  readonly deliverContainer: ((client: NetworkClient, pieces: readonly Uint8Array[]) => Promise<DeliveryAnswer>) | null;
  fetchReceipts(client: NetworkClient, size: number): Promise<readonly HeldReceipt[]>;
}

/** Every network that carries MeMo, one row each. */
export const memoNetworks: Readonly<Record<MemoChannelId, MemoNetwork>> = {
  ngdp: { deliver: ngdp.deliver, fetchReceipts: ngdpReceipts.fetchReceipts, deliverContainer: ngdpContainer.deliverContainer },
  mitdk: { deliver: mitdk.deliver, fetchReceipts: mitdkReceipts.fetchReceipts, deliverContainer: null },
  eboks: { deliver: eboks.deliver, fetchReceipts: eboksReceipts.fetchReceipts, deliverContainer: null },
};
