import type { ItemAttachment, Outlook } from '../office/outlook.ts';

/** A file as it was, to be put back. Held in this pane's memory only. */
export interface KeptFile {
  readonly name: string;
  readonly base64: string;
}

/** Reads files of the draft, so that they can be put back; null where one of them cannot be read. */
export async function keepFiles(outlook: Pick<Outlook, 'fileContent'>, files: readonly ItemAttachment[]): Promise<readonly KeptFile[] | null> {
  const kept: KeptFile[] = [];
  // One after the other: Outlook is asked for one file at a time.
  for (const { id, name } of files) {
    const content = await outlook.fileContent(id);
    if (content.kind !== 'content') return null;
    kept.push({ name, base64: content.base64 });
  }
  return kept;
}

/** Takes files out of the draft, after they have been read; what `keepFiles` answers. Rejects with OutlookFailure. */
export async function takeFilesOut(outlook: Pick<Outlook, 'fileContent' | 'removeFile'>, files: readonly ItemAttachment[]): Promise<readonly KeptFile[] | null> {
  const kept = await keepFiles(outlook, files);
  for (const { id } of files) await outlook.removeFile(id);
  return kept;
}

/** Rejects with OutlookFailure. */
export async function putFilesBack(outlook: Pick<Outlook, 'addFile'>, files: readonly KeptFile[]): Promise<void> {
  for (const { name, base64 } of files) await outlook.addFile({ name, base64 });
}
