import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import { assessAttachments } from '../../domain/attachment-limits.ts';
import type { ChannelId } from '../../domain/channel.ts';
import { isInDomains } from '../../domain/mail-address.ts';
import { isBodyPdfName, isMassSendListName, isMemoHeaderFileName } from '../../domain/memo-header-file.ts';
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
  /** What the recipient gets as attachments. */
  readonly attachments: readonly JudgedAttachment[];
}

/** Sorts the files of a mail: MemoHeader files are for machines and never attachments of a message. */
export function sortAttachments(files: readonly JudgedAttachment[]): SortedAttachments {
  const kept = files.filter(({ facts }) => !isMemoHeaderFileName(facts.name));
  return {
    bodyPdfs: kept.filter(({ facts }) => isBodyPdfName(facts.name)),
    attachments: kept.filter(({ facts }) => !isBodyPdfName(facts.name)),
  };
}

/** The files of one mail, and to whom it goes. */
export interface MailQuestion {
  readonly organisation: Organisation;
  readonly files: readonly JudgedAttachment[];
  /** Channels of its Digital Post recipients; empty for an ordinary mail. */
  readonly channels: readonly ChannelId[];
  /** Its ordinary recipients. */
  readonly mailRecipients: readonly string[];
}

/**
 * Everything about a mail's content for which it may not go, as one pure verdict; empty when it may. A fault of content
 * stops the whole mail, ordinary recipients included (formats.md, corner case 10).
 */
export function mailProblems(question: MailQuestion): readonly Problem[] {
  const { bodyPdfs, attachments } = sortAttachments(question.files);
  return [
    ...memoHeaderLeaks(question),
    ...massListLeaks(question),
    ...assessAttachments({
      attachments: attachments.map(({ facts }) => facts),
      bodyPdfs: bodyPdfs.map(({ facts }) => facts),
      channels: question.channels,
    }),
  ];
}

/** A list of other people's numbers must reach no recipient (reliability.md 2.2, row 16: Aarhus). */
function massListLeaks({ organisation, files, channels, mailRecipients }: MailQuestion): readonly Problem[] {
  const lists = files.filter(({ facts }) => isMassSendListName(facts.name));
  const addresses = outsiders(organisation, mailRecipients);
  if (channels.length === 0 && addresses.length === 0) return [];
  return lists.map(({ facts }) => problemOf('mass-list-leak', { file: facts.name, addresses }));
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
