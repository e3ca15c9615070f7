import { createHash } from 'node:crypto';
import { channels as channelTable } from '../domain/channel.ts';
import { parseGatewayAddress, printGatewayAddress, type SingleAddress } from '../domain/gateway-address.ts';
import { normaliseMailAddress } from '../domain/mail-address.ts';
import { memoSenderOf, senderKey, type MemoSender } from '../domain/organisation.ts';
import { problemOf, type Problem } from '../domain/problem.ts';
import { writeMemo } from '../memo/write-memo.ts';
import { mailProblems, sortAttachments } from './assess/mail-problems.ts';
import { letterOfMail, type StoredFile } from './convert/letter-of-mail.ts';
import { memoOfDelivery } from './convert/memo-of-delivery.ts';
import { keepFiles, type KeptFiles } from './file-keeper.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { ReadMailResult } from './isolate/read-mail-job.ts';
import { authorOf, type SubmissionAuthor } from './submission-author.ts';
import { keepBlobs, readBlob } from './store/blobs.ts';
import { isDatabaseTrouble } from './store/database.ts';
import { insertDeliveries, type NewDelivery } from './store/deliveries.ts';
import { insertNotice, type NewNotice } from './store/notices.ts';
import {
  deferSubmission, endConversion, takeHandovers, type Letter, type Submission, type SubmissionFacts,
} from './store/submissions.ts';

const CRASH_PAUSE_MS = 1_000;
// A mail whose process was killed is most likely innocent, for what it holds is opened in a child. Only one that is
// never done before the process dies is set aside in the end, so that it cannot take the gateway down for ever.
const PROCESS_LOSSES_MAX = 20;

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
    const claimsMax = parts.settings.CONVERT_ATTEMPTS_MAX + PROCESS_LOSSES_MAX;
    if (submission.attempts > claimsMax) return await park(parts, submission, author);
    const job = { wantsLetter: recipients.digital.length > 0, createdAt: createdAtOf(submission) };
    const outcome = await parts.isolate.readMail(job, readBlob(parts.database, submission.rawBlob), kept.taker);
    if (outcome.kind === 'killed') {
      parts.log.warn({ id: idOf(submission), state: 'converter-killed', reason: outcome.reason, stage: outcome.stage });
      if (submission.attempts >= parts.settings.CONVERT_ATTEMPTS_MAX) return await park(parts, submission, author);
      return await putBack(parts, submission, true);
    }
    if (outcome.kind === 'unreadable') {
      const { stage, text } = outcome.unreadable;
      const problem = problemOf(stage === 'mail' ? 'mail-unreadable' : 'conversion-failed', { what: text.replace(/\.$/, '') });
      return await refuse(parts, { submission, author, keys: [] }, [problem]);
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
  await park(parts, submission, author).catch((lost: unknown) => {
    if (!(lost instanceof LostHold)) throw lost;
  });
}

async function putBack(parts: GatewayParts, { id }: Submission, counts: boolean): Promise<void> {
  const dueAt = new Date(parts.now().getTime() + CRASH_PAUSE_MS);
  await deferSubmission(parts.database, { id, worker: parts.worker }, { dueAt, counts });
}

/** Recipients as the envelope names them, with their place in it. */
interface Recipients {
  readonly digital: readonly { readonly position: number; readonly address: SingleAddress }[];
  readonly ordinary: readonly { readonly position: number; readonly address: string }[];
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
  if (problems.length > 0) {
    await refuse(parts, { submission, author, keys: [...keys.values()] }, problems);
    return false;
  }
  const letter = recipients.digital.length > 0 ? letterOf(parts, read, files) : null;
  const tooLarge = letter && memoTooLarge(letter, recipients);
  if (tooLarge) {
    await refuse(parts, { submission, author, keys: [...keys.values()] }, [tooLarge]);
    return false;
  }
  return await expand(parts, read, { letter, keys });
}

function letterOf(parts: GatewayParts, read: ReadSubmission, files: Parameters<typeof sortAttachments>[0]): Letter {
  const { bodyPdfs, attachments } = sortAttachments(files);
  const storedFile = (index: number): StoredFile => {
    const attachment = read.result.mail.attachments.find((candidate) => candidate.index === index);
    const blob = read.kept.attachmentBlobs.get(index);
    if (!attachment || blob === undefined) throw new Error('an attachment that was not kept');
    return { blob, bytes: attachment.bytes, sha256: attachment.sha256 };
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

interface Expansion {
  readonly letter: Letter | null;
  /** For each place among the recipients, the key under which this hand-over is remembered. */
  readonly keys: ReadonlyMap<number, Buffer>;
}

/** Writes the letter and a delivery for each recipient who has not had this very mail before. */
async function expand(parts: GatewayParts, read: ReadSubmission, { letter, keys }: Expansion): Promise<boolean> {
  const { submission, author, recipients, result } = read;
  const now = parts.now();
  const outcome = await parts.database.transaction(async (connection) => {
    const fresh = await takeHandovers(connection, [...new Set(keys.values())], now);
    const unused = new Set(fresh.map((key) => key.toString('hex')));
    const isNew = ({ position }: { readonly position: number }) => unused.delete(keys.get(position)?.toString('hex') ?? '');
    const deliveries = newDeliveries(parts, read, isNew);
    const state = deliveries.length > 0 ? 'expanded' : 'skipped';
    const held = await endConversion(connection, { id: submission.id, worker: parts.worker }, {
      state,
      facts: factsOf(author, result),
      letter: state === 'expanded' ? letter : null,
      problems: [],
      openDeliveries: deliveries.length,
    });
    if (!held) throw new LostHold();
    if (deliveries.length > 0) {
      const of = { submissionId: submission.id, organisationCvr: author.organisation.cvrNumbers[0] ?? '', now };
      await insertDeliveries(connection, of, deliveries);
      await keepBlobs(connection, usedBlobs(letter));
    }
    return { state, count: deliveries.length } as const;
  });
  parts.metrics.submissions.inc({ state: outcome.state });
  parts.log.info({ id: idOf(submission), state: outcome.state, recipients: recipients.digital.length + recipients.ordinary.length, deliveries: outcome.count, warnings: [...result.mail.warnings, ...(result.letter?.warnings ?? [])] });
  return outcome.state === 'expanded' && letter !== null;
}

function newDeliveries(
  parts: GatewayParts,
  { recipients, result }: ReadSubmission,
  isNew: (recipient: { readonly position: number }) => boolean,
): readonly NewDelivery[] {
  const named = new Set([...result.mail.to, ...result.mail.cc].map(({ address }) => normaliseMailAddress(address)));
  const bulk = recipients.digital.length > parts.settings.NGDP_BULK_RECIPIENTS;
  return [
    ...recipients.digital.filter(isNew).map(({ position, address }): NewDelivery => ({
      position,
      channel: address.channel,
      address: printGatewayAddress(address),
      namedInHeader: named.has(normaliseMailAddress(printGatewayAddress(address))),
      recipientKey: address.recipient.number,
      messageUuid: parts.newUuid(),
      bulk,
    })),
    ...recipients.ordinary.filter(isNew).map(({ position, address }): NewDelivery => ({
      position,
      channel: 'mail',
      address,
      namedInHeader: named.has(normaliseMailAddress(address)),
      recipientKey: null,
      messageUuid: null,
      bulk: false,
    })),
  ];
}

interface Refusal {
  readonly submission: Submission;
  readonly author: SubmissionAuthor;
  readonly keys: readonly Buffer[];
}

/** Nothing of the mail goes anywhere, and its sender is told why; once, also when the mail is handed over again. */
async function refuse(parts: GatewayParts, { submission, author, keys }: Refusal, problems: readonly Problem[]): Promise<void> {
  const now = parts.now();
  const told = await parts.database.transaction(async (connection) => {
    const fresh = keys.length === 0 ? keys : await takeHandovers(connection, keys, now);
    const first = keys.length === 0 || fresh.length > 0;
    const held = await endConversion(connection, { id: submission.id, worker: parts.worker }, {
      state: first ? 'refused' : 'skipped',
      facts: factsOf(author, null),
      letter: null,
      problems,
      openDeliveries: 0,
    });
    if (!held) throw new LostHold();
    if (first) await insertNotice(connection, refusalNotice(submission, author), now);
    return first;
  });
  parts.metrics.submissions.inc({ state: told ? 'refused' : 'skipped' });
  for (const { code } of problems) parts.metrics.refusals.inc({ problem: code });
  parts.log.info({ id: idOf(submission), state: told ? 'refused' : 'skipped', problems: problems.map(({ code }) => code) });
}

/** A mail that takes its process down is set aside; sender and watch mailbox are told, and nobody else waits. */
async function park(parts: GatewayParts, submission: Submission, author: SubmissionAuthor): Promise<void> {
  const now = parts.now();
  await parts.database.transaction(async (connection) => {
    const held = await endConversion(connection, { id: submission.id, worker: parts.worker }, {
      state: 'parked',
      facts: factsOf(author, null),
      letter: null,
      problems: [],
      openDeliveries: 0,
    });
    if (!held) throw new LostHold();
    if (submission.mailFrom !== '') await insertNotice(connection, noticeTo(author, 'parked', submission.id), now);
    await insertNotice(connection, {
      ...noticeTo(author, 'watch', submission.id),
      recipient: author.organisation.watchMailbox,
      detail: {
        subject: 'En mail er sat til side',
        text: `Mail s${submission.id} fra ${author.mailbox} kunne ikke læses uden fejl og er sat til side. Afsenderen har fået besked.`,
      },
    }, now);
  });
  parts.metrics.submissions.inc({ state: 'parked' });
  parts.log.error({ id: idOf(submission), state: 'parked', attempts: submission.attempts });
}

/** A mail from nobody (empty MAIL FROM) is never answered; the watch mailbox hears of it instead. */
function refusalNotice(submission: Submission, author: SubmissionAuthor): NewNotice {
  if (submission.mailFrom !== '') return noticeTo(author, 'refusal', submission.id);
  const text = `En automatisk mail uden afsenderadresse fra ${author.mailbox} er ikke sendt videre (mail s${submission.id}).`;
  const detail = { subject: 'En automatisk mail er ikke sendt', text };
  return { ...noticeTo(author, 'watch', submission.id), recipient: author.organisation.watchMailbox, detail };
}

/** Another process took the mail over while this one was silent: what it wrote counts, and ours is rolled back. */
class LostHold extends Error {
  constructor() {
    super('this process no longer holds the mail');
  }
}

function noticeTo({ organisation, mailbox }: SubmissionAuthor, kind: NewNotice['kind'], submissionId: number): NewNotice {
  return { kind, organisationCvr: organisation.cvrNumbers[0] ?? '', submissionId, recipient: mailbox, detail: null };
}

function factsOf(author: SubmissionAuthor, result: ReadMailResult | null): SubmissionFacts {
  return {
    organisationCvr: author.organisation.cvrNumbers[0] ?? '',
    fromMailbox: author.mailbox,
    messageId: author.messageId,
    subject: result?.mail.subject ?? author.subject,
  };
}

function sortRecipients(submission: Submission): Recipients {
  const digital: { position: number; address: SingleAddress }[] = [];
  const ordinary: { position: number; address: string }[] = [];
  submission.recipients.forEach((text, n) => {
    const parsed = parseGatewayAddress(text);
    if (parsed.kind === 'elsewhere') ordinary.push({ position: n + 1, address: text });
    else if (parsed.kind === 'gateway-address' && parsed.address.kind === 'single') {
      digital.push({ position: n + 1, address: parsed.address });
    } else throw new Error('a recipient that the door should have refused');
  });
  return { digital, ordinary };
}

/** Sender, Message-ID, content and recipient: what makes two hand-overs the same (design.md, "SMTP"). */
function handoverKeys(author: SubmissionAuthor, recipients: Recipients, contentKey: string): ReadonlyMap<number, Buffer> {
  const keyOf = (recipient: string) =>
    createHash('sha256').update([author.mailbox, author.messageId ?? '', contentKey, recipient].join('\0')).digest();
  return new Map([
    ...recipients.digital.map(({ position, address }) => [position, keyOf(printGatewayAddress(address))] as const),
    ...recipients.ordinary.map(({ position, address }) => [position, keyOf(normaliseMailAddress(address))] as const),
  ]);
}

function usedBlobs(letter: Letter | null): readonly number[] {
  return letter ? [letter.main.blob, ...letter.attachments.map(({ blob }) => blob)] : [];
}

/** To the second, as MeMo writes it; from the hand-over, so that reading the mail again gives the same letter. */
function createdAtOf({ receivedAt }: Submission): string {
  return `${receivedAt.toISOString().slice(0, 19)}Z`;
}

function idOf({ id }: Submission): string {
  return `s${id}`;
}
