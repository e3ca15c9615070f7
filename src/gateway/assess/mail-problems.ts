import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import { assessAttachments, defaultAttachmentSettings } from '../../domain/attachment-limits.ts';
import type { ChannelId } from '../../domain/channel.ts';
import { isInDomains } from '../../domain/mail-address.ts';
import { isBodyPdfName, isMassSendFileName, isMassSendListName, isMemoHeaderFileName } from '../../domain/memo-header-file.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';

/** An attachment as the judgement and the conversion see it. */
export interface JudgedAttachment {
  readonly index: number;
  readonly facts: AttachmentFacts;
}

/** What becomes of the files of a mail. */
export interface SortedAttachments {
  /** The message itself, where the mail brings it as body.pdf. */
  readonly bodyPdfs: readonly JudgedAttachment[];
  /** The message itself to one recipient of a mass send alone. */
  readonly ownLetters: readonly JudgedAttachment[];
  /** Lists of recipients of a mass send. */
  readonly massLists: readonly JudgedAttachment[];
  /** Columns that the letters of a mass send are filled in from. */
  readonly mergeColumns: readonly JudgedAttachment[];
  /** What the recipient gets as attachments. */
  readonly attachments: readonly JudgedAttachment[];
}

/**
 * Sorts the files of a mail: MemoHeader files and lists are for machines and never attachments of a message. `ownLetters`
 * are the indices of files that are one recipient's letter.
 */
export function sortAttachments(files: readonly JudgedAttachment[], ownLetters: ReadonlySet<number> = new Set()): SortedAttachments {
  const sorted = { bodyPdfs: [], ownLetters: [], massLists: [], mergeColumns: [], attachments: [] } as Record<keyof SortedAttachments, JudgedAttachment[]>;
  for (const file of files) {
    const { name } = file.facts;
    if (isMemoHeaderFileName(name)) continue;
    if (isBodyPdfName(name)) sorted.bodyPdfs.push(file);
    else if (isMassSendListName(name)) sorted.massLists.push(file);
    else if (isMassSendFileName(name)) sorted.mergeColumns.push(file);
    else if (ownLetters.has(file.index)) sorted.ownLetters.push(file);
    else sorted.attachments.push(file);
  }
  return sorted;
}

/** The files of one mail, and to whom it goes. */
export interface MailQuestion {
  readonly organisation: Organisation;
  readonly files: readonly JudgedAttachment[];
  /** Channels of its Digital Post recipients; empty for an ordinary mail. */
  readonly channels: readonly ChannelId[];
  /** Its ordinary recipients. */
  readonly mailRecipients: readonly string[];
  readonly isMassSend: boolean;
  /** Indices of the files that are one recipient's letter. */
  readonly ownLetters: ReadonlySet<number>;
  readonly eboksChecksFileTypes: boolean;
  /** Its calendar file, which ordinary recipients get as it is, holds a citizen's CPR number. */
  readonly calendarNamesCitizens: boolean;
}

/**
 * Everything about a mail's content for which it may not go, as one pure verdict; empty when it may. A fault of content
 * stops the whole mail, ordinary recipients included (formats.md, corner case 10).
 */
export function mailProblems(question: MailQuestion): readonly Problem[] {
  const { bodyPdfs, attachments, ownLetters } = sortAttachments(question.files, question.ownLetters);
  const settings = { ...defaultAttachmentSettings, eboksChecksFileTypes: question.eboksChecksFileTypes };
  const facts = (files: readonly JudgedAttachment[]) => files.map((file) => file.facts);
  return [
    ...memoHeaderLeaks(question),
    ...massListLeaks(question),
    ...calendarLeaks(question),
    ...assessAttachments({ attachments: facts(attachments), bodyPdfs: facts(bodyPdfs), channels: question.channels }, settings),
    // Each is the message itself to one recipient, and is judged as a body.pdf of its own.
    ...ownLetters.flatMap((letter) =>
      assessAttachments({ attachments: [], bodyPdfs: [letter.facts], channels: question.channels }, settings),
    ),
  ];
}

/** A list of other people's numbers, with columns or without, must reach no recipient (reliability.md 2.2, row 16: Aarhus). */
function massListLeaks({ organisation, files, channels, mailRecipients, isMassSend }: MailQuestion): readonly Problem[] {
  const lists = files.filter(({ facts }) => isMassSendFileName(facts.name));
  const addresses = outsiders(organisation, mailRecipients);
  if ((channels.length === 0 || isMassSend) && addresses.length === 0) return [];
  return lists.map(({ facts }) => problemOf('mass-list-leak', { file: facts.name, addresses }));
}

/** An invitation must pass unbroken, so a number in it cannot be taken out for those who may not see it. */
function calendarLeaks({ organisation, mailRecipients, calendarNamesCitizens }: MailQuestion): readonly Problem[] {
  const addresses = outsiders(organisation, mailRecipients);
  return calendarNamesCitizens && addresses.length > 0 ? [problemOf('calendar-number-leak', { addresses })] : [];
}

function outsiders(organisation: Organisation, addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => !isInDomains(address, organisation.mailDomains));
}

/** MemoHeader files hold what only the organisation may see; they must not leave it (features C8, D4). */
function memoHeaderLeaks({ organisation, files, mailRecipients }: MailQuestion): readonly Problem[] {
  const paths = files.flatMap(({ facts }) => facts.memoHeaderPaths);
  const addresses = outsiders(organisation, mailRecipients);
  if (addresses.length === 0) return [];
  return paths.map((file) => problemOf('memo-header-leak', { file, addresses }));
}
