import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { MAIL_GUARD_CODE } from '../../domain/mail-guard.ts';
import { homeWordOf } from '../../domain/organisation.ts';
import type { Problem } from '../../domain/problem.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { dueAtOf, holdExpanded, type ReleasePlan } from '../acts/hold-submission.ts';
import type { ReadMailResult } from '../isolate/read-mail-job.ts';
import { claimApprovals, type GuardVerdict } from './guard-mail.ts';
import { newDeliveries, type DigitalMessages, type NewDeliveriesQuestion, type NewRows } from './new-deliveries.ts';
import { keepBlobs } from '../store/blobs.ts';
import { insertContainers } from '../store/containers.ts';
import type { Queryable } from '../store/database.ts';
import { insertDeliveries, insertMassDeliveries } from '../store/deliveries.ts';
import { insertNotice, type NewNotice } from '../store/notices.ts';
import {
  endConversion, takeHandovers, type Submission, type SubmissionEnd, type SubmissionFacts,
} from '../store/submissions.ts';
import type { SubmissionAuthor } from './submission-author.ts';
import type { Recipients } from './submission-recipients.ts';

/** A mail that was read and may go. */
export interface Expansion {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  readonly recipients: Recipients;
  readonly result: ReadMailResult;
  /** Null for a mail to nobody in Digital Post. */
  readonly messages: DigitalMessages | null;
  readonly keys: ReadonlyMap<number, Buffer>;
  /** When it goes. */
  readonly plan: ReleasePlan;
  /** Who outside the organisation does not get it. */
  readonly guard: Pick<GuardVerdict, 'stopped' | 'use'>;
}

/**
 * Writes the letter and a delivery for each recipient who has not had this very mail before, in one transaction.
 * Returns true when the letter's files are now part of it.
 */
export async function expandSubmission(parts: GatewayParts, mail: Expansion): Promise<boolean> {
  const { submission, author, result, messages, keys } = mail;
  const now = parts.now();
  const count = await parts.database.transaction(async (connection) => {
    const fresh = await takeHandovers(connection, [...new Set(keys.values())], now);
    const unused = new Set(fresh.map((key) => key.toString('hex')));
    if (mail.guard.use) await claimApprovals(connection, mail.guard.use, now);
    const rows = newDeliveries(parts, {
      recipients: mail.recipients,
      messages,
      named: [...result.mail.to, ...result.mail.cc],
      isNew: ({ position }) => unused.delete(keys.get(position)?.toString('hex') ?? ''),
      refusalAt: refusalsOf(mail, now),
    });
    const goes = rows.count > 0;
    await endHeld(connection, parts, submission, {
      state: goes ? 'expanded' : 'skipped',
      facts: factsOf(author, result),
      letter: goes ? (messages?.letter ?? null) : null,
      isMassSend: messages?.isMassSend ?? false,
      problems: [],
      openDeliveries: rows.count - rows.refused,
      failedDeliveries: rows.refused,
    });
    if (!goes) return 0;
    await insertRows(connection, mail, { rows, now });
    await keepBlobs(connection, messages ? blobsOf(messages) : []);
    await holdExpanded(connection, parts, {
      submission, author, plan: mail.plan, mass: mail.recipients.mass.length > 0, contentKey: result.mail.contentKey,
    });
    return rows.count;
  });
  const state = count > 0 ? 'expanded' : 'skipped';
  parts.metrics.submissions.inc({ state });
  parts.log.info({
    id: `s${submission.id}`,
    state,
    recipients: submission.recipients.length,
    deliveries: count,
    remarks: [...result.mail.warnings, ...(result.letter?.warnings ?? [])].map(withoutGlyphs),
    ...privateFacts(author, result),
  });
  return count > 0 && messages !== null;
}

/** The deliveries and containers, and a word to the sender where Mail Guard stopped somebody. */
async function insertRows(connection: Queryable, mail: Expansion, { rows, now }: { readonly rows: NewRows; readonly now: Date }): Promise<void> {
  const of = { submissionId: mail.submission.id, organisationCvr: cvrOf(mail.author), dueAt: dueAtOf(mail.plan, now) };
  if (rows.deliveries.length > 0) await insertDeliveries(connection, of, rows.deliveries);
  for (const batch of rows.massDeliveries) await insertMassDeliveries(connection, of, batch);
  if (rows.containers.length > 0) await insertContainers(connection, { ...of, channel: 'ngdp' }, rows.containers);
  if (rows.refused > 0 && mail.submission.mailFrom !== '') await insertNotice(connection, guardNoticeOf(mail, rows), now);
}

/** A recipient whom Mail Guard stopped stands among the others, refused from the start. */
function refusalsOf({ guard, author }: Expansion, at: Date): NewDeliveriesQuestion['refusalAt'] {
  const places = new Set(guard.stopped.map(({ position }) => position));
  const errorMessage = `Adressen er uden for ${homeWordOf(author.organisation)} og ikke godkendt.`;
  return (position) => (places.has(position) ? { errorCode: MAIL_GUARD_CODE, errorMessage, at } : null);
}

function guardNoticeOf({ submission, author, guard, plan }: Expansion, { deliveries }: NewRows): NewNotice {
  const stopped = deliveries.flatMap(({ refusal, address }) => (refusal ? [maskCprNumbersIn(address)] : []));
  const addresses = [...new Set(stopped)];
  const goesAtOnce = plan.kind === 'goes' && plan.releaseAt === null;
  const others = submission.recipients.length === guard.stopped.length ? null : goesAtOnce ? 'sent' : 'later';
  return { ...noticeTo(author, 'guard', submission.id), detail: { addresses, others } };
}

function blobsOf({ letter, isMassSend, sizes, messageAt }: DigitalMessages): readonly number[] {
  const shared = [...(letter.main ? [letter.main] : []), ...letter.attachments].map(({ blob }) => blob);
  return isMassSend && !letter.main ? [...shared, ...sizes.flatMap((_, n) => messageAt(n).ownMain?.blob ?? [])] : shared;
}

/** A mail that may not go. */
export interface Refusal {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  /** Empty for a mail that could not be read. */
  readonly keys: readonly Buffer[];
  readonly problems: readonly Problem[];
}

/** Nothing of the mail goes anywhere, and its sender is told why; once, also when the mail is handed over again. */
export async function refuseSubmission(parts: GatewayParts, { submission, author, keys, problems }: Refusal): Promise<void> {
  const now = parts.now();
  const state = await parts.database.transaction(async (connection) => {
    const fresh = await takeHandovers(connection, keys, now);
    const outcome = keys.length === 0 || fresh.length > 0 ? 'refused' : 'skipped';
    const facts = factsOf(author, null);
    await endHeld(connection, parts, submission, { state: outcome, facts, letter: null, isMassSend: false, problems, openDeliveries: 0 });
    if (outcome === 'refused') await insertNotice(connection, refusalNotice(submission, author), now);
    return outcome;
  });
  parts.metrics.submissions.inc({ state });
  for (const { code } of problems) parts.metrics.refusals.inc({ problem: code });
  parts.log.info({ id: `s${submission.id}`, state, problems: problems.map(({ code }) => code), ...privateFacts(author, null) });
}

/** A mail that takes its process down is set aside; sender and watch mailbox are told, and nobody else waits. */
export async function parkSubmission(parts: GatewayParts, submission: Submission, author: SubmissionAuthor): Promise<void> {
  const now = parts.now();
  const text = `Mail s${submission.id} fra ${author.mailbox} kunne ikke læses uden fejl og er sat til side. Afsenderen har fået besked.`;
  await parts.database.transaction(async (connection) => {
    const facts = factsOf(author, null);
    await endHeld(connection, parts, submission, { state: 'parked', facts, letter: null, isMassSend: false, problems: [], openDeliveries: 0 });
    if (submission.mailFrom !== '') await insertNotice(connection, noticeTo(author, 'parked', submission.id), now);
    await insertNotice(connection, watchNotice(author, submission.id, { subject: 'En mail er sat til side', text }), now);
  });
  parts.metrics.submissions.inc({ state: 'parked' });
  parts.log.error({ id: `s${submission.id}`, state: 'parked', attempts: submission.attempts, ...privateFacts(author, null) });
}

/** Another process took the mail over while this one was silent: what it wrote counts, and ours is rolled back. */
export class LostHold extends Error {
  constructor() {
    super('this process no longer holds the mail');
  }
}

/** Ends the conversion of a mail that this process holds; throws LostHold when it no longer does. */
async function endHeld(
  connection: Queryable,
  parts: GatewayParts,
  submission: Submission,
  end: SubmissionEnd,
): Promise<void> {
  const held = await endConversion(connection, { id: submission.id, worker: parts.worker }, end);
  if (!held) throw new LostHold();
}

/** A mail from nobody (empty MAIL FROM) is never answered; the watch mailbox hears of it instead. */
function refusalNotice(submission: Submission, author: SubmissionAuthor): NewNotice {
  if (submission.mailFrom !== '') return noticeTo(author, 'refusal', submission.id);
  const text = `En automatisk mail uden afsenderadresse fra ${author.mailbox} er ikke sendt videre (mail s${submission.id}).`;
  return watchNotice(author, submission.id, { subject: 'En automatisk mail er ikke sendt', text });
}

function watchNotice(author: SubmissionAuthor, submissionId: number, detail: NonNullable<NewNotice['detail']>): NewNotice {
  return { ...noticeTo(author, 'watch', submissionId), recipient: author.organisation.watchMailbox, detail };
}

function noticeTo(author: SubmissionAuthor, kind: NewNotice['kind'], submissionId: number): NewNotice {
  return { kind, organisationCvr: cvrOf(author), submissionId, recipient: author.mailbox, detail: null };
}

/** What the log tells only where it may. */
function privateFacts(author: SubmissionAuthor, result: ReadMailResult | null): { readonly subject: string; readonly from: string } {
  return { subject: result?.mail.subject ?? author.subject, from: author.mailbox };
}

/** The signs that a letter's font lacks are signs of the letter. */
function withoutGlyphs(remark: string): string {
  return remark.startsWith('missing-glyphs') ? 'missing-glyphs' : remark;
}

function factsOf(author: SubmissionAuthor, result: ReadMailResult | null): SubmissionFacts {
  return {
    organisationCvr: cvrOf(author),
    fromMailbox: author.mailbox,
    messageId: author.messageId,
    subject: result?.mail.subject ?? author.subject,
    writtenBy: author.sender,
  };
}

function cvrOf({ organisation }: SubmissionAuthor): string {
  return organisation.cvrNumbers[0] ?? '';
}
