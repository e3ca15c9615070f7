/** One line of the bench: two figures from the same run, and what their ratio must be. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  readonly baseline: string;
  /** Null when there was nothing to compare with; `baseline` then says why. */
  readonly ratio: number | null;
  readonly goal: BenchGoal;
}

export type BenchGoal = { readonly atLeast: number } | { readonly below: number };

/** A bench that was left out, by name. */
export function skippedRow(what: string, goal: BenchGoal, why: string): BenchRow {
  return { what, ours: '–', baseline: `skipped: ${why}`, ratio: null, goal };
}

/** The middle value: a single run on a shared machine says little. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
