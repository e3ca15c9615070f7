import assert from 'node:assert/strict';
import { checkLetter, type LetterRecipient } from '../../src/domain/letter-check.ts';

/** A letter, and what goes with it: one page, or the pages of a file. */
export interface Letter {
  readonly subject?: string;
  readonly text: string;
  readonly page?: string;
  readonly pages?: readonly string[];
}

export type Found = (letter: Letter) => readonly string[];

/** What is found in letters to these: what it is, where, and the words. `rightNames`: of the organisation. */
export function foundFor(recipients: readonly LetterRecipient[], rightNames: readonly string[] = []): Found {
  return ({ subject = 'Brev', text, page, pages = page === undefined ? [] : [page] }) =>
    checkLetter({
      recipients, rightNames, subject, text, files: pages.length === 0 ? [] : [{ name: 'Bilag.pdf', pages }], today: new Date('2026-08-20T10:00:00Z'),
    }).map(({ kind, where, quote }) => `${kind} ${where.place} ${quote?.found ?? ''}`);
}

export function areRight(found: Found, ...letters: readonly Letter[]): void {
  for (const letter of letters) assert.deepEqual(found(letter), [], JSON.stringify(letter));
}

export function areWrong(found: Found, ...letters: readonly Letter[]): void {
  for (const letter of letters) assert.notDeepEqual(found(letter), [], JSON.stringify(letter));
}
