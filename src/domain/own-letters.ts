import { maskCprNumber } from './cpr-number.ts';
import { firstOf } from './first-of.ts';
import type { MassRecipient } from './mass-send-list.ts';
import type { Problem } from './problem.ts';
import { problemOf } from './problem.ts';

export interface OwnLetterQuestion {
  readonly recipients: readonly MassRecipient[];
  /** Names of all the mail's attachments, as the mail gives them; without body.pdf and masseforsendelse.txt. */
  readonly fileNames: readonly string[];
  /** The name of body.pdf where the mail has one. */
  readonly bodyPdf: string | null;
}

/** Whether all recipients of a mass send get the same letter, or each their own. */
export type OwnLetters =
  | { readonly kind: 'same-for-all' }
  | {
      readonly kind: 'own';
      /** Line of the list → index in `fileNames` of the recipient's main document. Every line has one. */
      readonly fileOfLine: ReadonlyMap<number, number>;
      /** Indices of the other files: attachments that everyone gets. */
      readonly commonFiles: readonly number[];
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Decides "One letter each" (features.md, Beyond 7): a file named `<CPR|CVR>.pdf`, also `ddmmyy-xxxx.pdf`, is the main
 * document of that recipient alone. With one such file there must be one for every row, and a row for every file. A
 * file that was plainly meant for one person (a copy, another file type) counts as one without a row: sent to everyone
 * it would be a leak. Never throws; linear in rows and files.
 */
export function ownLetters({ recipients, fileNames, bodyPdf }: OwnLetterQuestion): OwnLetters {
  const files = fileNames.map((name, index) => ({ index, name, owner: ownerOf(name) }));
  if (files.every(({ owner }) => owner.kind === 'everyone')) return { kind: 'same-for-all' };
  const problems = [
    ...(bodyPdf === null ? [] : [problemOf('own-letter-and-body-pdf', { file: bodyPdf })]),
    ...mismatches(recipients, files),
  ];
  if (problems.length > 0) return { kind: 'problems', problems };
  const fileOf = new Map(files.flatMap(({ index, owner }) => (owner.kind === 'one' ? [[owner.number, index]] : [])));
  return {
    kind: 'own',
    fileOfLine: new Map(recipients.map(({ line, id }) => [line, fileOf.get(id.number) ?? -1])),
    commonFiles: files.filter(({ owner }) => owner.kind === 'everyone').map(({ index }) => index),
  };
}

/** Whether a file is named as one recipient's letter of a mass send. */
export function isOwnLetterName(name: string): boolean {
  return exactForm.test(plainName(name));
}

/** Whether a file was plainly meant for one person, whether or not it is named as such a letter must be. */
export function isMeantForOne(name: string): boolean {
  return ownerOf(name).kind !== 'everyone';
}

type Owner =
  | { readonly kind: 'one'; readonly number: string }
  /** Named by a number, but not as such a file must be. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'everyone' };

interface NamedFile {
  readonly index: number;
  readonly name: string;
  readonly owner: Owner;
}

const exactForm = /^(?:([0-9]{6})-?([0-9]{4})|([0-9]{8}))\.pdf$/;
const cprInName = /(?:^|[^0-9])[0-9]{6}[-_ ]?[0-9]{4}(?![0-9])/;
const nameCharactersMax = 1000;

function plainName(name: string): string {
  return (name.slice(-nameCharactersMax).normalize('NFKC').toLowerCase().split(/[/\\]/).pop() || '').trim();
}

function ownerOf(name: string): Owner {
  const plain = plainName(name);
  const parts = exactForm.exec(plain);
  if (parts !== null) return { kind: 'one', number: parts[3] ?? `${parts[1] ?? ''}${parts[2] ?? ''}` };
  return cprInName.test(plain) ? { kind: 'unclear' } : { kind: 'everyone' };
}

function mismatches(recipients: readonly MassRecipient[], files: readonly NamedFile[]): readonly Problem[] {
  const filesOf = new Map<string, number>();
  for (const { owner } of files) {
    if (owner.kind === 'one') filesOf.set(owner.number, (filesOf.get(owner.number) ?? 0) + 1);
  }
  const numbers = new Set(recipients.map(({ id }) => id.number));
  const rowsWithoutFile = recipients.filter(({ id }) => !filesOf.has(id.number));
  const filesTwice = recipients.filter(({ id }) => (filesOf.get(id.number) ?? 0) > 1);
  const filesWithoutRow = files.filter(
    ({ owner }) => owner.kind === 'unclear' || (owner.kind === 'one' && !numbers.has(owner.number)),
  );
  if (rowsWithoutFile.length + filesTwice.length + filesWithoutRow.length === 0) return [];
  return [
    problemOf('own-letter-mismatch', {
      rowsWithoutFile: firstOf(rowsWithoutFile.map(toldRow)),
      filesWithoutRow: firstOf(filesWithoutRow.map(({ name }) => `»${name.slice(0, nameCharactersMax)}«`)),
      filesTwice: firstOf(filesTwice.map(toldRow)),
    }),
  ];
}

function toldRow({ line, id }: MassRecipient): string {
  return `linje ${String(line)} (${id.kind === 'cpr' ? maskCprNumber(id.number) : id.number})`;
}
