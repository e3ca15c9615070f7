import type { Network } from './network.ts';

/**
 * The system that a given receipt is for: the one that handed in the message it names, by messageUUID or by
 * transmissionId; the first organisation's for a receipt about nothing we know.
 */
export async function receiptOwner(network: Network, receipt: object): Promise<string> {
  const { messageUUID, transmissionId } = receipt as { readonly messageUUID?: unknown; readonly transmissionId?: unknown };
  const owner = await network.messages.systemOf(network.name, text(messageUUID), text(transmissionId));
  return owner ?? network.systems[0]?.systemId ?? '';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
