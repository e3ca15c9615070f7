import { showsCprNumber } from '../../domain/cpr-number.ts';
import { printGatewayAddress, type GatewayAddress, type RecipientId, type SenderReference, type SingleAddress } from '../../domain/gateway-address.ts';
import { channels, type MemoChannelId } from '../../domain/channel.ts';
import { recipientFields, type MailRecipient, type RecipientField } from '../office/outlook.ts';
import { isDigitalRow, type DigitalRow, type MassRow, type RecipientRow } from './read-recipients.ts';

/** The three lists of a draft. */
export type RecipientLists = Readonly<Record<RecipientField, readonly MailRecipient[]>>;

/** One recipient that comes (`before` null), goes (`after` null), or becomes another. */
export interface RecipientEdit {
  readonly before: Place | null;
  readonly after: Place | null;
}

interface Place {
  readonly field: RecipientField;
  readonly recipient: MailRecipient;
  /** Where in the field it stands; a wish, for others may have changed the field meanwhile. */
  readonly at: number;
  /** What the address means with all its contact points, where the edit is about that; a short address does not say it all. */
  readonly meant?: GatewayAddress;
}

/** Lists as edits have made them. */
export interface Edited {
  readonly lists: RecipientLists;
  /** Those of the edits that were done. */
  readonly done: readonly RecipientEdit[];
}

/**
 * Does the edits to the lists as they are now. What is to go or to change and is no longer there is passed over, and what
 * is there already does not come twice: so a change made in Outlook meanwhile stands, and a removed citizen stays removed.
 */
export function editLists(now: RecipientLists, edits: readonly RecipientEdit[]): Edited {
  const lists = { to: [...now.to], cc: [...now.cc], bcc: [...now.bcc] };
  return { lists, done: edits.filter((edit) => doEdit(lists, edit)) };
}

/** The lists with the edits done. */
export function applyEdits(now: RecipientLists, edits: readonly RecipientEdit[]): RecipientLists {
  return editLists(now, edits).lists;
}

/** False where there was nothing to do it to. */
function doEdit(lists: Record<RecipientField, MailRecipient[]>, { before, after }: RecipientEdit): boolean {
  if (before) {
    const at = lists[before.field].findIndex((one) => isSame(one, before.recipient));
    if (at < 0) return false;
    if (after?.field === before.field) {
      lists[before.field].splice(at, 1, after.recipient);
      return true;
    }
    lists[before.field].splice(at, 1);
  }
  if (!after) return before !== null;
  const list = lists[after.field];
  if (list.some((one) => isSame(one, after.recipient))) return before !== null;
  list.splice(Math.min(after.at, list.length), 0, after.recipient);
  return true;
}

/** What takes the edits back. */
export function undoOf(edits: readonly RecipientEdit[]): readonly RecipientEdit[] {
  return edits.toReversed().map(({ before, after }) => ({ before: after, after: before }));
}

/** The fields that differ. */
export function changedFields(before: RecipientLists, after: RecipientLists): readonly RecipientField[] {
  return recipientFields.filter((field) => before[field].length !== after[field].length
    || before[field].some((one, at) => after[field][at] === undefined || !isSame(one, after[field][at])));
}

function isSame(a: MailRecipient, b: MailRecipient): boolean {
  return a.emailAddress === b.emailAddress && a.displayName === b.displayName;
}

/** How somebody is sent to from this draft. */
export interface SendingChoice {
  readonly channel: MemoChannelId;
  readonly sender: SenderReference;
  readonly replyable: boolean;
}

/** The address of a recipient, as far as the network has room for the choice: e-Boks knows no contact points and no answers. */
export function addressFor(recipient: RecipientId, { channel, sender, replyable }: SendingChoice, recipientContactPoint: string | null = null): SingleAddress {
  const can = channels[channel];
  return {
    kind: 'single',
    channel,
    recipient,
    replyable: replyable && can.replyable,
    recipientContactPoint: can.contactPoints && recipient.kind === 'cvr' ? recipientContactPoint : null,
    sender,
  };
}

/** Puts numbers into Til, each with its display name. Those that are there already are left out by whoever asks. */
export function addNumbers(now: RecipientLists, numbers: readonly RecipientId[], how: { readonly choice: SendingChoice; readonly nameOf: (number: RecipientId) => string }): readonly RecipientEdit[] {
  return numbers.map((number, n) => {
    const meant = addressFor(number, how.choice);
    const recipient = { displayName: how.nameOf(number), emailAddress: printGatewayAddress(meant) };
    return { before: null, after: { field: 'to', at: now.to.length + n, recipient, meant } };
  });
}

/** Takes these out. */
export function removeRows(now: RecipientLists, rows: readonly RecipientRow[]): readonly RecipientEdit[] {
  // From behind, so that undoing it puts each back where it stood.
  return rows.map((row) => ({ before: placeOf(now, row), after: null })).toReversed();
}

/** Sets or takes away `-reply` in every address. */
export function setReplyable(now: RecipientLists, rows: readonly RecipientRow[], replyable: boolean): readonly RecipientEdit[] {
  return readdress(now, rows, ({ address }) => addressFor(address.recipient, { ...address, replyable }, address.recipientContactPoint));
}

/** Another sender in every address that has room for it, that of a list too; e-Boks knows no contact points. */
export function setSender(now: RecipientLists, rows: readonly RecipientRow[], sender: SenderReference): readonly RecipientEdit[] {
  const canName = ({ channel }: SingleAddress): boolean => sender.kind !== 'contact-point' || channels[channel].contactPoints;
  return [
    ...readdress(now, rows, ({ address }) => (canName(address) ? { ...address, sender } : address)),
    ...rows.filter(isMassRow).map((row) => readdressed(now, row, { ...row.address, sender })),
  ];
}

/** Another network. Those who cannot be reached there keep the one that they have, and so does a list. */
export function setChannel(
  now: RecipientLists,
  rows: readonly RecipientRow[],
  { choice, canTake, nameOf }: { readonly choice: SendingChoice; readonly canTake: (row: DigitalRow) => boolean; readonly nameOf: (row: DigitalRow) => string },
): readonly RecipientEdit[] {
  return rows.filter(isDigitalRow).filter(canTake).flatMap((row) => {
    const address = addressFor(row.address.recipient, choice, row.address.recipientContactPoint);
    return changesNothing(row, address) ? [] : [readdressed(now, row, address, nameOf(row))];
  });
}

/** The desk of a company or an authority; null: none in particular. */
export function setRecipientContactPoint(now: RecipientLists, row: DigitalRow, contactPoint: string | null): readonly RecipientEdit[] {
  return readdress(now, [row], ({ address }) => ({ ...address, recipientContactPoint: contactPoint }));
}

/** Moves every address and name with a CPR number to Bcc, where outsiders do not see it. */
export function moveCprToBcc(now: RecipientLists, rows: readonly RecipientRow[]): readonly RecipientEdit[] {
  return rows
    .filter(isCprSeen)
    .map((row): RecipientEdit => ({ before: placeOf(now, row), after: { field: 'bcc', at: now.bcc.length, recipient: row.recipient } }))
    .toReversed();
}

/** Whether whoever gets the mail sees a CPR number in address or name; a wrong address is mended, and goes nowhere before. */
export function isCprSeen({ kind, field, recipient }: RecipientRow): boolean {
  return field !== 'bcc' && (kind === 'citizen' || showsCprNumber(recipient.displayName));
}

/** Another address for one row: mending, and the number that holds now. */
export function replaceRow(now: RecipientLists, row: RecipientRow, { address, displayName }: { readonly address: SingleAddress; readonly displayName: string }): readonly RecipientEdit[] {
  return [readdressed(now, row, address, displayName)];
}

/** Another display name; the address stays as it is written. */
export function renameRow(now: RecipientLists, row: RecipientRow, displayName: string): readonly RecipientEdit[] {
  const before = placeOf(now, row);
  return [{ before, after: { ...before, recipient: { ...row.recipient, displayName } } }];
}

function readdress(now: RecipientLists, rows: readonly RecipientRow[], become: (row: DigitalRow) => SingleAddress): readonly RecipientEdit[] {
  return rows.filter(isDigitalRow).flatMap((row) => {
    const address = become(row);
    return changesNothing(row, address) ? [] : [readdressed(now, row, address)];
  });
}

function changesNothing(row: DigitalRow, address: SingleAddress): boolean {
  return printGatewayAddress(address) === printGatewayAddress(row.address);
}

function readdressed(now: RecipientLists, row: RecipientRow, meant: GatewayAddress, displayName = row.recipient.displayName): RecipientEdit {
  const before = placeOf(now, row);
  return { before, after: { ...before, recipient: { displayName, emailAddress: printGatewayAddress(meant) }, meant } };
}

function placeOf(now: RecipientLists, { field, recipient }: RecipientRow): Place {
  return { field, recipient, at: Math.max(now[field].findIndex((one) => isSame(one, recipient)), 0) };
}

function isMassRow(row: RecipientRow): row is MassRow {
  return row.kind === 'mass';
}
