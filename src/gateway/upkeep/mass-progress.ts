import type { GatewayParts } from '../gateway-parts.ts';
import { takeLongMassSends } from '../store/mass-progress.ts';
import { insertNotice } from '../store/notices.ts';

/** Tells the sender of a mass send that takes long how far it is; once for each send, also when we are killed here. */
export async function tellMassProgress(parts: GatewayParts): Promise<void> {
  const now = parts.now();
  const before = new Date(now.getTime() - parts.settings.MASS_PROGRESS_MS);
  const told = await parts.database.transaction(async (connection) => {
    const sends = await takeLongMassSends(connection, { before, now });
    for (const { id, organisationCvr, fromMailbox } of sends) {
      const notice = { kind: 'progress', organisationCvr, submissionId: id, recipient: fromMailbox, detail: null } as const;
      await insertNotice(connection, notice, now);
    }
    return sends;
  });
  for (const { id, openDeliveries } of told) parts.log.info({ id: `s${id}`, state: 'mass-progress', open: openDeliveries });
  if (told.length > 0) parts.wake();
}
