import type { LostEdit } from './lost-recipients.ts';
import { readRecipients, type ReadingFacts } from './read-recipients.ts';
import { recipientState } from './recipient-states.ts';
import type { ShownRow } from './use-compose.ts';

/** Of somebody who is not in the mail, nothing is known but who it is. */
const nothingKnown = {
  known: null, checking: false, away: false, nameForLater: false, guard: 'open', guardTrouble: null, guardStopsAll: false, canApprove: false, home: '', refusal: [], cprIsSeen: false, isAnswer: false, mendable: false,
} as const;

/**
 * A recipient of any kind that was to be in the mail and that Outlook did not take, as a row: it will go to nobody, and
 * nobody would miss the row that is not there. It can be put in once more.
 */
export function rowOfNotTaken({ after: { field, recipient } }: LostEdit, facts: ReadingFacts): readonly ShownRow[] {
  return readRecipients({ to: [], cc: [], bcc: [], [field]: [recipient] }, facts).map((row) => {
    const { name, number } = recipientState(row, nothingKnown);
    return {
      row,
      state: { icon: 'look', name, number, status: null, notes: [{ key: 'row.notTaken' }], grade: 'look', gets: false, fixes: ['again', 'remove'] },
      check: null,
    };
  });
}
