import type { RecipientId } from '../../domain/gateway-address.ts';
import type { RecipientCheck } from '../../domain/gateway-api.ts';
import { addressFor, moveCprToBcc, removeRows, renameRow, replaceRow, type RecipientEdit, type RecipientLists, type SendingChoice } from './change-recipients.ts';
import { mendedRecipient } from './mend-address.ts';
import { isDigitalRow, type DigitalRow, type RecipientRow } from './read-recipients.ts';
import { displayNameFor, isProtected, nameInDraft, registerName, showsNumber } from './recipient-name.ts';
import type { RowFix } from './recipient-states.ts';
import type { Change } from './write-recipients.ts';

/** What pressing a fix writes; null for a fix that does not change the recipients. */
export function changeOfFix(fix: RowFix, row: RecipientRow, { choice, check }: { readonly choice: SendingChoice | null; readonly check: RecipientCheck | null }): Change | null {
  switch (fix) {
    case 'remove':
      return onRow(row, (now, found) => removeRows(now, [found]));
    case 'to-bcc':
      return moveCprToBcc;
    case 'address':
      // Outlook does not write a number back that is no address: those that were typed are mended together.
      return row.kind === 'bare-number'
        ? (now, rows) => rows.filter(({ kind }) => kind === 'bare-number').flatMap((found) => mended(now, found, choice))
        : onRow(row, (now, found) => mended(now, found, choice));
    case 'name':
      return onRow(row, (now, found) => (isDigitalRow(found) ? renamed(now, found, check) : []));
    case 'new-number':
    case 'cvr-number':
      return onRow(row, (now, found) => {
        const becomes = isDigitalRow(found) ? otherNumber(found, check) : null;
        return becomes ? replaceRow(now, found, becomes) : [];
      });
    case 'approve':
    case 'again':
    case 'fetch':
      return null;
  }
}

function renamed(now: RecipientLists, row: DigitalRow, check: RecipientCheck | null): readonly RecipientEdit[] {
  return renameRow(now, row, displayNameFor(row.address.recipient, row.address.channel, registerName(check)));
}

function mended(now: RecipientLists, row: RecipientRow, choice: SendingChoice | null): readonly RecipientEdit[] {
  const becomes = choice && mendedRecipient(row, choice);
  return becomes ? replaceRow(now, row, becomes) : [];
}

/** The row may have changed, or gone, since it was drawn. */
function onRow(row: RecipientRow, change: (now: Parameters<Change>[0], found: RecipientRow) => ReturnType<Change>): Change {
  return (now, rows) => {
    const found = rows.find(({ key, kind }) => key === row.key && kind === row.kind);
    return found ? change(now, found) : [];
  };
}

/** The same person under the number that holds now; of a production unit, its company. */
function otherNumber({ address }: DigitalRow, check: RecipientCheck | null): ReturnType<typeof mendedRecipient> {
  const number = numberInstead(check);
  return number && { address: addressFor(number, address), displayName: displayNameFor(number, address.channel, registerName(check)) };
}

function numberInstead(check: RecipientCheck | null): RecipientId | null {
  if (check?.person?.kind === 'p-number') return { kind: 'cvr', number: check.person.cvr };
  return check?.person?.kind === 'found' && check.person.currentCpr !== null ? { kind: 'cpr', number: check.person.currentCpr } : null;
}

/**
 * The display name that a row ought to have where the one in the draft is the masked number of somebody whose name is known
 * by now, shows the number itself, or names somebody protected; null where it is well.
 */
export function wantedDisplayName({ address: { recipient, channel }, recipient: inDraft }: DigitalRow, check: RecipientCheck | null): string | null {
  const named = nameInDraft(inDraft);
  const known = registerName(check);
  const isWrong = showsNumber(inDraft, recipient) || (named === null && known !== null) || (named !== null && isProtected(check)) || inDraft.displayName.includes('@');
  const wanted = displayNameFor(recipient, channel, known ?? (isProtected(check) ? null : named));
  return isWrong && wanted !== inDraft.displayName ? wanted : null;
}
