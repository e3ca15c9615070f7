import { decodeText } from '../../domain/decode-text.ts';
import { sortAddress, type RecipientId } from '../../domain/gateway-address.ts';
import { recipientsOfList } from '../../domain/mass-draft.ts';
import { isMergeColumnsName } from '../../domain/memo-header-file.ts';
import { isOwnLetterName } from '../../domain/own-letters.ts';
import { sheetOfText } from '../../domain/recipient-sheet-text.ts';
import type { RecipientSheet } from '../../domain/recipient-sheet.ts';
import { recipientFields, type Draft, type Outlook } from '../office/outlook.ts';
import { bytesOfBase64 } from './sha256.ts';
import { listsOf } from './write-mass.ts';

type ReadingOutlook = Pick<Outlook, 'fileContent'>;

/** A list as it is to be shown, from what lies in the mail. */
export interface SheetInDraft {
  readonly sheet: RecipientSheet;
  /** In the order of the list; null where a line of it cannot be used. */
  readonly numbers: readonly string[] | null;
  /** It is known in which column the numbers stand; null: it is found out. */
  readonly column: number | null;
}

/**
 * The list that lies in the mail: masseforsendelse.txt, with the columns of masseforsendelse.csv where they are of the same
 * numbers. Where the list is gone and its address is there, what lies there still tells whose it was, if it is as many: those
 * columns, else the letters named by numbers. Null where there is nothing, where there are several lists, or where it cannot be read.
 */
export async function sheetInDraft(outlook: ReadingOutlook, draft: Draft): Promise<SheetInDraft | null> {
  const columns = await columnsInDraft(outlook, draft);
  if (listsOf(draft).length === 0) return [columns, lettersInDraft(draft)].find((one) => one?.numbers?.length === addressCount(draft)) ?? null;
  const text = await listInDraft(outlook, draft);
  if (text === null) return null;
  const numbers = recipientsOfList(text)?.map(({ number }) => number) ?? null;
  return columns !== null && isSame(columns.numbers, numbers) ? columns : { sheet: sheetOfText(text), numbers, column: null };
}

/** Who is on the one list in a draft; null where there is none, or it cannot be used. */
export async function recipientsInDraft(outlook: ReadingOutlook, draft: Draft): Promise<readonly RecipientId[] | null> {
  const text = await listInDraft(outlook, draft);
  return text === null ? null : recipientsOfList(text);
}

/** What stands in a file of the draft, as text; null where it cannot be read. */
export async function textOfFile(outlook: ReadingOutlook, id: string): Promise<string | null> {
  const content = await outlook.fileContent(id);
  return content.kind === 'content' ? decodeText(bytesOfBase64(content.base64)) : null;
}

/** Whether two lists have the same numbers in the same order. */
export function isSame(some: readonly string[] | null, others: readonly string[] | null): boolean {
  return some !== null && others !== null && some.length === others.length && some.every((number, n) => number === others[n]);
}

async function listInDraft(outlook: ReadingOutlook, draft: Draft): Promise<string | null> {
  const [list, another] = listsOf(draft);
  return list && !another ? await textOfFile(outlook, list.id) : null;
}

/** The numbers of masseforsendelse.csv stand in its first column, below a heading (formats.md). */
async function columnsInDraft(outlook: ReadingOutlook, { attachments }: Draft): Promise<SheetInDraft | null> {
  const [file, another] = attachments.filter(({ name, isInline, kind }) => !isInline && kind === 'file' && isMergeColumnsName(name));
  const text = file && !another ? await textOfFile(outlook, file.id) : null;
  if (text === null) return null;
  const sheet = sheetOfText(text);
  const numbers = sheet.rows.slice(1).map(({ cells }) => (cells[0] ?? '').replace(/\D/g, ''));
  return { sheet, numbers, column: 0 };
}

/** How many the address of a list says; undefined where there is none. */
function addressCount(draft: Draft): number | undefined {
  const sorted = recipientFields.flatMap((field) => draft[field]).map(({ emailAddress }) => sortAddress(emailAddress.trim()));
  return sorted.flatMap((one) => (one.kind === 'gateway-address' && one.address.kind === 'mass' ? [one.address.recipientCount] : []))[0];
}

function lettersInDraft({ attachments }: Draft): SheetInDraft {
  const numbers = attachments.filter(({ name, isInline, kind }) => !isInline && kind === 'file' && isOwnLetterName(name)).map(({ name }) => name.replace(/\D/g, ''));
  return { sheet: sheetOfText(numbers.join('\n')), numbers, column: 0 };
}
