import type { DeliveryAnswer } from '../channel-delivery.ts';
import { handOver } from '../hand-over-memo.ts';
import type { NetworkAnswers } from '../network-answers.ts';
import type { NetworkClient } from '../network-client.ts';
import { answers } from './answers.ts';

/**
 * For a container, "this UUID is here already" and NgDP's own faults may be about one message in it. Refused as a whole,
 * its messages go one by one, and each gets an answer of its own.
 */
const containerAnswers: NetworkAnswers = {
  ...answers,
  statuses: {
    ...answers.statuses,
    409: { outcome: 'refused', text: 'Digital Post har fået en af beskederne før.' },
    500: { outcome: 'refused', text: 'Digital Post har en fejl.' },
  },
};

/**
 * Hands a .tar.lzma of messages over: `POST memos/` with Content-Type application/x-lzma (memo-ngdp.md 2). Its length
 * must be known, so it is compressed by now; the technical receipt is for all of it, a business receipt comes for each.
 */
export function deliverContainer(client: NetworkClient, pieces: readonly Uint8Array[]): Promise<DeliveryAnswer> {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const chunks = async function* () {
    yield* pieces;
  };
  return handOver(client, containerAnswers, 'memos/', { contentType: 'application/x-lzma', bytes, chunks });
}
