import type { DeliveryStatus } from '../../domain/delivery-status.ts';
import { mailDomainOf } from '../../domain/mail-address.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { Queryable } from '../store/database.ts';
import {
  actedOn, countDeliveries, lockActs, stopDeliveries, stopUnread, type ActedOn, type DeliveryCounts, type Stop,
} from '../store/holds.ts';
import { insertNotice, type NewNotice } from '../store/notices.ts';
import { needsReceipt, progressOf } from '../store/progress.ts';

/** What the acts of people on a mail need. */
export type ActParts = Pick<GatewayParts, 'database' | 'directory' | 'settings' | 'keys' | 'now' | 'log' | 'wake'>;

/** A mail of one's own organisation, and who acts on it: a mail address, or a program's client id. */
export interface Act {
  readonly submissionId: number;
  readonly organisationCvr: string;
  readonly by: string;
}

/** How many messages of a mail had left, may have left (an answer is awaited), and were stopped. */
export interface StopCounts {
  readonly left: number;
  readonly inTheAir: number;
  readonly stopped: number;
}

export type StopOutcome =
  /** Nothing more of it leaves. */
  | { readonly kind: 'stopped'; readonly counts: StopCounts }
  /** It had not been read yet; nothing of it leaves. */
  | { readonly kind: 'stopped-unread' }
  | { readonly kind: 'already-stopped'; readonly by: string; readonly counts: StopCounts }
  /** Everything had left, or was settled otherwise, before the stop. */
  | { readonly kind: 'too-late'; readonly counts: StopCounts; readonly lastLeftAt: Date | null }
  /** It was refused or skipped: there is nothing of it to stop. */
  | { readonly kind: 'not-sent' }
  | { readonly kind: 'not-found' };

/**
 * The story of a stop: whatever of the mail has not begun to leave stays here for good, before this returns. What is in
 * the air is named as such; a receipt tells what became of it. Safe to repeat.
 */
export async function stopSubmission(parts: ActParts, act: Act): Promise<StopOutcome> {
  const outcome = await parts.database.transaction((connection) => stop(parts, connection, act));
  if (outcome.kind === 'stopped' || outcome.kind === 'stopped-unread') {
    parts.log.info({ id: `s${act.submissionId}`, state: 'stopped', ...(outcome.kind === 'stopped' && outcome.counts) });
    parts.wake();
  }
  return outcome;
}

async function stop(parts: ActParts, connection: Queryable, act: Act): Promise<StopOutcome> {
  await lockActs(connection, act.submissionId);
  const mail = await ownMail(parts, connection, act);
  if (mail === null) return { kind: 'not-found' };
  const stopping: Stop = { submissionId: mail.id, by: act.by, now: parts.now() };
  if (await stopUnread(connection, stopping)) return { kind: 'stopped-unread' };
  // Not as it was read above: meanwhile its messages may have been written.
  const obstacle = await stopObstacle(connection, (await actedOn(connection, mail.id)) ?? mail);
  if (obstacle) return obstacle;
  const counts = await stopInside(connection, { ...stopping, notice: null });
  if (counts.stopped + counts.inTheAir > 0) return { kind: 'stopped', counts };
  const { lastHandedOverAt } = await countDeliveries(connection, mail.id);
  return { kind: 'too-late', counts, lastLeftAt: lastHandedOverAt };
}

/** Why there is nothing to stop; null when there is, or when nobody can know yet. */
export async function stopObstacle(database: Queryable, mail: ActedOn): Promise<StopOutcome | null> {
  if (mail.state === 'accepted' || mail.state === 'converting') {
    return mail.stoppedAt === null ? null : { kind: 'already-stopped', by: mail.stoppedBy ?? '', counts: NO_COUNTS };
  }
  if (mail.state !== 'expanded') return { kind: 'not-sent' };
  const delivered = await countDeliveries(database, mail.id);
  const counts = stopCounts(delivered);
  if (mail.stoppedAt !== null) return { kind: 'already-stopped', by: mail.stoppedBy ?? '', counts };
  const waiting = delivered.byStatus.waiting ?? 0;
  return waiting + counts.inTheAir > 0 ? null : { kind: 'too-late', counts, lastLeftAt: delivered.lastHandedOverAt };
}

const NO_COUNTS: StopCounts = { left: 0, inTheAir: 0, stopped: 0 };

/**
 * Stops a mail whose messages are written, inside the caller's transaction, and queues what its sender is told: the
 * given notice, or with the last open message the receipt. A mail that has left altogether stays as it is.
 */
export async function stopInside(connection: Queryable, stopping: Stop & { readonly notice: NewNotice | null }): Promise<StopCounts> {
  const { submissionId, notice, now } = stopping;
  const stoppedNow = await stopDeliveries(connection, stopping);
  const counts = stopCounts(await countDeliveries(connection, submissionId));
  if (notice) await insertNotice(connection, notice, now);
  // What was stopped before has been told: two containers of one mail may end at the same time.
  if (notice || stoppedNow === 0) return counts;
  const { openDeliveries, organisationCvr, fromMailbox } = await progressOf(connection, submissionId);
  if (openDeliveries === 0 && (await needsReceipt(connection, submissionId))) {
    const detail = { pending: false };
    await insertNotice(connection, { kind: 'receipt', organisationCvr, submissionId, recipient: fromMailbox, detail }, now);
  }
  return counts;
}

/** The mail, when it is of that organisation; null otherwise. */
export async function ownMail(
  { directory }: Pick<ActParts, 'directory'>,
  connection: Queryable,
  { submissionId, organisationCvr }: Act,
): Promise<ActedOn | null> {
  const organisation = directory.organisationOfCvr(organisationCvr);
  const mail = await actedOn(connection, submissionId);
  if (!organisation || !mail) return null;
  // Before it is read, a mail is known by its envelope alone.
  const owner = mail.organisationCvr === null
    ? directory.organisationOfDomain(mailDomainOf(mail.mailFrom))
    : directory.organisationOfCvr(mail.organisationCvr);
  return owner === organisation ? mail : null;
}

const LEFT: readonly DeliveryStatus[] = ['handed-over', 'completed'];
const IN_THE_AIR: readonly DeliveryStatus[] = ['sending', 'unknown'];

function stopCounts({ byStatus }: DeliveryCounts): StopCounts {
  const sum = (statuses: readonly DeliveryStatus[]) => statuses.reduce((total, status) => total + (byStatus[status] ?? 0), 0);
  return { left: sum(LEFT), inTheAir: sum(IN_THE_AIR), stopped: sum(['stopped']) };
}
