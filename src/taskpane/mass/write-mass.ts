import { printGatewayAddress, sortAddress, type RecipientId, type SenderReference } from '../../domain/gateway-address.ts';
import { LETTER_MARK_FIELD, printLetterMark } from '../../domain/letter-mark.ts';
import { isMassRecipient } from '../../domain/mass-draft.ts';
import { writeMassSendList } from '../../domain/mass-send-list.ts';
import { MERGE_COLUMNS_FILE } from '../../domain/merge-columns.ts';
import { isMassSendListName, isMergeColumnsName } from '../../domain/memo-header-file.ts';
import { OutlookFailure, recipientFields, type Draft, type ItemAttachment, type MailRecipient, type Outlook, type RecipientChange } from '../office/outlook.ts';
import type { AttachedLetter } from './letter-now.ts';
import type { DraftLetter } from './make-letter.ts';

// Each of these does one thing to the draft as it is now, is done once however often it is asked for, puts the new in before it
// takes the old out, and rejects with OutlookFailure. So what fails half-way leaves a draft that says what is wrong, and the same
// once more puts it right.

/** The name under which a list stands in a mail (formats.md). */
export const LIST_FILE = 'masseforsendelse.txt';
const LETTER_FILE = 'body.pdf';

/** An address for a list, as it is to stand in the draft. */
export interface MassAddressing {
  readonly count: number;
  readonly sender: SenderReference;
  /** E.g. "396 modtagere (Digital Post)". */
  readonly displayName: string;
  /** Who gets the message by the list, and no longer by an address of their own. */
  readonly leaving: readonly RecipientId[];
}

/** One address for the list, in the place of those that were there; without it the list goes to nobody. */
export async function writeMassAddress(outlook: Pick<Outlook, 'changeRecipients'>, wanted: MassAddressing): Promise<void> {
  const emailAddress = printGatewayAddress({ kind: 'mass', channel: 'ngdp', recipientCount: wanted.count, sender: wanted.sender });
  const after = await outlook.changeRecipients((now) => withMassAddress(now, { displayName: wanted.displayName, emailAddress }, wanted.leaving));
  const told = recipientFields.flatMap((field) => after[field]).filter(isMassRecipient);
  if (told.length !== 1 || !isSame(told[0], emailAddress)) throw new OutlookFailure('changeRecipients', 'not-taken');
}

/** Takes every address for a list out. */
export async function removeMassAddress(outlook: Pick<Outlook, 'changeRecipients'>): Promise<void> {
  const after = await outlook.changeRecipients((now) => changed(now, (list) => list.filter((one) => !isMassRecipient(one))));
  if (recipientFields.some((field) => after[field].some(isMassRecipient))) throw new OutlookFailure('changeRecipients', 'still-there');
}

/** The list as a file, in the place of those that were there. */
export async function writeListFile(outlook: Pick<Outlook, 'item' | 'fileContent' | 'addFile' | 'removeFile'>, recipients: readonly RecipientId[]): Promise<void> {
  const before = listsOf(await draftNow(outlook));
  const base64 = base64Of(writeMassSendList(recipients));
  const [list, another] = before;
  if (list && !another) {
    const content = await outlook.fileContent(list.id);
    if (list.name === LIST_FILE && content.kind === 'content' && content.base64 === base64) return;
  }
  await outlook.addFile({ name: LIST_FILE, base64 });
  for (const { id } of before) await outlook.removeFile(id);
}

/** The columns that the letters are filled in from, in the place of those that were there; null: none. */
export async function writeColumns(outlook: Pick<Outlook, 'item' | 'addFile' | 'removeFile'>, columns: Uint8Array | null): Promise<void> {
  const { attachments } = await draftNow(outlook);
  const before = attachments.filter(({ name, isInline, kind }) => !isInline && kind === 'file' && isMergeColumnsName(name));
  if (columns !== null) await outlook.addFile({ name: MERGE_COLUMNS_FILE, base64: base64Of(columns) });
  for (const { id } of before) await outlook.removeFile(id);
}

/** Of several lists the one with this id stays. */
export async function keepOneList(outlook: Pick<Outlook, 'item' | 'removeFile'>, kept: string | null): Promise<void> {
  for (const { id } of listsOf(await draftNow(outlook))) if (id !== kept) await outlook.removeFile(id);
}

/** The letter as body.pdf, and of what it was made; a writer's own stays, and what we have made before goes. */
export async function writeLetter(outlook: Pick<Outlook, 'addFile' | 'removeFile' | 'setHeaders' | 'removeHeaders' | 'can'>, letter: DraftLetter): Promise<void> {
  if (letter.kind !== 'made') return await removeLetters(outlook, letter.outdated);
  const { pdfSha256, sourceSha256, outdated, pdf } = letter;
  const same = outdated.find((one) => one.sha256 === pdfSha256);
  const mark = async (): Promise<void> => {
    if (outlook.can.headers) await outlook.setHeaders({ [LETTER_MARK_FIELD]: printLetterMark({ pdfSha256, sourceSha256 }) });
  };
  // A letter without its mark is taken for the writer's own; so is an outdated one, once the mark of the new one stands there.
  if (outdated.length === 0) await mark();
  if (!same) await outlook.addFile({ name: LETTER_FILE, base64: pdf });
  if (outdated.length > 0) await mark();
  for (const one of outdated) if (one !== same) await outlook.removeFile(one.attachment.id);
}

/** Takes out the letters that we have made, and what tells of them. */
export async function removeLetters(outlook: Pick<Outlook, 'removeFile' | 'removeHeaders' | 'can'>, letters: readonly AttachedLetter[]): Promise<void> {
  for (const { attachment } of letters) await outlook.removeFile(attachment.id);
  if (outlook.can.headers) await outlook.removeHeaders([LETTER_MARK_FIELD]);
}

/** Rejects where no mail is written any more. */
export async function draftNow(outlook: Pick<Outlook, 'item'>): Promise<Draft> {
  const item = await outlook.item();
  if (item.kind !== 'draft') throw new OutlookFailure('item', 'no-draft');
  return item;
}

/** The lists in a draft. */
export function listsOf({ attachments }: Pick<Draft, 'attachments'>): readonly ItemAttachment[] {
  return attachments.filter(({ name, isInline, kind }) => !isInline && kind === 'file' && isMassSendListName(name));
}

function withMassAddress(now: Draft, wanted: MailRecipient, leaving: readonly RecipientId[]): RecipientChange {
  const numbers = new Set(leaving.map(({ number }) => number));
  const place = recipientFields.find((field) => now[field].some(isMassRecipient)) ?? 'to';
  return changed(now, (list, field) => {
    const at = Math.max(list.findIndex(isMassRecipient), 0);
    const others = list.filter((one) => !isMassRecipient(one) && !isLeaving(one, numbers));
    if (field !== place) return others;
    const before = list.slice(0, at).filter((one) => others.includes(one)).length;
    const known = list.find((one) => isSame(one, wanted.emailAddress));
    return others.toSpliced(list.some(isMassRecipient) ? before : others.length, 0, known ?? wanted);
  });
}

/** The fields that become other lists. */
function changed(now: Draft, become: (list: readonly MailRecipient[], field: (typeof recipientFields)[number]) => readonly MailRecipient[]): RecipientChange {
  return Object.fromEntries(recipientFields.flatMap((field) => {
    const list = become(now[field], field);
    const isOther = list.length !== now[field].length || list.some((one, n) => one !== now[field][n]);
    return isOther ? [[field, list]] : [];
  }));
}

function isLeaving({ emailAddress }: MailRecipient, numbers: ReadonlySet<string>): boolean {
  const sorted = sortAddress(emailAddress.trim());
  return sorted.kind === 'gateway-address' && sorted.address.kind === 'single' && numbers.has(sorted.address.recipient.number);
}

function isSame(recipient: MailRecipient | undefined, address: string): boolean {
  return recipient?.emailAddress.trim().toLowerCase() === address.toLowerCase();
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
