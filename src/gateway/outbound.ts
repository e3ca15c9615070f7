import { channels as channelTable } from '../domain/channel.ts';
import { memoSenderOf, senderKey, type MemoSender } from '../domain/organisation.ts';
import { problemOf, type Problem } from '../domain/problem.ts';
import { writeMemo } from '../memo/write-memo.ts';
import { mailProblems, sortAttachments, type JudgedAttachment } from './assess/mail-problems.ts';
import { letterOfMail, type StoredFile } from './convert/letter-of-mail.ts';
import { memoOfDelivery } from './convert/memo-of-delivery.ts';
import { expandSubmission, LostHold, parkSubmission, refuseSubmission } from './end-submission.ts';
import { keepFiles, type KeptFiles } from './file-keeper.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { ReadMailResult } from './isolate/read-mail-job.ts';
import { readBlob } from './store/blobs.ts';
import { isDatabaseTrouble } from './store/database.ts';
import { deferSubmission, type Letter, type Submission } from './store/submissions.ts';
import { authorOf, type SubmissionAuthor } from './submission-author.ts';
import { handoverKeys, sortRecipients, type Recipients } from './submission-recipients.ts';

/**
 * The story of a mail after 250: read in isolation, judged as a whole, and then either refused with a mail that says
 * why, or made into a letter and one delivery for each recipient. It ends in one transaction; until then nothing of it
 * is visible, so a process that dies here leaves a mail that is simply read again.
 */
export async function convertSubmission(parts: GatewayParts, submission: Submission): Promise<void> {
  const endTimer = parts.metrics.conversionSeconds.startTimer();
  const author = await authorOf(parts, submission);
  const recipients = sortRecipients(submission);
  const kept = keepFiles(parts.database, recipients.digital.length > 0);
  let done = false;
  try {
    // A mail whose process was killed is most likely innocent, for what it holds is opened in a child. Only one that is
    // never done before the process dies is set aside in the end, so that it cannot take the gateway down for ever.
    const claimsMax = parts.settings.CONVERT_ATTEMPTS_MAX + parts.settings.CONVERT_LOSSES_MAX;
    if (submission.attempts > claimsMax) return await parkSubmission(parts, submission, author);
    const job = { wantsLetter: recipients.digital.length > 0, createdAt: createdAtOf(submission) };
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
  const counts = !isDatabaseTrouble(error) && !(error instanceof LostHold);
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
  const { submission, author, recipients, result } = read;
  const keys = handoverKeys(author, recipients, result.mail.contentKey);
  const files = result.mail.attachments.flatMap(({ index, facts, usedInBody }) =>
    facts && !usedInBody ? [{ index, facts }] : [],
  );
  const problems = mailProblems({
    organisation: author.organisation,
    files,
    channels: recipients.digital.map(({ address }) => address.channel),
    mailRecipients: recipients.ordinary.map(({ address }) => address),
  });
  const letter = problems.length === 0 && recipients.digital.length > 0 ? letterOf(parts, read, files) : null;
  const tooLarge = letter && memoTooLarge(letter, recipients);
  const all = tooLarge ? [tooLarge] : problems;
  if (all.length > 0) {
    await refuseSubmission(parts, { submission, author, keys: [...keys.values()], problems: all });
    return false;
  }
  return await expandSubmission(parts, { submission, author, recipients, result, letter, keys });
}

function letterOf(parts: GatewayParts, read: ReadSubmission, files: readonly JudgedAttachment[]): Letter {
  const { bodyPdfs, attachments } = sortAttachments(files);
  const storedFile = (index: number): StoredFile => {
    const file = read.kept.attachments.get(index);
    if (!file) throw new Error('an attachment that was not kept');
    return file;
  };
  const main = bodyPdfs[0] ? storedFile(bodyPdfs[0].index) : read.kept.letter;
  if (!main) throw new Error('a mail without a letter');
  const senders: Record<string, MemoSender> = {};
  for (const { address } of read.recipients.digital) {
    const sender = memoSenderOf(read.author.organisation, address.sender);
    if (sender) senders[senderKey(address.sender)] = sender;
  }
  return letterOfMail({
    memoVersion: parts.settings.MEMO_VERSION,
    subject: read.result.mail.subject,
    createdAt: createdAtOf(read.submission),
    main,
    attachments: attachments.map(({ index, facts }) => ({ facts, file: storedFile(index) })),
    senders,
  });
}

/** The size of the MeMo as XML decides (memo-ngdp.md 6); it is known without opening a file. */
function memoTooLarge(letter: Letter, recipients: Recipients): Problem | null {
  const content = { open: () => [] };
  for (const { address } of recipients.digital) {
    const sender = letter.senders[senderKey(address.sender)];
    if (!sender) throw new Error('a sender that is not ours');
    const to = { messageUuid: '00000000-0000-4000-8000-000000000000', address, sender };
    const { bytes } = writeMemo(memoOfDelivery(letter, to, (file) => ({ ...content, bytes: file.bytes })));
    const max = channelTable[address.channel].memoBytesMax;
    if (bytes > max) return problemOf('memo-too-large', { bytes, max });
  }
  return null;
}

/** To the second, as MeMo writes it; from the hand-over, so that reading the mail again gives the same letter. */
function createdAtOf({ receivedAt }: Submission): string {
  return `${receivedAt.toISOString().slice(0, 19)}Z`;
}
