import { maskCprNumber } from '../../domain/cpr-number.ts';
import { parseTypedGatewayAddress, type RecipientId } from '../../domain/gateway-address.ts';
import { numberOfGroups } from '../../domain/number-of-groups.ts';

/** Why a piece of what was typed is not understood. */
export type TypedFault =
  /** So many digits, which is neither a CPR nor a CVR number. */
  | { readonly kind: 'digits'; readonly count: number; readonly withZero: string | null }
  /** Eight digits that may be a CVR number, and may as well be a telephone number or the half of a CPR number. */
  | { readonly kind: 'maybe-cvr' }
  /** No number at all. */
  | { readonly kind: 'text' };

export interface TypedNumbers {
  /** Each number once, in the order in which they stand. */
  readonly numbers: readonly RecipientId[];
  /** What was not understood, as it was typed, CPR numbers that were taken masked; stays in the field. */
  readonly rest: string;
  /** Of the first piece that was not understood; null: all was. */
  readonly fault: TypedFault | null;
}

/** A paste longer than this is no list of recipients; the rest is not looked at. */
const TYPED_CHARACTERS_MAX = 100_000;

/**
 * Reads what somebody typed or pasted: CPR and CVR numbers with or without hyphen and blanks, one or many, parted by
 * blanks, commas or lines. Words beside a number are the person's name and passed over; an address of ours counts as its
 * number. No person's digits become a company: eight digits in a line that holds a CPR number and more than a bare list, or
 * digits that are no number, count as a CVR number only behind "CVR" or "DK", and a row of digits that ends in a fault gives
 * nothing at all. Neither date nor modulus is a reason to refuse (formats.md, corner case 4). Never throws; linear in the text.
 */
export function readTypedNumbers(text: string): TypedNumbers {
  const all = text.slice(0, TYPED_CHARACTERS_MAX).normalize('NFKC').split(/[\r\n,]+/).flatMap(addressesApart);
  const pieces = (isHeading(all) ? all.slice(1) : all).flatMap(readPiece);
  const found = new Map(pieces.flatMap(({ numbers }) => numbers.map((one) => [one.number, one] as const)));
  const wrong = pieces.filter(({ fault }) => fault !== null);
  return { numbers: [...found.values()], rest: wrong.map((piece) => piece.text).join(', '), fault: wrong[0]?.fault ?? null };
}

/** Addresses copied from Til stand with semicolons between them; in a line of a table those part the columns. */
function addressesApart(line: string): readonly string[] {
  return line.includes('@') ? line.split(';') : [line];
}

/** The headings of a table's columns, above lines of it. */
function isHeading([first = '', ...lines]: readonly string[]): boolean {
  return !/[\d@]/.test(first) && /\b(?:cpr|cvr|person(?:nummer|nr))/i.test(first) && lines.some((line) => /\d/.test(line));
}

interface Piece {
  readonly text: string;
  readonly numbers: readonly RecipientId[];
  readonly fault: TypedFault | null;
}

function readPiece(typed: string): readonly Piece[] {
  const text = typed.trim().replace(placeInList, '');
  if (text === '') return [];
  if (text.includes('@')) return [readAddress(text)];
  // What was taken from this line before stands masked in what is left of it.
  const parts = text.split(maskedCpr);
  const runs = parts.flatMap((part, n) => (isMask(n) ? [] : readRuns(part)));
  const numbers = runs.flatMap((run) => run.numbers);
  const wrong = runs.filter(({ fault }) => fault !== null);
  const isMixed = !isBareList(text, numbers) && (parts.length > 1 || numbers.some(({ kind }) => kind === 'cpr')) || wrong.length > 0;
  const doubtful = new Set(runs.flatMap((run) => (isMixed || run.label === 'telephone' ? bareCompanies(run) : [])));
  const taken = numbers.filter((one) => !doubtful.has(one));
  if (doubtful.size > 0) return [{ text: parts.map((part, n) => (isMask(n) ? part : part.replace(digitRun, maskedRun))).join(''), numbers: taken, fault: { kind: 'maybe-cvr' } }];
  if (wrong.length > 0) return [{ text: wrong.map((run) => run.text).join(', '), numbers: taken, fault: wrong[0]?.fault ?? null }];
  return [{ text, numbers: taken, fault: numbers.length === 0 ? { kind: 'text' } : null }];
}

/** "2. 251248-9996": where a CPR number stands in a list. */
const placeInList = /^\d{1,3}[.)]\s+(?=\D*\d{6}[ -]*\d{4}(?!\d))/;

/** Whole numbers with blanks between them and nothing else: a list, in which eight digits together are a company. */
function isBareList(text: string, numbers: readonly RecipientId[]): boolean {
  return /^[\d -]+$/.test(text) && numbers.every(({ kind, number }) => kind === 'cpr' || text.includes(number));
}

const maskedCpr = /(\d{6}-xxxx)/;

/** Of the parts between which masked numbers stand, every second is one. */
function isMask(place: number): boolean {
  return place % 2 === 1;
}

function maskedRun(run: string): string {
  const { numbers } = readRun(run);
  if (!numbers.some(({ kind }) => kind === 'cpr')) return run;
  return numbers.map(({ kind, number }) => (kind === 'cpr' ? maskCprNumber(number) : number)).join(' ');
}

function readAddress(text: string): Piece {
  const parsed = parseTypedGatewayAddress(text);
  if (parsed.kind === 'gateway-address' && parsed.address.kind === 'single') return { text, numbers: [parsed.address.recipient], fault: null };
  return { text, numbers: [], fault: { kind: 'text' } };
}

/** What stands before digits and says what they are. */
interface LabelledRun extends Piece {
  readonly label: 'company' | 'telephone' | null;
}

/** Groups of digits with little between them. */
const digitRun = /\d+(?:[ ./_\u2010-\u2015-]{1,3}\d+)*/g;

const LABEL_CHARACTERS_MAX = 24;
const companyLabel = /(?:cvr|dk)[ .:-]{0,3}(?:nr|nummer|no)?[ .:-]{0,3}$/i;
const telephoneLabel = /(?:tlf|tel|telefon|mobil|mob|phone|fax|oqarasuat)[ .:-]{0,3}(?:nr|nummer|no)?[ .:+-]{0,3}$/i;

function readRuns(text: string): readonly LabelledRun[] {
  return [...text.matchAll(digitRun)].map((match) => {
    const before = text.slice(Math.max(0, match.index - LABEL_CHARACTERS_MAX), match.index);
    const label = companyLabel.test(before) ? 'company' : telephoneLabel.test(before) ? 'telephone' : null;
    return { ...(label === 'company' ? companyOf(match[0]) : null) ?? readRun(match[0]), label };
  });
}

/** Eight digits behind "CVR", however they are grouped. */
function companyOf(run: string): Piece | null {
  const number = run.replace(/\D/g, '');
  return number.length === 8 ? { text: run, numbers: [{ kind: 'cvr', number }], fault: null } : null;
}

/** Companies of which nothing but eight digits tells: a label is that of the first number behind it. */
function bareCompanies({ numbers, label }: LabelledRun): readonly RecipientId[] {
  return numbers.slice(label === 'company' ? 1 : 0).filter(({ kind }) => kind === 'cvr');
}

/** The lengths of groups that make one number among several; how the groups of others belong together is a guess. */
const shapes: readonly (readonly number[])[] = [[10], [6, 4], [8]];

function readRun(run: string): Piece {
  const groups = run.match(/\d+/g) ?? [];
  const one = numberOfGroups(groups);
  if (one) return { text: run, numbers: [one], fault: null };
  const numbers: RecipientId[] = [];
  for (let at = 0; at < groups.length; ) {
    const shape = shapes.find((lengths) => lengths.every((length, n) => groups[at + n]?.length === length));
    const number = shape && numberOfGroups(groups.slice(at, at + shape.length));
    if (!number) {
      const digits = groups.slice(at).join('');
      const withZero = at === 0 && digits.length === 9 ? `0${digits}` : null;
      const fault: TypedFault = digits.length === 8 ? { kind: 'maybe-cvr' } : { kind: 'digits', count: digits.length, withZero };
      return { text: groups.join(' '), numbers: [], fault };
    }
    numbers.push(number);
    at += shape.length;
  }
  return { text: run, numbers, fault: null };
}
