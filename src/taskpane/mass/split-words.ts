import type { MassListRecipient } from './mass-list.ts';
import { maskCprNumber, maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { mass } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';
import type { FoundLetter, FoundLetters, RoomFault } from './letter-split.ts';

/** So many doubts are told; of more, how many. */
export const FAULTS_SHOWN = 10;
/** Signs of a cell beside a number, as the table of the list shows it. */
const BESIDE_LENGTH_MAX = 60;

type SayMass = Say<typeof mass>;

/** What stands in the way of one letter each, in words; empty where nothing does. */
export function faultWords({ faults, letters, made }: FoundLetters, recipients: number, say: SayMass): readonly string[] {
  if (made.kind !== 'doubt') return [];
  const told = faults.filter(({ kind }) => kind !== 'missing').map((fault) => faultText(fault, say));
  const missing = recipients - new Set(letters.map(({ place }) => place)).size;
  const all = [...(missing === 0 ? [] : [missing === 1 ? say('mass.split.missing1') : say('mass.split.missing', { n: missing })]), ...told];
  const more = all.length - FAULTS_SHOWN;
  return [...all.slice(0, FAULTS_SHOWN), ...(more > 0 ? [say('mass.split.more', { n: more })] : []), say('mass.split.mend')];
}

function faultText({ kind, page, pages, numbers }: FoundLetters['faults'][number], say: SayMass): string {
  const [number = ''] = numbers;
  switch (kind) {
    case 'before-first': return pages === 1 ? say('mass.split.before1') : say('mass.split.before', { n: pages });
    case 'not-listed': return say('mass.split.notListed', { page, number });
    case 'again': return say('mass.split.again', { page, number });
    case 'several': return say('mass.split.several', { page, numbers: numbers.join(', ') });
    case 'missing': return say('mass.split.missing1');
    case 'other': return say('mass.split.other', { page });
  }
}

/** Why letters that fit the list have no room in the mail; with the real limit. */
export function roomText(fault: RoomFault, letters: number, say: SayMass): string {
  switch (fault.code) {
    case 'in-mail': return say('mass.split.inMail', { file: maskCprNumbersIn(fault.file.name) });
    case 'too-many': return say('mass.split.tooMany', { n: letters, max: fault.max });
    case 'too-big': return say('mass.split.tooBig', { max: megabytes(fault.max) });
  }
}

/** Whole MB, rounded down: whoever keeps to what is said is within it. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_000_000);
}

/** Who a recipient is, without the whole number. */
export function shownRecipient({ id, cells }: MassListRecipient): { readonly shown: string; readonly beside: string } {
  const beside = cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).find((cell) => cell !== '') ?? '';
  return { shown: id.kind === 'cpr' ? maskCprNumber(id.number) : id.number, beside: maskCprNumbersIn(beside).slice(0, BESIDE_LENGTH_MAX) };
}

export interface SplitRow {
  readonly place: number;
  /** Null: the recipient has no pages. */
  readonly letter: FoundLetter | null;
}

/** Every recipient: those without pages first, then the list's own order. */
export function splitRows(letters: readonly FoundLetter[], recipients: number): readonly SplitRow[] {
  // A number that comes again has several places: the first is shown, and the fault tells of the others.
  const letterOf = new Map(letters.toReversed().map((letter) => [letter.place, letter]));
  const rows = Array.from({ length: recipients }, (_, place) => ({ place, letter: letterOf.get(place) ?? null }));
  return [...rows.filter(({ letter }) => letter === null), ...rows.filter(({ letter }) => letter !== null)];
}

export function pagesText({ letter }: SplitRow, say: SayMass): string {
  if (letter === null) return say('mass.split.none');
  const { firstPage: a, pages } = letter;
  return pages === 1 ? say('mass.split.page', { a }) : say('mass.split.pages', { a, b: a + pages - 1 });
}
