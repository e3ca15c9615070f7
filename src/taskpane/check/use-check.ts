import type { CardMark } from './card-mark.ts';
import type { CheckInput } from './check-input.ts';

/** What Tjek has to show, for `Check` and `Bar`. */
export interface CheckState {
  /** Whether there is somebody outside or in Digital Post; without, neither Tjek nor the bar is there. */
  readonly applies: boolean;
  /** The first check of this draft is still running. */
  readonly checking: boolean;
  /** The cards of Tjek in the order in which they stand. */
  readonly marks: readonly CardMark[];
}

/** Looks the draft through whenever it changes; one call in Skriv. `input` null: what is open is no draft. */
export function useCheck(_input: CheckInput | null): CheckState {
  return { applies: false, checking: false, marks: [] };
}
