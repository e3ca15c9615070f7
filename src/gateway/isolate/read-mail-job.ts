import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import type { MergeFields } from '../../domain/merge-columns.ts';
import type { ParsedMail } from '../../mail/mail.ts';
import type { MeetingReservation } from '../../domain/meeting-reservation.ts';

/** What a child process is asked to do with one mail. */
export interface ReadMailJob {
  /** Make a letter of the body, unless the mail brings its own body.pdf. False for mails to nobody in Digital Post. */
  readonly wantsLetter: boolean;
  /** Tell the text of the body too, for the check of the letter. */
  readonly wantsText: boolean;
  /** Dates the letter, so that making it again gives the same. ISO 8601. */
  readonly createdAt: string;
}

/** A file that the child hands out while it reads: an attachment by its index, or the letter. */
export type FileHead =
  | { readonly kind: 'attachment'; readonly index: number; readonly isBodyPdf: boolean }
  | { readonly kind: 'letter' };

/** What reading a mail tells: its parts without their bytes, and what the letter's making remarked. */
export interface ReadMailResult {
  readonly mail: Omit<ParsedMail<AttachmentFacts>, 'headers' | 'inlineImages' | 'calendars' | 'text' | 'html' | 'date'>;
  readonly letter: { readonly pages: number; readonly warnings: readonly string[] } | null;
  /** The fields of its subject and text; null for a mail without masseforsendelse.csv, and where no letter is wanted. */
  readonly mergeFields: MergeFields | null;
  /** Null where it is not wanted, or cannot be told. */
  readonly bodyText: string | null;
  /** Null for a mail that invites to nothing, and where no letter is wanted. */
  readonly invitation: InvitationFacts | null;
  /** Its calendar file holds a citizen's address, which has the CPR number in it. */
  readonly calendarNamesCitizens: boolean;
}

/** What a mail's invitation means beside its letter. */
export interface InvitationFacts {
  /** Indexes of the attachments that are the invitation itself. */
  readonly parts: readonly number[];
  /** False for calendar data that nobody could make sense of. */
  readonly readable: boolean;
  /** The meetings that a recipient may put into a calendar; none for a cancellation. */
  readonly reservations: readonly MeetingReservation[];
}
