import { useCallback, useSyncExternalStore } from 'react';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts, type PaneParts } from '../pane-parts.ts';
import { fileFaults, type EachFault } from './each-letters.ts';
import { LetterSplit, roomFaults, type SplitState } from './letter-split.ts';
import type { MassList } from './mass-list.ts';
import type { OwnLetter } from './write-own-letters.ts';

export interface SplitOfList {
  readonly split: LetterSplit;
  readonly state: SplitState;
}

// What is split outlives its screen, so that one can look at the mail and come back; it dies with the list.
const splitOf = new WeakMap<MassList, LetterSplit>();

/** The PDF that is split for this list. */
export function useSplit(list: MassList): SplitOfList {
  const split = splitFor(list, usePaneParts());
  const state = useSyncExternalStore(useCallback((listener: () => void) => split.onChange(listener), [split]), () => split.state());
  return { split, state };
}

function splitFor(list: MassList, { gateway, noteAnswer }: Pick<PaneParts, 'gateway' | 'noteAnswer'>): LetterSplit {
  const known = splitOf.get(list);
  if (known) return known;
  const split = new LetterSplit({ gateway, numbers: list.recipients.map(({ id }) => id.number), note: noteAnswer });
  splitOf.set(list, split);
  return split;
}

/** The letters as they go into the mail; null where they are not made, or cannot. */
export function splitLettersFor(state: SplitState, draft: Draft, list: MassList): readonly OwnLetter[] | null {
  if (state.kind !== 'found' || state.made.kind !== 'made' || roomFaults(state, draft).length > 0) return null;
  const { pdfs } = state.made;
  return list.recipients.map(({ id: { number } }, n) => ({ number, base64: pdfs[n] ?? '' }));
}

/** What the other files of the draft lack beside the letters: one that is named as somebody's, and is nobody's letter. */
export function otherFileFaults({ attachments }: Pick<Draft, 'attachments'>, list: MassList): readonly EachFault[] {
  const letters = list.recipients.map(({ id: { number } }) => ({ id: number, name: `${number}.pdf`, bytes: 1, isInline: false, kind: 'file' as const }));
  const names = new Set(letters.map(({ name }) => name));
  return fileFaults({ attachments: [...attachments.filter(({ name }) => !names.has(name)), ...letters] }, list);
}
