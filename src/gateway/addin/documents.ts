import { createHash } from 'node:crypto';
import { mendingOf, trueNameOf } from '../../domain/attachment-mending.ts';
import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import { assessAttachments, defaultAttachmentSettings } from '../../domain/attachment-limits.ts';
import { allowedFileTypes, effectiveExtension } from '../../domain/file-type.ts';
import { repairFileNames } from '../../domain/file-name.ts';
import type { AttachmentsQuestion, ReadFilesAnswer, ReadFilesQuestion } from '../../domain/gateway-api.ts';
import type { Organisation } from '../../domain/organisation.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Refusal } from '../../domain/rights.ts';
import type { ApiCaller } from '../api/api-caller.ts';
import type { AttachmentsChecked, DocumentActions, DocumentAnswer, DocumentCall } from '../api/document-actions.ts';
import { sortAttachments, type JudgedAttachment } from '../assess/mail-problems.ts';
import { openCallerShare } from './caller-share.ts';
import { mailboxRefusal } from './check-recipients.ts';
import { convertFiles, type ConvertParts } from './convert-files.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { DocumentOutcome } from '../isolate/document-pool.ts';
import { limitedPoints, pointCountProblems, pointSizeProblems, type ContactPointParts, type LimitedPoint } from './recipient-contact-points.ts';
import { memoTooLarge } from '../outgoing/submission-letter.ts';
import { splitLetters } from './split-letters.ts';
import { textLimitsOf } from '../settings/letter-check-settings.ts';

export type DocumentParts = ConvertParts & ContactPointParts & Pick<GatewayParts, 'directory'>;

/**
 * What people ask about documents while they write; everything that opens one happens in a child process. A call ends when
 * its caller goes away or its time is up, wherever it is, and nobody has more than a share of them under way.
 */
export function documentStories(parts: DocumentParts): DocumentActions {
  const share = openCallerShare(parts.settings.DOCUMENT_JOBS_PER_CALLER_MAX);
  const bounded = <Question, Answer>(story: (parts: DocumentParts, call: DocumentCall<Question>) => Promise<DocumentAnswer<Answer>>) =>
    async (call: DocumentCall<Question>): Promise<DocumentAnswer<Answer>> => {
      const signal = AbortSignal.any([call.signal, AbortSignal.timeout(parts.settings.DOCUMENT_CALL_TIME_MAX_MS)]);
      return (await share.within(call.caller.id, () => story(parts, { ...call, signal }))) ?? { kind: 'share-spent' };
    };
  return { render: bounded(renderLetter), check: bounded(checkAttachments), read: bounded(readFiles), convert: bounded(convertFiles), split: bounded(splitLetters) };
}

async function renderLetter({ documents }: DocumentParts, { question, signal }: Parameters<DocumentActions['render']>[0]): ReturnType<DocumentActions['render']> {
  const { subject, html = null, text = null, pictures = [], language = null } = question;
  const outcome = await documents.render({
    job: { kind: 'render', subject, html, text, language, pictures: pictures.map(({ contentId, type }) => ({ contentId, type })) },
    files: pictures.map(({ content }) => Buffer.from(content, 'base64')),
    signal,
  });
  return answered(outcome, ({ pdf, pages, warnings }) => ({
    pdf: pdf.toString('base64'), sha256: createHash('sha256').update(pdf).digest('hex'), pages, warnings: [...warnings],
  }));
}

function answered<Value, Answer>(outcome: DocumentOutcome<Value>, show: (value: Value) => Answer): DocumentAnswer<Answer> {
  return outcome.kind === 'done' ? { kind: 'answer', answer: show(outcome.value) } : outcome;
}

/** The gateway's own rules (domain/attachment-limits.ts) on the files as they would be sorted in a mail. */
async function checkAttachments(
  parts: DocumentParts,
  { caller, question, signal }: DocumentCall<AttachmentsQuestion>,
): Promise<DocumentAnswer<AttachmentsChecked>> {
  const points = await recipientPoints(parts, caller, question);
  if (points.kind !== 'points') return points;
  const files: JudgedAttachment[] = [];
  for (const [index, { name, type = '', content }] of question.files.entries()) {
    const outcome = await parts.documents.inspect({ job: { kind: 'inspect', name, type }, files: [Buffer.from(content, 'base64')], signal });
    if (outcome.kind !== 'done') return outcome;
    files.push({ index, facts: outcome.value });
  }
  const { attachments, bodyPdfs } = sortAttachments(files);
  const factsOf = (some: readonly JudgedAttachment[]) => some.map(({ facts }) => facts);
  const settings = { ...defaultAttachmentSettings, eboksChecksFileTypes: parts.settings.EBOKS_FILE_TYPES === 'on' };
  const problems = [
    ...assessAttachments({ attachments: factsOf(attachments), bodyPdfs: factsOf(bodyPdfs), channels: question.channels }, settings),
    ...sizeProblems(question, factsOf([...attachments, ...bodyPdfs]), { points: points.points, count: attachments.length }),
  ];
  const names = sentNames(attachments);
  return {
    kind: 'answer',
    answer: { problems, files: files.map(({ index, facts }) => shownFile(facts, names.get(index) ?? facts.name, parts.converters)) },
  };
}

/** One file after another, so that a caller holds one child at most. */
async function readFiles(
  { documents, settings }: DocumentParts,
  { question, signal }: DocumentCall<ReadFilesQuestion>,
): Promise<DocumentAnswer<ReadFilesAnswer>> {
  const files: ReadFilesAnswer['files'] = [];
  const limits = textLimitsOf(settings);
  for (const { name, type = '', content } of question.files) {
    const outcome = await documents.readText({ job: { kind: 'read-text', name, type, limits }, files: [Buffer.from(content, 'base64')], signal });
    if (outcome.kind !== 'done') return outcome;
    files.push({ name, pages: outcome.value.pages && [...outcome.value.pages] });
  }
  return { kind: 'answer', answer: { files } };
}

function sentNames(attachments: readonly JudgedAttachment[]): ReadonlyMap<number, string> {
  const names = repairFileNames(attachments.map(({ facts }) => ({ name: facts.name, extensionFallback: effectiveExtension(facts) })));
  return new Map(attachments.map(({ index }, n) => [index, names[n] ?? '']));
}

function shownFile(facts: AttachmentFacts, sentAs: string, converters: DocumentParts['converters']): AttachmentsChecked['files'][number] {
  const extension = effectiveExtension(facts);
  const listed = allowedFileTypes.find((type) => type.extension === extension)?.mime;
  const declared = facts.declaredType === '' ? null : facts.declaredType;
  return {
    name: facts.name,
    sentAs,
    bytes: facts.bytes,
    type: facts.detectedType ?? listed ?? declared,
    mending: [...mendingOf(facts, converters)],
    trueName: trueNameOf(facts),
  };
}

type PointsAsked = { readonly kind: 'points'; readonly points: readonly LimitedPoint[] } | { readonly kind: 'not-allowed'; readonly refusal: Refusal };

/** The limits of the contact point that is written to; none where none is named, or nobody can say. */
async function recipientPoints(parts: DocumentParts, caller: ApiCaller, { channels, recipient }: AttachmentsQuestion): Promise<PointsAsked> {
  if (recipient === undefined) return { kind: 'points', points: [] };
  const organisation: Organisation | null = parts.directory.organisationOfTenant(caller.tenant ?? '');
  if (!organisation) return { kind: 'points', points: [] };
  const refusals = channels.flatMap((channel) => mailboxRefusal(parts, caller, { action: 'send', mailbox: recipient.mailbox.toLowerCase(), channel }) ?? []);
  const [refusal] = refusals;
  if (refusal) return { kind: 'not-allowed', refusal };
  const addresses = channels.map((channel) => ({
    kind: 'single' as const,
    channel,
    recipient: { kind: 'cvr' as const, number: recipient.cvr },
    replyable: false,
    recipientContactPoint: recipient.contactPoint.toLowerCase(),
    sender: { kind: 'cvr' as const, cvr: organisation.cvrNumbers[0] ?? '' },
  }));
  return { kind: 'points', points: await limitedPoints(parts, organisation, addresses) };
}

/** Room for what a message holds beside its files. */
const MEMO_FRAME_BYTES = 10_000;

/** Files go as base64 in the MeMo, whose size counts. The letter is not known here; it counts when the mail is sent. */
function sizeProblems(
  { channels }: AttachmentsQuestion,
  files: readonly AttachmentFacts[],
  { points, count }: { readonly points: readonly LimitedPoint[]; readonly count: number },
): readonly Problem[] {
  const bytes = files.reduce((sum, file) => sum + Math.ceil(file.bytes / 3) * 4, MEMO_FRAME_BYTES);
  const tooLarge = channels.map((channel) => memoTooLarge(channel, bytes)).find((problem) => problem !== null);
  return [...(tooLarge ? [tooLarge] : []), ...pointCountProblems(points, count), ...pointSizeProblems(points, channels.map(() => bytes))];
}
