import { parseGatewayAddress, printGatewayAddress } from '../../domain/gateway-address.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import type { Problem } from '../../domain/problem.ts';
import { authorProblem, recipientProblem, type SendingRules } from '../assess/sender-rights.ts';
import { planContainers } from '../convert/plan-containers.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { ownMail, type Act, type ActParts } from './stop-submission.ts';
import { insertContainers } from '../store/containers.ts';
import type { Queryable } from '../store/database.ts';
import { insertDeliveries, type NewDelivery } from '../store/deliveries.ts';
import { lockActs, type ActedOn } from '../store/holds.ts';
import { countFailed, failedDeliveries, insertResend, letterOfSubmission, resendOf, type FailedDelivery } from '../store/resends.ts';
import type { Letter } from '../store/submissions.ts';
import { memoBytes } from '../outgoing/submission-letter.ts';

/** What sending again needs beside what every act needs. */
export type ResendParts = ActParts & Pick<GatewayParts, 'channels' | 'newUuid'>;

export type ResendOutcome =
  /** They are tried again, as the mail of this id, with a receipt of its own. */
  | { readonly kind: 'sent'; readonly submissionId: number; readonly messages: number }
  | { readonly kind: 'already-sent'; readonly submissionId: number }
  | { readonly kind: 'nothing-failed' }
  /** Some messages are still under way; what fails among them would be forgotten. */
  | { readonly kind: 'not-finished'; readonly openDeliveries: number }
  /** Its letter and files were deleted by age: there is nothing left to send. */
  | { readonly kind: 'content-gone'; readonly at: Date }
  /** The mailbox may no longer send so. */
  | { readonly kind: 'not-allowed'; readonly problem: Problem }
  | { readonly kind: 'not-found' };

/** Rows in one statement. */
const INSERT_BATCH = 5_000;

/**
 * The story of "send again to those who did not get it": the same letter under new ids, to the failed recipients alone.
 * Pressed twice, it is sent once; what fails again can be sent again from the new mail.
 */
export async function resendFailed(parts: ResendParts, act: Act): Promise<ResendOutcome> {
  const outcome = await parts.database.transaction((connection) => resend(parts, connection, act));
  if (outcome.kind === 'sent') {
    parts.log.info({ id: `s${outcome.submissionId}`, state: 'resent', of: `s${act.submissionId}`, deliveries: outcome.messages });
    parts.wake();
  }
  return outcome;
}

async function resend(parts: ResendParts, connection: Queryable, act: Act): Promise<ResendOutcome> {
  await lockActs(connection, act.submissionId);
  const mail = await ownMail(parts, connection, act);
  if (mail === null) return { kind: 'not-found' };
  const obstacle = await resendObstacle(parts, connection, mail);
  if (obstacle) return obstacle;
  const failed = await failedDeliveries(connection, mail.id);
  const id = await insertResend(connection, { of: mail.id, by: act.by, messages: failed.length, now: parts.now() });
  if (id === null) return { kind: 'already-sent', submissionId: (await resendOf(connection, mail.id)) ?? 0 };
  await insertMessages(parts, connection, { mail, id, failed });
  return { kind: 'sent', submissionId: id, messages: failed.length };
}

/** Why it cannot be sent again now; null when it can. */
export async function resendObstacle(parts: ResendParts, database: Queryable, mail: ActedOn): Promise<ResendOutcome | null> {
  const earlier = await resendOf(database, mail.id);
  if (earlier !== null) return { kind: 'already-sent', submissionId: earlier };
  if (mail.openDeliveries > 0) return { kind: 'not-finished', openDeliveries: mail.openDeliveries };
  if ((await countFailed(database, mail.id)) === 0) return { kind: 'nothing-failed' };
  if (mail.contentDeletedAt !== null) return { kind: 'content-gone', at: mail.contentDeletedAt };
  const problem = rightsProblem(parts, mail, await letterOfSubmission(database, mail.id));
  return problem && { kind: 'not-allowed', problem };
}

/** The mailbox must still have the right that it had: the same rules as at the door, also for a contact point of MemoHeader.json. */
function rightsProblem({ directory, channels }: ResendParts, mail: ActedOn, letter: Letter | null): Problem | null {
  const rules: SendingRules = { directory, channels };
  const recipients = mail.recipients.map((recipient) => withHeader(recipient, letter));
  const envelope = { peerCvrs: null, mailFrom: mail.mailFrom, recipients };
  const from = mail.fromMailbox === null ? [] : [mail.fromMailbox];
  const author = { fromHeaderCount: 1, fromAddresses: from, originators: [], ambiguous: false };
  for (const recipient of recipients) {
    const problem = recipientProblem(rules, envelope, recipient);
    if (problem) return problem;
  }
  return authorProblem(rules, envelope, author);
}

function withHeader(recipient: string, letter: Letter | null): string {
  const parsed = parseGatewayAddress(recipient);
  return parsed.kind === 'gateway-address' ? printGatewayAddress(addressWithHeader(parsed.address, letter?.memoHeader ?? null)) : recipient;
}

async function insertMessages(
  parts: ResendParts,
  connection: Queryable,
  { mail, id, failed }: { readonly mail: ActedOn; readonly id: number; readonly failed: readonly FailedDelivery[] },
): Promise<void> {
  const { settings } = parts;
  const letter = await letterOfSubmission(connection, mail.id);
  const digital = failed.filter(({ channel }) => channel !== 'mail');
  const plan = mail.mass && letter
    ? planContainers(digital.map((delivery) => memoBytes(letter, delivery)), {
        recipientsMin: settings.MASS_CONTAINER_RECIPIENTS_MIN,
        messagesMax: settings.MASS_CONTAINER_MESSAGES_MAX,
        bytesMax: settings.MASS_CONTAINER_BYTES_MAX,
      }, parts.newUuid)
    : null;
  const containerOf = new Map(digital.map(({ position }, n) => [position, plan?.containerOf[n] ?? null]));
  const rows = failed.map((delivery): NewDelivery => ({
    ...delivery,
    messageUuid: delivery.channel === 'mail' ? null : parts.newUuid(),
    container: containerOf.get(delivery.position) ?? null,
  }));
  const of = { submissionId: id, organisationCvr: mail.organisationCvr ?? '', dueAt: parts.now() };
  for (let at = 0; at < rows.length; at += INSERT_BATCH) {
    await insertDeliveries(connection, of, rows.slice(at, at + INSERT_BATCH));
  }
  if (plan && plan.containers.length > 0) await insertContainers(connection, { ...of, channel: 'ngdp' }, plan.containers);
}
