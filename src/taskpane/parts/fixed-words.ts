import type { frame } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';

export interface FixedText {
  /** What has been put right: a name, or a sentence. */
  readonly what: string;
  /** What is to be looked at now; null: nothing is left. What the bar says then, it says itself when it has changed. */
  readonly next: string | null;
}

/** That something has been put right, as it is said to those who do not see it (ux.md 4). */
export function fixedWords({ what, next }: FixedText, say: Say<Pick<typeof frame, 'live.fixed' | 'live.fixed.last'>>): string {
  // A sentence brings its own end along.
  const named = what.replace(/[.:?…\s]+$/u, '');
  return next === null || next.trim() === '' ? say('live.fixed.last', { what: named }) : say('live.fixed', { what: named, next: next.trim() });
}
