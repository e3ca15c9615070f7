import { firstOf } from '../../domain/first-of.ts';
import { unlookedLetter, withinLetter, type LetterFile, type LetterFinding, type LetterQuestion } from '../../domain/letter-check.ts';
import { letterCharactersMax } from '../../domain/letter-text.ts';
import { readSeenSigns } from '../../domain/letter-seen.ts';
import { letterFindingText } from '../../domain/letter-finding-text.ts';
import { isMassSendFileName, isMemoHeaderFileName } from '../../domain/memo-header-file.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import type { JudgedAttachment } from '../assess/mail-problems.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { textLimitsOf } from '../settings/letter-check-settings.ts';
import { readBlob } from '../store/blobs.ts';
import type { KeptFiles } from './file-keeper.ts';
import { letterRecipients, type AddressedMail } from './letter-recipients.ts';
import type { SubmissionAuthor } from './submission-author.ts';
import { isDigital, type Recipients } from './submission-recipients.ts';

/** A mail that was judged by its form. */
export interface CheckedMail extends AddressedMail {
  readonly kept: KeptFiles;
  /** Its files, the letter itself among them where the mail brings it. */
  readonly files: readonly JudgedAttachment[];
  /** Why it may not go in any case. */
  readonly problems: readonly Problem[];
}

/** Why the mail may not go, and what its sender is told in the receipt. */
export interface LetterVerdict {
  readonly problems: readonly Problem[];
  /** Danish sentences. */
  readonly remarks: readonly string[];
}

const TOLD_MAX = 10;
/** A mass send's recipients are not in the letter. */
const NOBODY = { recipients: [], toldName: null } as const;

/** Whether a mail is checked at all: where the gateway is set to, also one that was checked in the add-in. */
export function wantsLetterCheck({ settings }: Pick<GatewayParts, 'settings'>, recipients: Recipients): boolean {
  return settings.LETTER_CHECK !== 'off' && isDigital(recipients);
}

/**
 * Looks whether a mail is written to those it goes to (domain/letter-check.ts), as LETTER_CHECK says: told in the receipt, or
 * stopped. What its writer has said is right in the add-in is left out, finding by finding, and nothing else is: the letter may
 * be another by now. A mail that may not go for another reason is not looked at. Files are read one by one in a child
 * process, and so is the letter checked; what cannot be read in time is told, and never keeps a mail back.
 */
export async function checkLetterOf(parts: GatewayParts, mail: CheckedMail): Promise<LetterVerdict> {
  if (mail.problems.length > 0 || !wantsLetterCheck(parts, mail.recipients)) return { problems: mail.problems, remarks: [] };
  const until = parts.now().getTime() + parts.settings.LETTER_CHECK_TIME_MAX_MS;
  const { recipients, toldName } = mail.recipients.mass.length > 0 ? NOBODY : await letterRecipients(parts, mail);
  const files = recipients.length === 0 ? [] : await textsOf(parts, mail, until);
  const { subject } = mail.result.mail;
  const text = (mail.result.bodyText ?? '').slice(0, letterCharactersMax);
  const findings = await findingsOf(parts, { recipients, rightNames: rightNamesOf(mail), subject, text, files, today: parts.now() }, until);
  const textOf = (finding: LetterFinding) => letterFindingText(finding, toldName);
  const { stopped, told } = sortFindings(unseen(findings, mail.author), parts.settings.LETTER_CHECK === 'stop');
  return {
    problems: stopped.length === 0 ? [] : [problemOf('letter-mismatch', { count: stopped.length, findings: firstOf(stopped.map(textOf), stopped.length, TOLD_MAX) })],
    remarks: firstOf(told.map((finding) => `Tjek brevet: ${textOf(finding)}`), told.length, TOLD_MAX),
  };
}

/** In a child process, for whoever wrote the letter decides how long it takes. What was read in time is still looked at. */
async function findingsOf({ isolate, settings, now }: GatewayParts, question: LetterQuestion, until: number): Promise<readonly LetterFinding[]> {
  const timeMaxMs = Math.max(until - now().getTime(), settings.LETTER_CHECK_FILE_TIME_MAX_MS);
  return (await isolate.checkLetter(question, timeMaxMs)) ?? unlookedLetter(question);
}

/** Nobody can say that what must be put right is right. */
function unseen(findings: readonly LetterFinding[], { letterSeen }: SubmissionAuthor): readonly LetterFinding[] {
  const seen = readSeenSigns(letterSeen);
  return findings.filter(({ grade, sign }) => grade === 'stop' || !seen.has(sign));
}

function sortFindings(findings: readonly LetterFinding[], stops: boolean): { readonly stopped: readonly LetterFinding[]; readonly told: readonly LetterFinding[] } {
  const isStopped = ({ kind }: LetterFinding) => stops && kind !== 'unread';
  return { stopped: findings.filter(isStopped), told: findings.filter((finding) => !isStopped(finding)) };
}

function rightNamesOf({ author, result }: CheckedMail): readonly string[] {
  const { organisation } = author;
  return [organisation.name, ...organisation.contactPoints.map(({ name }) => name), ...result.mail.from.addresses.map(({ name }) => name), ...result.mail.sender.map(({ name }) => name)]
    .filter((name) => name !== '');
}

/** The text of each file; what is left when the time is up counts as unread. */
async function textsOf({ isolate, database, settings, now }: GatewayParts, { files, kept, result }: CheckedMail, until: number): Promise<readonly LetterFile[]> {
  const limits = textLimitsOf(settings);
  let texts: readonly LetterFile[] = [];
  for (const { index, facts: { name, declaredType } } of files.filter(({ facts }) => !isMemoHeaderFileName(facts.name) && !isMassSendFileName(facts.name))) {
    const file = kept.attachments.get(index);
    const isReadable = file !== undefined && file.bytes <= limits.bytesMax && now().getTime() < until;
    const pages = isReadable ? await isolate.readText({ kind: 'read-text', name, type: declaredType, limits }, readBlob(database, file.blob)) : null;
    texts = withinLetter(result.bodyText ?? '', [...texts, { name, pages }]);
  }
  return texts;
}
