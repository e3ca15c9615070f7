import { approverAddresses, isSamePerson, type Organisation } from '../../domain/organisation.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { releaseOfApproved } from './hold-submission.ts';
import { ownMail, stopInside, type Act, type ActParts } from './stop-submission.ts';
import type { Queryable } from '../store/database.ts';
import { actedOn, approveHold, lockActs, pendingApprovals, rejectHold, type ActedOn } from '../store/holds.ts';
import { insertNotice, type NewNotice } from '../store/notices.ts';

/** A second person's word on a mass send. */
export interface Approval extends Act {
  /** The program through which it came, by its client id; null for a link. A program that wrote a mail may not approve it. */
  readonly client: string | null;
  /** Who logged on, where a person called; null for a link and for a program. */
  readonly person: ApprovingPerson | null;
  readonly decision: 'approve' | 'reject';
  /** The content that was looked at: approving another one is no approval. */
  readonly contentSha256: string;
  /** What the author is told; null for nothing. */
  readonly reason: string | null;
}

/** A person who has logged on: the object id, and the mailboxes the person may use. */
export interface ApprovingPerson {
  readonly objectId: string;
  readonly mailboxes: readonly string[];
}

export type ApproveOutcome =
  /** It goes at `releaseAt`. */
  | { readonly kind: 'approved'; readonly releaseAt: Date }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'already-approved'; readonly by: string; readonly at: Date | null }
  | { readonly kind: 'already-rejected'; readonly by: string; readonly at: Date | null }
  /** Stopped by its author, replaced by a newer version, or given up. */
  | { readonly kind: 'stopped'; readonly by: string; readonly at: Date }
  /** The content is not the one that was looked at. */
  | { readonly kind: 'changed' }
  /** It needs no approval. */
  | { readonly kind: 'not-pending' }
  | { readonly kind: 'not-approver' }
  /** One's own mass send. */
  | { readonly kind: 'self' }
  /** Perhaps one's own: nobody can see who wrote it, and the mailbox is one's own too. */
  | { readonly kind: 'perhaps-self' }
  | { readonly kind: 'not-found' };

const REASON_CHARACTERS_MAX = 500;

/**
 * The story of an approval: somebody who may, and who did not write it, says yes to this very content, and then its
 * wait begins; or no, and then nothing of it leaves. Safe to repeat; the first word counts.
 */
export async function approveSubmission(parts: ActParts, approval: Approval): Promise<ApproveOutcome> {
  const outcome = await parts.database.transaction((connection) => approve(parts, connection, approval));
  if (outcome.kind === 'approved' || outcome.kind === 'rejected') {
    parts.log.info({ id: `s${approval.submissionId}`, state: outcome.kind });
    parts.wake();
  }
  return outcome;
}

async function approve(parts: ActParts, connection: Queryable, approval: Approval): Promise<ApproveOutcome> {
  await lockActs(connection, approval.submissionId);
  const mail = await ownMail(parts, connection, approval);
  const organisation = parts.directory.organisationOfCvr(approval.organisationCvr);
  if (mail === null || organisation === null) return { kind: 'not-found' };
  const obstacle = approvalObstacle(mail, organisation, approval);
  if (obstacle) return obstacle;
  return approval.decision === 'approve'
    ? await sayYes(parts, connection, { mail, organisation, by: approval.by })
    : await sayNo(parts, connection, mail, approval);
}

/** Why this word does not count; null when it does. Who may not speak hears nothing of how the mail stands. */
export function approvalObstacle(
  mail: ActedOn,
  organisation: Organisation,
  { by, client, person, contentSha256 }: Pick<Approval, 'by' | 'client' | 'person' | 'contentSha256'>,
): ApproveOutcome | null {
  if (isWriter(mail, organisation, by) || (client !== null && client === mail.writtenBy)) return { kind: 'self' };
  const names = [normaliseMailAddress(by), ...(person ? [person.objectId] : [])];
  if (!names.some((name) => organisation.approvers.includes(name))) return { kind: 'not-approver' };
  if (mail.writtenBy === null && person?.mailboxes.includes(mail.fromMailbox ?? mail.mailFrom) === true) return { kind: 'perhaps-self' };
  return settled(mail) ?? (mail.contentSha256 === contentSha256.toLowerCase() ? null : { kind: 'changed' });
}

/** What has been said already, or why nothing need be said; null for a mail that waits for an approval. */
function settled({ approval, approvalBy, approvalAt, stoppedAt, stoppedBy, state }: ActedOn): ApproveOutcome | null {
  if (approval === 'approved' || approval === 'rejected') return { kind: `already-${approval}`, by: approvalBy ?? '', at: approvalAt };
  if (stoppedAt !== null) return { kind: 'stopped', by: stoppedBy ?? '', at: stoppedAt };
  return approval === null || state !== 'expanded' ? { kind: 'not-pending' } : null;
}

function isWriter({ fromMailbox, mailFrom, writtenBy }: ActedOn, organisation: Organisation, person: string): boolean {
  return [fromMailbox, mailFrom, writtenBy].some((writer) => writer !== null && isSamePerson(organisation, writer, person));
}

async function sayYes(
  parts: ActParts,
  connection: Queryable,
  { mail, organisation, by }: { readonly mail: ActedOn; readonly organisation: Organisation; readonly by: string },
): Promise<ApproveOutcome> {
  const now = parts.now();
  const releaseAt = releaseOfApproved(parts, mail, organisation);
  await approveHold(connection, { submissionId: mail.id, by, now, releaseAt });
  if (releaseAt > now && parts.settings.HOLD_NOTICE === 'on') {
    await insertNotice(connection, noticeOf(mail, 'held', { releaseAt: releaseAt.toISOString(), by }), now);
  }
  return { kind: 'approved', releaseAt };
}

async function sayNo(parts: ActParts, connection: Queryable, mail: ActedOn, { by, reason }: Approval): Promise<ApproveOutcome> {
  const stop = { submissionId: mail.id, by, now: parts.now() };
  await rejectHold(connection, stop);
  const why = reason?.trim().slice(0, REASON_CHARACTERS_MAX);
  await stopInside(connection, { ...stop, notice: noticeOf(mail, 'approval-rejected', { by, ...(why && { reason: why }) }) });
  return { kind: 'rejected' };
}

function noticeOf(mail: ActedOn, kind: NewNotice['kind'], detail: NewNotice['detail']): NewNotice {
  return {
    kind, organisationCvr: mail.organisationCvr ?? '', submissionId: mail.id, recipient: mail.fromMailbox ?? mail.mailFrom, detail,
  };
}

/** Approvers who keep silent are reminded once; in the end the mass send is stopped, and its author told. */
export async function followApprovals(parts: ActParts): Promise<void> {
  const { database, settings } = parts;
  const before = (ms: number) => new Date(parts.now().getTime() - ms);
  const silent = await pendingApprovals(database, { receivedBefore: before(settings.APPROVAL_REMINDER_MS), notReminded: true });
  for (const mail of silent) await remind(parts, mail);
  const forgotten = await pendingApprovals(database, { receivedBefore: before(settings.APPROVAL_EXPIRY_MS), notReminded: false });
  for (const mail of forgotten) {
    await database.transaction(async (connection) => {
      await lockActs(connection, mail.id);
      const now = await actedOn(connection, mail.id);
      if (now?.approval !== 'pending' || now.stoppedAt !== null) return;
      await stopInside(connection, { submissionId: mail.id, by: 'postbro', now: parts.now(), notice: noticeOf(mail, 'approval-expired', null) });
      parts.log.warn({ id: `s${mail.id}`, state: 'approval-expired' });
    });
    parts.wake();
  }
}

async function remind(parts: ActParts, mail: ActedOn): Promise<void> {
  const organisation = parts.directory.organisationOfCvr(mail.organisationCvr ?? '');
  if (!organisation) return;
  const approvers = approverAddresses(organisation.approvers).filter((approver) => !isWriter(mail, organisation, approver));
  await parts.database.transaction(async (connection) => {
    for (const approver of approvers) {
      await insertNotice(connection, { ...noticeOf(mail, 'approval-reminder', null), recipient: approver }, parts.now());
    }
  });
  if (approvers.length > 0) parts.log.warn({ id: `s${mail.id}`, state: 'approval-late' });
  parts.wake();
}
