import { createHash } from 'node:crypto';
import { MAIL_GUARD_CODE, guardStateOf, mailGuardOf } from '../../domain/mail-guard.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { homeWordOf } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { goodApprovals } from '../addin/guard-approvals.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { guardDefaults } from '../settings/mail-guard-settings.ts';
import { raiseAlarm } from '../upkeep/raise-alarm.ts';
import type { Queryable } from '../store/database.ts';
import { useGuardApprovals, type GuardedDraft } from '../store/guard-approvals.ts';
import type { Submission } from '../store/submissions.ts';
import type { SubmissionAuthor } from './submission-author.ts';
import type { Recipients } from './submission-recipients.ts';

/** What Mail Guard says of a mail. */
export interface GuardVerdict {
  /** Ordinary recipients who do not get it. */
  readonly stopped: Recipients['ordinary'];
  /** Where one of them stops the mail to everybody. */
  readonly problems: readonly Problem[];
  /** The approvals by which others get it; null: none was needed. */
  readonly use: GuardUse | null;
}

/** Approvals on their way to be tied to this mail. */
export interface GuardUse {
  readonly draft: GuardedDraft;
  readonly ids: readonly number[];
  /** The mail that they are then good for: sha256 of mailbox, Message-ID and content. */
  readonly mail: Buffer;
}

interface GuardedMail {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  readonly recipients: Recipients;
  readonly contentKey: string;
}

const NOTHING: GuardVerdict = { stopped: [], problems: [], use: null };

/**
 * Decides who outside the organisation gets an ordinary mail: those on its list, and those whom the writer of this very
 * draft has approved. Asked at every send, whatever the add-in showed (features M1, M3, M5).
 */
export async function guardMail(parts: GatewayParts, mail: GuardedMail): Promise<GuardVerdict> {
  const { organisation } = mail.author;
  const guard = mailGuardOf(organisation, guardDefaults(parts.settings));
  const strangers = mail.recipients.ordinary.filter(({ address }) => guardStateOf(organisation, guard, address) === 'needs-approval');
  if (strangers.length === 0) return NOTHING;
  const use = await approvalsOf(parts, mail);
  const approved = new Set(use?.addresses);
  const stopped = strangers.filter(({ address }) => !approved.has(normaliseMailAddress(address)));
  const addresses = stopped.map(({ address }) => address);
  const whole = guard.stops === 'mail' && stopped.length > 0;
  const problems = whole ? [problemOf(MAIL_GUARD_CODE, { addresses, home: homeWordOf(organisation) })] : [];
  return { stopped, problems, use: stopped.length < strangers.length ? use : null };
}

async function approvalsOf(
  parts: GatewayParts,
  { submission, author, contentKey }: GuardedMail,
): Promise<(GuardUse & { readonly addresses: readonly string[] }) | null> {
  const { approvals: header, draft: id } = author.guard;
  if (header === '' || id === null) return null;
  const draft = { organisationCvr: author.organisation.cvrNumbers[0] ?? '', mailbox: author.mailbox, draft: id };
  const mail = createHash('sha256').update([author.mailbox, author.messageId ?? '', contentKey].join('\0')).digest();
  // A mail that waited in our own queue must not find its approval run out meanwhile.
  const good = await goodApprovals(parts, draft, { header, at: submission.receivedAt, mail });
  return good.length === 0 ? null : { draft, mail, ids: good.map(({ id: one }) => one), addresses: good.flatMap((one) => one.addresses) };
}

/**
 * The keys under which this hand-over is remembered. A recipient who was stopped has another key than one who was let
 * through: handed over again as it is, the mail is skipped; handed over again approved, it goes.
 */
export function guardedKeys(keys: ReadonlyMap<number, Buffer>, { stopped, problems }: GuardVerdict): ReadonlyMap<number, Buffer> {
  const places = new Set(stopped.map(({ position }) => position));
  const isStopped = (position: number) => problems.length > 0 || places.has(position);
  return new Map([...keys].map(([position, key]) => [
    position, isStopped(position) ? createHash('sha256').update(key).update(MAIL_GUARD_CODE).digest() : key,
  ]));
}

/** Another mail was sent with the approval while this one was read: what Mail Guard says of this one is no longer true. */
export class ApprovalLost extends Error {
  constructor() {
    super('another mail was sent with this approval');
  }
}

/** Ties the approvals to this mail, in the transaction in which it goes; throws ApprovalLost when another was first. */
export async function claimApprovals(connection: Queryable, { draft, ids, mail }: GuardUse, now: Date): Promise<void> {
  const ours = new Set(await useGuardApprovals(connection, draft, { mail, now }));
  if (!ids.every((id) => ours.has(id))) throw new ApprovalLost();
}

const DAY_MS = 86_400_000;

/**
 * A mail from nobody, as an absence message is, has nobody who could be told that it was stopped: the watch mailbox hears of
 * the first of each day.
 */
export async function tellOfAutomaticMail(
  parts: GatewayParts,
  { submission, author }: Pick<GuardedMail, 'submission' | 'author'>,
  { stopped }: Pick<GuardVerdict, 'stopped'>,
): Promise<void> {
  if (stopped.length === 0 || submission.mailFrom !== '') return;
  const organisationCvr = author.organisation.cvrNumbers[0] ?? '';
  await raiseAlarm(parts, {
    key: `mail-guard automatic ${organisationCvr}`,
    organisationCvr,
    subject: 'Automatiske mails er stoppet af Mail Guard',
    text: `Automatiske mails, fx fraværsbeskeder, til adresser uden for organisationen bliver ikke sendt, og ingen får det at vide. I dag den første: mail s${submission.id} fra ${author.mailbox}. Sæt adressen på listen i mailGuard, hvis de skal frem.`,
    quietMs: DAY_MS,
  });
}
