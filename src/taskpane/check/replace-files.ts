import { repairFileNames } from '../../domain/file-name.ts';
import { nameToAsk } from './name-to-ask.ts';
import { OutlookFailure, type Draft, type ItemAttachment, type Outlook } from '../office/outlook.ts';

export type FileWriter = Pick<Outlook, 'item' | 'fileContent' | 'addFile' | 'removeFile'>;

/** A file of the draft that is to go, with what is in it. */
export interface OldFile {
  readonly attachment: ItemAttachment;
  readonly base64: string;
}

export interface NewFile {
  readonly name: string;
  readonly base64: string;
  /** It stood there under this name, and gets it again whatever it is. */
  readonly keepsName?: boolean;
}

/**
 * `gone`: an old file is no longer in the draft, or another draft is open; `no-room`: the mail cannot hold old and new files
 * together; `failed`: Outlook did not do it. In each case the draft holds what it held, as far as Outlook lets it.
 */
export type Replaced = { readonly kind: 'replaced'; readonly made: readonly ItemAttachment[] } | { readonly kind: 'gone' | 'no-room' | 'failed' };

/**
 * Puts files in place of others: the new ones are added first, and only when all are there the old ones are removed, so that
 * nothing is lost whatever fails. What was done is taken back when a step fails. `isOver`: another draft is open, to which
 * nothing may be done.
 */
export async function replaceFiles(outlook: FileWriter, old: readonly OldFile[], fresh: readonly NewFile[], isOver: () => boolean): Promise<Replaced> {
  const before = await draftOf(outlook);
  if (!before || isOver() || !old.every(({ attachment }) => findFile(before, attachment))) return { kind: 'gone' };
  const removed: OldFile[] = [];
  const done = async (): Promise<readonly ItemAttachment[]> => {
    for (const file of named(fresh, before, old)) {
      if (isOver()) throw new Error('another draft');
      await outlook.addFile(file);
    }
    const added = addedSince(before, await draftOf(outlook));
    for (const file of old) {
      const there = findFile(await draftOf(outlook), file.attachment, added);
      if (!there || isOver()) throw new Error('not there');
      await outlook.removeFile(there.id);
      removed.push(file);
    }
    return added;
  };
  try {
    return { kind: 'replaced', made: await done() };
  } catch (error) {
    if (isOver()) return { kind: 'gone' };
    await takeBack(outlook, before, removed);
    return { kind: isForRoom(error) ? 'no-room' : 'failed' };
  }
}

/** Office.js's own word where the files of a mail are too large together, and ours where one is. */
function isForRoom(error: unknown): boolean {
  return error instanceof OutlookFailure && (error.code === 'AttachmentSizeExceeded' || error.code === 'too-big');
}

/** The draft that is open; null: none is. Rejects as Outlook does. */
export async function draftOf(outlook: Pick<FileWriter, 'item'>): Promise<Draft | null> {
  const item = await outlook.item();
  return item.kind === 'draft' ? item : null;
}

/**
 * A file as it stands in the draft now; by name and size where its id is another, which happens while Outlook uploads it
 * (office-js 6050). `not`: files that it is not.
 */
export function findFile(draft: Draft | null, { id, name, bytes }: ItemAttachment, not: readonly ItemAttachment[] = []): ItemAttachment | null {
  const files = draft?.attachments.filter((file) => !not.some((other) => other.id === file.id)) ?? [];
  return files.find((file) => file.id === id) ?? files.find((file) => file.name === name && file.bytes === bytes) ?? null;
}

/** What is in files that stand in the draft; null where Outlook does not give one of them. */
export async function contentsOf(outlook: Pick<FileWriter, 'fileContent'>, files: readonly ItemAttachment[]): Promise<readonly OldFile[] | null> {
  const contents: OldFile[] = [];
  for (const attachment of files) {
    const content = await outlook.fileContent(attachment.id);
    if (content.kind !== 'content') return null;
    contents.push({ attachment, base64: content.base64 });
  }
  return contents;
}

function addedSince(before: Draft, after: Draft | null): readonly ItemAttachment[] {
  return after?.attachments.filter(({ id }) => !before.attachments.some((file) => file.id === id)) ?? [];
}

/** Names that every system can keep, and that no file has that stays. */
function named(fresh: readonly NewFile[], { attachments }: Draft, old: readonly OldFile[]): readonly NewFile[] {
  const staying = attachments.filter((file) => !old.some(({ attachment }) => attachment.id === file.id));
  const names = repairFileNames([...staying, ...fresh].map(({ name }) => ({ name, extensionFallback: null }))).slice(staying.length);
  return fresh.map(({ base64, name, keepsName = false }, n) => ({ name: keepsName ? name : (names[n] ?? name), base64 }));
}

/** What was removed is added again, and what was added is removed. */
async function takeBack(outlook: FileWriter, before: Draft, removed: readonly OldFile[]): Promise<void> {
  const added = addedSince(before, await draftOf(outlook).catch(() => null));
  for (const { attachment, base64 } of removed) await outlook.addFile({ name: nameToAsk(attachment, base64), base64 }).catch(() => undefined);
  for (const { id } of added) await outlook.removeFile(id).catch(() => undefined);
}
