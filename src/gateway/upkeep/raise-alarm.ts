import type { GatewayParts } from '../gateway-parts.ts';
import { noteAlarm } from '../store/alarms.ts';
import { insertNotice } from '../store/notices.ts';

/** Something that the organisation's watch mailbox must know. */
export interface Alarm {
  /** What it is about: the same key is told once until `quietMs` have passed. Holds no CPR number. */
  readonly key: string;
  readonly organisationCvr: string;
  readonly subject: string;
  readonly text: string;
  readonly quietMs: number;
}

/** Queues a mail to the watch mailbox, once for each key however many processes see the same; true when it was queued now. */
export async function raiseAlarm(
  { database, directory, log, now, wake }: Pick<GatewayParts, 'database' | 'directory' | 'log' | 'now' | 'wake'>,
  { key, organisationCvr, subject, text, quietMs }: Alarm,
): Promise<boolean> {
  const organisation = directory.organisationOfCvr(organisationCvr);
  if (!organisation) return false;
  const raised = await database.transaction(async (connection) => {
    if (!(await noteAlarm(connection, { key, now: now(), quietSince: new Date(now().getTime() - quietMs) }))) return false;
    const notice = { kind: 'watch', organisationCvr, submissionId: null, recipient: organisation.watchMailbox, detail: { subject, text } } as const;
    await insertNotice(connection, notice, now());
    return true;
  });
  if (!raised) return false;
  log.warn({ state: 'alarm', reason: key });
  wake();
  return true;
}
