import type { Draft } from '../office/outlook.ts';
import type { Said, SaidValue } from './finding.ts';

/** Files that were mended, and can be had back. */
export interface MendedFiles {
  readonly key: string;
  /** What they were called, as it is shown, and what came of them. */
  readonly from: SaidValue;
  readonly to: SaidValue;
  /** The files that they were before anything was mended, by their ids in Outlook. */
  readonly originalIds: ReadonlySet<string>;
  /** What was lost on the way, in the gateway's own words. */
  readonly remarks: readonly string[];
  /** Whether what came of them is all still in the draft. */
  readonly holds: (draft: Draft) => boolean;
}

/** What a mender has to show. */
export interface MenderState {
  /** What is being mended: which of how many, and the card that it is about. Null: nothing. */
  readonly busy: { readonly n: number; readonly total: number; readonly key: string } | null;
  /** Why a card could not be mended, by its key. */
  readonly failures: ReadonlyMap<string, Said>;
  /** Oldest first. */
  readonly mended: readonly MendedFiles[];
  /** Something could not be undone. */
  readonly undoFailed: boolean;
}

/** How many files were mended: one from which several came is one. */
export function filesMended(mended: readonly MendedFiles[]): number {
  return new Set(mended.flatMap(({ originalIds }) => [...originalIds])).size;
}

export const nothingMended: MenderState = { busy: null, failures: new Map(), mended: [], undoFailed: false };

/** `n`: files that were mended; after "Ret alle" and all that was mended before it, as it is shown. `why`: of the first that was not. */
export interface MendOutcome {
  readonly n: number;
  readonly why: Said | null;
}
