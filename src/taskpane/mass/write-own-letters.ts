import { isOwnLetterName } from '../../domain/own-letters.ts';
import { OutlookFailure, type Draft, type ItemAttachment, type Outlook } from '../office/outlook.ts';
import { draftNow, keepOneList } from './write-mass.ts';

/** One recipient's letter. */
export interface OwnLetter {
  readonly number: string;
  /** The PDF. */
  readonly base64: string;
}

/**
 * Each recipient's letter as a file named by the number, and no other such file. While they change, the draft has an address
 * and no list, which nobody sends: a letter that is half there would else be somebody else's. What is there already stays.
 * Rejects with OutlookFailure, also where the draft does not have them all afterwards.
 */
export async function writeOwnLetters(
  outlook: Pick<Outlook, 'item' | 'fileContent' | 'addFile' | 'removeFile'>,
  letters: readonly OwnLetter[],
  onLetter: (done: number) => void,
): Promise<void> {
  const wanted = new Map(letters.map(({ number, base64 }) => [`${number}.pdf`, base64]));
  const kept = new Set<string>();
  const leaving: ItemAttachment[] = [];
  // One after the other: Outlook is asked for one file at a time.
  for (const file of lettersIn(await draftNow(outlook))) {
    const content = wanted.has(file.name) && !kept.has(file.name) ? await outlook.fileContent(file.id) : null;
    if (content?.kind === 'content' && content.base64 === wanted.get(file.name)) kept.add(file.name);
    else leaving.push(file);
  }
  const coming = [...wanted].filter(([name]) => !kept.has(name));
  if (leaving.length + coming.length === 0) return;
  await keepOneList(outlook, null);
  for (const { id } of leaving) await outlook.removeFile(id);
  for (const [n, [name, base64]] of coming.entries()) {
    await outlook.addFile({ name, base64 });
    onLetter(kept.size + n + 1);
  }
  const after = lettersIn(await draftNow(outlook));
  if (after.length !== wanted.size || !after.every(({ name }) => wanted.has(name))) throw new OutlookFailure('addFile', 'not-there');
}

function lettersIn({ attachments }: Pick<Draft, 'attachments'>): readonly ItemAttachment[] {
  return attachments.filter(({ name, isInline, kind }) => !isInline && kind === 'file' && isOwnLetterName(name));
}
