import type { DeliveryAnswer } from '../channel-delivery.ts';
import { handOver } from '../hand-over-memo.ts';
import type { NetworkClient } from '../network-client.ts';
import { answers } from './answers.ts';

/**
 * Hands a .tar.lzma of messages over: `POST memos/` with Content-Type application/x-lzma (memo-ngdp.md 2). Its length
 * must be known, so it is compressed by now; the technical receipt is for all of it, a business receipt comes for each.
 */
export function deliverContainer(client: NetworkClient, pieces: readonly Uint8Array[]): Promise<DeliveryAnswer> {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const chunks = async function* () {
    yield* pieces;
  };
  return handOver(client, answers, 'memos/', { contentType: 'application/x-lzma', bytes, chunks });
}
