import { sortDraftFiles, shownFileName } from '../../domain/draft-files.ts';
import { isBodyPdfName, isMassSendListName } from '../../domain/memo-header-file.ts';
import type { ItemAttachment } from '../office/outlook.ts';
import type { FileFacts } from './file-reader.ts';
import type { FindingAbout } from './finding.ts';

/** A file of the draft, and what is known of its contents; null: nothing yet. */
export interface FileOfDraft {
  readonly attachment: ItemAttachment;
  readonly facts: FileFacts | null;
  /** Its name as it is shown: CPR numbers masked, not too long. */
  readonly shownName: string;
  /** Tells it from the other files, and stays; holds no CPR number. */
  readonly key: string;
}

/** The files of a mail, sorted as the gateway does it (domain/draft-files.ts); pictures of the text are in none. */
export interface FilesOfDraft {
  /** Every attachment at its place in the draft. */
  readonly all: readonly FileOfDraft[];
  /** What the recipient gets as attachments. */
  readonly counted: readonly FileOfDraft[];
  /** The message itself. */
  readonly letters: readonly FileOfDraft[];
  readonly massLists: readonly FileOfDraft[];
  /** Files in the cloud, of which only a link travels. */
  readonly links: readonly FileOfDraft[];
}

export function filesOfDraft(
  attachments: readonly ItemAttachment[], isMassSend: boolean, factsOf: (attachment: ItemAttachment) => FileFacts | null,
): FilesOfDraft {
  const seen = new Map<string, number>();
  const all = attachments.map((attachment) => {
    const shownName = short(shownFileName(attachment));
    const nth = (seen.get(shownName) ?? 0) + 1;
    seen.set(shownName, nth);
    return { attachment, facts: factsOf(attachment), shownName, key: `file:${shownName}:${String(nth)}` };
  });
  const sorted = sortDraftFiles(attachments, isMassSend);
  const placed = (files: typeof sorted.counted): readonly FileOfDraft[] =>
    files.flatMap(({ place }) => (place.at === 'file' ? (all[place.index] ?? []) : []));
  return {
    all,
    counted: placed(sorted.counted),
    letters: placed(sorted.letters),
    massLists: placed(sorted.massFiles).filter(({ attachment }) => isMassSendListName(attachment.name)),
    links: all.filter(({ attachment: { kind, isInline } }) => kind === 'link' && !isInline),
  };
}

/** More are one fault together, which is told without looking into them; as many as anybody joins into one. */
const FILES_READ_MAX = 50;

/** The files whose contents are looked into: not those of machines, and of the letters of a mass send only the one to all. */
export function filesToRead({ counted, letters, massLists, links }: FilesOfDraft, isMassSend: boolean): readonly ItemAttachment[] {
  const read = isMassSend ? letters.filter(({ attachment: { name } }) => isBodyPdfName(name)) : letters;
  return [...massLists, ...read, ...counted, ...links].slice(0, FILES_READ_MAX).map(({ attachment }) => attachment);
}

export function aboutFile({ attachment: { id, bytes }, shownName }: FileOfDraft): FindingAbout {
  return { kind: 'file', attachmentId: id, name: shownName, bytes };
}

const shownNameCharactersMax = 120;
const shownEndCharacters = 20;

function short(name: string): string {
  if (name.length <= shownNameCharactersMax) return name;
  return `${name.slice(0, shownNameCharactersMax - shownEndCharacters)}…${name.slice(-shownEndCharacters)}`;
}
