import type { OwnMail } from '../../domain/draft-recipients.ts';
import { emptyMemoHeader, type OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import { OutlookFailure, recipientFields, type Item, type LostRecipient, type Outlook } from '../office/outlook.ts';
import { changedFields, editLists, undoOf, type RecipientEdit, type RecipientLists } from './change-recipients.ts';
import { readRecipients, type RecipientRow } from './read-recipients.ts';
import { carriesPoints, shortAddresses, type ContactPoints } from './short-addresses.ts';

/** What a change is made of: the lists as they are now, and what they mean. */
export type Change = (now: RecipientLists, rows: readonly RecipientRow[]) => readonly RecipientEdit[];

export interface Written {
  /** What was done; `undoWriting` takes it back. */
  readonly edits: readonly RecipientEdit[];
  /** What Outlook did not take; the draft is without it, or as it was before. */
  readonly notTaken: readonly RecipientEdit[];
  /** The contact points that MemoHeader.json had before, where they were changed with the addresses. */
  readonly pointsBefore: ContactPoints | null;
}

export interface WritingParts {
  readonly outlook: Pick<Outlook, 'changeRecipients'>;
  readonly readAgain: () => Promise<Item>;
  readonly own: OwnMail;
  /** The organisation's CVR number, which short addresses name; null where nobody knows it. */
  readonly cvr: string | null;
  readonly header: OutboundMemoHeader | null;
  /** Null where the client cannot carry a file. */
  readonly writeHeader: ((header: OutboundMemoHeader) => Promise<void>) | null;
}

/**
 * Changes the recipients of the draft as it is now, writes only the fields that change, and believes only what stands
 * there afterwards (outlook.md 8). Addresses that were dropped are tried once more in their short form, and what is lost
 * all the same is put back as it was. Whoever cannot be put back is told as not taken. Rejects with OutlookFailure where
 * Outlook does not do it, and nobody is lost by it.
 */
export async function writeRecipients(parts: WritingParts, change: Change): Promise<Written> {
  return await tellingWhoIsLost(parts, async () => {
    const attempt = carriesPoints(parts.header) ? await writeShort(parts, await wantedNow(parts, change)) : await writeLong(parts, change);
    return await withoutLost(parts, attempt);
  });
}

/** Takes back what was written, in what is still as it was written. */
export async function undoWriting(parts: WritingParts, { edits, pointsBefore }: Written): Promise<Written> {
  return await tellingWhoIsLost(parts, async () => {
    if (pointsBefore) await parts.writeHeader?.({ ...(parts.header ?? emptyMemoHeader), ...pointsBefore });
    return await withoutLost(parts, await writeEdits(parts, undoOf(edits)));
  });
}

/** A failure that has lost somebody becomes what was not taken: nobody would miss a row that is not there. */
async function tellingWhoIsLost(parts: WritingParts, write: () => Promise<Written>): Promise<Written> {
  const written = await write().catch((failure: unknown): Written => {
    if (!(failure instanceof OutlookFailure) || failure.lost.length === 0) throw failure;
    return { edits: [], notTaken: failure.lost.map(asComing), pointsBefore: null };
  });
  await parts.readAgain();
  return written;
}

/** Edits that were done, and what stood in the draft afterwards. */
interface Attempt extends Omit<Written, 'notTaken'> {
  readonly after: RecipientLists;
  /** Whom nobody meant to change, in the fields that were written: Outlook has dropped them. */
  readonly bystanders: readonly LostRecipient[];
}

async function writeLong(parts: WritingParts, change: Change): Promise<Attempt> {
  const long = await writeEdits(parts, change);
  const dropped = droppedOf(long.after, long.edits);
  if (dropped.length === 0 || !canShorten(parts, dropped)) return long;
  const short = await writeShort(parts, dropped.map((edit) => ({ ...edit, before: stillThere(long.after, edit) })));
  // What is undone later is what stood there first.
  const asBefore = short.edits.map((edit, n) => ({ ...edit, before: dropped[n]?.before ?? null }));
  return { ...short, edits: [...long.edits.filter((edit) => !dropped.includes(edit)), ...asBefore], bystanders: [...long.bystanders, ...short.bystanders] };
}

async function wantedNow({ readAgain, ...facts }: WritingParts, change: Change): Promise<readonly RecipientEdit[]> {
  const item = await readAgain();
  return item.kind === 'draft' ? change(item, readRecipients(item, facts)) : [];
}

/** The file goes first: an address that names the organisation alone must never be sent without it. */
async function writeShort(parts: WritingParts, wanted: readonly RecipientEdit[]): Promise<Attempt> {
  if (!parts.writeHeader || parts.cvr === null || wanted.length === 0) return await writeEdits(parts, wanted);
  const short = shortAddresses(wanted, { cvr: parts.cvr, header: parts.header });
  await parts.writeHeader(short.header);
  const { senderContactPoint, recipientContactPoints } = parts.header ?? emptyMemoHeader;
  return { ...(await writeEdits(parts, short.edits)), pointsBefore: { senderContactPoint, recipientContactPoints } };
}

/**
 * Does the edits, or what a change makes of the draft, to the draft as it is now. Outlook writes field by field: where one
 * fails, whoever has gone from another, and has come nowhere, is put back.
 */
async function writeEdits(parts: WritingParts, wanted: readonly RecipientEdit[] | Change): Promise<Attempt> {
  const edits: RecipientEdit[] = [];
  let written: Partial<RecipientLists> = {};
  try {
    const after = await parts.outlook.changeRecipients((now) => {
      const { lists, done } = editLists(now, typeof wanted === 'function' ? wanted(now, readRecipients(now, parts)) : wanted);
      edits.splice(0, edits.length, ...done);
      written = fieldsThatDiffer(now, lists);
      return written;
    });
    return { edits, after, pointsBefore: null, bystanders: bystandersOf(written, edits, after) };
  } catch (failure) {
    if (!(failure instanceof OutlookFailure)) throw failure;
    throw new OutlookFailure(failure.call, failure.code, await putBack(parts, edits, failure.lost));
  }
}

/**
 * Puts back those whom these edits have lost, and those whom a failure has; tells who is not there all the same. They come
 * last in their fields: a field that is only added to loses nobody else. Whoever was to go stays away.
 */
async function putBack({ outlook, readAgain }: WritingParts, edits: readonly RecipientEdit[], lost: readonly LostRecipient[] = []): Promise<readonly LostRecipient[]> {
  const lostIn = (now: RecipientLists): readonly LostRecipient[] => [
    ...lost.filter(({ recipient }) => !hasAddress(now, recipient.emailAddress)),
    ...edits.flatMap(({ before, after }) =>
      before === null || after === null || hasAddress(now, before.recipient.emailAddress) || hasAddress(now, after.recipient.emailAddress) ? [] : [before]),
  ];
  if (edits.length === 0 && lost.length === 0) return [];
  try {
    return lostIn(await outlook.changeRecipients((now) => fieldsThatDiffer(now, editLists(now, lostIn(now).map(asComing)).lists)));
  } catch {
    const now = await readAgain().catch(() => null);
    return now?.kind === 'draft' ? lostIn(now) : lost;
  }
}

function asComing({ field, recipient }: LostRecipient): RecipientEdit {
  return { before: null, after: { field, recipient, at: Number.MAX_SAFE_INTEGER } };
}

function fieldsThatDiffer(now: RecipientLists, after: RecipientLists): Partial<RecipientLists> {
  return Object.fromEntries(changedFields(now, after).map((field) => [field, after[field]]));
}

function bystandersOf(written: Partial<RecipientLists>, edits: readonly RecipientEdit[], after: RecipientLists): readonly LostRecipient[] {
  const meant = new Set(edits.map((edit) => edit.after?.recipient));
  return recipientFields.flatMap((field) => (written[field] ?? []).filter((one) => !meant.has(one) && !hasAddress(after, one.emailAddress)).map((recipient) => ({ field, recipient })));
}

function canShorten({ cvr, writeHeader }: WritingParts, edits: readonly RecipientEdit[]): boolean {
  return cvr !== null && writeHeader !== null && carriesPoints(shortAddresses(edits, { cvr, header: null }).header);
}

/**
 * What was done, against what stands there: an address that was changed and lost is put back. Whom nobody meant to change is
 * only told of: somebody may have taken them out in Outlook this very moment.
 */
async function withoutLost(parts: WritingParts, { edits, after, pointsBefore, bystanders }: Attempt): Promise<Written> {
  const notTaken = droppedOf(after, edits);
  const lost = await putBack(parts, notTaken);
  // Who is not there under the new address, and does not come back under the old one, is in no field.
  const isLost = ({ before }: RecipientEdit): boolean => before !== null && lost.some(({ field, recipient }) => field === before.field && recipient === before.recipient);
  return { edits: edits.filter((edit) => !notTaken.includes(edit)), notTaken: [...notTaken.filter((edit) => !isLost(edit)), ...[...lost, ...bystanders].map(asComing)], pointsBefore };
}

function stillThere(now: RecipientLists, { before }: RecipientEdit): RecipientEdit['before'] {
  return before && hasAddress(now, before.recipient.emailAddress) ? before : null;
}

/** Edits whose new address does not stand in the draft. Outlook may write the display name as it likes. */
function droppedOf(now: RecipientLists, edits: readonly RecipientEdit[]): readonly RecipientEdit[] {
  return edits.filter(({ after }) => after !== null && !hasAddress(now, after.recipient.emailAddress));
}

function hasAddress(now: RecipientLists, address: string): boolean {
  const wanted = address.toLowerCase();
  return [...now.to, ...now.cc, ...now.bcc].some(({ emailAddress }) => emailAddress.toLowerCase() === wanted);
}
