import type { Outlook } from '../office/outlook.ts';

/** Where "Det er rigtigt" is kept with the draft. */
export const ACCEPTED_STATE = 'accepted';
/** More than anybody presses in one draft; the oldest go first. */
const ACCEPTED_MAX = 100;

/** The marks of findings that somebody has said are right, as they are kept with this draft. */
export async function readAccepted(outlook: Pick<Outlook, 'draftState'>): Promise<readonly string[]> {
  const kept = await outlook.draftState(ACCEPTED_STATE).catch(() => null);
  return kept === null ? [] : kept.split(' ').filter((mark) => /^[0-9a-z]{1,7}$/.test(mark));
}

/** Keeps them; where the client has no such store they hold until the pane shuts. */
export async function keepAccepted(outlook: Pick<Outlook, 'setDraftState'>, marks: readonly string[]): Promise<void> {
  await outlook.setDraftState(ACCEPTED_STATE, marks.length === 0 ? null : marks.slice(-ACCEPTED_MAX).join(' ')).catch(() => undefined);
}
