import { sortAddress, type RecipientId, type SenderReference } from '../../domain/gateway-address.ts';
import { isMadeLetter } from '../../domain/letter-mark.ts';
import { isMassRecipient, massDraft, type MassDraft } from '../../domain/mass-draft.ts';
import { recipientFields, type Draft, type Outlook } from '../office/outlook.ts';
import { letterUnknown, readLetters } from './letter-now.ts';
import { recipientsInDraft, textOfFile } from './list-in-draft.ts';
import { makeLetter, type DraftLetter, type LetterMakers } from './make-letter.ts';
import { outlookFailed, tellingFailures, type MassWritten } from './mass-written.ts';
import { writeOwnLetters, type OwnLetter } from './write-own-letters.ts';
import { draftNow, keepOneList, listsOf, writeColumns, writeLetter, writeListFile, writeMassAddress } from './write-mass.ts';

/** What is needed to write a mass send into the draft. */
export interface MassWriters extends LetterMakers {
  readonly outlook: LetterMakers['outlook'] & Pick<Outlook, 'item' | 'changeRecipients' | 'addFile' | 'removeFile' | 'setHeaders' | 'removeHeaders' | 'can'>;
  /** The name of an address for so many, without a number of anybody's. */
  readonly displayName: (count: number) => string;
}

export interface ListToPut {
  readonly recipients: readonly RecipientId[];
  readonly sender: SenderReference;
  /** Who stands in the mail one by one, and is on the list. */
  readonly leaving: readonly RecipientId[];
  /** Which letters they get; left out: all the same. */
  readonly each?: EachToPut;
}

/**
 * `merge`: the mail's text, filled in by the gateway from these columns. `files`: PDFs that are in the draft already. `split`: PDFs
 * that are put there, one for each; `onLetter` tells how many are there.
 */
export type EachToPut =
  | { readonly kind: 'same' }
  | { readonly kind: 'merge'; readonly columns: Uint8Array }
  | { readonly kind: 'files' }
  | { readonly kind: 'split'; readonly letters: readonly OwnLetter[]; readonly onLetter: (done: number) => void };

/**
 * Puts a list, its letter and its address into the draft, and believes only what stands there afterwards. The letter is made
 * first, so that a gateway that does not answer changes nothing. An address without its list is stopped by everybody, a list
 * without its address by nobody: so the address comes first.
 */
export async function putList(parts: MassWriters, { recipients, sender, leaving, each = { kind: 'same' } }: ListToPut): Promise<MassWritten> {
  return await tellingFailures(async () => {
    const { outlook } = parts;
    const letter = each.kind === 'same' ? await makeLetter(parts, await draftNow(outlook)) : await noLetter(outlook);
    if (letter.kind !== 'answer') return { kind: 'failed', why: letter };
    const count = recipients.length;
    await writeMassAddress(outlook, { count, sender, leaving, displayName: parts.displayName(count) });
    if (each.kind === 'split') await writeOwnLetters(outlook, each.letters, each.onLetter);
    await writeListFile(outlook, recipients);
    await writeColumns(outlook, each.kind === 'merge' ? each.columns : null);
    await writeLetter(outlook, letter.value);
    const after = await readMass(outlook);
    return after.kind === 'agrees' && after.count === count ? { kind: 'written' } : outlookFailed;
  });
}

/** Where each has their own letter, the one that we have made for all goes. */
async function noLetter(outlook: MassWriters['outlook']): Promise<{ readonly kind: 'answer'; readonly value: DraftLetter }> {
  const { mark, letters } = await readLetters(outlook, await draftNow(outlook));
  return { kind: 'answer', value: { kind: 'own', outdated: letters.filter((letter) => isMadeLetter({ mark, pdfSha256: letter.sha256 })) } };
}

/** Writes the address by the list that is in the draft; from the sender that it names, or from `usual` where there is none. */
export async function mendAddress(parts: MassWriters, usual: SenderReference | null): Promise<MassWritten> {
  return await tellingFailures(async () => {
    const draft = await draftNow(parts.outlook);
    const recipients = await recipientsInDraft(parts.outlook, draft);
    const sender = senderInDraft(draft) ?? usual;
    if (!recipients || recipients.length === 0 || !sender) return outlookFailed;
    const count = recipients.length;
    await writeMassAddress(parts.outlook, { count, sender, leaving: [], displayName: parts.displayName(count) });
    return { kind: 'written' };
  });
}

/** Makes the letter anew of what the mail says now. */
export async function mendLetter(parts: MassWriters): Promise<MassWritten> {
  return await tellingFailures(async () => {
    const letter = await makeLetter(parts, await draftNow(parts.outlook));
    if (letter.kind !== 'answer') return { kind: 'failed', why: letter };
    await writeLetter(parts.outlook, letter.value);
    return { kind: 'written' };
  });
}

/** Of several lists one stays. */
export async function mendLists({ outlook }: Pick<MassWriters, 'outlook'>, keptId: string): Promise<MassWritten> {
  return await tellingFailures(async () => {
    await keepOneList(outlook, keptId);
    return { kind: 'written' };
  });
}

/** As whom the list in a draft is sent, as far as an address tells, also one that is written wrong before its @. */
function senderInDraft(draft: Draft): SenderReference | null {
  const meant = recipientFields.flatMap((field) => draft[field]).filter(isMassRecipient);
  const domains = meant.map(({ emailAddress }) => emailAddress.trim().split('@').at(-1) ?? '');
  const [sender] = domains.flatMap((domain) => {
    const sorted = sortAddress(`masseforsendelse-1@${domain.replace(/\.(?:mitdk|eboks)\./i, '.ngdp.')}`);
    return sorted.kind === 'gateway-address' && sorted.address.kind === 'mass' ? [sorted.address.sender] : [];
  });
  return sender ?? null;
}

/** What the draft is now, as a mass send. Its letter has just been made, and is not looked into. */
async function readMass(outlook: MassWriters['outlook']): Promise<MassDraft> {
  const draft = await draftNow(outlook);
  const texts = new Map<string, string | null>();
  for (const { id } of listsOf(draft)) texts.set(id, await textOfFile(outlook, id));
  const files = draft.attachments.map((file) => ({ ...file, listText: texts.get(file.id) ?? null }));
  return massDraft({ ...draft, files, letter: letterUnknown });
}
