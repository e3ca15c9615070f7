import { addressReason, type MalformedReason } from './address-reason.ts';
import type { CheckedFile } from './draft-files.ts';
import type { CheckedRecipient, DraftRecipients } from './draft-recipients.ts';
import { sortAddress, type MassAddress, type RecipientId, type SingleAddress } from './gateway-address.ts';
import { isLetterOutdated, type LetterNow } from './letter-mark.ts';
import { readListLines } from './mass-list-lines.ts';
import { isBodyPdfName, isMassSendListName } from './memo-header-file.ts';

/** A file of the draft; of a list, also what stands in it: null where that is not known. */
export interface MassDraftFile extends Pick<CheckedFile, 'name' | 'isInline' | 'kind'> {
  readonly listText: string | null;
}

export interface MassDraftQuestion extends DraftRecipients {
  /** Null: nobody has told what is attached. */
  readonly files: readonly MassDraftFile[] | null;
  readonly letter: LetterNow;
}

/** One way in which address, list and letter of a mass send do not go together. */
export type MassFault =
  /** The address says `a`, the list has `b`. */
  | { readonly code: 'count'; readonly a: number; readonly b: number }
  /** More than one address of a mass send; the list has `b`, null where that is not known. */
  | { readonly code: 'addresses'; readonly n: number; readonly b: number | null }
  /** An address that was meant for a mass send, and is none. */
  | { readonly code: 'address-form'; readonly reason: MalformedReason; readonly b: number | null }
  /** A list of `b`, and no address for it: nobody on it would get anything. */
  | { readonly code: 'no-address'; readonly b: number | null }
  | { readonly code: 'no-list'; readonly n: number }
  /** `keep`: the place among the files of the one that fits the address, else of the last one that was attached; it has `b`. */
  | { readonly code: 'lists'; readonly n: number; readonly keep: number; readonly b: number | null }
  /** Lines that are no number, or a number that stands there before. */
  | { readonly code: 'lines'; readonly n: number }
  /** Others who get Digital Post from the same mail, each once. */
  | { readonly code: 'not-alone'; readonly others: readonly RecipientId[] }
  /** Two letters: `n` files called body.pdf. */
  | { readonly code: 'letters'; readonly n: number }
  /** The mail has been written on since body.pdf was made of it. */
  | { readonly code: 'letter-changed' };

/** What mends a fault: the address written anew by the list; and so on. */
export type MassFix = 'address' | 'put-list' | 'one-list' | 'open-list' | 'into-list' | 'letter';

/** The one thing that puts each fault right. */
export const massFixes: Readonly<Record<MassFault['code'], MassFix>> = {
  'count': 'address', 'addresses': 'address', 'address-form': 'address', 'no-address': 'address',
  'no-list': 'put-list', 'lists': 'one-list', 'lines': 'open-list', 'not-alone': 'into-list', 'letters': 'letter', 'letter-changed': 'letter',
};

/** What a draft is, as a mass send. */
export type MassDraft =
  | { readonly kind: 'none' }
  | { readonly kind: 'agrees'; readonly count: number }
  | { readonly kind: 'faults'; readonly faults: readonly MassFault[] };

/**
 * Whether address, list and letter of a mass send go together, and if not, everything that keeps them apart, in the order in
 * which it is put right. The draft alone counts, however it came to be so: made here, changed in Outlook, or opened again. What
 * is not known is no fault. The same list reader as the gateway's (mass-list-lines.ts), so that what agrees here is taken there.
 */
export function massDraft(question: MassDraftQuestion): MassDraft {
  const found = findParts(question);
  if (found.addresses.length + found.malformed.length + found.lists.length === 0) return { kind: 'none' };
  const faults = [...addressFaults(found), ...listFaults(found, question.files !== null), ...aloneFaults(found), ...letterFaults(question)];
  const [address] = found.addresses;
  return faults.length > 0 || !address ? { kind: 'faults', faults } : { kind: 'agrees', count: address.recipientCount };
}

/** The numbers of a list as it stands in the mail, each once; null where a line of it cannot be used. */
export function recipientsOfList(text: string): readonly RecipientId[] | null {
  const { recipients, badCount } = readListLines(text, Infinity);
  return badCount > 0 ? null : [...new Map(recipients.map(({ id }) => [id.number, id])).values()];
}

/** Whether somebody in a field is an address for a list, rightly written or not. */
export function isMassRecipient({ emailAddress }: CheckedRecipient): boolean {
  const read = readAddress(emailAddress);
  return read !== null && (typeof read === 'string' || read.kind === 'mass');
}

interface FoundList {
  /** Among all files. */
  readonly place: number;
  readonly text: string | null;
}

interface FoundParts {
  readonly addresses: readonly MassAddress[];
  readonly malformed: readonly MalformedReason[];
  readonly singles: readonly SingleAddress[];
  readonly lists: readonly FoundList[];
}

function findParts({ to, cc, bcc, files }: MassDraftQuestion): FoundParts {
  const read = to.concat(cc, bcc).map(({ emailAddress }) => readAddress(emailAddress)).filter((one) => one !== null);
  const known = read.filter((one) => typeof one !== 'string');
  const lists = (files || []).flatMap(({ name, isInline, kind, listText }, place) =>
    (!isInline && kind === 'file' && isMassSendListName(name) ? [{ place, text: listText }] : []));
  return {
    addresses: known.filter((one) => one.kind === 'mass'), singles: known.filter((one) => one.kind === 'single'),
    malformed: read.filter((one) => typeof one === 'string'), lists,
  };
}

/** An address of Digital Post; the reason where it was meant for a list and is wrong; null for everybody else. */
function readAddress(emailAddress: string): MassAddress | SingleAddress | MalformedReason | null {
  const text = emailAddress.trim();
  const sorted = sortAddress(text);
  if (sorted.kind === 'gateway-address') return sorted.address;
  return sorted.kind === 'malformed' && meantForList.test(text) ? addressReason(text) : null;
}

const meantForList = /^masse?for/i;

function addressFaults({ addresses, malformed, lists }: FoundParts): readonly MassFault[] {
  const lines = linesOfOnly(lists);
  const b = lines?.usable ?? null;
  const [address] = addresses;
  const [reason] = malformed;
  if (reason !== undefined) return [{ code: 'address-form', reason, b }];
  if (!address) return [{ code: 'no-address', b }];
  // The same address in two fields is handed over once, and still nothing that anybody means to write.
  if (addresses.length > 1) return [{ code: 'addresses', n: addresses.length, b }];
  // Before the lines are right, a count means nothing.
  return lines === null || lines.unusable > 0 || lines.usable === address.recipientCount ? [] : [{ code: 'count', a: address.recipientCount, b: lines.usable }];
}

/** Null where there is another list, or none, or nobody knows what stands in it. */
function linesOfOnly(lists: readonly FoundList[]): ListCount | null {
  const [list, another] = lists;
  return list && !another && list.text !== null ? listCount(list.text) : null;
}

function listFaults({ addresses, lists }: FoundParts, filesKnown: boolean): readonly MassFault[] {
  const [list, another] = lists;
  if (!list) return filesKnown ? [{ code: 'no-list', n: addresses[0]?.recipientCount ?? 0 }] : [];
  if (another) return [keptOf(lists, addresses[0])];
  const unusable = list.text === null ? 0 : listCount(list.text).unusable;
  return unusable > 0 ? [{ code: 'lines', n: unusable }] : [];
}

/** Where one list alone has as many as the address says, it is that one; else what was attached last is what was meant. */
function keptOf(lists: readonly FoundList[], address: MassAddress | undefined): MassFault {
  const counts = lists.map(({ text }) => (text === null ? null : listCount(text).usable));
  const fitting = counts.filter((count) => count !== null && count === address?.recipientCount);
  const kept = fitting.length === 1 ? counts.indexOf(address?.recipientCount ?? null) : lists.length - 1;
  return { code: 'lists', n: lists.length, keep: lists[kept]?.place ?? 0, b: counts[kept] ?? null };
}

interface ListCount {
  /** Numbers, each once. */
  readonly usable: number;
  readonly unusable: number;
}

function listCount(text: string): ListCount {
  const { recipients, count, badCount } = readListLines(text, Infinity);
  const usable = new Set(recipients.map(({ id }) => id.number)).size;
  return { usable, unusable: badCount + count - usable };
}

function aloneFaults({ singles }: FoundParts): readonly MassFault[] {
  const others = [...new Map(singles.map(({ recipient }) => [recipient.number, recipient])).values()];
  return others.length === 0 ? [] : [{ code: 'not-alone', others }];
}

function letterFaults({ files, letter }: MassDraftQuestion): readonly MassFault[] {
  const n = (files || []).filter(({ name, isInline, kind }) => !isInline && kind === 'file' && isBodyPdfName(name)).length;
  if (n > 1) return [{ code: 'letters', n }];
  return isLetterOutdated(letter) ? [{ code: 'letter-changed' }] : [];
}
