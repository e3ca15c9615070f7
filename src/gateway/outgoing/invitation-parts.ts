import { isMassSendFileName, isMemoHeaderFileName } from '../../domain/memo-header-file.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import type { JudgedAttachment } from '../assess/mail-problems.ts';
import type { ReadMailResult } from '../isolate/read-mail-job.ts';
import type { Letter } from '../store/submissions.ts';

/**
 * The files of a mail without the invitation that was read into the letter: nobody in Digital Post gets an .ics file,
 * and none is judged as one. Lists and MemoHeader files stay to be judged, whatever type they claim.
 */
export function filesBesideInvitation(
  files: readonly JudgedAttachment[], { invitation }: ReadMailResult,
): readonly JudgedAttachment[] {
  const parts = new Set(invitation?.parts);
  return files.filter(({ index, facts }) => !parts.has(index) || mustBeJudged(facts));
}

function mustBeJudged({ name, memoHeaderPaths }: JudgedAttachment['facts']): boolean {
  return memoHeaderPaths.length > 0 || isMassSendFileName(name) || isMemoHeaderFileName(name);
}

/** An invitation that cannot be read, in a mail that says nothing else: there is nothing to send. */
export function invitationProblems({ invitation, mail, letter }: ReadMailResult): readonly Problem[] {
  if (invitation === null || invitation.readable) return [];
  const hasLetter = letter === null || !letter.warnings.includes('empty-body');
  const files = mail.attachments.filter(({ index }) => invitation.parts.includes(index)).map(({ name }) => name);
  return hasLetter ? [] : [problemOf('calendar-unreadable', { files })];
}

/** What the letter holds of the invitation beside its text: reservations, and a word to the sender where it was lost. */
export function lettersInvitation({ invitation }: ReadMailResult): Required<Pick<Letter, 'actions' | 'remarks'>> {
  const lost = 'Mødeindkaldelsen kunne ikke læses. Modtagerne i Digital Post har kun fået mailens tekst, ikke kalenderfilen.';
  return {
    actions: invitation?.reservations ?? [],
    remarks: invitation === null || invitation.readable ? [] : [lost],
  };
}
