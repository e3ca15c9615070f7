import type { RecipientEdit, RecipientLists } from './change-recipients.ts';

/** Somebody who was to be in the mail, as an edit that would put them there. */
export interface LostEdit extends RecipientEdit {
  readonly before: null;
  readonly after: NonNullable<RecipientEdit['after']>;
}

/** Of what Outlook did not take: those who stand nowhere now. Whoever was to be changed is in the mail as before. */
export function lostOf(notTaken: readonly RecipientEdit[]): readonly LostEdit[] {
  return notTaken.filter(isLost);
}

function isLost(edit: RecipientEdit): edit is LostEdit {
  return edit.before === null && edit.after !== null;
}

/** Each address once; what was lost last stands last. */
export function withMoreLost(before: readonly LostEdit[], more: readonly LostEdit[]): readonly LostEdit[] {
  const addresses = new Set(more.map(addressOf));
  return more.length === 0 ? before : [...before.filter((edit) => !addresses.has(addressOf(edit))), ...more];
}

/** Those of them who are not in the draft, e.g. because somebody has typed them there meanwhile. */
export function stillLost(lost: readonly LostEdit[], { to, cc, bcc }: RecipientLists): readonly LostEdit[] {
  const there = new Set([...to, ...cc, ...bcc].map(({ emailAddress }) => emailAddress.toLowerCase()));
  return lost.filter((edit) => !there.has(addressOf(edit)));
}

function addressOf({ after }: LostEdit): string {
  return after.recipient.emailAddress.toLowerCase();
}
