import { maskCprNumber } from './cpr-number.ts';
import { decodeText } from './decode-text.ts';
import { firstOf } from './first-of.ts';
import type { RecipientId } from './gateway-address.ts';
import { maskedListLine } from './masked-list-line.ts';
import { readListedNumber, type MassRecipient } from './mass-list-lines.ts';
import { MEMO_TEXT_CHARACTERS_MAX, memoTextFault } from './memo-header-json.ts';
import { mergeKey, type MergeText } from './merge-fields.ts';
import type { Problem } from './problem.ts';
import { problemOf } from './problem.ts';
import { sheetOfText } from './recipient-sheet-text.ts';
import type { SheetRow } from './recipient-sheet.ts';
import { megabytes } from './shown-text.ts';

/** What the letter of one recipient is filled in with. */
export interface MergeRow {
  /** Physical line of masseforsendelse.txt. */
  readonly line: number;
  /** In the order of the keys. */
  readonly values: readonly string[];
  /** Null where no column tells it, or nothing stands in it. */
  readonly caseId: string | null;
}

/** The rows of masseforsendelse.csv in the order of the list, as far as the letter asks for them. */
export type MergeColumns =
  | { readonly kind: 'columns'; readonly keys: readonly string[]; readonly rows: readonly MergeRow[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** What the fields of a letter tell (`mergeTextOf`), of all its texts together. */
export type MergeFields = Pick<MergeText, 'fields' | 'literals' | 'faults'>;

export interface MergeQuestion {
  readonly recipients: readonly MassRecipient[];
  readonly fields: MergeFields;
}

export interface MergeSize {
  /** Of masseforsendelse.csv, and of the largest that is looked into. */
  readonly bytes: number;
  readonly bytesMax: number;
  /** Letters that are asked for, and the most that are filled in for one mail. */
  readonly letters: number;
  readonly lettersMax: number;
}

/** The file's name. */
export const MERGE_COLUMNS_FILE = 'masseforsendelse.csv';

/** The heading of the column that goes with each letter to the recipient's system (docs/memoheader.md). */
const CASE_ID_KEY = mergeKey('Sagsnummer');

/**
 * Reads masseforsendelse.csv, which lies beside masseforsendelse.txt (formats.md): `;` between columns, the headings in its
 * first line, the number in the first column. Encodings and quotes as recipient-sheet-text.ts reads them. Its rows and the
 * lines of the list must be the same recipients, each once, each field must have its one column, and each row a value for
 * it: else nothing is sent. Never throws; linear in the bytes.
 */
export function readMergeColumns(bytes: Uint8Array, question: MergeQuestion): MergeColumns {
  const { recipients, fields } = question;
  const text = decodeText(bytes);
  if (text.includes('\0')) return refused(fileProblem('Den er ikke en tekstfil. Gem regnearket som CSV; omdøb det ikke.'));
  const [headings, ...rows] = sheetOfText(asDocumented(text.replace(/^\ufeff/, ''))).rows;
  if (!headings || rows.length === 0) return refused(fileProblem('Den er tom.'));
  if (headings.line !== 1 || numberOf(headings) !== null) return refused(fileProblem('Der skal stå overskrifter i den første linje.'));
  const places = fieldPlaces(headings, fields);
  const paired = pairRows(rows, recipients);
  const problems = [...places.problems, ...paired.problems];
  if (problems.length > 0) return refused(...problems);
  const caseIdAt = columnsOf(headings).get(CASE_ID_KEY);
  const wrong = [...emptyValues(rows, places.columns), ...wrongCaseIds(rows, caseIdAt)];
  if (wrong.length > 0) return refused(...wrong);
  const keys = places.columns.map(({ key }) => key);
  return {
    kind: 'columns',
    keys,
    rows: recipients.flatMap(({ line, id }) => {
      const row = paired.rowOf.get(id.number);
      if (!row) return [];
      return [{ line, values: places.columns.map(({ at }) => cellOf(row, at)), caseId: caseIdOf(row, caseIdAt) }];
    }),
  };
}

/** Why a file is not even looked into; null where it is. */
export function mergeTooLarge({ bytes, bytesMax, letters, lettersMax }: MergeSize): Problem | null {
  if (bytes > bytesMax) return fileProblem(`Den fylder ${megabytes(bytes)} (højst ${megabytes(bytesMax)}).`);
  return letters > lettersMax ? fileProblem(`Højst ${String(lettersMax)} breve kan udfyldes for én mail. Del listen i flere.`) : null;
}

/** Where `;` parts the headings it parts every line: a tab is then a blank in somebody's words. */
function asDocumented(text: string): string {
  return /^[^\r\n]*;/.test(text) ? text.replaceAll('\t', ' ') : text;
}

/** The file as our own programs write it: UTF-8 with BOM, CRLF, `;`, and quotes where a cell needs them. */
export function writeMergeColumns(headings: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
  const lines = [headings, ...rows].map((cells) => `${cells.map(writtenCell).join(';')}\r\n`);
  return new TextEncoder().encode(`\ufeff${lines.join('')}`);
}

function writtenCell(cell: string): string {
  return /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function fileProblem(reason: string): Problem {
  return problemOf('merge-file', { file: MERGE_COLUMNS_FILE, reason });
}

function refused(...problems: readonly Problem[]): MergeColumns {
  return { kind: 'problems', problems };
}

function cellOf({ cells }: SheetRow, at: number): string {
  return (cells[at] ?? '').trim();
}

function numberOf(row: SheetRow): RecipientId | null {
  return readListedNumber(cellOf(row, 0));
}

/** Key of each heading → its places; the first column holds the numbers, and is no field. */
function columnsOf({ cells }: SheetRow): ReadonlyMap<string, readonly number[]> {
  const columns = new Map<string, number[]>();
  cells.forEach((heading, at) => {
    const key = mergeKey(heading);
    if (at > 0 && key !== '') columns.set(key, [...(columns.get(key) ?? []), at]);
  });
  return columns;
}

interface FieldPlace {
  readonly key: string;
  /** As the heading is written. */
  readonly heading: string;
  readonly at: number;
}

function fieldPlaces(headings: SheetRow, { fields, literals, faults }: MergeFields): { readonly columns: readonly FieldPlace[]; readonly problems: readonly Problem[] } {
  const columns = columnsOf(headings);
  const placed = new Map<string, FieldPlace>();
  const reasons = faults.map(({ kind, text }) => faultTexts[kind](text));
  for (const field of fields) {
    const key = mergeKey(field);
    const [at, another] = columns.get(key) ?? [];
    if (at === undefined) reasons.push(`»{${field}}« er ikke en kolonne.`);
    else if (another !== undefined) reasons.push(`»{${field}}« kan være kolonne ${String(at + 1)} og ${String(another + 1)}.`);
    else placed.set(key, { key, heading: (headings.cells[at] ?? '').trim(), at });
  }
  for (const literal of literals) if (columns.has(mergeKey(literal))) reasons.push(`»{{${literal}}« bliver ikke udfyldt. Skriv én tuborgklamme.`);
  if (fields.length === 0 && reasons.length === 0) reasons.push('Der er ingen felter i teksten. Så ville alle få det samme brev.');
  if (reasons.length === 0) return { columns: [...placed.values()], problems: [] };
  const names = [...new Set(headings.cells.slice(1).map((heading) => heading.trim()))].filter((heading) => heading !== '');
  return { columns: [], problems: [problemOf('merge-fields', { reasons: firstOf(reasons), columns: firstOf(names, names.length, COLUMNS_TOLD_MAX) })] };
}

const COLUMNS_TOLD_MAX = 30;

const faultTexts: Readonly<Record<MergeFields['faults'][number]['kind'], (text: string) => string>> = {
  unclosed: (text) => `»${text}« mangler }. Skriv {{, hvis der skal stå {.`,
  empty: (text) => `»${text}« har intet navn.`,
  broken: (text) => `»${text}« er delt over flere afsnit. Slet feltet, og skriv det igen.`,
  link: () => 'Et felt i adressen på et link bliver ikke udfyldt.',
};

interface PairedRows {
  readonly rowOf: ReadonlyMap<string, SheetRow>;
  readonly problems: readonly Problem[];
}

/** One row for every line of the list, and a line for every row. */
function pairRows(rows: readonly SheetRow[], recipients: readonly MassRecipient[]): PairedRows {
  const rowOf = new Map<string, SheetRow>();
  const listed = new Set(recipients.map(({ id }) => id.number));
  const unreadable: string[] = [];
  const twice: string[] = [];
  const withoutLine: string[] = [];
  for (const row of rows) {
    const id = numberOf(row);
    const before = id && rowOf.get(id.number);
    if (id === null) unreadable.push(`${toldRow(row)}: »${maskedListLine(cellOf(row, 0))}«`);
    else if (before) twice.push(`række ${String(before.line)} og ${String(row.line)}`);
    else {
      rowOf.set(id.number, row);
      if (!listed.has(id.number)) withoutLine.push(`${toldRow(row)} (${maskedId(id)})`);
    }
  }
  const withoutRow = recipients.filter(({ id }) => !rowOf.has(id.number)).map(({ line, id }) => `linje ${String(line)} (${maskedId(id)})`);
  if (unreadable.length + twice.length + withoutLine.length + withoutRow.length === 0) return { rowOf, problems: [] };
  const problem = problemOf('merge-mismatch', {
    linesWithoutRow: firstOf(withoutRow), rowsWithoutLine: firstOf(withoutLine), rowsTwice: firstOf(twice), unreadable: firstOf(unreadable),
  });
  return { rowOf, problems: [problem] };
}

function maskedId({ kind, number }: RecipientId): string {
  return kind === 'cpr' ? maskCprNumber(number) : number;
}

function toldRow({ line }: SheetRow): string {
  return `række ${String(line)}`;
}

function emptyValues(rows: readonly SheetRow[], columns: readonly FieldPlace[]): readonly Problem[] {
  const empty = rows.flatMap((row) => {
    const missing = columns.filter(({ at }) => cellOf(row, at) === '');
    return missing.length === 0 ? [] : [`${toldRow(row)}: ${missing.map(({ heading }) => heading).join(', ')}`];
  });
  return empty.length === 0 ? [] : [problemOf('merge-values', { count: empty.length, rows: firstOf(empty) })];
}

function caseIdOf(row: SheetRow, places: readonly number[] | undefined): string | null {
  const text = places?.[0] === undefined ? '' : cellOf(row, places[0]);
  return text === '' ? null : text;
}

/** What the network would refuse message by message refuses the whole here. */
function wrongCaseIds(rows: readonly SheetRow[], places: readonly number[] | undefined): readonly Problem[] {
  if (places === undefined) return [];
  if (places.length > 1) return [fileProblem('Den har to kolonner med overskriften Sagsnummer.')];
  const wrong = rows.filter((row) => {
    const caseId = caseIdOf(row, places);
    return caseId !== null && memoTextFault(caseId) !== null;
  });
  if (wrong.length === 0) return [];
  const reason = `Et sagsnummer er én linje på højst ${String(MEMO_TEXT_CHARACTERS_MAX)} tegn: ${firstOf(wrong.map(toldRow)).join('; ')}.`;
  return [fileProblem(reason)];
}
