import { printGatewayAddress } from '../domain/gateway-address.ts';
import { addressWithHeader } from '../domain/memo-header-address.ts';
import { problemOf, type Problem } from '../domain/problem.ts';
import { mailProblems, sortAttachments, type JudgedAttachment } from './assess/mail-problems.ts';
import { readCarriedHeader, type CarriedHeader } from './outgoing/carried-header.ts';
import { checkLetterOf, wantsLetterCheck } from './outgoing/check-letter.ts';
import { expandSubmission, LostHold, parkSubmission, refuseSubmission } from './outgoing/end-submission.ts';
import { keepFiles, type KeptFiles } from './outgoing/file-keeper.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { ApprovalLost, guardedKeys, guardMail, tellOfAutomaticMail } from './outgoing/guard-mail.ts';
import { planRelease, sendAtOf } from './acts/hold-submission.ts';
import { filesBesideInvitation, invitationProblems } from './outgoing/invitation-parts.ts';
import type { ReadMailResult } from './isolate/read-mail-job.ts';
import { fillLetters } from './outgoing/fill-letters.ts';
import { hasOwnLetters, massLetterProblems, readMassSend, type MassSend } from './outgoing/mass-send.ts';
import type { DigitalMessages } from './outgoing/new-deliveries.ts';
import { limitedPoints, pointCountProblems, pointSizeProblems, type LimitedPoint } from './addin/recipient-contact-points.ts';
import { readBlob } from './store/blobs.ts';
import { isDatabaseTrouble } from './store/database.ts';
import { deferSubmission, type Letter, type Submission } from './store/submissions.ts';
import { authorOf, type SubmissionAuthor } from './outgoing/submission-author.ts';
import { createdAtOf, letterOf, massMessage, memoBytes, memoTooLarge, type DigitalMessage } from './outgoing/submission-letter.ts';
import { gatewayAddressesOf, handoverKeys, isDigital, sortRecipients, type Recipients } from './outgoing/submission-recipients.ts';

/**
 * The story of a mail after 250: read in isolation, judged as a whole, and then either refused with a mail that says
 * why, or made into a letter and one delivery for each recipient. It ends in one transaction; until then nothing of it
 * is visible, so a process that dies here leaves a mail that is simply read again.
 */
export async function convertSubmission(parts: GatewayParts, submission: Submission): Promise<void> {
  const endTimer = parts.metrics.conversionSeconds.startTimer();
  const author = await authorOf(parts, submission);
  const recipients = sortRecipients(submission);
  const kept = keepFiles(parts.database, isDigital(recipients));
  let done = false;
  try {
    // A mail whose process was killed is most likely innocent, for what it holds is opened in a child. Only one that is
    // never done before the process dies is set aside in the end, so that it cannot take the gateway down for ever.
    const claimsMax = parts.settings.CONVERT_ATTEMPTS_MAX + parts.settings.CONVERT_LOSSES_MAX;
    if (submission.attempts > claimsMax) return await parkSubmission(parts, submission, author);
    const job = { wantsLetter: isDigital(recipients), wantsText: wantsLetterCheck(parts, recipients), createdAt: createdAtOf(submission) };
    const outcome = await parts.isolate.readMail(job, readBlob(parts.database, submission.rawBlob), kept.taker);
    if (outcome.kind === 'killed') {
      parts.log.warn({ id: `s${submission.id}`, state: 'converter-killed', reason: outcome.reason, stage: outcome.stage });
      if (submission.attempts >= parts.settings.CONVERT_ATTEMPTS_MAX) return await parkSubmission(parts, submission, author);
      return await putBack(parts, submission, true);
    }
    if (outcome.kind === 'unreadable') {
      const { stage, text } = outcome.unreadable;
      const problem = problemOf(stage === 'mail' ? 'mail-unreadable' : 'conversion-failed', { what: text.replace(/\.$/, '') });
      return await refuseSubmission(parts, { submission, author, keys: [], problems: [problem] });
    }
    done = await finish(parts, { submission, author, recipients, result: outcome.result, kept });
  } finally {
    if (!done) await kept.discard();
    endTimer();
    parts.wake();
  }
}

/** Work on the mail failed for a reason of ours: it waits and is read again; a fault that comes back parks it in the end. */
export async function giveSubmissionBack(parts: GatewayParts, submission: Submission, error: unknown): Promise<void> {
  const counts = !isDatabaseTrouble(error) && !(error instanceof LostHold) && !(error instanceof ApprovalLost);
  const parks = counts && submission.attempts >= parts.settings.CONVERT_ATTEMPTS_MAX;
  const author = parks ? await authorOf(parts, submission).catch(() => null) : null;
  if (author === null) return await putBack(parts, submission, counts);
  await parkSubmission(parts, submission, author).catch((lost: unknown) => {
    if (!(lost instanceof LostHold)) throw lost;
  });
}

async function putBack(parts: GatewayParts, { id }: Submission, counts: boolean): Promise<void> {
  const dueAt = new Date(parts.now().getTime() + parts.settings.CONVERT_PAUSE_MS);
  await deferSubmission(parts.database, { id, worker: parts.worker }, { dueAt, counts });
}

interface ReadSubmission {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  readonly recipients: Recipients;
  readonly result: ReadMailResult;
  readonly kept: KeptFiles;
}

/** Judges the mail that was read, and refuses or expands it. True when its files are now part of a letter. */
async function finish(parts: GatewayParts, read: ReadSubmission): Promise<boolean> {
  const { submission, author, recipients, result, kept } = read;
  const guard = await guardMail(parts, { submission, author, recipients, contentKey: result.mail.contentKey });
  const keys = guardedKeys(handoverKeys(author, recipients, result.mail.contentKey), guard);
  const all = result.mail.attachments.flatMap(({ index, facts, usedInBody }) => (facts && !usedInBody ? [{ index, facts }] : []));
  const files = filesBesideInvitation(all, result);
  const asked = await readMassSend(parts, { recipients, files, kept, result });
  const massSend = asked.kind === 'mass-send' ? asked.massSend : null;
  const plan = planRelease(parts, {
    submission,
    author,
    digital: isDigital(recipients),
    mass: recipients.mass.length > 0,
    recipients: massSend?.recipients.length ?? recipients.digital.length,
  });
  const carried = await readCarriedHeader(parts, { author, recipients, files: all, kept, sendAt: sendAtOf(plan) });
  const points = await limitedPoints(parts, author.organisation, recipients.digital.map(({ address }) => addressWithHeader(address, carried.header)));
  const problems = [
    ...(asked.kind === 'problems' ? asked.problems : []),
    ...(plan.kind === 'refused' ? [plan.problem] : []),
    ...invitationProblems(result),
    ...massLetterProblems(massSend, result),
    ...carried.problems,
    ...guard.problems,
    ...mailProblems({
      organisation: author.organisation,
      files,
      channels: gatewayAddressesOf(recipients).map(({ channel }) => channel),
      mailRecipients: recipients.ordinary.map(({ address }) => address),
      isMassSend: recipients.mass.length > 0,
      ownLetters: new Set(massSend?.fileOfLine.values()),
      eboksChecksFileTypes: parts.settings.EBOKS_FILE_TYPES === 'on',
      calendarNamesCitizens: result.calendarNamesCitizens,
    }),
    ...pointCountProblems(points, sortAttachments(files).attachments.length),
  ];
  const checked = await checkLetterOf(parts, { submission, author, recipients, result, kept, files, problems });
  const told = { ...carried, remarks: [...carried.remarks, ...checked.remarks] };
  const unmade = await fillLetters(parts, { submission, massSend, kept, problems: checked.problems });
  const messages = unmade.length === 0 && isDigital(recipients) ? digitalMessages(parts, { ...read, massSend, carried: told }, files) : null;
  const found = messages ? sizeProblems(messages, points) : unmade;
  if (found.length > 0) {
    await refuseSubmission(parts, { submission, author, keys: [...keys.values()], problems: found });
    return false;
  }
  const done = await expandSubmission(parts, { submission, author, recipients, result, messages, keys, plan, guard });
  await tellOfAutomaticMail(parts, { submission, author }, guard);
  return done;
}

function sizeProblems({ tooLarge, sizes }: DigitalMessages, points: readonly LimitedPoint[]): readonly Problem[] {
  return tooLarge ? [tooLarge] : pointSizeProblems(points, sizes);
}

/** The letter, and each message of it with its size. */
function digitalMessages(
  parts: GatewayParts,
  read: ReadSubmission & { readonly massSend: MassSend | null; readonly carried: CarriedHeader },
  files: readonly JudgedAttachment[],
): DigitalMessages {
  const { massSend, kept, recipients, carried } = read;
  const letter = letterOf(parts, { ...read, organisation: read.author.organisation }, files);
  const singles = recipients.digital.map(({ position, address }): DigitalMessage => ({ line: position, address, ownMain: null }));
  const messageAt = (n: number): DigitalMessage => {
    const message = massSend ? massMessage(letter, { massSend, kept, organisation: read.author.organisation }, n) : singles[n];
    if (!message) throw new Error('no such message');
    return message;
  };
  const alike = massSend !== null && !hasOwnLetters(massSend) && (carried.header?.recipientContactPoints.length ?? 0) === 0;
  const { sizes, tooLarge } = alike
    ? sizesByLength(letter, massSend, messageAt)
    : sizesOf(letter, massSend?.recipients.length ?? singles.length, messageAt);
  return { letter, isMassSend: massSend !== null, sizes, messageAt, tooLarge };
}

interface Sizes {
  readonly sizes: readonly number[];
  readonly tooLarge: Problem | null;
}

function sizesOf(letter: Letter, count: number, messageAt: (n: number) => DigitalMessage): Sizes {
  const sizes: number[] = [];
  let tooLarge: Problem | null = null;
  for (let n = 0; n < count; n++) {
    const { address, ownMain } = messageAt(n);
    const bytes = memoBytes(letter, { address: printGatewayAddress(address), ownMain });
    sizes.push(bytes);
    tooLarge ??= memoTooLarge(address.channel, bytes);
  }
  return { sizes, tooLarge };
}

/** With one letter for all, only the length of the recipient's number tells the sizes of two messages apart. */
function sizesByLength(letter: Letter, { recipients }: MassSend, messageAt: (n: number) => DigitalMessage): Sizes {
  const known = new Map<number, number>();
  let tooLarge: Problem | null = null;
  const sizes = recipients.map(({ id }, n) => {
    const bytes = known.get(id.number.length);
    if (bytes !== undefined) return bytes;
    const one = sizesOf(letter, 1, () => messageAt(n));
    tooLarge ??= one.tooLarge;
    known.set(id.number.length, one.sizes[0] ?? 0);
    return one.sizes[0] ?? 0;
  });
  return { sizes, tooLarge };
}
