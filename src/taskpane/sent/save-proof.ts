import type { ClientFacts } from '../office/outlook.ts';
import { canSaveFiles, saveFile } from '../parts/save-file.ts';
import type { SentBook } from './sent-book.ts';

export interface WantedProof {
  /** The message's id. */
  readonly id: string;
  /** It went to the wrong one: a draft of what to do about it comes along. */
  readonly misdelivered: boolean;
}

/** Fetches the proof and hands it to the reader as a file. `cannot-save`: not in this Outlook. `none`: its row says why. */
export async function saveProof(book: SentBook, client: ClientFacts, { id, misdelivered }: WantedProof): Promise<'saved' | 'cannot-save' | 'none'> {
  if (!canSaveFiles(client)) return 'cannot-save';
  const zip = await book.proof(id, misdelivered);
  if (!zip) return 'none';
  saveFile(zip, misdelivered ? `fejlforsendelse-${id}.zip` : `bevis-${id}.zip`);
  return 'saved';
}
