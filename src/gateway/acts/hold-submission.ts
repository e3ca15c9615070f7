import { approverAddresses, isSamePerson, secureMailboxOf } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { laterOf, releaseTime } from '../assess/release-time.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { stopInside } from './stop-submission.ts';
import type { Queryable } from '../store/database.ts';
import { actedOn, heldVersions, lockActs, lockVersions, writeHold, type ActedOn, type DueAt } from '../store/holds.ts';
import { insertNotice, type NewNotice } from '../store/notices.ts';
import type { Submission } from '../store/submissions.ts';
import type { SubmissionAuthor } from '../outgoing/submission-author.ts';

/** A mail that may go, as far as its content is concerned. */
export interface ReleaseAsked {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  readonly digital: boolean;
  readonly mass: boolean;
  /** Recipients of Digital Post. */
  readonly recipients: number;
}

/** When a mail goes: at once, at a time, when somebody else has approved it, or never. */
export type ReleasePlan =
  | { readonly kind: 'goes'; readonly releaseAt: Date | null; readonly sendAt: Date | null }
  | { readonly kind: 'approval'; readonly approvers: readonly string[]; readonly sendAt: Date | null }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Decides when a mail goes: after the wait of its mailbox, at the time it asks for, or after the approval it needs. */
export function planRelease(parts: Pick<GatewayParts, 'settings' | 'now'>, asked: ReleaseAsked): ReleasePlan {
  const { settings } = parts;
  const { author, submission } = asked;
  const now = parts.now();
  const time = releaseTime({
    now,
    sendAt: author.sendAt,
    digital: asked.digital,
    holdMs: holdMsOf(parts, { mailbox: author.mailbox, organisation: author.organisation, mass: asked.mass }),
    sendAtMaxMs: settings.SEND_AT_MAX_MS,
  });
  if (time.kind === 'refused') return time;
  const sendAt = time.kind === 'at' ? time.sendAt : null;
  const max = settings.MASS_APPROVAL_OVER_RECIPIENTS;
  if (asked.mass && max > 0 && asked.recipients > max) {
    const writers = [author.mailbox, submission.mailFrom, author.sender];
    const approvers = approversBeside(author.organisation, writers);
    const problem = problemOf('approval-nobody', { count: asked.recipients, max });
    return approvers.length === 0 ? { kind: 'refused', problem } : { kind: 'approval', approvers, sendAt };
  }
  return { kind: 'goes', releaseAt: time.kind === 'at' ? time.releaseAt : null, sendAt };
}

/** The time that the sender of a mail has chosen for it; null: none, or it does not go. */
export function sendAtOf(plan: ReleasePlan): Date | null {
  return plan.kind === 'refused' ? null : plan.sendAt;
}

/** When the messages of a mail are due that is planned so. */
export function dueAtOf(plan: ReleasePlan, now: Date): DueAt {
  return plan.kind === 'goes' ? (plan.releaseAt ?? now) : 'infinity';
}

/** The wait before a mail of this mailbox goes. */
export function holdMsOf(
  { settings }: Pick<GatewayParts, 'settings'>,
  of: { readonly organisation: SubmissionAuthor['organisation']; readonly mailbox: string; readonly mass: boolean },
): number {
  const mailbox = secureMailboxOf(of.organisation, of.mailbox);
  return of.mass ? (mailbox?.holdMassMs ?? settings.HOLD_MASS_MS) : (mailbox?.holdSingleMs ?? settings.HOLD_SINGLE_MS);
}

/** When a mail goes that has just been approved: its wait begins then. */
export function releaseOfApproved(parts: Pick<GatewayParts, 'settings' | 'now'>, mail: ActedOn, organisation: SubmissionAuthor['organisation']): Date {
  const now = parts.now();
  const holdMs = holdMsOf(parts, { organisation, mailbox: mail.fromMailbox ?? '', mass: mail.mass });
  const time = laterOf({ now, holdMs, sendAt: mail.sendAt });
  return time.kind === 'at' ? time.releaseAt : now;
}

/** Those who may approve what these people wrote: never one of them, whatever domain or tag their address has. */
export function approversBeside(organisation: SubmissionAuthor['organisation'], writers: readonly (string | null)[]): readonly string[] {
  return organisation.approvers.filter((approver) => !writers.some((writer) => writer !== null && isSamePerson(organisation, writer, approver)));
}

/** A mail whose messages have just been written, in the same transaction. */
export interface Expanded {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  readonly plan: ReleasePlan;
  readonly mass: boolean;
  /** Hex SHA-256 of the mail's content. */
  readonly contentKey: string;
}

/**
 * Writes how a mail is held, tells its sender and its approvers, stops an earlier version that it replaces, and stops
 * the mail itself where somebody did so before it was read.
 */
export async function holdExpanded(connection: Queryable, parts: GatewayParts, mail: Expanded): Promise<void> {
  const { submission, plan } = mail;
  const now = parts.now();
  const stoppedBy = await writeHold(connection, submission.id, {
    releaseAt: plan.kind === 'goes' ? plan.releaseAt : 'infinity',
    sendAt: sendAtOf(plan),
    approval: plan.kind === 'approval' ? 'pending' : null,
    contentSha256: mail.contentKey,
  });
  const newer = await settleVersions(connection, mail, now);
  const by = stoppedBy ?? newer;
  if (by !== null) {
    const notice = stoppedBy === null ? replacedNotice(mail, { id: submission.id, by }) : null;
    await stopInside(connection, { submissionId: submission.id, by, now, notice });
    return;
  }
  if (submission.mailFrom === '') return;
  for (const notice of noticesOf(parts, mail)) await insertNotice(connection, notice, now);
}

function isHeld(plan: ReleasePlan): boolean {
  return plan.kind === 'approval' || (plan.kind === 'goes' && plan.releaseAt !== null);
}

function noticesOf({ settings }: Pick<GatewayParts, 'settings'>, mail: Expanded): readonly NewNotice[] {
  const { submission, author, plan } = mail;
  const of = { organisationCvr: author.organisation.cvrNumbers[0] ?? '', submissionId: submission.id };
  const approvers = plan.kind === 'approval' ? approverAddresses(plan.approvers) : [];
  const toApprovers = approvers.map((recipient): NewNotice => ({ ...of, kind: 'approval', recipient, detail: null }));
  if (!isHeld(plan) || settings.HOLD_NOTICE === 'off' || isOneOfMany(mail)) return toApprovers;
  const detail = { releaseAt: plan.kind === 'goes' ? (plan.releaseAt?.toISOString() ?? null) : null };
  return [{ ...of, kind: 'held', recipient: author.mailbox, detail }, ...toApprovers];
}

/** A mailbox that wants its receipts gathered sends letters by the hundred, and no mail about each of them. */
function isOneOfMany({ author, plan, mass }: Expanded): boolean {
  const { organisation, mailbox } = author;
  return secureMailboxOf(organisation, mailbox)?.receipts === 'digest' && !mass && plan.kind === 'goes' && plan.sendAt === null;
}

/**
 * A held mail that comes again with another content is a newer version: the earlier one is stopped, and its links and
 * approvals with it. Without the header that says so, it takes the same Message-ID and a recipient in common: mail
 * servers hand one mail over in several, each to recipients of its own. Returns the newer version where this mail itself
 * is the earlier one, read later; null otherwise.
 */
async function settleVersions(connection: Queryable, mail: Expanded, now: Date): Promise<string | null> {
  const { submission, author } = mail;
  const named = namedVersion(author.replaces);
  const { mailbox, messageId } = author;
  if (messageId !== null && isHeld(mail.plan)) await lockVersions(connection, mailbox, messageId);
  const messageIds = [messageId, named.messageId].filter((id) => id !== null);
  const versions = await heldVersions(connection, { mailbox, messageIds, id: named.id, not: submission.id });
  let newer: string | null = null;
  for (const { id } of versions) {
    await lockActs(connection, id);
    const other = await actedOn(connection, id);
    const kinship = other ? kinshipOf(mail, other) : null;
    if (kinship === 'newer') newer = `s${id}`;
    const by = `s${submission.id}`;
    if (kinship === 'earlier') await stopInside(connection, { submissionId: id, by, now, notice: replacedNotice(mail, { id, by }) });
  }
  return newer;
}

/** Which version of this mail the other one is; null when it is a mail of its own, or stopped already. */
function kinshipOf({ submission, author, contentKey }: Expanded, other: ActedOn): 'earlier' | 'newer' | null {
  if (other.stoppedAt !== null || other.contentSha256 === contentKey) return null;
  const named = namedVersion(author.replaces);
  if (other.id === named.id || (named.messageId !== null && other.messageId === named.messageId)) return 'earlier';
  if (!shareRecipient(other.recipients, submission.recipients)) return null;
  return other.id > submission.id ? 'newer' : 'earlier';
}

function replacedNotice({ author }: Expanded, { id, by }: { readonly id: number; readonly by: string }): NewNotice {
  const detail = { by, reason: `En ny version er sendt (${by}).` };
  return { kind: 'replaced', organisationCvr: author.organisation.cvrNumbers[0] ?? '', submissionId: id, recipient: author.mailbox, detail };
}

/** X-Postbro-Replaces: a Message-ID with its angle brackets, or our own id with or without its s. */
function namedVersion(replaces: string | null): { readonly messageId: string | null; readonly id: number | null } {
  const own = /^s?(\d{1,15})$/i.exec(replaces?.trim() ?? '');
  return own ? { messageId: null, id: Number(own[1]) } : { messageId: replaces?.trim() ?? null, id: null };
}

function shareRecipient(a: readonly string[], b: readonly string[]): boolean {
  const mass = (address: string) => address.toLowerCase().replace(/^masseforsendelse-\d+@/, 'masseforsendelse@');
  const those = new Set(b.map(mass));
  return a.some((address) => those.has(mass(address)));
}
