import type { Mending } from '../../domain/attachment-mending.ts';
import type { ItemAttachment } from '../office/outlook.ts';

/** What can be done to the files of a draft: by the gateway, or, where the name alone is wrong, here. */
export type MendKind = 'rename' | Mending;

/** A file of the draft that is to be mended. */
export interface FileToMend {
  readonly attachment: ItemAttachment;
  /** As it is shown: CPR numbers masked. */
  readonly shownName: string;
}

/** One way to put a finding about files right. */
export interface Mend {
  readonly kind: MendKind;
  /** Files that are mended together, in their order, for `join`; else each is alone. */
  readonly parts: readonly (readonly FileToMend[])[];
  /** What the file is to be called, for `rename`. */
  readonly name: string | null;
}
