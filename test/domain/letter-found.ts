import assert from 'node:assert/strict';
import { checkLetter, type LetterRecipient } from '../../src/domain/letter-check.ts';

/** A letter, and one page that goes with it. */
export interface Letter {
  readonly subject?: string;
  readonly text: string;
  readonly page?: string;
}

export type Found = (letter: Letter) => readonly string[];

/** What is found in letters to these: what it is, where, and the words. `rightNames`: of the organisation. */
export function foundFor(recipients: readonly LetterRecipient[], rightNames: readonly string[] = []): Found {
  return ({ subject = 'Brev', text, page }) =>
    checkLetter({
      recipients, rightNames, subject, text, files: page === undefined ? [] : [{ name: 'Bilag.pdf', pages: [page] }], today: new Date('2026-08-20T10:00:00Z'),
    }).map(({ kind, where, quote }) => `${kind} ${where.place} ${quote?.found ?? ''}`);
}

export function areRight(found: Found, ...letters: readonly Letter[]): void {
  for (const letter of letters) assert.deepEqual(found(letter), [], JSON.stringify(letter));
}

export function areWrong(found: Found, ...letters: readonly Letter[]): void {
  for (const letter of letters) assert.notDeepEqual(found(letter), [], JSON.stringify(letter));
}
