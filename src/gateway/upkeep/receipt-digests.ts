import type { GatewayParts } from '../gateway-parts.ts';
import { gatherDigests } from '../store/digests.ts';

/** The mailboxes that want their receipts together in one mail. */
export function digestMailboxes({ directory }: Pick<GatewayParts, 'directory'>): readonly string[] {
  return directory.organisations.flatMap(({ secureMailboxes }) =>
    secureMailboxes.filter(({ receipts }) => receipts === 'digest').map(({ address }) => address),
  );
}

/** Makes the digests that are due: one mail in place of the five hundred receipts of a mail merge. */
export async function makeDigests(parts: GatewayParts): Promise<void> {
  const mailboxes = digestMailboxes(parts);
  if (mailboxes.length === 0) return;
  const now = parts.now();
  const made = await gatherDigests(parts.database, {
    mailboxes,
    queuedBefore: new Date(now.getTime() - parts.settings.RECEIPT_DIGEST_MS),
    now,
    receiptsMax: parts.settings.RECEIPT_DIGEST_MAILS_MAX,
  });
  if (made > 0) parts.wake();
}
