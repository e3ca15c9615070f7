import { fetchHeldReceipts, type HeldReceipt } from '../held-receipts.ts';
import type { NetworkClient } from '../network-client.ts';

/** The oldest business receipts that Digital Post holds for this system, at most `size`. */
export function fetchReceipts(client: NetworkClient, size: number): Promise<readonly HeldReceipt[]> {
  return fetchHeldReceipts(client, 'ngdp', size);
}
