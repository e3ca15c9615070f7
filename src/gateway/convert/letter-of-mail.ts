import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import { effectiveExtension, mimeTypeOf } from '../../domain/file-type.ts';
import { repairFileName, repairFileNames } from '../../domain/file-name.ts';
import type { ChannelId } from '../../domain/channel.ts';
import type { MeetingReservation } from '../../domain/meeting-reservation.ts';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import type { MemoSender } from '../../domain/organisation.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import type { Letter, LetterFile } from '../store/submissions.ts';

/** A file of the mail in the store. */
export interface StoredFile {
  readonly blob: number;
  readonly bytes: number;
  /** Hex; null for a file that is not the message itself. */
  readonly sha256: string | null;
}

export interface LetterParts {
  readonly memoVersion: '1.1' | '1.2';
  readonly subject: string;
  readonly createdAt: string;
  /** body.pdf as it came, or the letter made of the text; null where each recipient has their own. */
  readonly main: StoredFile | null;
  readonly attachments: readonly { readonly facts: AttachmentFacts; readonly file: StoredFile }[];
  readonly senders: Readonly<Record<string, MemoSender>>;
  readonly contactPointsOff: readonly ChannelId[];
  readonly remarks: readonly string[];
  readonly actions: readonly MeetingReservation[];
  readonly memoHeader: OutboundMemoHeader | null;
}

/** What all messages of a mail have in common: title, main document, attachments under names that NgDP takes. */
export function letterOfMail(parts: LetterParts): Letter {
  const label = labelFromSubject(parts.subject);
  const names = repairFileNames(
    parts.attachments.map(({ facts }) => ({ name: facts.name, extensionFallback: effectiveExtension(facts) })),
  );
  return {
    memoVersion: parts.memoVersion,
    label,
    createdAt: parts.createdAt,
    main: parts.main && mainFile(label, parts.main),
    mainSha256: parts.main?.sha256 ?? null,
    senders: parts.senders,
    contactPointsOff: parts.contactPointsOff,
    remarks: parts.remarks,
    actions: parts.actions,
    memoHeader: parts.memoHeader,
    attachments: parts.attachments.map(({ facts, file }, n) => ({
      ...stored(file),
      filename: names[n] ?? '',
      encodingFormat: mimeTypeOf(effectiveExtension(facts) ?? ''),
    })),
  };
}

/** The message itself as a file of the letter. */
export function mainFile(label: string, file: StoredFile): LetterFile {
  return { ...stored(file), filename: mainFileName(label), encodingFormat: 'application/pdf' };
}

/** A title is no path: its slashes become dashes before the name is repaired. */
function mainFileName(label: string): string {
  return repairFileName(`${label.replace(/[/\\]/g, '-')}.pdf`);
}

function stored({ blob, bytes }: StoredFile): Pick<LetterFile, 'blob' | 'bytes'> {
  return { blob, bytes };
}
